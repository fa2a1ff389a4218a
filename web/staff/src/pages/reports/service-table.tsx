import {
  type EmploymentCount,
  employmentCountNames,
  employmentCounts,
} from '@yingdeng/rules/statistics/employment-counts.ts';
import {
  type ServiceRow,
  type ServiceRowName,
  serviceRowNames,
  serviceRows,
  share,
} from '@yingdeng/rules/statistics/service-sheet.ts';
import { Clause } from '../../parts/clause.tsx';
import { Box } from '../../parts/page.tsx';
import type { Sheet } from './report.tsx';
import { countText } from './words.ts';

/** The service sheet: decided and contacted in time, followed up, served; each line with what it counts. Every number opens its persons. */
export function ServiceTable({ sheet, open }: { sheet: Sheet; open: (row: ServiceRowName) => void }) {
  const { services, servicesMonth } = sheet;
  if (!services) return null;
  const shown = serviceRowNames.filter(
    (name) => serviceRows[name].level === 0 || 'partOf' in serviceRows[name] || services[name],
  );
  return (
    <Box title="服务情况">
      <table className="report-small">
        <tbody>
          {shown.map((name) => {
            const row: ServiceRow = serviceRows[name];
            const count = services[name] ?? 0;
            const part = row.partOf && share(count, services[row.partOf] ?? 0);
            return (
              <tr key={name} className={row.level === 0 ? 'report-main' : undefined}>
                <th scope="row" title={row.meaning}>
                  {row.text}
                </th>
                <td className="num">
                  {count > 0 ? (
                    <button
                      type="button"
                      className="cell"
                      aria-label={`${row.text}：${count}${row.unit ?? '人'}，查看名单`}
                      onClick={() => open(name)}
                    >
                      {countText(count)}
                    </button>
                  ) : (
                    0
                  )}
                </td>
                <td className="num">{typeof part === 'number' ? `${part.toFixed(1)}%` : ''}</td>
                <td>
                  <Clause id={row.clause} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="quiet">与名册一同截取、封存；自然月为{servicesMonth}。点数字查看名单，查看会留下记录。</p>
    </Box>
  );
}

/** The columns of 人社统EP1 that the ledger of unemployment can fill; a dash with the reason for the others. */
export function EmploymentTable({ sheet }: { sheet: Sheet }) {
  return (
    <Box title="就业情况（人社统EP1口径）">
      <table className="report-small">
        <tbody>
          {employmentCountNames.map((name) => {
            const { text, meaning, clause, lacking }: EmploymentCount = employmentCounts[name];
            return (
              <tr key={name} className="report-main">
                <th scope="row" title={meaning}>
                  {text}
                  {lacking && <span className="quiet">{lacking}</span>}
                </th>
                <td className="num">{countText(sheet.employment[name] ?? undefined)}</td>
                <td>
                  <Clause id={clause} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="quiet">再就业：本期因录用、创业、有稳定收入、公益性岗位安置退出登记的人员。</p>
    </Box>
  );
}
