import { codeTables } from '@yingdeng/contract/code-tables.ts';
import {
  addDays,
  CalendarNotMaintained,
  type CaseFacts,
  cite,
  isPlainDate,
  type RegistrationPlace,
  type Switchboard,
  type SwitchboardCell,
  switchboard,
} from '@yingdeng/rules/index.ts';
import { Checkbox, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCalendar, useToday } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import '../../styles/admin.css';

const places: Readonly<Record<RegistrationPlace, string>> = {
  household: '户籍地',
  residence: '常住地',
  employment: '就业地',
  insurance: '参保地',
};
const reasons = Object.entries(codeTables.exitReason.values)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, text]) => ({ value: code, label: `${code} ${text}` }));

/** 同一件事，三套规定: one case under 21号 as issued, under 79号 in Anshan, and in Jiaozuo (M79-16). */
export default function SwitchboardPage() {
  const today = useToday();
  const calendar = useCalendar();
  const [query, setQuery] = useSearchParams();
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace: true });
  };
  // Three weeks back, so that every due date lies within the calendar.
  const submittedOn = query.get('submitted') ?? addDays(today, -21);
  const registeredOn = query.get('registered') ?? submittedOn;
  const place = (query.get('place') ?? 'insurance') as RegistrationPlace;
  const exitReason = query.get('reason') ?? '32';
  const board = useMemo(() => {
    const facts: CaseFacts = {
      ...(isPlainDate(submittedOn) ? { submittedOn } : {}),
      ...(isPlainDate(registeredOn) ? { registeredOn } : {}),
      ...(Object.hasOwn(places, place) ? { registrationPlace: place } : {}),
      ...(Object.hasOwn(codeTables.exitReason.values, exitReason) ? { exitReason } : {}),
    };
    if (!calendar.data) return undefined;
    try {
      return switchboard(facts, facts.submittedOn ?? today, calendar.data);
    } catch (error) {
      if (error instanceof CalendarNotMaintained) return error;
      throw error;
    }
  }, [submittedOn, registeredOn, place, exitReason, today, calendar.data]);
  return (
    <Page
      title="同一件事，三套规定"
      hint="同一件业务，分别按鞍山21号文原文、79号文施行后的鞍山、焦作办理，结果有什么不同。79号文施行前提交的，也按它施行后的规定对照。"
    >
      <div className="filters">
        <Field label="提交日期">
          <DateField value={submittedOn} onChange={(day) => day && put('submitted', day)} />
        </Field>
        <Field label="登记日期">
          <DateField value={registeredOn} onChange={(day) => day && put('registered', day)} />
        </Field>
        <Field label="登记地点">
          <Select
            value={place}
            options={Object.entries(places).map(([value, label]) => ({ value, label }))}
            onChange={(value) => put('place', value)}
          />
        </Field>
        <Field label="退出原因" className="filter-wide">
          <Select
            value={exitReason}
            options={reasons}
            popupMatchSelectWidth={false}
            onChange={(value) => put('reason', value)}
          />
        </Field>
      </div>
      {!board ? (
        calendar.error ? (
          <Failed error={calendar.error} retry={() => void calendar.refetch()} />
        ) : (
          <Loading />
        )
      ) : board instanceof CalendarNotMaintained ? (
        <Empty title="算不出期限">日历没有维护到{board.date}，请换一个日期，或者先维护日历。</Empty>
      ) : (
        <>
          <h2 className="space-below">这件业务</h2>
          <Board board={board} rows={board.case} />
          <div className="year-head space-above">
            <h2>全部规定</h2>
            <Checkbox checked={onlyDifferent} onChange={(event) => setOnlyDifferent(event.target.checked)}>
              只看不同
            </Checkbox>
          </div>
          <Board board={board} rows={board.parameters.filter(({ differs }) => differs || !onlyDifferent)} />
        </>
      )}
    </Page>
  );
}

function Board({ board, rows }: { board: Switchboard; rows: Switchboard['case'] }) {
  const narrow = useNarrow();
  return (
    <table className="law law-three">
      <thead>
        <tr>
          <th scope="col">事项</th>
          {board.columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, cells, differs }) => (
          <tr key={label}>
            <th scope="row">
              {label}
              {differs && <span className="tag tag-near">不同</span>}
            </th>
            {cells.map((cell, index) => (
              <Cell
                key={board.columns[index]?.title}
                cell={cell}
                title={narrow ? board.columns[index]?.title : undefined}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell: { text, citation }, title }: { cell: SwitchboardCell; title?: string }) {
  return (
    <td className={citation ? undefined : 'quiet'}>
      {title && <div className="quiet small">{title}</div>}
      <div>{text}</div>
      {citation && <div className="quiet small">{cite(citation)}</div>}
    </td>
  );
}
