import { Link } from 'react-router';
import { Empty } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';

/** No such page. */
export function Page() {
  usePageTitle('没有这个页面');
  return (
    <div className="wide narrow">
      <Empty heading="没有这个页面" icon="search" first>
        <p>网址可能写错了，或者这个页面已经搬走。</p>
        <Link className="button" to="/">
          回首页
        </Link>
      </Empty>
    </div>
  );
}
