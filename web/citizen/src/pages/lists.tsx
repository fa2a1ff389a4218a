import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Link, useSearchParams } from 'react-router';
import { usePlace } from '../data/place.ts';
import { nameOf } from '../parts/list-names.ts';
import { PlaceChoice } from '../parts/place-choice.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';

type List = Answer<'getLists'>['lists'][number];

/** The three lists in the versions in force at a place. */
export function Page() {
  usePageTitle('政策和服务');
  const [place, setPlace] = usePlace();
  const [search, setSearch] = useSearchParams();
  const lists = useQuery({
    queryKey: ['lists', place.division],
    queryFn: ({ signal }) => call('getLists', { query: { division: place.division }, signal }),
  });
  const all = lists.data?.lists ?? [];
  const chosen = all.find((one) => one.list === search.get('list')) ?? all[0];

  return (
    <div className="wide">
      <div className="column middle stack">
        <h1>政策和服务</h1>
        <p className="lead">登记以后您能享受的政策、能得到的服务，以及到哪里办。</p>
        <PlaceChoice place={place} onChange={setPlace} />
        {lists.isPending && <Loading what="正在读取清单" />}
        {lists.isError && <Failed error={lists.error} again={() => void lists.refetch()} />}
        {lists.isSuccess && !chosen && (
          <Empty heading="这里还没有公布清单">
            <p>换个地方看看，或拨打 12333 问一问。</p>
          </Empty>
        )}
        {chosen && (
          <>
            <nav className="switch" aria-label="三张清单">
              {all.map((one) => (
                <button
                  type="button"
                  key={one.list}
                  aria-current={one === chosen ? 'page' : undefined}
                  onClick={() => setSearch({ list: one.list }, { replace: true, preventScrollReset: true })}
                >
                  {nameOf(one.list)}
                </button>
              ))}
            </nav>
            <Items list={chosen} />
          </>
        )}
      </div>
    </div>
  );
}

function Items({ list }: { list: List }) {
  const [title, ...rest] = list.columns;
  return (
    <section className="stack" aria-label={nameOf(list.list)}>
      <p className="small soft">
        第{list.version}版，{dayText(list.validFrom)}起使用，共{list.items.length}项
      </p>
      <ul className="offices">
        {list.items.map((item) => (
          <li key={Object.values(item).join()} className="card">
            <h2>{title ? item[title] : ''}</h2>
            <dl className="facts">
              {rest.map((column) =>
                item[column] ? (
                  <div key={column}>
                    <dt>{column}</dt>
                    <dd>{item[column]}</dd>
                  </div>
                ) : null,
              )}
            </dl>
          </li>
        ))}
      </ul>
      {list.list === 'institutions' && <Link to="/institutions">按街道、社区找机构</Link>}
    </section>
  );
}
