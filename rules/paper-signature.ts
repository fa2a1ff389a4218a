import type { FieldFault } from '@yingdeng/contract/errors.ts';
import type { PlainDate } from './calendar.ts';

/** A commitment the applicant signed by hand on the printed form, as the counter recorded it. The sheet itself stays on the shelf. */
export type PaperSignature = {
  signer: 'applicant' | 'proxy';
  /** The code printed on the sheet that was signed. */
  sheet: string;
  signedOn: PlainDate;
  witness: string;
  fileNumber: string;
};

/**
 * The code that binds a printed sheet to what it says: the first sixteen digits of the commitment's digest (commitmentDigestInput), in
 * groups of four as one reads them aloud. `digest` is hexadecimal.
 */
export function sheetCode(digest: string): string {
  return (digest.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-');
}

/**
 * Why a signature on paper does not carry this application (A21-2b: the worker signs a written commitment; R018: nobody signs for another):
 * only at a counter, by the applicant, on the sheet with exactly this content, today. A sheet signed earlier and submitted later would
 * take days from the worker (M79-3a). `printed` is the code of the content that is being submitted. Empty: it does.
 */
export function paperSignatureFaults(
  paper: PaperSignature,
  { channel, printed, today }: { channel: string; printed: string; today: PlainDate },
): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string) =>
    faults.push({ field: field ? `commitment.paper.${field}` : 'commitment.paper', message });
  if (channel !== 'counter') fault('', '签名：只有在窗口办理才能在纸上签名。');
  if (paper.signer !== 'applicant') fault('signer', '签名人：承诺须由申请人本人签名，不能代签。');
  if (paper.sheet !== printed)
    fault('sheet', '登记表：签名后内容有改动，签过的那张表不能用。请重新打印，由本人重新签名。');
  if (paper.signedOn !== today) fault('signedOn', '签名日期：应是今天。当天签名当天提交，不占用申请人的时间。');
  if (paper.witness.trim() === '') fault('witness', '见证人：没有填。');
  if (paper.fileNumber.trim() === '') fault('fileNumber', '存档编号：没有填。');
  return faults;
}
