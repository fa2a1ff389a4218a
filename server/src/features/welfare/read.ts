import { can } from '@yingdeng/rules/access.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { sayValue } from '@yingdeng/rules/provisions/parameter-specs.ts';
import { checkMeans, leaveReasons, missedMonths } from '@yingdeng/rules/welfare-post.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { Answer } from '../../platform/http.ts';
import { difficultyInForce, myRegistration, readSubject, type ServiceSubject } from '../service/index.ts';
import { notRecognised } from './place.ts';
import { type CheckRow, checksOf, myPlacements, type PlacementRow, placementsOf } from './placement.sql.ts';
import { freePosts } from './post.sql.ts';
import { postOf } from './posts.ts';

type File = Answer<'getWelfarePlacement'>;
type Placement = NonNullable<File['current']>;

/** Where a person stands with public-welfare posts, and which have a free place (A21-4f). @throws AppError request.notFound */
export function readPlacement(context: Context, actor: Actor, registrationId: string, now: Date): Promise<File> {
  const today = businessDate(now);
  return context.db.read(actor, async (tx) => {
    const subject = await readSubject(tx, registrationId);
    const rows = await tx.rows(placementsOf, subject.person_id, subject.tenant);
    const shown = await withChecks(tx, rows, today);
    const current = shown.find(({ state }) => state === 'placed');
    const hold = current ? '已在公益性岗位上。' : await holdOf(tx, subject, today);
    const scope = { actorRange: actor, division: subject.office };
    const places = !hold && can(actor.role, 'post.manage', scope);
    const free = places ? await tx.rows(freePosts, subject.tenant, today) : [];
    // The own county's first: a post is worked in every day.
    const near = ({ office }: { office: string }) => Number(office.startsWith(subject.division));
    const posts = free.sort((a, b) => near(b) - near(a));
    const limits = context.reference.policy(subject.division, today).welfareLimits;
    const [left] = rows;
    return {
      registrationId,
      posts: posts.map((post) => postOf(context, actor, post, today)),
      ...(hold ? { hold } : {}),
      limitsText: limits ? sayValue('welfareLimits', limits.value) : '',
      ...(current ? { current } : {}),
      earlier: shown.filter(({ state }) => state === 'left'),
      ...(left && offersAnew(left) && subject.status === 'exited'
        ? { registerAgain: { applicationId: left.application_id } }
        : {}),
    };
  });
}

async function holdOf(tx: Tx, subject: ServiceSubject, today: PlainDate): Promise<string | undefined> {
  if (subject.status === 'exited') return '失业登记已经结束，不能安置。';
  if (subject.status === 'exitProposed') return '正在办理退出，先办完退出。';
  const difficulty = await tx.first(difficultyInForce, subject.tenant, subject.person_id, today);
  return difficulty ? undefined : notRecognised;
}

/** Whether leaving left the person without work, so that a new registration is offered (form reason 10). */
const offersAnew = (row: PlacementRow) => row.left_reason !== null && leaveReasons[row.left_reason].offersRegistration;

/** Placements with their checks and the months that are over without one. */
async function withChecks(tx: Tx, rows: readonly PlacementRow[], today: PlainDate): Promise<Placement[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = rows.map(({ id }) => id);
  const checks = (
    await Promise.all([...new Set(rows.map(({ tenant }) => tenant))].map((t) => tx.rows(checksOf, t, ids)))
  ).flat();
  const byPlacement = Map.groupBy(checks, (check) => check.placement_id);
  return rows.map((row) => placementOf(row, byPlacement.get(row.id) ?? [], today));
}

function placementOf(row: PlacementRow, checks: readonly CheckRow[], today: PlainDate): Placement {
  const until = row.left_on ?? today;
  const missed = missedMonths(
    row.starts_on,
    until,
    new Set(checks.map(({ month }) => month)),
    row.basis.welfareLimits.value,
  );
  return {
    id: row.id,
    post: { employer: row.employer, title: row.title, place: row.place, wage: row.wage },
    state: row.state,
    startsOn: row.starts_on,
    endsBy: row.ends_by,
    ...(row.pension_on ? { pensionOn: row.pension_on } : {}),
    pensionSource: row.pension_source,
    placedBy: row.placed_by_name,
    ...(row.check_due ? { checkDue: row.check_due } : {}),
    checks: checks.map((check) => ({
      month: check.month,
      onDuty: check.on_duty,
      meansText: checkMeans[check.means],
      text: check.text,
      at: check.at.toISOString(),
      by: check.actor_name,
    })),
    missed,
    exitProposed: row.exit_id !== null,
    ...(row.left_on ? { leftOn: row.left_on } : {}),
    leftText: row.left_reason
      ? `${leaveReasons[row.left_reason].text}${row.left_text ? `：${row.left_text}` : ''}`
      : '',
    version: row.version,
  };
}

/** The worker's own post; after leaving one that ended the registration, whether to register anew (AJC093 40). */
export function readMyPlacement(context: Context, actor: Actor, now: Date): Promise<Answer<'getMyWelfarePost'>> {
  return context.db.read(actor, async (tx) => {
    const [rows, mine] = await Promise.all([
      tx.rows(myPlacements, actor.person),
      tx.first(myRegistration, actor.person),
    ]);
    const [latest] = rows;
    if (!latest) return { mayRegister: false };
    const [shown] = await withChecks(tx, [latest], businessDate(now));
    if (!shown) return { mayRegister: false };
    return latest.state === 'placed'
      ? { current: shown, mayRegister: false }
      : { left: shown, mayRegister: offersAnew(latest) && !mine };
  });
}
