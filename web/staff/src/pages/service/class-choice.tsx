import { useQuery } from '@tanstack/react-query';
import { type ServiceClass, serviceClasses } from '@yingdeng/rules/service-class.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Radio } from 'antd';
import { Group } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { type ProfileDraft, wholeProfile } from './profile-fields.tsx';

/** What was chosen: the computed class until another is picked. */
export interface ClassDraft {
  readonly class?: ServiceClass | undefined;
  readonly reason: string;
}

const names = Object.keys(serviceClasses) as ServiceClass[];
const signed = (points: number) => (points > 0 ? `＋${points}` : `－${-points}`);

/** The class the answers lead to, asked of the server because the points are provisions. */
export function useComputedClass(registrationId: string, draft: ProfileDraft) {
  const profile = wholeProfile(draft);
  return useQuery({
    queryKey: ['computed-class', registrationId, profile],
    queryFn: ({ signal }) =>
      call('computeClass', { params: { id: registrationId }, body: { profile: profile! }, signal }),
    enabled: profile !== undefined,
    placeholderData: (before) => before,
  });
}

/** Class with its points; another one can be picked with a reason (M79-3b). */
export function ClassChoice({
  answered,
  computed,
  difficulty,
  draft,
  change,
}: {
  /** All questions are answered. */
  answered: boolean;
  computed:
    | { class: ServiceClass; points: readonly { label: string; points: number }[]; total: number; why: string }
    | undefined;
  difficulty: boolean;
  draft: ClassDraft;
  change: (draft: ClassDraft) => void;
}) {
  const chosen = draft.class ?? computed?.class;
  const otherwise = chosen !== undefined && chosen !== computed?.class;
  return (
    <>
      {computed ? (
        <div className="class-why" role="status">
          <p>
            <b>
              {computed.class} {serviceClasses[computed.class]}
            </b>
            <span className="quiet beside">{computed.why}</span>
          </p>
          {computed.points.length > 0 && (
            <ul className="points">
              {computed.points.map((point) => (
                <li key={point.label}>
                  {point.label} <b className="num">{signed(point.points)}</b>
                </li>
              ))}
            </ul>
          )}
        </div>
      ) : (
        <p className="hint">
          {answered
            ? '本地没有分类记分的规定，请按面谈情况选择并写明理由。'
            : '答完上面的问题，系统按规定的记分给出类别。'}
        </p>
      )}
      <Group legend="类别" required>
        <Radio.Group
          value={chosen}
          optionType="button"
          disabled={difficulty}
          options={names.map((value) => ({ value, label: `${value} ${serviceClasses[value]}` }))}
          onChange={(event) => change({ ...draft, class: event.target.value as ServiceClass })}
        />
      </Group>
      {otherwise && (
        <FreeText
          label="改为这一类的理由"
          required
          rows={2}
          max={200}
          value={draft.reason}
          onChange={(reason) => change({ ...draft, reason })}
        />
      )}
    </>
  );
}

/** What a class draft still lacks, for the line beside the button. */
export function classLacks(draft: ClassDraft, computed: ServiceClass | undefined): string | undefined {
  const chosen = draft.class ?? computed;
  if (!chosen) return '服务类别';
  return chosen !== computed && draft.reason.trim().length < 4 ? '改类别的理由' : undefined;
}
