import { asObject, textOf } from '../common/server.ts';
import { digestFile, digestOf } from './digest-file.ts';
import type { Application } from './holdings.ts';
import { csvBytes } from './receipt-file.ts';

const MOST = 200;
const COLUMNS = ['applicationNumber', 'revision', 'submittedAt', 'form'];

/** A file of applications for one city: which deliveries of the platform stand in it. */
export interface HandedOver {
  stem: string;
  division: string;
  date: string;
  deliveries: number[];
}

/** The files for deliveries that are in none so far. */
export function handOver(
  deliveries: readonly Application[],
  before: readonly HandedOver[],
  date: string,
): HandedOver[] {
  const done = new Set(before.flatMap((one) => one.deliveries));
  const made: HandedOver[] = [];
  for (const [index, { form }] of deliveries.entries()) {
    if (done.has(index)) continue;
    const division = `${textOf(asObject(form), 'AAB301').slice(0, 4)}00`;
    let file = made.find((one) => one.division === division && one.deliveries.length < MOST);
    if (!file) {
      const same = [...before, ...made].filter((one) => one.division === division && one.date === date).length;
      const stem = `SYDJSQ_${division}_${date}_${String(same + 1).padStart(4, '0')}`;
      file = { stem, division, date, deliveries: [] };
      made.push(file);
    }
    file.deliveries.push(index);
  }
  return made;
}

/** The two files (docs/exchange-files.md); the form is JSON within its field. */
export function applicationFiles(
  { stem, division, date, deliveries: indexes }: HandedOver,
  deliveries: readonly Application[],
): { csv: Buffer; sm3: Buffer } {
  const rows = indexes.flatMap((index) => {
    const one = deliveries[index];
    return one ? [[one.applicationNumber, String(one.revision), one.submittedAt, JSON.stringify(one.form)]] : [];
  });
  const csv = csvBytes([COLUMNS, ...rows], 'UTF-8');
  const sm3 = digestFile({
    version: 1,
    file: `${stem}.csv`,
    kind: 'applications',
    batch: stem.replace('SYDJSQ_', '').replaceAll('_', '-'),
    division,
    date,
    count: rows.length,
    encoding: 'UTF-8',
    bytes: csv.length,
    sm3: digestOf(csv),
  });
  return { csv, sm3 };
}
