import {
  cite,
  type Parameter,
  type Provision,
  parameterSpecs,
  parameters,
  policyFor,
  sayValue,
} from '@yingdeng/rules/index.ts';
import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { ProvisionDrawer } from './provision-drawer.tsx';
import { PlaceName, RangeSelect, useOwnDivision } from './range-select.tsx';
import { useProvisions } from './use-provisions.ts';
import '../../styles/admin.css';

type Standing = 'governs' | 'nearer' | 'displaced' | 'ignored' | 'future' | 'ended';
const standingWords: Readonly<Record<Standing, string>> = {
  governs: '在行',
  nearer: '下级另有规定',
  displaced: '已被取代',
  ignored: '不予适用',
  future: '尚未施行',
  ended: '已失效',
};
const shows = {
  all: '全部事项',
  added: '本系统增加的',
  aside: '有未适用的',
  future: '有将施行的',
} as const;

interface Line {
  readonly provision: Provision;
  readonly standing: Standing;
  readonly reason?: string;
}

/** Every provision of the place on a parameter, the governing ones first, each with how it stands on the day. */
function linesOf(parameter: Parameter, division: string, on: string, provisions: readonly Provision[]): Line[] {
  const policy = policyFor(division, on, provisions);
  const cited = new Set(policy[parameter]?.citations.map(({ provisionId }) => provisionId));
  const governing = provisions.find(({ id }) => cited.has(id));
  const order: readonly Standing[] = ['governs', 'future', 'nearer', 'ignored', 'displaced', 'ended'];
  return provisions
    .filter((one) => one.parameter === parameter && division.startsWith(one.division))
    .flatMap((provision): Line[] => {
      if (cited.has(provision.id)) return [{ provision, standing: 'governs' }];
      if (provision.from > on) return [{ provision, standing: 'future' }];
      if (provision.to && provision.to < on) return [{ provision, standing: 'ended' }];
      const by = (one: { citation: { provisionId: string } }) => one.citation.provisionId === provision.id;
      const ignored = policy.ignored.find(by);
      if (ignored) return [{ provision, standing: 'ignored', reason: ignored.reason }];
      const displaced = policy.displaced.find(by);
      if (displaced) return [{ provision, standing: 'displaced', reason: displaced.reason }];
      // Of one authority the later replaces the earlier; a higher one that nobody contradicts stands behind the nearer.
      return [{ provision, standing: governing?.level === provision.level ? 'displaced' : 'nearer' }];
    })
    .sort(
      (a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || (a.provision.from < b.provision.from ? 1 : -1),
    );
}

/** 规定: what the law of a place says on a day, which provisions it stands on, and which were set aside and why. */
export default function Provisions() {
  const today = useToday();
  const own = useOwnDivision();
  const [query, setQuery] = useSearchParams();
  const [adding, setAdding] = useState<{ parameter?: Parameter }>();
  const division = query.get('division') ?? own;
  const on = query.get('on') ?? today;
  const show = (query.get('show') ?? 'all') as keyof typeof shows;
  const q = query.get('q') ?? '';
  const put = (change: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setQuery(next, { replace: true });
  };
  const list = useProvisions(division);
  useShortcuts({ n: () => setAdding({}), r: () => void list.refetch() });
  const rows = useMemo(() => {
    if (!list.data) return [];
    const { provisions, added } = list.data;
    return parameters
      .map((parameter) => ({ parameter, lines: linesOf(parameter, division, on, provisions) }))
      .filter(({ parameter, lines }) => lines.length > 0 && parameterSpecs[parameter].label.includes(q))
      .filter(({ lines }) => {
        if (show === 'added') return lines.some(({ provision }) => added.has(provision.id));
        if (show === 'aside') return lines.some(({ standing }) => standing === 'ignored' || standing === 'displaced');
        return show !== 'future' || lines.some(({ standing }) => standing === 'future');
      });
  }, [list.data, division, on, q, show]);
  return (
    <Page
      title="规定管理"
      hint="规定只增不改：变了就增加新的一条，从施行之日起办理的业务按新规定，以前的按以前的。"
      tools={
        <Button type="primary" onClick={() => setAdding({})}>
          增加规定
          <span className="key" aria-hidden="true">
            n
          </span>
        </Button>
      }
    >
      <div className="filters">
        <Field label="地区" className="filter-wide">
          <RangeSelect value={division} onChange={(code) => put({ division: code })} />
        </Field>
        <Field label="日期">
          <DateField value={on} onChange={(day) => day && put({ on: day })} />
        </Field>
        <Field label="显示">
          <Select
            value={show}
            options={Object.entries(shows).map(([value, label]) => ({ value, label }))}
            onChange={(value) => put({ show: value === 'all' ? '' : value })}
          />
        </Field>
        <Field label="事项">
          <Input
            allowClear
            placeholder="按名称筛选"
            value={q}
            onChange={(event) => put({ q: event.target.value.trim() })}
          />
        </Field>
      </div>
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty title="没有这样的规定">换个条件再看。</Empty>
      ) : (
        <table className="law law-lines">
          <thead>
            <tr>
              <th scope="col">事项</th>
              <th scope="col">规定</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ parameter, lines }) => (
              <tr key={parameter}>
                <th scope="row">
                  {parameterSpecs[parameter].label}
                  <button type="button" className="figure small" onClick={() => setAdding({ parameter })}>
                    增加
                    <span className="unseen">关于{parameterSpecs[parameter].label}的规定</span>
                  </button>
                </th>
                <td>
                  {lines.map((line) => (
                    <ProvisionLine key={line.provision.id} {...line} by={list.data.added.get(line.provision.id)} />
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && (
        <ProvisionDrawer
          parameter={adding.parameter}
          division={division}
          today={today}
          close={() => setAdding(undefined)}
        />
      )}
    </Page>
  );
}

function ProvisionLine({ provision, standing, reason, by }: Line & { by?: string }) {
  const { parameter, value, division, from, to, note } = provision;
  return (
    <div className={`provision provision-${standing}`}>
      <div>
        {standing !== 'governs' && (
          <span className={standing === 'future' ? 'tag tag-near' : 'tag'}>{standingWords[standing]}</span>
        )}
        <span className="provision-value">{sayValue(parameter, value as never)}</span>
      </div>
      <div className="quiet small">
        {cite(provision)}，<PlaceName prefix={division} />，<span className="num">{from}</span>起
        {to && (
          <>
            至<span className="num">{to}</span>
          </>
        )}
        {by !== undefined && `，${by || '管理员'}增加`}
      </div>
      {reason && <div className="small">{reason}</div>}
      {note && standing === 'governs' && <div className="quiet small">说明：{note}</div>}
    </div>
  );
}
