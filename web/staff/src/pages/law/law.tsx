import { useQuery } from '@tanstack/react-query';
import { type Parameter, type ParameterValues, parameterSpecs, parameters, sayValue } from '@yingdeng/rules/index.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { DateField } from '../../parts/date-field.tsx';
import { DivisionSelect } from '../../parts/division-select.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';

type Policy = Answer<'getPolicy'>;
type Entry = Policy['parameters'][number];

const known = (name: string): name is Parameter => Object.hasOwn(parameterSpecs, name);

/** A value in plain words; a parameter this page does not know yet as it is. */
function words({ parameter, value }: Entry): string {
  return known(parameter) ? sayValue(parameter, value as ParameterValues[typeof parameter]) : JSON.stringify(value);
}

function usePolicy(division: string, on: string) {
  return useQuery({
    queryKey: ['policy', division, on],
    queryFn: ({ signal }) => call('getPolicy', { query: { division, on }, signal }),
    enabled: /^\d{6}$/.test(division) && on !== '',
    staleTime: 600_000,
  });
}

/** 政策规定: what the law says at a place on a day, each value with its clause; and beside it another place or day. */
export default function Law() {
  const today = useToday();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const own = (session?.office?.office ?? '').slice(0, 6).padEnd(6, '0');
  const place = query.get('a') ?? own;
  const day = query.get('on') ?? today;
  const comparing = query.has('b');
  const otherPlace = query.get('b') ?? '';
  const otherDay = query.get('bon') ?? today;
  const put = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    setQuery(next, { replace: true });
  };
  const left = usePolicy(place, day);
  const right = usePolicy(comparing ? otherPlace : '', otherDay);
  const failed = left.error ?? right.error;
  return (
    <Page
      title="政策规定"
      hint="某地某日在行的规定，每一项都写明出处。办件按当日规定，以后规定变了也不改。"
      tools={
        comparing ? (
          <Button onClick={() => put({ b: undefined, bon: undefined })}>不对照</Button>
        ) : (
          <Button onClick={() => put({ b: place, bon: '2020-05-01' })}>与另一地或另一日对照</Button>
        )
      }
    >
      <div className={comparing ? 'law-pick law-pick-two' : 'law-pick'}>
        <Pick
          title={comparing ? '甲' : undefined}
          place={place}
          day={day}
          change={(a, on) => put({ a, on })}
          own={own}
        />
        {comparing && (
          <Pick title="乙" place={otherPlace} day={otherDay} change={(b, bon) => put({ b, bon })} own={own} />
        )}
      </div>
      {comparing && (
        <p>
          <Checkbox checked={onlyDifferent} onChange={(event) => setOnlyDifferent(event.target.checked)}>
            只看不同
          </Checkbox>
        </p>
      )}
      {failed ? (
        <Failed error={failed} retry={() => void (left.error ? left.refetch() : right.refetch())} />
      ) : !left.data || (comparing && !right.data) ? (
        <Loading />
      ) : (
        <Table left={left.data} right={comparing ? right.data : undefined} onlyDifferent={onlyDifferent} />
      )}
    </Page>
  );
}

function Pick({
  title,
  place,
  day,
  own,
  change,
}: {
  title?: string;
  place: string;
  day: string;
  own: string;
  change: (place: string, day: string) => void;
}) {
  return (
    <div className="law-place">
      {title && <b>{title}</b>}
      <Field label={`${title ?? ''}地区`}>
        <DivisionSelect cities value={place} near={own} onChange={(code) => change(code, day)} />
      </Field>
      <Field label={`${title ?? ''}日期`}>
        <DateField value={day} onChange={(on) => on && change(place, on)} />
      </Field>
    </div>
  );
}

function Table({ left, right, onlyDifferent }: { left: Policy; right?: Policy; onlyDifferent: boolean }) {
  const names = [...new Set([...parameters, ...left.parameters.map(({ parameter }) => parameter)])];
  const of = (policy: Policy | undefined, name: string) =>
    policy?.parameters.find(({ parameter }) => parameter === name);
  const rows = names
    .map((name) => ({ name, a: of(left, name), b: of(right, name) }))
    .filter(({ a, b }) => a || b)
    .map((row) => ({
      ...row,
      different: right !== undefined && (row.a ? words(row.a) : '') !== (row.b ? words(row.b) : ''),
    }))
    .filter(({ different }) => !right || !onlyDifferent || different);
  if (rows.length === 0) return <Empty title={right ? '没有不同' : '这里还没有收录规定'} />;
  return (
    <table className={right ? 'law law-two' : 'law'}>
      <thead>
        <tr>
          <th scope="col">事项</th>
          <th scope="col">
            {left.divisionName}
            <span className="num"> {left.on}</span>
          </th>
          {right && (
            <th scope="col">
              {right.divisionName}
              <span className="num"> {right.on}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, a, b, different }) => (
          <tr key={name}>
            <th scope="row">
              {known(name) ? parameterSpecs[name].label : name}
              {different && !onlyDifferent && <span className="tag tag-near">不同</span>}
            </th>
            <Cell entry={a} />
            {right && <Cell entry={b} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ entry }: { entry?: Entry }) {
  if (!entry) return <td className="quiet">没有规定</td>;
  return (
    <td>
      <div>{words(entry)}</div>
      <div className="quiet small">
        {entry.citation.document} {entry.citation.clause}
      </div>
    </td>
  );
}
