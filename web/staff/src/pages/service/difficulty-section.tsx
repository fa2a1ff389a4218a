import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { useMay } from '../../session/use-session.ts';
import { useServiceAct } from './use-service.ts';

type File = Answer<'getDifficulty'>;
type Current = NonNullable<File['current']>;
type Open = 'apply' | 'decide' | 'recheck';

const tags: Readonly<Record<Current['state'], string>> = {
  applied: 'near',
  recognised: 'clear',
  refused: 'late',
  withdrawn: 'silent',
};

/** 就业困难人员认定: what stands, what the province's table says of this person, and what may be done (A21-4f, M79-5a). */
export function DifficultySection({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const { data } = useQuery({
    queryKey: ['difficulty', registrationId],
    queryFn: ({ signal }) => call('getDifficulty', { params: { id: registrationId }, signal }),
  });
  if (!data) return null;
  const { current, categories } = data;
  const close = () => setOpen(undefined);
  const act: readonly [Open, string] | undefined = !data.open
    ? undefined
    : !current
      ? may('difficulty.apply') && categories.length > 0
        ? ['apply', '申请认定']
        : undefined
      : !may('difficulty.decide')
        ? undefined
        : current.state === 'applied'
          ? ['decide', '认定']
          : ['recheck', '复核'];
  return (
    <section aria-label="就业困难人员认定">
      <header>
        <h3>就业困难人员认定</h3>
        {act && (
          <Button size="small" onClick={() => setOpen(act[0])}>
            {act[1]}
          </Button>
        )}
      </header>
      {current ? (
        <Shown one={current} />
      ) : (
        <p className="quiet">
          {categories.length === 0
            ? '本省就业困难人员范围还没有录入，请管理员按省里文件录入。'
            : categories.some(({ fits }) => fits === 'yes')
              ? `可能符合：${categories
                  .filter(({ fits }) => fits === 'yes')
                  .map(({ name }) => name)
                  .join('、')}`
              : '没有认定。'}
        </p>
      )}
      {data.earlier.length > 0 && (
        <details>
          <summary>以前的认定（{data.earlier.length}）</summary>
          {data.earlier.map((one) => (
            <Shown key={one.id} one={one} />
          ))}
        </details>
      )}
      {open === 'apply' && <Apply file={data} close={close} />}
      {open === 'decide' && current && <Decide file={data} current={current} close={close} />}
      {open === 'recheck' && current && <Recheck file={data} current={current} close={close} />}
    </section>
  );
}

function Shown({ one }: { one: Current }) {
  return (
    <>
      <p>
        <span className={`tag tag-${tags[one.state]}`}>{one.stateText}</span> {one.category}
        <span className="quiet beside">
          {stampText(one.appliedAt)}申请
          {one.state === 'applied' && one.dueOn && `，${one.dueOn}前办结`}
          {one.validTo && `，有效期${one.validFrom}至${one.validTo}`}
          {one.decidedBy && `，${one.decidedBy}办理`}
        </span>
      </p>
      {(one.text || one.withdrawnReason) && (
        <p className="quiet">{one.withdrawnReason ? `${one.withdrawnOn}退出：${one.withdrawnReason}` : one.text}</p>
      )}
    </>
  );
}

/** The categories to choose from; those that data contradict cannot be chosen and say why. */
function Categories({
  file,
  value,
  choose,
}: {
  file: File;
  value: string | undefined;
  choose: (name: string) => void;
}) {
  return (
    <Group
      legend="类别"
      required
      hint={file.citation ? `依据：${file.citation.document} ${file.citation.clause}` : undefined}
    >
      <Radio.Group
        className="choices"
        value={value}
        onChange={(event) => choose(String(event.target.value))}
        options={file.categories.map((one) => ({
          value: one.name,
          disabled: one.fits === 'no',
          label: (
            <>
              {one.name}
              <span className="quiet category-why">{one.why}</span>
            </>
          ),
        }))}
      />
    </Group>
  );
}

function Apply({ file, close }: { file: File; close: () => void }) {
  const [category, setCategory] = useState(file.categories.find(({ fits }) => fits === 'yes')?.name);
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'applyDifficulty'>, key) => call('applyDifficulty', { params: { id: file.registrationId }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="申请就业困难人员认定"
      close={close}
      submitText="受理申请"
      size={600}
      hold={category ? undefined : '请选类别'}
      consequence="不向本人要材料，由我们核实。认定与否都不影响登记。"
      submit={() => category && action.run({ category })}
    >
      <Categories file={file} value={category} choose={setCategory} />
    </ActionDrawer>
  );
}

function Decide({ file, current, close }: { file: File; current: Current; close: () => void }) {
  const [outcome, setOutcome] = useState<'yes' | 'no'>();
  const [category, setCategory] = useState<string | undefined>(
    file.categories.some(({ name, fits }) => name === current.category && fits !== 'no') ? current.category : undefined,
  );
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const byHand = file.categories.find(({ name }) => name === category)?.fits === 'byHand';
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'decideDifficulty'>, key) => call('decideDifficulty', { params: { id: current.id }, body, key }),
    close,
  );
  const hold = !outcome
    ? '请选认定结果'
    : outcome === 'yes' && !category
      ? '请选类别'
      : (outcome === 'no' || byHand) && text.trim().length < 4
        ? outcome === 'no'
          ? '请写明理由'
          : '请写明怎样核实的'
        : blocked
          ? '有不能写的内容'
          : undefined;
  const { version } = current;
  return (
    <ActionDrawer
      {...action}
      title="就业困难人员认定"
      close={close}
      submitText={outcome === 'no' ? '不予认定' : '认定'}
      danger={outcome === 'no'}
      size={600}
      hold={hold}
      consequence={
        outcome === 'yes'
          ? '按C类服务，本人会收到消息；接着指定专人、制定援助计划。'
          : '本人会收到消息和理由；登记不受影响。'
      }
      submit={() =>
        action.run(
          outcome === 'no'
            ? { recognise: false, version, reason: text.trim() }
            : { recognise: true, version, category: category ?? '', verified: text.trim() },
        )
      }
    >
      <p>本人申请的类别：{current.category}</p>
      <Group legend="结果" required>
        <Radio.Group
          optionType="button"
          value={outcome}
          onChange={(event) => setOutcome(event.target.value as 'yes' | 'no')}
          options={[
            { value: 'yes', label: '认定' },
            { value: 'no', label: '不予认定' },
          ]}
        />
      </Group>
      {outcome === 'yes' && <Categories file={file} value={category} choose={setCategory} />}
      {outcome && (
        <FreeText
          label={outcome === 'yes' ? '怎样核实的' : '理由'}
          required={outcome === 'no' || byHand}
          value={text}
          onChange={setText}
          hint={outcome === 'yes' ? '如部门共享信息、入户了解、信息比对。' : '本人会看到。'}
        />
      )}
    </ActionDrawer>
  );
}

function Recheck({ file, current, close }: { file: File; current: Current; close: () => void }) {
  const [holds, setHolds] = useState<boolean>();
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'recheckDifficulty'>, key) => call('recheckDifficulty', { params: { id: current.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="就业困难人员复核"
      close={close}
      submitText={holds === false ? '退出认定' : '继续有效'}
      danger={holds === false}
      hold={
        holds === undefined
          ? '请选复核结果'
          : text.trim().length < 4
            ? holds
              ? '请写明怎样核实的'
              : '请写明退出的原因'
            : blocked
              ? '有不能写的内容'
              : undefined
      }
      consequence={holds === false ? '本人会收到消息和原因；登记不受影响。' : '有效期从今天起重新计算。'}
      submit={() => holds !== undefined && action.run({ version: current.version, holds, text: text.trim() })}
    >
      <p>
        {current.category}，有效期到{current.validTo}
      </p>
      <Group legend="结果" required>
        <Radio.Group
          className="choices"
          value={holds}
          onChange={(event) => setHolds(event.target.value as boolean)}
          options={[
            { value: true, label: '仍符合，继续有效' },
            { value: false, label: '不再符合，退出认定' },
          ]}
        />
      </Group>
      <FreeText label={holds === false ? '退出的原因' : '怎样核实的'} required value={text} onChange={setText} />
    </ActionDrawer>
  );
}
