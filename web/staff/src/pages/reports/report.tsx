import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Clause } from '../../parts/clause.tsx';
import { Due } from '../../parts/due.tsx';
import { Field } from '../../parts/field.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { FlowCharts, PyramidChart, TrendCharts, TrendTable } from './charts.tsx';
import { Employed } from './employed.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { type Behind, Persons } from './persons.tsx';
import { HeadTable } from './reports.tsx';
import { EmploymentTable, ServiceTable } from './service-table.tsx';
import { SheetTable } from './sheet-table.tsx';
import { StepDialog } from './step-dialog.tsx';
import { countText, monthText, rateText } from './words.ts';
import './reports.css';

export type Sheet = Answer<'getReport'>;
export type Step = Sheet['allowed'][number];

/** A month's sheet: what is to be done with it, whether it balances, every figure with the persons behind it. */
export default function Report() {
  const { division = '', month = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const office = search.get('office') ?? undefined;
  const revision = Number(search.get('revision')) || undefined;
  const { data, error, refetch } = useQuery({
    queryKey: ['report', division, month, office, revision],
    queryFn: ({ signal }) => call('getReport', { params: { division, month }, query: { office, revision }, signal }),
  });
  const [step, setStep] = useState<Step | undefined>();
  const [behind, setBehind] = useState<Behind | undefined>();
  const [entering, setEntering] = useState(false);
  const [exporting, setExporting] = useState(false);
  const go = useNavigate();
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const { head } = data;
  const counted = Object.keys(data.figures).length > 0 || head.state !== 'open';
  // What leads on stands out; taking back is never the obvious thing to press.
  const onward =
    data.allowed.find(({ action }) => ['check', 'approve', 'seal'].includes(action)) ??
    (counted ? undefined : data.allowed[0]);
  const place = data.offices.find((one) => one.office === office)?.name ?? head.title;
  return (
    <Page
      title={`${place}登记失业月报`}
      hint={
        <>
          {monthText(month)}，期末为{data.period.to}的24时。
          <Link to={`/reports?month=${month}`}>同期各地</Link>
        </>
      }
      tools={
        <>
          {data.allowed.map((one) => (
            <ActionButton key={one.action} why={one.why} primary={one === onward} onClick={() => setStep(one)}>
              {one.action === 'cut' && counted ? '重新截取' : one.text}
            </ActionButton>
          ))}
          <ActionButton
            why={counted && head.state !== 'cut' ? undefined : '还没有算出数字，不能导出。'}
            onClick={() => setExporting(true)}
          >
            导出
          </ActionButton>
          <ActionButton
            why={counted && head.state !== 'cut' ? undefined : '还没有算出数字，不能核对。'}
            onClick={() => go(`/reports/${division}/${month}/consistency`)}
          >
            核对
          </ActionButton>
        </>
      }
    >
      <div className="report-facts">
        <Fact name="状态">
          <span className={`tag report-${head.state}`}>{head.stateText}</span>
          {head.revision > 1 && <span className="quiet beside">第{head.revision}次</span>}
        </Fact>
        <Fact name="报送期限">
          {head.due ? <Due on={head.due.on} state={head.due.state} /> : <span className="quiet">日历未维护</span>}
        </Fact>
        <Fact name="期末实有">
          <b className="num">{countText(counted ? (data.figures.closing?.all?.[0] ?? 0) : undefined)}</b>
        </Fact>
        {!office && (
          <Fact name="登记失业率">
            <b className="num">{rateText(head.rate)}</b>
            {head.rate && head.rate.low !== head.rate.high && (
              <span className="quiet beside num">
                {head.rate.low.toFixed(2)}—{head.rate.high.toFixed(2)}%
              </span>
            )}
          </Fact>
        )}
      </div>
      {data.revisions.length > 1 && (
        <nav className="report-revisions" aria-label="各次报送">
          {data.replaces && (
            <p>
              本表代替第{data.replaces.revision}次。重报理由：{data.replaces.reason}。
            </p>
          )}
          {data.revisions.map((one) => (
            <Link
              key={one.id}
              to={`?revision=${one.revision}`}
              aria-current={one.revision === head.revision ? 'page' : undefined}
            >
              第{one.revision}次{one.revision === head.revision && '（正在看）'}
            </Link>
          ))}
        </nav>
      )}
      {counted && <Checks sheet={data} />}
      {data.offices.length > 1 && (
        <div className="report-month">
          <Field label="范围">
            <Select
              value={office ?? ''}
              onChange={(code) => setSearch(code ? { office: code } : {})}
              options={[
                { value: '', label: `${head.name}合计` },
                ...data.offices.map((one) => ({ value: one.office, label: `${one.name}（${one.closing}人）` })),
              ]}
            />
          </Field>
        </div>
      )}
      {counted && <Pictures sheet={data} office={office} />}
      {counted ? (
        <SheetTable figures={data.figures} open={(row, cut, unknown) => setBehind({ row, cut, unknown })} />
      ) : (
        <p className="verdict">期末名册还没有截取。期末24时过后由系统自动截取，也可以点“截取名册”。</p>
      )}
      {counted && (
        <div className="two">
          <ServiceTable sheet={data} open={(row) => setBehind({ row, cut: 'all', unknown: false })} />
          <EmploymentTable sheet={data} />
        </div>
      )}
      {data.parts.length > 0 && (
        <Box title="所辖各地">
          <HeadTable items={data.parts} />
        </Box>
      )}
      {!office && <Rate sheet={data} enter={() => setEntering(true)} />}
      <Background sheet={data} />
      {step && <StepDialog sheet={data} step={step} close={() => setStep(undefined)} />}
      {behind && head.id && (
        <Persons reportId={head.id} behind={{ ...behind, office }} close={() => setBehind(undefined)} />
      )}
      {exporting && <ExportDialog sheet={data} office={office} close={() => setExporting(false)} />}
      {entering && <Employed sheet={data} close={() => setEntering(false)} />}
    </Page>
  );
}

/** The month in pictures, before its table: who came and went and why, who is in the stock, how it got there. */
function Pictures({ sheet, office }: { sheet: Sheet; office: string | undefined }) {
  const { head, figures, ages } = sheet;
  const place = office ?? head.division;
  const trend = useQuery({
    queryKey: ['trend', place],
    queryFn: ({ signal }) => call('getTrend', { query: { place }, signal }),
  });
  // A month that is looked at later is seen as it stood then.
  const months = (trend.data?.months ?? []).filter(({ month }) => month <= head.month);
  return (
    <>
      <div className="charts">
        {Object.keys(ages).length > 0 && <PyramidChart ages={ages} />}
        <FlowCharts newBy={byReason(figures, /^newReason(\d\d)$/)} exitsBy={byReason(figures, /^exit(\d\d)$/)} />
      </div>
      {months.length > 1 && (
        <details className="report-trend">
          <summary>各期趋势</summary>
          <TrendCharts months={months} />
          <TrendTable months={months} place={head.name} />
        </details>
      )}
    </>
  );
}

/** Rows of the sheet that stand for a reason, by its code. */
const byReason = (figures: Sheet['figures'], row: RegExp): Record<string, number> =>
  Object.fromEntries(
    Object.entries(figures).flatMap(([name, { all }]) => {
      const code = row.exec(name)?.[1];
      return code && all ? [[String(Number(code)), all[0]]] : [];
    }),
  );

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <span className="quiet">{name}</span>
      <div>{children}</div>
    </div>
  );
}

/** Whether the sheet balances: one line when it does, each fault with both numbers when it does not. */
function Checks({ sheet }: { sheet: Sheet }) {
  const failing = sheet.checks.filter(({ holds }) => !holds);
  if (sheet.checks.length === 0) return null;
  if (failing.length === 0)
    return (
      <p className="verdict" role="status">
        平衡：{sheet.checks.length}项核对全部相符。
      </p>
    );
  return (
    <div className="verdict verdict-bad" role="status">
      有{failing.length}项不相符，不能审核：
      <ul>
        {failing.map(({ name, text, left, right, clause }) => (
          <li key={name}>
            {text}：{name === 'parts' ? '' : `${left}与${right}`} <Clause id={clause} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The rate with its denominator: value, day, source, method; and what is easily taken for it. */
function Rate({ sheet, enter }: { sheet: Sheet; enter: () => void }) {
  const { denominator, head, besides } = sheet;
  const may = sheet.allowed.length > 0 && head.state !== 'sealed';
  return (
    <Box title="登记失业率" tools={may && <Button onClick={enter}>填写城镇从业人员</Button>}>
      {denominator ? (
        <p>
          期末城镇从业人员<b className="num beside">{countText(denominator.value)}</b>人（{denominator.kindText}，截至
          {denominator.asOf}，可能误差{denominator.uncertainty}%）。来源：{denominator.source}。口径和方法：
          {denominator.method}。
          <span className="quiet">
            {stampText(denominator.enteredAt)}，{denominator.enteredBy}
          </span>
        </p>
      ) : (
        <p>还没有填写期末城镇从业人员数，登记失业率为“—”。</p>
      )}
      {besides.length > 0 && (
        <p>
          参照群体另计：{besides.map(({ groupText, count }) => `${groupText}${count}人`).join('，')}
          ；连同期末登记失业人员共
          <b className="num">{countText(sheet.withBesides)}</b>人
          {sheet.rateBesides && `，合计比率${rateText(sheet.rateBesides)}`}。<Clause id="H122-3a" />
        </p>
      )}
      <p className="quiet">{sheet.warning}</p>
    </Box>
  );
}

/** What the sheet stands on, what was done with it, its seal. */
function Background({ sheet }: { sheet: Sheet }) {
  return (
    <div className="two report-back">
      <Box title="办理经过">
        {sheet.history.length === 0 ? (
          <p className="quiet">还没有办理。</p>
        ) : (
          <ul className="plain">
            {sheet.history.map((one) => (
              <li key={one.at + one.text}>
                <span className="num quiet">{stampText(one.at)}</span> {one.text}，{one.by}
                {one.reason && `：${one.reason}`}
              </li>
            ))}
          </ul>
        )}
        {sheet.seal && (
          <details className="report-seal">
            <summary>封存摘要</summary>
            <p className="num">{sheet.seal.digest}</p>
            <pre>{sheet.seal.page}</pre>
          </details>
        )}
      </Box>
      <Box title="编报依据">
        <ul className="plain">
          {sheet.provisions.map(({ parameter, text, citation }) => (
            <li key={parameter}>
              {text}
              <span className="quiet beside">
                {citation.document} {citation.clause}
              </span>
            </li>
          ))}
        </ul>
      </Box>
    </div>
  );
}
