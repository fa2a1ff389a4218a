import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A durable append-only list of JSON entries, one a line. */
export interface Journal<Entry> {
  /** Queues the entry; resolves when it and everything queued before it is on the disk (fdatasync). */
  append(entry: Entry): Promise<void>;
  /** Resolves when everything queued so far is on the disk: what an answer must wait for. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  line: string;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Opens the journal at `path`, first replaying what it holds through `replay` in order.
 * A torn last line (killed in the middle of a write) was never answered for, so it is cut off; a broken line
 * anywhere else means the file was damaged and is an error.
 */
export async function openJournal<Entry>(path: string, replay: (entry: Entry) => void): Promise<Journal<Entry>> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    await replayFile(file, path, replay);
  } catch (error) {
    await file.close();
    throw error;
  }
  return writer(file);
}

async function replayFile<Entry>(file: FileHandle, path: string, replay: (entry: Entry) => void): Promise<void> {
  const { size } = await file.stat();
  const piece = Buffer.alloc(1 << 20);
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  let whole = 0;
  while (read < size) {
    const { bytesRead } = await file.read(piece, 0, piece.length, read);
    if (bytesRead === 0) break;
    read += bytesRead;
    let held = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
      replay(parseLine<Entry>(held.toString('utf8', 0, end), path, whole));
      whole += end + 1;
      held = held.subarray(end + 1);
    }
    rest = held;
  }
  if (whole < size) await file.truncate(whole);
}

function parseLine<Entry>(line: string, path: string, offset: number): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch (cause) {
    throw new Error(`journal ${path} is damaged at byte ${offset}`, { cause });
  }
}

/** Group commit: whatever was queued while one write was under way goes to the disk together in the next. */
function writer<Entry>(file: FileHandle): Journal<Entry> {
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;
  let broken: unknown;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = queue;
      queue = [];
      try {
        if (broken) throw broken;
        await file.appendFile(group.map((entry) => entry.line).join(''));
        await file.datasync();
        for (const entry of group) entry.done();
      } catch (error) {
        // What a failed write left behind is unknown: nothing more may be promised until a restart replays it.
        broken = error;
        for (const entry of group) entry.failed(error);
      }
    }
    running = undefined;
  }

  function append(entry: Entry): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    queue.push({ line: `${JSON.stringify(entry)}\n`, done: resolve, failed: reject });
    running ??= Promise.resolve().then(drain);
    return promise;
  }

  return {
    append,
    async settled() {
      while (running) await running;
      if (broken) throw broken;
    },
    async close() {
      while (running) await running;
      await file.close();
    },
  };
}
