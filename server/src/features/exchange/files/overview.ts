import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { disk } from '../../../platform/disk.ts';
import type { Answer } from '../../../platform/http.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import { tenantsOf } from '../places.ts';
import { transportOf } from '../transport.ts';
import { type OutgoingRow, openIncoming, outgoingFiles } from './files.sql.ts';
import { foldersIn } from './folders.ts';

type Overview = Answer<'getExchangeFiles'>;

/** Files without a receipt stay on the page for so long; later the days of the exchange tell of them. */
const SHOWN_DAYS = 31;
const SHOWN = 60;

/** How the platform is reached and which files are where, within what the actor may see. */
export async function exchangedFiles(context: Context, actor: Actor): Promise<Overview> {
  const { platformFiles } = context.config;
  const since = new Date(context.clock.now().getTime() - SHOWN_DAYS * 86_400_000);
  const [rows, incoming] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(outgoingFiles, tenantsOf(context, actor), since, SHOWN),
      tx.rows(openIncoming, 'platform', SHOWN),
    ]),
  );
  const folders = platformFiles && foldersIn(platformFiles.folder);
  const outbox = folders && (await look(folders.outbox, '发件文件夹 out'));
  const inbox = folders && (await look(folders.inbox, '收件文件夹 in'));
  const lying = outbox?.names;
  const trouble = outbox?.reason ?? inbox?.reason;
  return {
    transport: transportOf(context),
    ...(platformFiles ? { encoding: platformFiles.encoding === 'utf-8' ? 'UTF-8' : 'GB18030' } : {}),
    ...(trouble ? { trouble } : {}),
    outgoing: rows.map((row) => ({
      name: row.name,
      count: row.count,
      state: stateOf(row, lying),
      at: row.at.toISOString(),
      ...(row.trouble && row.batch_state !== 'received' ? { trouble: row.trouble } : {}),
      ...(row.receipt ? { receipt: row.receipt } : {}),
    })),
    incoming: incoming.map(({ at, ...file }) => ({ ...file, at: at.toISOString() })),
  };
}

/** What lies in a folder, or why it cannot be seen. */
export async function look(folder: string, named: string): Promise<{ names?: ReadonlySet<string>; reason?: string }> {
  try {
    return { names: new Set(await disk.list(folder)) };
  } catch (error) {
    return { reason: new DiskTrouble(error, named).reason };
  }
}

function stateOf(row: OutgoingRow, lying: ReadonlySet<string> | undefined): Overview['outgoing'][number]['state'] {
  if (row.batch_state === 'received') return 'answered';
  if (row.batch_state === 'closed') return 'givenUp';
  if (row.file_state === 'intended') return 'toWrite';
  // A folder that cannot be seen: what was written is taken to lie there.
  return !lying || lying.has(row.name) ? 'lying' : 'takenAway';
}
