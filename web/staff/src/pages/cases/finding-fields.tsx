import { type ContactFinding, contactFindings, exitOfFinding } from '@yingdeng/rules/contact-finding.ts';
import { Checkbox, Select } from 'antd';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';

/** What the person said of himself or herself, as it is being chosen. */
export interface FindingDraft {
  readonly kind?: ContactFinding;
  readonly since: string;
  readonly proposeExit: boolean;
}

export const noFinding: FindingDraft = { since: '', proposeExit: true };

/** What is still missing, for the button; nothing when it may be sent. */
export function findingLacks(draft: FindingDraft, required: boolean): string | undefined {
  if (!draft.kind) return required ? '请选本人现在的情况' : undefined;
  return exitOfFinding(draft.kind) && draft.since === '' ? '请写明从哪天起' : undefined;
}

/** As it is sent; nothing when nothing was chosen. */
export function findingOf({ kind, since, proposeExit }: FindingDraft) {
  if (!kind) return undefined;
  return exitOfFinding(kind) ? { kind, since, proposeExit } : { kind, proposeExit: false };
}

/** 本人现在的情况: what was found out, and whether to ask the person about the exit that follows from it (A21-5d). */
export function FindingFields({
  draft,
  change,
  required,
}: {
  draft: FindingDraft;
  change: (draft: FindingDraft) => void;
  required: boolean;
}) {
  const exit = draft.kind && exitOfFinding(draft.kind);
  return (
    <>
      <div className="two">
        <Field label="本人现在的情况" required={required}>
          <Select
            value={draft.kind}
            placeholder="请选择"
            allowClear={!required}
            onChange={(kind?: ContactFinding) => change({ ...draft, kind })}
            options={Object.entries(contactFindings).map(([value, { text }]) => ({ value, label: text }))}
          />
        </Field>
        {exit && (
          <Field label="从哪天起" required>
            <DateField value={draft.since} onChange={(since) => change({ ...draft, since })} />
          </Field>
        )}
      </div>
      {exit && (
        <Checkbox
          checked={draft.proposeExit}
          onChange={(event) => change({ ...draft, proposeExit: event.target.checked })}
        >
          同时提出退出：先询问本人，答复前登记有效
        </Checkbox>
      )}
      {draft.kind === 'flexible' && (
        <p className="quiet">收入不低于当地最低生活保障标准、本人也同意退出的，请另外“提出退出”并写明收入。</p>
      )}
    </>
  );
}
