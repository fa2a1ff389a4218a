import { call } from '@yingdeng/web-shared/api.ts';
import { instantText } from '@yingdeng/web-shared/date-text.ts';
import { usePageTitle } from '../parts/title.ts';
import { MyFrame } from './my-frame.tsx';
import { PagedList } from './paged-list.tsx';

/** Who looked at the worker's file, when and why. */
export function Page() {
  usePageTitle('谁看过我的资料');
  return (
    <MyFrame heading="谁看过我的资料">
      <p className="soft">工作人员每次查看您的资料都会记在这里。觉得不该看的，请打 12333。</p>
      <PagedList
        name="looks"
        read={async (after, signal) => {
          const { looks, next } = await call('getMyLooks', { query: { after }, signal });
          return { items: looks, next };
        }}
        draw={(look) => (
          <li key={look.at + look.who + look.what}>
            <p>
              <strong>{look.who}</strong>（{look.office}）{look.what}
            </p>
            <p className="small soft">
              {instantText(look.at)}
              {look.why && ` · 原因：${look.why}`}
            </p>
          </li>
        )}
        empty={{ heading: '还没有人看过', text: '有人查看您的资料时，会记在这里。', icon: 'eye' }}
      />
    </MyFrame>
  );
}
