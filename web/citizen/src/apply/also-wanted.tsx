import { useQuery } from '@tanstack/react-query';
import type { AlsoWanted } from '@yingdeng/contract/application-form.ts';
import { hukouTexts, residenceUrbanTexts, veteranTexts } from '@yingdeng/rules/correction.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Choices, SelectField, Tick } from '../parts/fields.tsx';
import type { Draft } from './draft.ts';
import { withoutUnasked } from './screens.ts';

/** Beside the form, which stays as it is: what else to take care of in one go (M79-5a, H122-2e). Nothing here is required. */
export function AlsoWantedCard({
  draft,
  value,
  onChange,
}: {
  draft: Draft;
  value: AlsoWanted;
  onChange: (next: AlsoWanted) => void;
}) {
  const division = withoutUnasked(draft).placeDivision ?? '';
  const { data } = useQuery({
    queryKey: ['one-matter', division, draft.disability !== undefined],
    queryFn: ({ signal }) =>
      call('getOneMatter', { query: { division, disabled: draft.disability ? 'true' : 'false' }, signal }),
    enabled: /^\d{6}$/.test(division),
  });
  const introduction = data?.offers.some(({ kind }) => kind === 'introduction');
  const categories =
    data?.offers.find(({ kind }) => kind === 'difficulty')?.categories?.filter(({ fits }) => fits !== 'no') ?? [];
  const offered = introduction || categories.length > 0;
  return (
    <>
      {offered && (
        <section className="card stack">
          <h2>还有什么要一起办</h2>
          <p className="soft">
            都可以不选，不用多交材料。
            {draft.wantsBenefit && '您选了申领失业保险金，登记办好后我们转给失业保险经办机构。'}
          </p>
          {introduction && (
            <Tick
              id="also-introduction"
              checked={value.introduction}
              onChange={(checked) => onChange({ ...value, introduction: checked })}
            >
              请帮我介绍工作
            </Tick>
          )}
          {categories.length > 0 && (
            <SelectField
              id="also-difficulty"
              label="申请认定就业困难人员"
              hint="属于下面哪一类就选哪一类；认定后有专人帮您。"
              optional
              value={value.difficulty ?? ''}
              empty="不申请"
              options={categories.map(({ name }) => [name, name] as const)}
              onChange={(name) => onChange({ ...value, difficulty: name || undefined })}
            />
          )}
        </section>
      )}
      <section className="card stack">
        <h2>只用于统计的三个问题</h2>
        <p className="soft">可以不答，不影响登记和待遇。</p>
        <Choices
          id="also-hukou"
          label="户口性质"
          optional
          row
          value={value.hukou ?? ''}
          options={choicesOf(hukouTexts)}
          onChange={(hukou) => onChange({ ...value, hukou: hukou as AlsoWanted['hukou'] })}
        />
        <Choices
          id="also-veteran"
          label="是不是退役军人"
          optional
          row
          value={value.veteran ?? ''}
          options={choicesOf(veteranTexts)}
          onChange={(veteran) => onChange({ ...value, veteran: veteran as AlsoWanted['veteran'] })}
        />
        <Choices
          id="also-residence-urban"
          label="现在住在城镇还是乡村"
          optional
          row
          value={value.residenceUrban ?? ''}
          options={choicesOf(residenceUrbanTexts)}
          onChange={(urban) => onChange({ ...value, residenceUrban: urban as AlsoWanted['residenceUrban'] })}
        />
      </section>
    </>
  );
}

const choicesOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));
