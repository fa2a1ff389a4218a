import { divisionName } from '@yingdeng/contract/divisions.ts';
import { occupationName, occupationOf } from '@yingdeng/contract/occupations.ts';
import {
  educationLevel,
  educationLevels,
  type Seeker,
  skillLevelOf,
  townOf,
  wageOf,
} from '@yingdeng/rules/matching.ts';
import type { Crypto } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import type { SeekerRow } from './seeker.sql.ts';

type Wish = Answer<'getMatches'>['wish'];

const clauses = (text: string | null): string[] => (text ?? '').split(/[，。；、,;\s]+/).filter((part) => part !== '');

/** A search as matching takes it, and what it was read from. */
export interface KnownSeeker {
  readonly seeker: Seeker;
  readonly source: Wish['source'];
  /** Words in which no occupation was recognised. */
  readonly unread: readonly string[];
}

/**
 * What a person looks for: as it was put in by the person or a clerk; else read from wishes and qualifications of the form and from the
 * interview, the form's wishes first (A21-4b, M79-3b).
 */
export function seekerFrom(crypto: Crypto, row: SeekerRow): KnownSeeker {
  const division = row.residence;
  const town = townFrom(crypto, row);
  const place = town === undefined ? { division } : { division, town };
  const education = educationLevel(row.education);
  if (row.wishes) {
    const { wishes, trained, wage, skill } = row;
    const said = { wishes, trained: trained ?? [], ...place, education, skill: skill ?? 0 };
    return { seeker: wage === null ? said : { ...said, wage }, source: 'said', unread: [] };
  }
  const wishTexts = [...(row.form_wishes ?? []), ...clauses(row.wishes_told)];
  const skillTexts = [...(row.form_qualifications ?? []), ...clauses(row.skills)];
  const wishes = codesOf(wishTexts);
  const trained = codesOf(skillTexts).filter((code) => !wishes.includes(code));
  const wage = wageOf(row.wishes_told ?? '');
  return {
    seeker: {
      wishes: wishes.slice(0, 3),
      trained: trained.slice(0, 5),
      ...place,
      education,
      skill: skillLevelOf(skillTexts),
      ...(wage === undefined ? {} : { wage }),
    },
    source: 'read',
    unread: wishTexts.filter((text) => occupationOf(text) === undefined),
  };
}

/** The street or town of residence; of the sealed address nothing else is kept. */
function townFrom(crypto: Crypto, { contact_sealed: sealed }: SeekerRow): string | undefined {
  return sealed ? townOf(crypto.open<{ residenceDetail?: string }>(sealed).residenceDetail ?? '') : undefined;
}

function codesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => occupationOf(text) ?? []))];
}

/** The search as it is shown. */
export function wishOf({ seeker, source, unread }: KnownSeeker): Wish {
  return {
    wishes: [...seeker.wishes],
    wishTexts: seeker.wishes.map(occupationName),
    trained: [...seeker.trained],
    trainedTexts: seeker.trained.map(occupationName),
    ...(seeker.wage === undefined ? {} : { wage: seeker.wage }),
    skill: seeker.skill,
    placeText: divisionName(seeker.division) + (seeker.town ?? ''),
    educationText: educationLevels[seeker.education] === '不限' ? '未说明' : (educationLevels[seeker.education] ?? ''),
    source,
    unread: [...unread],
  };
}
