import { formReasons } from '@yingdeng/contract/code-tables.ts';
import { Choices, TextField } from '../parts/fields.tsx';
import { MonthField } from './month-field.tsx';
import type { QuestionProps } from './questions.tsx';
import { reasonNotes } from './words.ts';

/** Since when and why; and whether the benefit is wanted, which decides nothing here. */
export function UnemploymentQuestions({ draft, put, fault, today }: QuestionProps) {
  return (
    <>
      <MonthField
        id="unemployedMonth"
        label="什么时候开始没有工作的"
        hint="记不清哪一天没关系，选到月就行。"
        today={today}
        value={draft.unemployedMonth ?? ''}
        onChange={(unemployedMonth) => put({ unemployedMonth })}
        fault={fault('unemployedMonth')}
      />
      <Choices
        id="reason"
        label="为什么没有工作"
        hint="选最接近的一项，不用交证明。"
        options={formReasons.map(({ box, text }) => ({ value: String(box), text, note: reasonNotes[box] }))}
        value={draft.reason ?? ''}
        onChange={(reason) => put({ reason })}
        fault={fault('reason')}
      />
      {draft.reason === '13' && (
        <TextField
          id="reasonText"
          label="请写明原因"
          maxLength={100}
          value={draft.reasonText ?? ''}
          onChange={(reasonText) => put({ reasonText })}
          fault={fault('reasonText')}
        />
      )}
      <Choices
        id="wantsBenefit"
        label="要不要申领失业保险金"
        hint="选“要”，工作人员会一起帮您办。领得到领不到，都不影响失业登记。"
        row
        options={[
          { value: 'yes', text: '要' },
          { value: 'no', text: '不要' },
        ]}
        value={draft.wantsBenefit === undefined ? '' : draft.wantsBenefit ? 'yes' : 'no'}
        onChange={(value) => put({ wantsBenefit: value === 'yes' })}
        fault={fault('wantsBenefit')}
      />
    </>
  );
}

const line = (lines: readonly string[] | undefined, index: number) => lines?.[index] ?? '';

/** The list with one line changed; empty lines at the end go. */
function withLine(lines: readonly string[] | undefined, index: number, text: string): string[] {
  const next = Array.from({ length: Math.max(lines?.length ?? 0, index + 1) }, (_, i) => line(lines, i));
  next[index] = text;
  while (next.length > 0 && next[next.length - 1] === '') next.pop();
  return next;
}

/** Wishes and skills: all voluntary, all declared without papers. */
export function WishQuestions({ draft, put, fault, from }: QuestionProps) {
  const count = Math.min(3, (draft.qualifications?.filter(Boolean).length ?? 0) + 1);
  return (
    <>
      <p className="lead">都可以不填。填了，我们能更快帮您找到合适的工作。</p>
      {[0, 1].map((index) => (
        <TextField
          key={index}
          id={index === 0 ? 'wishes' : 'wishes-2'}
          label={index === 0 ? '想找什么工作' : '还想找什么工作'}
          hint={index === 0 ? '比如：保洁、司机、收银、车间工人' : undefined}
          optional
          maxLength={60}
          value={line(draft.wishes, index)}
          onChange={(text) => put({ wishes: withLine(draft.wishes, index, text) })}
          fault={index === 0 ? fault('wishes') : undefined}
          from={index === 0 ? from('wishes') : undefined}
        />
      ))}
      {Array.from({ length: count }, (_, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are known by their place on the form.
          key={index}
          id={index === 0 ? 'qualifications' : `qualifications-${index + 1}`}
          label={index === 0 ? '会什么手艺、有什么等级或职称' : `第${index + 1}项手艺或职称`}
          hint={index === 0 ? '比如：电工（高级）、会计师。自己填就行，不用证书。' : undefined}
          optional
          maxLength={60}
          value={line(draft.qualifications, index)}
          onChange={(text) => put({ qualifications: withLine(draft.qualifications, index, text) })}
          fault={index === 0 ? fault('qualifications') : undefined}
          from={index === 0 ? from('qualifications') : undefined}
        />
      ))}
      <TextField
        id="otherNotes"
        label="还有什么想告诉我们"
        optional
        lines={3}
        maxLength={300}
        value={draft.otherNotes ?? ''}
        onChange={(otherNotes) => put({ otherNotes })}
        fault={fault('otherNotes')}
      />
    </>
  );
}
