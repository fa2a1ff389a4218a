import { referralMeans, referralResults } from '@yingdeng/rules/referral.ts';
import type { Answer } from '../../platform/http.ts';
import type { ReferralRow } from './referral.sql.ts';

/** A referral as pages show it. */
export function referralOf(row: ReferralRow): Answer<'settleReferral'>['referral'] {
  const { document, clause, clauseId } = row.basis.referralAskWorkingDays?.citation ?? {
    document: '',
    clause: '',
    clauseId: '',
  };
  return {
    id: row.id,
    vacancyId: row.vacancy_id,
    title: row.vacancy.title,
    employerName: row.vacancy.employerName,
    telephone: row.vacancy.telephone,
    placeText: row.vacancy.placeText,
    meansText: referralMeans[row.means],
    at: row.referred_at.toISOString(),
    who: row.referred_by_name,
    note: row.note,
    askDue: row.ask_due,
    clause: { document, clause, clauseId },
    state: row.state,
    stateText: row.state === 'open' ? '等结果' : referralResults[row.state],
    points: row.points,
    ...(row.told ? { told: row.told } : {}),
    reason: row.reason,
    ...(row.started_on ? { startedOn: row.started_on } : {}),
    ...(row.suitable === null ? {} : { suitable: row.suitable }),
    ...(row.without_good_reason === null ? {} : { withoutGoodReason: row.without_good_reason }),
    ...(row.settled_at ? { settledAt: row.settled_at.toISOString() } : {}),
    ...(row.settled_by_name ? { settledBy: row.settled_by_name } : {}),
    ...(row.exit_id ? { exitId: row.exit_id } : {}),
    version: row.version,
  };
}
