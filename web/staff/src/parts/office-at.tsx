import { DivisionSelect } from './division-select.tsx';
import { Field } from './field.tsx';
import { OfficeSelect } from './office-select.tsx';

/** An office somewhere: first its county, then the office itself. `near`: those of this city come first. */
export function OfficeAt({
  division,
  office,
  near,
  hint,
  onChange,
}: {
  division: string;
  office: string;
  near: string;
  hint?: string;
  onChange: (place: { division: string; office: string }) => void;
}) {
  return (
    <>
      <Field label="转到的县（市、区）" required hint={hint}>
        <DivisionSelect value={division} near={near} onChange={(code) => onChange({ division: code, office: '' })} />
      </Field>
      <Field label="转到的机构" required>
        <OfficeSelect
          division={division}
          value={office}
          onChange={(code) => onChange({ division, office: code })}
          placeholder="选择机构"
          clearable={false}
        />
      </Field>
    </>
  );
}
