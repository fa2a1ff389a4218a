import { DivisionPicker } from '@yingdeng/web-shared/division-picker.tsx';
import { useState } from 'react';
import { Fault, From, TextField, Tick } from '../parts/fields.tsx';
import type { QuestionProps } from './questions.tsx';

const empty = { division: '', detail: '' };

/** Household and residence: province, city, county, and the rest in words. */
export function AddressQuestions(props: QuestionProps) {
  const { draft, put } = props;
  const household = draft.household ?? empty;
  const [same, setSame] = useState(
    () => household.detail !== '' && JSON.stringify(draft.household) === JSON.stringify(draft.residence),
  );
  return (
    <>
      <AddressField
        {...props}
        field="household"
        legend="户口所在的地址"
        onChange={(next) => put(same ? { household: next, residence: next } : { household: next })}
      />
      <div className="stack">
        <Tick
          checked={same}
          onChange={(checked) => {
            setSame(checked);
            put({ residence: checked ? household : empty });
          }}
        >
          现在就住在户口所在的地址
        </Tick>
        {!same && (
          <AddressField
            {...props}
            field="residence"
            legend="现在住的地址"
            onChange={(next) => put({ residence: next })}
          />
        )}
      </div>
    </>
  );
}

function AddressField({
  draft,
  fault,
  from,
  field,
  legend,
  onChange,
}: QuestionProps & {
  field: 'household' | 'residence';
  legend: string;
  onChange: (address: typeof empty) => void;
}) {
  const address = draft[field] ?? empty;
  const words = fault(field);
  const missingDivision = !address.division || address.division.endsWith('00');
  // The link of the error summary leads to what is missing: the lists first, then the line of text.
  const ids = missingDivision ? [field, `${field}-detail`] : [`${field}-division`, field];
  return (
    <fieldset className={words ? 'field faulty' : 'field'}>
      <legend className="label">{legend}</legend>
      {from(field) && <From>{from(field)}</From>}
      {words && <Fault id={`${field}-fault`}>{explain(words, missingDivision, address.detail)}</Fault>}
      <div className="stack">
        <DivisionPicker
          name={legend}
          id={ids[0]}
          value={address.division}
          invalid={Boolean(words)}
          describedBy={words ? `${field}-fault` : undefined}
          onChange={(division) => onChange({ ...address, division })}
        />
        <TextField
          id={ids[1]}
          label="详细地址"
          hint="街道、社区（村）、门牌号"
          maxLength={200}
          autoComplete="off"
          value={address.detail}
          onChange={(detail) => onChange({ ...address, detail })}
        />
      </div>
    </fieldset>
  );
}

/** The rule says that the address is missing; beside the field it helps to say which part. */
function explain(words: string, missingDivision: boolean, detail: string): string {
  if (!words.startsWith('请填写')) return words;
  if (missingDivision) return '请选到县（市、区）';
  return detail.trim() ? words : '请填写详细地址';
}
