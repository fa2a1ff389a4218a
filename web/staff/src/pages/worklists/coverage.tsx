import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';

type Figures = Pick<Answer<'getCoverage'>['offices'][number], 'seen' | 'registered'>;

/** A share as it is read out; nobody registered is no share. */
const share = ({ seen, registered }: Figures) =>
  registered === 0 ? '—' : `${((seen / registered) * 100).toFixed(1)}%`;

/** How far the month is, in one line; office by office when it is opened. What is missing opens its people (R063). */
export function Coverage({ data, choose }: { data: Answer<'getCoverage'>; choose: (office: string) => void }) {
  const total = data.offices.reduce<Figures>(
    (sum, one) => ({ seen: sum.seen + one.seen, registered: sum.registered + one.registered }),
    { seen: 0, registered: 0 },
  );
  const left = total.registered - total.seen;
  return (
    <details className="box coverage">
      <summary>
        <h2>
          {data.month.replace('-', '年')}月已跟踪{share(total)}
        </h2>
        <span className="quiet num">
          全月在册{total.registered}人，已跟踪{total.seen}人，还差{left}人
        </span>
        <span className="coverage-open">各机构</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">机构</th>
            <th scope="col">全月在册</th>
            <th scope="col">已跟踪</th>
            <th scope="col">还差</th>
            <th scope="col">覆盖率</th>
          </tr>
        </thead>
        <tbody>
          {data.offices.map((one) => (
            <tr key={one.office}>
              <th scope="row">{one.officeName}</th>
              <td className="num">{one.registered}</td>
              <td className="num">{one.seen}</td>
              <td className="num">
                {one.registered > one.seen ? (
                  <Button
                    type="link"
                    size="small"
                    aria-label={`${one.officeName}还差${one.registered - one.seen}人，看名单`}
                    onClick={() => choose(one.office)}
                  >
                    {one.registered - one.seen}
                  </Button>
                ) : (
                  0
                )}
              </td>
              <td className="num">{share(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet small">全月在册：本月以前登记、现在仍有效的人。本月新登记和本月退出的不计入。</p>
    </details>
  );
}
