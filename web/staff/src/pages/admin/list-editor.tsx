import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { useSend } from './form.ts';
import { PlaceName } from './range-select.tsx';

type Item = Readonly<Record<string, string>>;
let made = 0;
const withKey = (item: Item) => {
  made += 1;
  return { key: made, item };
};

/** A new version of a list, begun as a copy of the one before. */
export function ListEditor({
  list,
  name,
  division,
  today,
  after,
  earliest,
  columns,
  items,
  close,
}: {
  list: 'policies' | 'services';
  name: string;
  division: string;
  today: string;
  after: number;
  /** The new version may not begin before this day. */
  earliest: string;
  columns: readonly string[];
  items: readonly Item[];
  close: () => void;
}) {
  const [rows, setRows] = useState(() => items.map(withKey));
  const [validFrom, setValidFrom] = useState(earliest);
  const { submit, busy, trouble, fault } = useSend(
    (key) =>
      call('addListVersion', {
        body: {
          list,
          division,
          after,
          validFrom,
          items: rows.map(({ item }) =>
            Object.fromEntries(columns.map((column) => [column, (item[column] ?? '').trim()])),
          ),
        },
        key,
      }),
    ['list-versions', 'lists', 'list-work'],
    close,
  );
  const blanks = rows.flatMap(({ item }, index) =>
    columns.filter((column) => !item[column]?.trim()).map((column) => `第${index + 1}行${column}`),
  );
  const hold =
    rows.length === 0
      ? '至少要有一行'
      : blanks.length > 0
        ? `还没有填：${blanks[0]}${blanks.length > 1 ? `等${blanks.length}处` : ''}`
        : !validFrom || validFrom < earliest
          ? `施行日期不能早于${earliest}`
          : undefined;
  const change = (key: number, column: string, text: string) =>
    setRows(rows.map((row) => (row.key === key ? { key, item: { ...row.item, [column]: text } } : row)));
  const move = (index: number) => {
    const [row] = rows.slice(index, index + 1);
    if (row) setRows(rows.toSpliced(index, 1).toSpliced(index - 1, 0, row));
  };
  return (
    <ActionDrawer
      title={`编写${name}第${after + 1}版`}
      close={close}
      submit={submit}
      submitText="提交批准"
      busy={busy}
      trouble={trouble}
      size={920}
      hold={hold}
      consequence={
        validFrom > today
          ? `另一位同事批准后，从${validFrom}起交给劳动者；发布后不能修改，只能再发布新版。`
          : '要由另一位同事今天批准，批准后就交给劳动者；发布后不能修改，只能再发布新版。'
      }
    >
      <p>
        适用：
        <PlaceName prefix={division} />
      </p>
      <ol className="list-rows">
        {rows.map(({ key, item }, index) => (
          <li key={key}>
            <div className="list-row-head">
              <b>第{index + 1}行</b>
              {index > 0 && (
                <Button size="small" onClick={() => move(index)} aria-label={`第${index + 1}行上移`}>
                  上移
                </Button>
              )}
              <Button
                size="small"
                aria-label={`删去第${index + 1}行`}
                onClick={() => setRows(rows.toSpliced(index, 1))}
              >
                删去
              </Button>
            </div>
            <div className="list-row">
              {columns.map((column) => (
                <Field key={column} label={column} required fault={fault(`items.${index}.${column}`)}>
                  <Input.TextArea
                    autoSize={{ minRows: 1, maxRows: 8 }}
                    maxLength={2000}
                    value={item[column] ?? ''}
                    onChange={(event) => change(key, column, event.target.value)}
                  />
                </Field>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <p>
        <Button onClick={() => setRows([...rows, withKey({})])}>增加一行</Button>
      </p>
      <div className="two part">
        <Field label="施行日期" required fault={fault('validFrom')} hint={`不早于${earliest}`}>
          <DateField value={validFrom} onChange={setValidFrom} />
        </Field>
      </div>
    </ActionDrawer>
  );
}
