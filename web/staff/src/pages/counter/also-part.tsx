import { useQuery } from '@tanstack/react-query';
import type { AlsoWanted, ApplicationFormInput } from '@yingdeng/contract/application-form.ts';
import { hukouTexts, residenceUrbanTexts, veteranTexts } from '@yingdeng/rules/correction.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Checkbox, Select } from 'antd';
import { Field } from '../../parts/field.tsx';

/** 一件事: what else the applicant wants in one go, beside the form of annex 1, which stays as it is (M79-5a, H122-2e). */
export function AlsoPart({
  form,
  value,
  onChange,
}: {
  form: ApplicationFormInput;
  value: AlsoWanted;
  onChange: (next: AlsoWanted) => void;
}) {
  const division = form.placeDivision;
  const disabled = form.disability !== undefined;
  const { data } = useQuery({
    queryKey: ['one-matter', division, disabled],
    queryFn: ({ signal }) =>
      call('getOneMatter', { query: { division, disabled: disabled ? 'true' : 'false' }, signal }),
    enabled: /^\d{6}$/.test(division),
  });
  const introduction = data?.offers.some(({ kind }) => kind === 'introduction');
  const categories =
    data?.offers.find(({ kind }) => kind === 'difficulty')?.categories?.filter(({ fits }) => fits !== 'no') ?? [];
  return (
    <section className="box" aria-labelledby="part-also" data-beside="">
      <h2 id="part-also">一起办和统计信息（可不选，不用多交材料）</h2>
      <div className="grid">
        {introduction && (
          <div className="w4">
            <Checkbox
              checked={value.introduction}
              onChange={(event) => onChange({ ...value, introduction: event.target.checked })}
            >
              介绍工作
            </Checkbox>
          </div>
        )}
        {categories.length > 0 && (
          <Field label="申请认定就业困难人员" className="w6">
            <Select
              allowClear
              placeholder="不申请"
              value={value.difficulty}
              options={categories.map(({ name }) => ({ value: name, label: name }))}
              onChange={(name?: string) => onChange(withChoice(value, 'difficulty', name))}
            />
          </Field>
        )}
        <Field label="户口性质（只用于统计）" className="w3">
          <Select
            allowClear
            placeholder="没有问"
            value={value.hukou}
            options={optionsOf(hukouTexts)}
            onChange={(hukou?: string) => onChange(withChoice(value, 'hukou', hukou))}
          />
        </Field>
        <Field label="退役军人（只用于统计）" className="w3">
          <Select
            allowClear
            placeholder="没有问"
            value={value.veteran}
            options={optionsOf(veteranTexts)}
            onChange={(veteran?: string) => onChange(withChoice(value, 'veteran', veteran))}
          />
        </Field>
        <Field label="常住地城乡（只用于统计）" className="w3">
          <Select
            allowClear
            placeholder="没有问"
            value={value.residenceUrban}
            options={optionsOf(residenceUrbanTexts)}
            onChange={(urban?: string) => onChange(withChoice(value, 'residenceUrban', urban))}
          />
        </Field>
      </div>
    </section>
  );
}

const optionsOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }));

/** The wishes with one choice made or taken back. */
function withChoice(
  value: AlsoWanted,
  name: 'difficulty' | 'hukou' | 'veteran' | 'residenceUrban',
  choice: string | undefined,
): AlsoWanted {
  const { [name]: _, ...rest } = value;
  return choice ? ({ ...rest, [name]: choice } as AlsoWanted) : rest;
}
