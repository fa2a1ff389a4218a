import { monthOf } from '@yingdeng/rules/contact.ts';
import { denominatorKinds, rateWithBand } from '@yingdeng/rules/statistics/denominator.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { keptContacts, keptDecisions, listRange } from '../worklist/index.ts';
import { reportingMonth } from './month.ts';
import type { PastFlows } from './past-flows.ts';
import { digitsBelow, pathTo, placeNamed, placesBelow, significant, written } from './place-tree.ts';
import { stockNow } from './trend.sql.ts';
import { closedMonths, employedOf, monthsOf } from './trend.ts';

type Answered = Answer<'getSituation'>;
type Figures = Answered['total'];

/** So many months stand in the small pictures, the running one besides. */
const MONTHS = 12;

const none = (): Figures => ({
  stock: 0,
  new: 0,
  exits: 0,
  decided: { due: 0, kept: 0 },
  contacted: { due: 0, kept: 0 },
  covered: { due: 0, kept: 0 },
  trend: [],
});

/**
 * A place and what lies directly below it as of now, from the same tables and by the same statements as the reports, supervision and follow-up.
 * Days kept are those that ran out in the running period before today. @throws AppError access.denied, report.notAllowed
 */
export async function readSituation(
  context: Context,
  flows: PastFlows,
  actor: Actor,
  asked: { place?: string | undefined },
  now: Date,
): Promise<Answered> {
  const code = asked.place ?? actor.office;
  const range = listRange(actor, code, 'situation.read');
  const own = significant(code);
  const digits = digitsBelow(code);
  const today = businessDate(now);
  const coverageMonth = monthOf(today);
  const months = closedMonths(context, now, MONTHS);
  const running = reportingMonth(context, '000000', months.at(-1)?.next ?? coverageMonth);
  const { divisions, lo, hi } = range;
  const { byPlace, employed } = await context.db.read(actor, async (tx) => {
    const [stock, decided, contacted] = await Promise.all([
      tx.rows(stockNow, divisions, lo, hi, digits, `${coverageMonth}-01`, coverageMonth),
      tx.rows(keptDecisions, divisions, lo, hi, running.from, today),
      tx.rows(keptContacts, divisions, lo, hi, running.from, today),
    ]);
    // The desk of the place itself has registrations of its own beside those of the places below.
    const places = [...new Set([...placesBelow(context, code), ...stock.map(({ place }) => place)])].sort();
    const byPlace = new Map(places.map((place) => [place, none()]));
    const at = (office: string) => byPlace.get(office.slice(0, digits)) ?? byPlace.get(own) ?? none();
    for (const { place, stock: count, registered, seen } of stock) {
      const figures = at(place);
      figures.stock += count;
      add(figures.covered, { due: registered, kept: seen });
    }
    for (const { office, due, kept } of decided) add(at(office).decided, { due, kept });
    for (const { office, due, kept } of contacted) add(at(office).contacted, { due, kept });
    const past = await monthsOf(context, tx, flows, months, range, {
      places,
      digits,
      stock: new Map(stock.map((row) => [row.place, row.stock])),
      byReason: false,
      now,
    });
    for (const [place, figures] of byPlace) {
      Object.assign(figures, past.running.get(place));
      figures.trend = [...(past.of.get(place) ?? []).map(({ closing }) => closing), figures.stock];
    }
    const divisionsAsked = [own, ...places].filter((place) => place.length <= 6).map(written);
    return { byPlace, employed: await employedOf(tx, divisionsAsked, months[0]?.month ?? '') };
  });
  const newest = (place: string) => [...employed].filter(([key]) => key.startsWith(`${written(place)} `)).at(-1)?.[1];
  const rated = (place: string, figures: Figures): Figures => {
    const rate = rateWithBand(figures.stock, newest(place));
    return rate ? { ...figures, rate } : figures;
  };
  const total = [...byPlace.values()].reduce(sum, none());
  const denominator = newest(own);
  return {
    at: now.toISOString(),
    place: placeNamed(context, written(own)),
    path: pathTo(context, actor, code),
    period: { month: running.month, from: running.from, to: running.to },
    coverageMonth,
    months: [...months.map(({ month }) => month), running.month],
    ...(denominator
      ? {
          denominator: {
            value: denominator.value,
            asOf: denominator.asOf,
            month: denominator.month,
            kindText: denominatorKinds[denominator.kind],
          },
        }
      : {}),
    total: rated(own, total),
    below: [...byPlace].map(([place, figures]) => {
      const { name } = placeNamed(context, written(place));
      const self = place === own;
      return {
        code: written(place),
        name: self ? `${name}（本级）` : name,
        opens: !self && placesBelow(context, written(place)).length > 0,
        figures: self ? figures : rated(place, figures),
      };
    }),
  };
}

function add(to: { due: number; kept: number }, part: { due: number; kept: number }): void {
  to.due += part.due;
  to.kept += part.kept;
}

function sum(to: Figures, part: Figures): Figures {
  for (const name of ['stock', 'new', 'exits'] as const) to[name] += part[name];
  for (const name of ['decided', 'contacted', 'covered'] as const) add(to[name], part[name]);
  to.trend = part.trend.map((count, index) => (to.trend[index] ?? 0) + count);
  return to;
}
