import { useMutation } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Checkbox, Input } from 'antd';
import { troubleOf } from '../../lib/refusal.ts';
import { Field } from '../../parts/field.tsx';
import { Refused } from '../../parts/notice.tsx';
import type { Form } from './form-state.ts';

/** A sheet that was printed for a signature by hand: its code and the content it carries. */
export interface PrintedSheet {
  readonly code: string;
  readonly content: string;
}

/** What the clerk says of the signed sheet. */
export interface PaperEntry {
  readonly sheet?: PrintedSheet;
  readonly signed: boolean;
  readonly witness: string;
  readonly fileNumber: string;
}

export const emptyPaper = (witness: string): PaperEntry => ({ signed: false, witness, fileNumber: '' });

/** Why the signed sheet does not count yet, in words; undefined when it does. The server checks the same by the sheet's code. */
export function paperFault({ sheet, signed, witness, fileNumber }: PaperEntry, content: string): string | undefined {
  if (!sheet) return '请打印登记表，由申请人本人签名';
  if (sheet.content !== content) return '打印后内容有改动，请重新打印、重新签名';
  if (!signed) return '请确认申请人本人已在表上签名';
  if (!witness.trim()) return '请填写见证人';
  return fileNumber.trim() ? undefined : '请填写存档编号';
}

/** The commitment as it is submitted. */
export function paperCommitment(
  { sheet, witness, fileNumber }: PaperEntry,
  signedOn: string,
): Extract<Body<'enterApplication'>['commitment'], { paper: unknown }>['paper'] {
  return { signer: 'applicant', sheet: sheet?.code ?? '', signedOn, witness, fileNumber };
}

/** Signing on the printed sheet: print, sign, say where the sheet is kept (A21-2b). */
export function PaperSigning({
  entry,
  change,
  form,
  version,
  hold,
}: {
  entry: PaperEntry;
  change: (entry: PaperEntry) => void;
  form: Form;
  version: string | undefined;
  /** Why it cannot be printed yet. */
  hold: string | undefined;
}) {
  const content = JSON.stringify(form);
  const printing = useMutation({
    mutationFn: async ({ target, content }: { target: Window | null; content: string }) => {
      try {
        const { code, sheet } = await call('printSheet', { body: { form, version: version ?? '' } });
        const address = `/api/counter/sheet.pdf?${new URLSearchParams({ sheet })}`;
        // Opened by the click itself, which no browser blocks; one that was closed again is opened anew.
        if (target && !target.closed) target.location.href = address;
        else window.open(address, '_blank');
        return { code, content };
      } catch (error) {
        target?.close();
        throw error;
      }
    },
    // A new sheet needs a new signature.
    onSuccess: (sheet) => change({ ...entry, sheet, signed: false }),
  });
  const { sheet } = entry;
  const stale = sheet !== undefined && sheet.content !== content;
  const current = sheet !== undefined && !stale;
  return (
    <div className="paper">
      {printing.error && <Refused trouble={troubleOf(printing.error)} />}
      <div className="paper-print">
        <Button
          type={current ? 'default' : 'primary'}
          loading={printing.isPending}
          disabled={Boolean(hold)}
          onClick={() => printing.mutate({ target: window.open('', '_blank'), content })}
        >
          {sheet ? '重新打印登记表' : '打印登记表'}
        </Button>
        <span className={stale ? 'fault' : 'hint'} role="status">
          {hold ??
            (stale
              ? '打印后内容有改动，签过的表不能用，请重新打印、重新签名。'
              : '由申请人本人在“申请人（签字）”处签名，不能代签。')}
        </span>
      </div>
      {current && (
        <>
          <p>
            登记表校验码 <b className="num">{sheet.code}</b>
            <span className="hint">　印在表的下方，请核对签的是这一张。</span>
          </p>
          <Checkbox checked={entry.signed} onChange={(event) => change({ ...entry, signed: event.target.checked })}>
            申请人本人已在这张表上签名，原件由窗口存档
          </Checkbox>
          <div className="grid">
            <Field label="见证人" required className="w6">
              <Input
                maxLength={30}
                value={entry.witness}
                onChange={(event) => change({ ...entry, witness: event.target.value })}
              />
            </Field>
            <Field label="存档编号" required className="w6">
              <Input
                maxLength={40}
                placeholder="如：2026年第3盒31号"
                value={entry.fileNumber}
                onChange={(event) => change({ ...entry, fileNumber: event.target.value })}
              />
            </Field>
          </div>
        </>
      )}
    </div>
  );
}
