// Draws a city and writes its rows as COPY text, in a thread of its own, beside the database.
import { parentPort, workerData } from 'node:worker_threads';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { RECONCILED_DAYS } from '../features/exchange/days.ts';
import { Crypto } from '../platform/crypto.ts';
import { type CopyTable, copyColumns } from './city.sql.ts';
import { CityLaw } from './deadlines.ts';
import { prepareCity } from './generate.ts';
import { cityProgrammes } from './programmes.ts';
import type { RowContext } from './row-context.ts';
import { type Lines, writeHistory } from './rows.ts';
import { cityStaff } from './staff.ts';
import { cityVacancies } from './vacancies.ts';

/** What the loader hands to the thread; keys stay inside the process. */
export interface RowsOrder {
  readonly division: string;
  readonly people: number;
  readonly seed: number;
  readonly asOf: string;
  /** Which thread this is, and of how many: chunks go round. */
  readonly part: number;
  readonly parts: number;
  readonly keys: { data: [number, Uint8Array][]; current: number; lookup: Uint8Array; audit: Uint8Array };
}

/** Rows of some people, table by table, parents first. */
export interface RowsChunk {
  readonly kind: 'chunk';
  readonly people: number;
  readonly rows: number;
  readonly parts: [table: CopyTable, text: Uint8Array][];
}

/** What the thread hands back: rows of some people, table by table; then that it was all. */
export type RowsAnswer = RowsChunk | { readonly kind: 'end' };

/** Chunks the thread may be ahead of the loader: enough to keep the database busy, little memory. */
const AHEAD = 2;
const PEOPLE_A_CHUNK = 1000;

const tables = Object.keys(copyColumns) as CopyTable[];

async function work(order: RowsOrder): Promise<void> {
  const port = parentPort!;
  let credit = AHEAD;
  let wake: (() => void) | undefined;
  port.on('message', () => {
    credit += 1;
    wake?.();
  });
  const send = async (answer: RowsAnswer, buffers: ArrayBuffer[] = []) => {
    if (credit === 0) await new Promise<void>((resolve) => (wake = resolve));
    credit -= 1;
    port.postMessage(answer, buffers);
  };
  const { keys } = order;
  const bytes = (key: Uint8Array) => Buffer.from(key);
  const law = new CityLaw();
  const city = prepareCity(order, law.deadlines);
  const context: RowContext = {
    tenant: city.places.tenant,
    seed: order.seed,
    // The first night reconciles the ten days before today: what is older is not asked of a platform that never saw it.
    uploadedUntil: addDays(order.asOf, -RECONCILED_DAYS - 1),
    crypto: new Crypto({
      data: new Map(keys.data.map(([version, key]) => [version, bytes(key)])),
      current: keys.current,
      lookup: bytes(keys.lookup),
      audit: bytes(keys.audit),
    }),
    law,
    staff: cityStaff(city.places, order.seed),
    asOf: order.asOf,
    vacancies: cityVacancies(city.places, order.seed, order.asOf, order.people),
    programmes: cityProgrammes(city.places, order.seed, order.asOf, order.people),
  };
  let lines = noLines();
  let people = 0;
  const flush = async () => {
    const parts = tables.flatMap((table): [CopyTable, Uint8Array<ArrayBuffer>][] =>
      lines[table].length === 0 ? [] : [[table, new TextEncoder().encode(lines[table].join(''))]],
    );
    const rows = tables.reduce((sum, table) => sum + lines[table].length, 0);
    const chunk: RowsAnswer = { kind: 'chunk', people, rows, parts };
    lines = noLines();
    people = 0;
    await send(
      chunk,
      parts.map(([, text]) => text.buffer),
    );
  };
  const mine = (index: number) => Math.floor(index / PEOPLE_A_CHUNK) % order.parts === order.part;
  for (const history of city.histories(mine)) {
    writeHistory(context, history, lines);
    people += 1;
    if (people === PEOPLE_A_CHUNK) await flush();
  }
  if (people > 0) await flush();
  await send({ kind: 'end' });
  port.close();
}

function noLines(): Lines {
  return Object.fromEntries(tables.map((table) => [table, [] as string[]])) as Lines;
}

await work(workerData as RowsOrder);
