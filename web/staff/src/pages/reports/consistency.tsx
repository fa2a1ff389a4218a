import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Drawer } from 'antd';
import { useNarrow } from '../../lib/media.ts';
import { Clause } from '../../parts/clause.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { countText } from './words.ts';

/** The report beside the registers of today and what the national platform accepted: a table of the sides, then each person who differs. */
export function Consistency({ reportId, close }: { reportId: string; close: () => void }) {
  const narrow = useNarrow();
  const { data, error, refetch } = useQuery({
    queryKey: ['report-consistency', reportId],
    queryFn: ({ signal }) => call('getReportConsistency', { params: { id: reportId }, signal }),
    // Registers and platform move on: what is opened again is compared again.
    gcTime: 0,
  });
  const differing = data?.sides.reduce((sum, side) => sum + side.differing, 0) ?? 0;
  return (
    <Drawer open onClose={close} size={narrow ? '100%' : 720} title="与登记记录、全国平台核对">
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <table className="report-sides">
            <thead>
              <tr>
                <th scope="col">核对</th>
                <th scope="col">报表</th>
                <th scope="col">对方</th>
                <th scope="col">差异</th>
              </tr>
            </thead>
            <tbody>
              {data.sides.map(({ side, text, clause, counted, there, differing: differ }) => (
                <tr key={side}>
                  <th scope="row">
                    {text} <Clause id={clause} />
                  </th>
                  <td className="num">{countText(counted)}</td>
                  <td className="num">{countText(there)}</td>
                  <td className="num">{differ === 0 ? '无' : countText(differ)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.items.length === 0 ? (
            <Empty title="三方一致" />
          ) : (
            <ul className="report-persons">
              {data.items.map((one) => (
                <li key={one.side + one.registrationId + one.text}>
                  <b>{one.name}</b>
                  <span className="num">{one.idMasked}</span>
                  <span className="quiet">{one.officeName}</span>
                  <span>
                    {one.text}
                    {one.explained && <span className="quiet">（截取以后有记录说明，报表不变）</span>}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {differing > data.items.length && (
            <p className="quiet">
              共{countText(differing)}条，先列{countText(data.items.length)}条。
            </p>
          )}
        </>
      )}
    </Drawer>
  );
}
