import type { codeTables } from '@yingdeng/contract/code-tables.ts';
import { DivisionPicker, useDivisions } from '@yingdeng/web-shared/division-picker.tsx';
import { type Law, useLaw } from '../data/place.ts';
import { Cite } from '../parts/cite.tsx';
import { type Choice, Choices, Fault } from '../parts/fields.tsx';
import { icons } from '../parts/icons.tsx';
import type { QuestionProps } from './questions.tsx';

type PlaceKind = keyof typeof codeTables.registrationPlace.values;

const kinds: readonly { kind: PlaceKind; text: string; note: string }[] = [
  { kind: 'residence', text: '现在住的地方', note: '常住地' },
  { kind: 'household', text: '户口所在的地方', note: '户籍地' },
  { kind: 'employment', text: '失业前上班的地方', note: '就业地' },
  { kind: 'insurance', text: '失业前交社保的地方', note: '参保地' },
];

/** Registration place: what the law of the place offers, with the clause (M79-1a). */
export function PlaceQuestions({ draft, put, fault, from }: QuestionProps) {
  const table = useDivisions();
  const home = draft.household?.division;
  const here = draft.residence?.division;
  const laws = { household: useLaw(home), residence: useLaw(here) };
  const known = laws.residence ?? laws.household;
  const nameOf = (division: string | undefined) => (division && table ? table.divisionName(division) : '');
  const options: Choice[] = kinds
    .filter(({ kind }) => offers(kind === 'household' ? (laws.household ?? known) : known, kind))
    .map(({ kind, text, note }) => {
      const where = kind === 'residence' ? nameOf(here) : kind === 'household' ? nameOf(home) : '';
      return { value: kind, text, note: where ? `${note}：${where}` : note };
    });
  const chosen = draft.registrationPlace as PlaceKind | undefined;
  const elsewhere = chosen === 'employment' || chosen === 'insurance';
  const citation = known?.get('registrationPlaces')?.citation;
  const choose = (value: string) =>
    put({
      registrationPlace: value,
      placeDivision: value === 'household' ? (home ?? '') : value === 'residence' ? (here ?? '') : '',
    });

  return (
    <>
      <Choices
        id="registrationPlace"
        label="您想在哪里登记"
        hint="选离您近、以后联系方便的地方。户口不在那里也可以。"
        options={options}
        value={draft.registrationPlace ?? ''}
        onChange={choose}
        fault={fault('registrationPlace')}
        from={from('registrationPlace')}
      />
      {elsewhere && (
        <fieldset className={fault('placeDivision') ? 'field faulty' : 'field'}>
          <legend className="label">
            {chosen === 'employment' ? '失业前在哪个县（市、区）上班' : '失业前在哪个县（市、区）交社保'}
          </legend>
          {fault('placeDivision') && <Fault id="placeDivision-fault">{fault('placeDivision')}</Fault>}
          <DivisionPicker
            id="placeDivision"
            name="登记的地方"
            value={draft.placeDivision ?? ''}
            invalid={Boolean(fault('placeDivision'))}
            describedBy={fault('placeDivision') ? 'placeDivision-fault' : undefined}
            onChange={(placeDivision) => put({ placeDivision })}
          />
        </fieldset>
      )}
      {!elsewhere && fault('placeDivision') && (
        <div id="placeDivision" tabIndex={-1}>
          <Fault>{fault('placeDivision')}</Fault>
        </div>
      )}
      {citation && (
        <p className="small soft cited">
          {icons.shield}
          <span>
            可以任选一处。 <Cite document={citation.document} clause={citation.clause} />
          </span>
        </p>
      )}
    </>
  );
}

/** While the law is not known (no network) every place is offered; the rules check it before it is sent. */
function offers(law: Law | undefined, kind: PlaceKind): boolean {
  const value = law?.get('registrationPlaces')?.value;
  return !Array.isArray(value) || value.includes(kind);
}
