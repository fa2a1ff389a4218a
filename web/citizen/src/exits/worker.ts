import '../polyfills.ts';
import { divisionSet, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import {
  createExitFileChecker,
  createRepairedCopy,
  ExitFileError,
  type ExitFileReceiver,
  readExitFile,
  type TextEncoding,
} from '@yingdeng/rules/exit-file/index.ts';
import { createFindKeeper, type FindKeeper } from './finds.ts';
import type { Order, Report } from './protocol.ts';

// Runs beside the page, so that it never waits. What is read here goes nowhere but back to the page.

/** Bytes read at a time. */
const BLOCK = 1 << 20;
/** Progress is told so often. Milliseconds. */
const TELL = 100;

class Cancelled extends Error {}

const scope = self as unknown as DedicatedWorkerGlobalScope;
/** Counts up with every order: work of an older order ends. */
let order = 0;
let stopped = false;
let rows = 0;

function tell(report: Report, transfer: Transferable[] = []): void {
  scope.postMessage(report, transfer);
}

/** The file block by block; the next is read while one is looked at. */
async function* blocksOf(file: File, mine: number): AsyncGenerator<Uint8Array> {
  const started = performance.now();
  let told = started;
  const read = (at: number) => file.slice(at, at + BLOCK).arrayBuffer();
  let next = file.size > 0 ? read(0) : undefined;
  for (let at = 0; next !== undefined; at += BLOCK) {
    const block = await next;
    if (mine !== order) throw new Cancelled();
    next = at + BLOCK < file.size ? read(at + BLOCK) : undefined;
    // It fails later, when it is waited for; nobody listens before.
    next?.catch(() => undefined);
    yield new Uint8Array(block);
    const now = performance.now();
    if (now - told < TELL) continue;
    told = now;
    tell({ kind: 'progress', bytes: at + block.byteLength, rows, ms: now - started });
  }
}

async function check(file: File, today: string, mine: number): Promise<void> {
  const started = performance.now();
  let checker = createExitFileChecker({ today, divisions: divisionSet, statisticsOnly });
  let keeper: FindKeeper | undefined;
  const receive = (): ExitFileReceiver => {
    // A second attempt, under the other encoding, begins anew.
    checker = createExitFileChecker({ today, divisions: divisionSet, statisticsOnly });
    rows = 0;
    return {
      header(found) {
        keeper = createFindKeeper(found.cells.length);
      },
      row(row) {
        rows = row.row;
        const result = checker.check(row);
        if (result.faults.length + result.warnings.length > 0) keeper!.add(row, result);
      },
    };
  };
  const { header, rows: all } = await readExitFile(() => blocksOf(file, mine), receive);
  const { tally } = checker;
  const { checks, finds } = keeper!.result(tally);
  const { encoding, marked, delimiter, kind, ignored } = header;
  const { faulty, warned, repairable } = tally;
  tell(
    {
      kind: 'checked',
      checked: {
        rows: all,
        ms: performance.now() - started,
        header: { encoding, marked, delimiter, kind, ignored },
        tally: { faulty, warned, repairable },
        checks,
        finds,
      },
    },
    [finds.rows.buffer, finds.checks.buffer],
  );
}

/** Bytes gathered into parts that the browser keeps on disk when they are many. */
function createParts(type: string) {
  const parts: Blob[] = [];
  return {
    add: (bytes: Uint8Array<ArrayBuffer>) => void parts.push(new Blob([bytes])),
    blob: () => new Blob(parts, { type }),
  };
}

async function repair(file: File, encoding: TextEncoding, as: TextEncoding, mine: number): Promise<void> {
  const copy = createParts('text/csv');
  const list = createParts('text/csv;charset=utf-8');
  const repaired = createRepairedCopy({ copy: copy.add, changes: list.add }, as);
  const receiver: ExitFileReceiver = {
    header: repaired.header,
    row(row) {
      rows = row.row;
      repaired.row(row);
    },
  };
  await readExitFile(
    () => blocksOf(file, mine),
    () => receiver,
    encoding,
  );
  tell({ kind: 'repaired', repaired: { ...repaired.end(), encoding: as, copy: copy.blob(), list: list.blob() } });
}

function failure(error: unknown): Report {
  if (error instanceof Cancelled) return { kind: 'cancelled', rows };
  if (error instanceof ExitFileError) return { kind: 'failed', problem: error.problem, message: error.message };
  if (error instanceof DOMException) {
    return { kind: 'failed', problem: 'other', message: '文件读不了：可能被移走、改动过，或正被别的程序占用' };
  }
  return { kind: 'failed', problem: 'other', message: '核对中断了，可能是内存不够。请关掉别的网页再试' };
}

scope.onmessage = ({ data }: MessageEvent<Order>) => {
  const mine = ++order;
  stopped = data.kind === 'cancel';
  if (data.kind === 'cancel') return;
  rows = 0;
  const work =
    data.kind === 'check' ? check(data.file, data.today, mine) : repair(data.file, data.encoding, data.as, mine);
  work.catch((error: unknown) => {
    // What a newer order has taken the place of is not told.
    if (mine === order || stopped) tell(failure(error));
  });
};
