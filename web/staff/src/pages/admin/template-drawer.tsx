import { messageTemplate, type TemplateName } from '@yingdeng/rules/messages/templates.ts';
import { fillTemplate, templateFaults } from '@yingdeng/rules/messages/text.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Clause } from '../../parts/clause.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { useSend } from './form.ts';
import { PlaceName } from './range-select.tsx';
import { partsText, type Template, Whose } from './template-model.tsx';

/** The next version of a text: placeholders by a click, read as an invented person would read it, with the versions before it. */
export function TemplateDrawer({
  name,
  template,
  division,
  today,
  close,
}: {
  name: TemplateName;
  template: Template;
  division: string;
  today: string;
  close: () => void;
}) {
  const { title, placeholders, sample, shipped } = messageTemplate(name);
  const [newest] = template.versions;
  const earliest = newest && newest.from > today ? newest.from : today;
  const begun = newest?.text ?? template.inForce.text;
  const [text, setText] = useState(begun);
  const [from, setFrom] = useState(earliest);
  const [reason, setReason] = useState('');
  const [returning, setReturning] = useState(false);
  const area = useRef<TextAreaRef>(null);
  const { submit, busy, trouble, fault } = useSend(
    (key) =>
      call('addMessageTemplate', {
        body: { name, division, after: newest?.version ?? 0, text: returning ? null : text, from, reason },
        key,
      }),
    ['message-templates'],
    close,
  );
  const faults = returning ? [] : templateFaults(name, text);
  const filled = fillTemplate(name, text, sample);
  const hold =
    faults.length > 0
      ? '内容还有要改的地方'
      : !returning && text === begun
        ? '内容没有改动'
        : !from || from < earliest
          ? `启用日期不能早于${earliest}`
          : reason.trim().length < 2
            ? '还没有填：修改原因'
            : undefined;
  /** Puts a placeholder where the cursor is. */
  const insert = (named: string) => {
    const field = area.current?.resizableTextArea?.textArea;
    const [start, end] = [field?.selectionStart ?? text.length, field?.selectionEnd ?? text.length];
    setText(`${text.slice(0, start)}{${named}}${text.slice(end)}`);
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(start + named.length + 2, start + named.length + 2);
    });
  };
  return (
    <ActionDrawer
      title={`消息模板：${title}`}
      close={close}
      submit={submit}
      submitText={returning ? '停用本地内容' : `发布第${(newest?.version ?? 0) + 1}版`}
      busy={busy}
      trouble={trouble}
      size={720}
      hold={hold}
      consequence={`${from > today ? `从${from}起` : '马上'}用于${division.length > 6 ? '本机构' : '本地区和下级机构'}新发的消息；发布后不能修改，只能再发新版。`}
    >
      <p>
        适用：{division === '000000' ? '全国' : <PlaceName prefix={division.slice(0, 6)} />}　现在用的是{' '}
        <Whose template={template} division={division} />
      </p>
      {returning ? (
        <p className="part">
          停用后，这里改用上级的内容；上级没有的，用系统自带的内容。{' '}
          <Button size="small" onClick={() => setReturning(false)}>
            还是修改内容
          </Button>
        </p>
      ) : (
        <>
          <Field label="内容" required fault={fault('text')}>
            <Input.TextArea
              ref={area}
              autoSize={{ minRows: 4, maxRows: 12 }}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <div className="placeholders">
            <span className="hint">点一下插入：</span>
            {placeholders.map(({ name: named, hint, required }) => (
              <Button key={named} size="small" title={hint} onClick={() => insert(named)}>
                {named}
                {required && <span className="quiet">必须有</span>}
              </Button>
            ))}
          </div>
          {faults.length > 0 ? (
            <div role="alert">
              <ul className="template-faults">
                {faults.map(({ message, clause }) => (
                  <li key={message}>
                    {message}
                    {clause && <Clause id={clause} />}
                  </li>
                ))}
              </ul>
            </div>
          ) : (
            <section className="sms" aria-label="预览">
              <p className="hint">
                预览（虚构的人）　<span role="status">{partsText(filled)}</span>
              </p>
              <p className="sms-bubble">{filled}</p>
            </section>
          )}
          {(text !== shipped || newest?.text !== undefined) && (
            <p className="template-resets">
              {text !== shipped && (
                <Button size="small" onClick={() => setText(shipped)}>
                  填入系统自带的内容
                </Button>
              )}
              {newest?.text !== undefined && (
                <Button size="small" onClick={() => setReturning(true)}>
                  停用本地内容
                </Button>
              )}
            </p>
          )}
        </>
      )}
      <div className="two part">
        <Field label="启用日期" required fault={fault('from')} hint={`不早于${earliest}`}>
          <DateField value={from} onChange={setFrom} />
        </Field>
        <Field label="修改原因" required fault={fault('reason')}>
          <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
      <section className="part" aria-labelledby="versions">
        <h3 id="versions">以前的版本</h3>
        <ol className="template-versions">
          {template.versions.map((one) => (
            <li key={one.version}>
              <p>
                <b>第{one.version}版</b> <span className="num">{one.from}</span>起
                {one.from > today && <span className="tag tag-near">尚未启用</span>}
                <span className="quiet">
                  ，{one.author}，<span className="num">{stampText(one.createdAt)}</span>　原因：{one.reason}
                </span>
              </p>
              <p className="template-text">{one.text ?? '停用本地内容，改用上级的。'}</p>
            </li>
          ))}
          <li>
            <p>
              <b>系统自带</b>
            </p>
            <p className="template-text">{shipped}</p>
          </li>
        </ol>
      </section>
    </ActionDrawer>
  );
}
