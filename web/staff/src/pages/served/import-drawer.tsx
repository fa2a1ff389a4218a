import { useMutation, useQueryClient } from '@tanstack/react-query';
import { servedGroupNames, servedGroups } from '@yingdeng/rules/served.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';

type Group = (typeof servedGroupNames)[number];
type Outcome = Answer<'importServed'>;

/** Takes a list in: first it is looked at row by row, then kept. Refused rows are kept nowhere and can be saved as a file. */
export function ImportDrawer({ close }: { close: () => void }) {
  const [group, setGroup] = useState<Group>();
  const [source, setSource] = useState<string>();
  const [file, setFile] = useState<File>();
  const [looked, setLooked] = useState<Outcome>();
  const input = useRef<HTMLInputElement>(null);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const send = useMutation({
    mutationFn: (check: 'yes' | 'no') =>
      call('importServed', {
        query: { name: (file?.name ?? '').slice(-120), group: group ?? 'graduates', source: source ?? '', check },
        ...(file ? { file } : {}),
      }),
    onSuccess: (outcome, check) => {
      if (check === 'yes') return setLooked(outcome);
      message.success(outcome.message);
      void cache.invalidateQueries({ queryKey: ['served'] });
      close();
    },
  });
  const anew = () => {
    setLooked(undefined);
    send.reset();
  };
  const good = looked ? looked.fresh + looked.changed : 0;
  const hold = !group
    ? '请选群体'
    : !source
      ? '请选名单来源'
      : !file
        ? '请选文件'
        : looked && good === 0
          ? '没有要导入的行'
          : undefined;
  return (
    <ActionDrawer
      title="导入名单"
      close={close}
      busy={send.isPending}
      {...(send.error ? { trouble: troubleOf(send.error) } : {})}
      submitText={looked ? `导入${good}人` : '核对'}
      hold={hold}
      size={600}
      consequence={looked ? '从今天起按登记失业人员的期限首次联系。有错误的行不保存。' : '先逐行核对，看过结果再导入。'}
      submit={() => send.mutate(looked ? 'no' : 'yes')}
    >
      <Field label="群体" required>
        <Select
          value={group}
          onChange={(next: Group) => {
            setGroup(next);
            setSource(servedGroups[next].sources.length === 1 ? servedGroups[next].sources[0] : undefined);
            anew();
          }}
          options={servedGroupNames.map((value) => ({ value, label: servedGroups[value].text }))}
        />
      </Field>
      {group && (
        <Field label="名单来源" required>
          <Select
            value={source}
            onChange={(next: string) => {
              setSource(next);
              anew();
            }}
            options={servedGroups[group].sources.map((value) => ({ value, label: value }))}
          />
        </Field>
      )}
      <div className="field">
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.csv"
          onChange={(event) => {
            setFile(event.target.files?.[0]);
            anew();
            event.target.value = '';
          }}
        />
        <Button onClick={() => input.current?.click()}>{file ? '换一个文件' : '选择文件'}</Button>{' '}
        <span className="quiet">{file ? file.name : 'XLSX或CSV，最多2万行。'}</span>
        <p>
          <a href="/api/served/template.xlsx">下载模板</a>
        </p>
      </div>
      {looked && <Looked outcome={looked} />}
    </ActionDrawer>
  );
}

function Looked({ outcome }: { outcome: Outcome }) {
  const { sheet } = outcome;
  return (
    <section aria-label="核对结果">
      <p role="status">
        <b>{outcome.message}</b>
      </p>
      <p>
        新增{outcome.fresh}人，更新{outcome.changed}人，没有变化{outcome.same}人
        {outcome.registered > 0 && `；其中${outcome.registered}人已办失业登记，在登记里服务，不重复计数`}。
      </p>
      {sheet && (
        <>
          <Button size="small" onClick={() => save(sheet)}>
            保存有错误的行
          </Button>
          <ul className="served-faults">
            {outcome.faults.map((fault) => (
              <li key={fault.line}>
                第<span className="num">{fault.line}</span>行：{fault.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The sheet is nowhere but in this answer: it is saved from here. */
function save(sheet: { name: string; content: string }): void {
  const bytes = Uint8Array.from(atob(sheet.content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = sheet.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
