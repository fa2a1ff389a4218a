import { hindranceKinds, searchKinds, skillLevels, wishKinds } from '@yingdeng/rules/service-class.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Checkbox, InputNumber, Radio, Select } from 'antd';
import { Field, Group } from '../../parts/field.tsx';

export type Profile = Body<'setClass'>['profile'];
/** What is asked, while it is not all answered. */
export type ProfileDraft = { [K in keyof Profile]?: Profile[K] | undefined };

const options = <T extends string>(of: Readonly<Record<T, string>>) =>
  (Object.entries(of) as [T, string][]).map(([value, label]) => ({ value, label }));

/** The whole profile, or undefined while an answer is missing. */
export function wholeProfile(draft: ProfileDraft): Profile | undefined {
  const { skill, years, wish, search, hindrances = [] } = draft;
  if (skill === undefined || years === undefined || wish === undefined || search === undefined) return undefined;
  return { skill, years, wish, search, hindrances };
}

/** Five questions of an interview, answered by choosing; from them the class is computed. Nothing is proven by papers (M79-2c). */
export function ProfileFields({ draft, change }: { draft: ProfileDraft; change: (draft: ProfileDraft) => void }) {
  const put = (part: ProfileDraft) => change({ ...draft, ...part });
  return (
    <>
      <Group legend="技能" required hint="本人自述，不看证书。">
        <Radio.Group
          className="choices choices-flow"
          value={draft.skill}
          onChange={(event) => put({ skill: event.target.value as Profile['skill'] })}
          options={options(skillLevels)}
        />
      </Group>
      <div className="two">
        <Field label="做得最久的职业，做了几年" required>
          <InputNumber
            min={0}
            max={60}
            precision={0}
            value={draft.years ?? null}
            onChange={(value) => put({ years: value ?? undefined })}
            suffix="年"
          />
        </Field>
        <Field label="想怎样就业" required>
          <Select
            value={draft.wish}
            onChange={(wish) => put({ wish })}
            options={options(wishKinds)}
            placeholder="请选"
          />
        </Field>
      </div>
      <Group legend="找工作" required>
        <Radio.Group
          value={draft.search}
          optionType="button"
          onChange={(event) => put({ search: event.target.value as Profile['search'] })}
          options={options(searchKinds)}
        />
      </Group>
      <Group legend="实际困难（没有可不选）">
        <Checkbox.Group
          className="choices choices-flow"
          value={[...(draft.hindrances ?? [])]}
          onChange={(hindrances) => put({ hindrances })}
          options={options(hindranceKinds)}
        />
      </Group>
    </>
  );
}
