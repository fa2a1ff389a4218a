import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlsoWanted } from '@yingdeng/contract/application-form.ts';
import type { FormField } from '@yingdeng/rules/application-form.ts';
import { stillKnown } from '@yingdeng/rules/form-again.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Checkbox, Segmented } from 'antd';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useNow, useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { moveOn } from '../../lib/move-on.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { Refused } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { SignaturePad } from '../../parts/signature.tsx';
import { useSession } from '../../session/use-session.ts';
import { fromText, useFormAgain } from './again.ts';
import { AlsoPart } from './also-part.tsx';
import { checkForm, emptyForm, type Faults, type Form, withChange } from './form-state.ts';
import { keepReceipt } from './kept-receipt.ts';
import { emptyPaper, PaperSigning, paperCommitment, paperFault } from './paper-signing.tsx';
import { AddressPart, ContactPart, PersonPart, UnemploymentPart, WishPart } from './parts.tsx';

type Submission = Body<'enterApplication'>;

/** 窗口登记: the form of annex 1 on one page, by keyboard, checked while it is typed. */
export default function Counter() {
  const today = useToday();
  const now = useNow();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { data: session } = useSession();
  const own = (session?.office?.office ?? '').slice(0, 6).padEnd(6, '0');
  const [form, setForm] = useState<Form>(emptyForm);
  const [also, setAlso] = useState<AlsoWanted>({ introduction: false });
  const [left, setLeft] = useState<ReadonlySet<FormField>>(new Set());
  const [tried, setTried] = useState(false);
  const [read, setRead] = useState(false);
  const [path, setPath] = useState('');
  const [signedAt, setSignedAt] = useState('');
  const [how, setHow] = useState<'pad' | 'paper'>('pad');
  const [paper, setPaper] = useState(() => emptyPaper(session?.name ?? ''));
  const page = useRef<HTMLFormElement>(null);
  const commitment = useQuery({
    queryKey: ['commitment'],
    queryFn: ({ signal }) => call('getCommitment', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [query] = useSearchParams();
  const { again, fill, filling, forget } = useFormAgain(setForm, query.get('again') ?? '');
  const settled = useDeferredValue(form);
  const checked = useMemo(() => checkForm(settled, today, own), [settled, today, own]);
  const known = useKnown(form);
  const { keyFor, refused } = useRequestKey();
  const submit = useMutation({
    mutationFn: (body: Submission) => call('enterApplication', { body, key: keyFor(body) }),
    onError: refused,
    onSuccess: (receipt, body) => {
      keepReceipt({ receipt, name: body.form.name });
      void cache.invalidateQueries({ queryKey: ['worklist'] });
      void cache.invalidateQueries({ queryKey: ['today'] });
      navigate(`/counter/receipt/${receipt.id}`);
    },
  });
  const trouble = submit.error ? troubleOf(submit.error) : undefined;
  const faults: Faults = {};
  for (const { field, message } of [...checked.faults, ...(trouble?.fields ?? [])]) {
    const name = field.replace(/^form\./, '') as FormField;
    if ((tried || left.has(name)) && !faults[name]) faults[name] = message;
  }
  const warnings = [...checked.warnings, ...(known?.warnings ?? [])];
  const started = form.name !== '' || form.documentNumber !== '';
  useEffect(() => {
    if (!started || submit.isSuccess) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [started, submit.isSuccess]);
  const change = (part: Partial<Form>) => setForm((current) => withChange(current, part));
  const leave = (field: FormField) =>
    setLeft((current) => (current.has(field) ? current : new Set([...current, field])));
  const content = JSON.stringify(checked.form);
  const unsigned = how === 'paper' ? paperFault(paper, content) : path === '' ? '请申请人签名' : undefined;
  const signFault = read ? unsigned : '请申请人读过（或听读）告知内容';
  function send(): void {
    setTried(true);
    if (checked.faults.length > 0 || signFault || submit.isPending || !commitment.data) {
      requestAnimationFrame(() => {
        const first = page.current?.querySelector<HTMLElement>('[aria-invalid="true"], .fault');
        first?.scrollIntoView({ block: 'center' });
        (first?.matches('input,select,textarea,button') ? first : first?.querySelector<HTMLElement>('input'))?.focus();
      });
      return;
    }
    submit.mutate({
      form: checked.form,
      ...(Object.values(also).some(Boolean) ? { also } : {}),
      commitment: {
        version: commitment.data.version,
        read: true,
        ...(how === 'paper' ? { paper: paperCommitment(paper, today) } : { signature: { path, signedAt } }),
      },
    });
  }
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    // Wherever the focus is: after signing with the mouse it is on nothing.
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && !event.ctrlKey && !event.metaKey) moveOn(event);
  }
  const marked = again && stillKnown(again, form);
  const from = (field: FormField) => marked && again && fromText(marked.get(field), again.on);
  const parts = { form, change, leave, faults, from, own, today };
  return (
    <Page
      title="窗口登记"
      hint="Enter 到下一项，Ctrl+Enter 提交。只核对本人有效身份证件，不收其他材料。"
      tools={
        started && (
          <Button
            onClick={() => {
              setForm(emptyForm);
              setAlso({ introduction: false });
              setLeft(new Set());
              setTried(false);
              setRead(false);
              setPath('');
              setHow('pad');
              setPaper(emptyPaper(session?.name ?? ''));
              submit.reset();
              forget();
              page.current?.querySelector('input')?.focus();
            }}
          >
            清空重填
          </Button>
        )
      }
    >
      <form
        ref={page}
        className="counter"
        noValidate
        autoComplete="off"
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {trouble && (
          <div className="counter-trouble">
            <Refused trouble={trouble} />
          </div>
        )}
        {known?.known && (
          <div className="box box-warn" role="alert">
            <b>{known.known.text}</b> <span className="num">{known.known.number}</span>
            <p>
              同一人不重复登记。<Link to="/people">查人</Link>，本人从外地搬来的，
              <Link to="/transfers?ask">请原机构转出登记</Link>
            </p>
          </div>
        )}
        {known?.before && (
          <div className="box" role="status">
            <b>此人{known.before.text}</b>
            {again ? (
              <p>以前填过的已填入空着的项，标有来源，都可以改。请与本人核对。</p>
            ) : (
              <p>
                <Button
                  size="small"
                  loading={filling.isPending}
                  onClick={() => known.before && fill(known.before.applicationId)}
                >
                  填入以前填过的内容
                </Button>
              </p>
            )}
            {filling.error && <Refused trouble={troubleOf(filling.error)} />}
          </div>
        )}
        <PersonPart {...parts} />
        <AddressPart {...parts} />
        <ContactPart {...parts} />
        <UnemploymentPart {...parts} />
        <WishPart {...parts} />
        <AlsoPart form={checked.form} value={also} onChange={setAlso} />
        {warnings.length > 0 && (
          <div className="box box-warn" role="status">
            <p>
              <b>请核对（不影响提交）</b>
            </p>
            <ul className="plain">
              {warnings.map(({ field, message }) => (
                <li key={`${field}${message}`}>{message}</li>
              ))}
            </ul>
          </div>
        )}
        <section className="box counter-promise" aria-labelledby="promise">
          <h2 id="promise">告知、承诺和签名</h2>
          <div className="promise-text">
            {(commitment.data?.notification ?? '正在读取告知内容…').split('\n').map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>
              <b>{commitment.data?.commitment}</b>
            </p>
          </div>
          <div className="promise-sign">
            <Checkbox checked={read} onChange={(event) => setRead(event.target.checked)}>
              申请人已读（或已听读）告知内容，愿意承诺
            </Checkbox>
            <Segmented
              aria-label="怎样签名"
              value={how}
              options={[
                { value: 'pad', label: '在签名板上签名' },
                { value: 'paper', label: '在打印的表上签名' },
              ]}
              onChange={setHow}
            />
            {how === 'paper' ? (
              <PaperSigning
                entry={paper}
                change={setPaper}
                form={checked.form}
                version={commitment.data?.version}
                hold={
                  checked.faults.length > 0
                    ? `还有${checked.faults.length}项没填好，填好后打印。`
                    : read
                      ? undefined
                      : '申请人读过（或听读）告知内容后打印。'
                }
              />
            ) : (
              <SignaturePad
                path={path}
                onChange={(drawn) => {
                  setPath(drawn);
                  setSignedAt(now().toISOString());
                }}
              />
            )}
            {tried && signFault && (
              <div className="fault" role="alert">
                {signFault}
              </div>
            )}
          </div>
        </section>
        <div className="counter-foot">
          <span className="hint" role="status">
            {checked.faults.length === 0 ? '各项已填好' : `还有${checked.faults.length}项没填好`}
          </span>
          <Button type="primary" htmlType="submit" loading={submit.isPending} size="large">
            提交
            <span className="key" aria-hidden="true">
              Ctrl+Enter
            </span>
          </Button>
        </div>
      </form>
    </Page>
  );
}

/** Whether the person is known already, asked once the number is whole. */
function useKnown(form: Form): Answer<'checkForm'> | undefined {
  const idNumber = useDeferredValue(form.idNumber);
  const name = useDeferredValue(form.name);
  const whole = idNumber !== '' && parseIdentityNumber(idNumber).faults.length === 0;
  const { data } = useQuery({
    queryKey: ['known', idNumber],
    queryFn: ({ signal }) =>
      call('checkForm', { body: { form: { idNumber, name, documentType: form.documentType } }, signal }),
    enabled: whole,
    gcTime: 0,
    retry: false,
  });
  if (!whole || !data) return undefined;
  // The page has its own check of the fields; of the server only what it alone can know.
  return { known: data.known, before: data.before, faults: [], warnings: [] };
}
