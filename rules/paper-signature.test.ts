import { describe, expect, it } from 'vitest';
import { nextApplication } from './application.ts';
import { type PaperSignature, paperSignatureFaults, sheetCode } from './paper-signature.ts';
import { isRefusal } from './refusal.ts';

const printed = sheetCode('3f2a90bb17c4d5e6aaaa');
const paper: PaperSignature = {
  signer: 'applicant',
  sheet: printed,
  signedOn: '2026-11-26',
  witness: '张经办',
  fileNumber: '2026-窗1-0031',
};
const at = { channel: 'counter', printed, today: '2026-11-26' };
const fields = (more: Partial<PaperSignature>, where: Partial<typeof at> = {}) =>
  paperSignatureFaults({ ...paper, ...more }, { ...at, ...where }).map(({ field }) => field);

describe('a signature on paper', () => {
  it('A21-2b: carries an application at the counter, signed by the applicant, on the very sheet, today', () => {
    expect(printed).toBe('3F2A-90BB-17C4-D5E6');
    expect(fields({})).toEqual([]);
  });

  it('A21-2b: nobody signs for another; other content, another day, no witness, no shelf: each is named', () => {
    expect(fields({ signer: 'proxy' })).toEqual(['commitment.paper.signer']);
    expect(fields({ sheet: '0000-0000-0000-0000' })).toEqual(['commitment.paper.sheet']);
    expect(fields({ signedOn: '2026-11-25' })).toEqual(['commitment.paper.signedOn']);
    expect(fields({ witness: ' ', fileNumber: '' })).toEqual([
      'commitment.paper.witness',
      'commitment.paper.fileNumber',
    ]);
    expect(fields({}, { channel: 'portal' })).toEqual(['commitment.paper']);
  });

  it('A21-2b: the step refuses what the rule refuses', () => {
    const submit = (signature: PaperSignature) =>
      nextApplication({ status: 'draft' }, 'submit', {
        channel: 'counter',
        submittedOn: '2026-11-26',
        faults: [],
        commitmentVersion: '2020-79-1',
        signed: false,
        paper: { signature, printed },
      });
    expect(isRefusal(submit(paper))).toBe(false);
    const refused = submit({ ...paper, signer: 'proxy' });
    expect(isRefusal(refused) && refused).toMatchObject({ code: 'form.commitment', clause: 'A21-2b' });
  });
});
