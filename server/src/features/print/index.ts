import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Handlers } from '../../platform/http.ts';
import { longDate } from '../../platform/words.ts';
import { listsFor } from '../public/index.ts';
import { certificatePdf } from './certificate.ts';
import { formPdf } from './form.ts';
import { handOutPdf } from './hand-out.ts';
import { interviewPdf } from './interview.ts';
import { listNames, readInterview } from './interview-read.ts';
import { type Printing, printingBy } from './printing.ts';
import { inFull, type Printable, readCertificate, readForm } from './read.ts';
import { openSheet, requestSheet } from './sheet.ts';

/** A kind of paper: where its facts come from, how it is drawn. */
interface Paper<Facts> {
  readonly subjectKind: string;
  readonly fileName: string;
  /** Whether the paper shows more than the masked screen. */
  readonly reveals: (actor: Actor, office: string) => boolean;
  readonly read: (context: Context, tx: Tx, id: string) => Promise<Printable<Facts>>;
  readonly draw: (facts: Facts, printing: Printing) => Promise<Buffer>;
}

const form: Paper<Parameters<typeof formPdf>[0]> = {
  subjectKind: 'application',
  fileName: '失业人员登记表',
  reveals: inFull,
  read: readForm,
  draw: formPdf,
};
const certificate: Paper<Parameters<typeof certificatePdf>[0]> = {
  subjectKind: 'registration',
  fileName: '失业登记凭证',
  reveals: () => false,
  read: readCertificate,
  draw: certificatePdf,
};

const interview: Paper<Parameters<typeof interviewPdf>[0]> = {
  subjectKind: 'registration',
  fileName: '就业服务告知单',
  reveals: () => false,
  read: readInterview,
  draw: interviewPdf,
};

/** One printing: who, of what, why. */
interface Order {
  readonly actor: Actor;
  readonly id: string;
  readonly reason: string;
  readonly now: Date;
  readonly reply: FastifyReply;
}

/** Reads, records the look of a member of staff in the same transaction (no record, no paper), draws. */
async function print<Facts>(context: Context, paper: Paper<Facts>, order: Order): Promise<Buffer> {
  const { actor, id, reason, now, reply } = order;
  const { sheet, office } = await context.db.transaction(actor, async (tx) => {
    const found = await paper.read(context, tx, id);
    if (actor.kind === 'staff') {
      await audit(tx, context.crypto, now, {
        tenant: found.tenant,
        office: found.office,
        action: paper.reveals(actor, found.office) ? 'reveal' : 'look',
        subjectKind: paper.subjectKind,
        subjectId: id,
        personId: found.personId,
        reason,
        detail: { printed: paper.fileName },
      });
    }
    return found;
  });
  const bytes = await paper.draw(sheet, printingBy(context, actor, now, office, reason));
  return sendPdf(reply, paper.fileName, bytes);
}

function sendPdf(reply: FastifyReply, fileName: string, bytes: Buffer): Buffer {
  reply.header('cache-control', 'no-store');
  reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(fileName)}.pdf`);
  return bytes;
}

/** One of the three lists in the version in force at a place, for anybody (A21-4c). @throws AppError request.notFound where there is none */
async function printList(
  context: Context,
  { list, division }: { list: 'policies' | 'services' | 'institutions'; division: string },
  now: Date,
  reply: FastifyReply,
): Promise<Buffer> {
  const found = (await listsFor(context, division, now)).lists.find((one) => one.list === list);
  if (!found) throw new AppError('request.notFound');
  const name = listNames[list];
  const place = found.division === '000000' ? '全国' : divisionName(found.division);
  const line = `${place}${name}第${found.version}版　打印日期：${longDate(businessDate(now))}`;
  const facts = { ...found, name, place, validFrom: longDate(found.validFrom) };
  return sendPdf(reply, name, await handOutPdf(facts, { now, office: place, line }));
}

/** Printed things: the form of annex 1 and the certificate, at the desk and for the worker. */
export function printHandlers(context: Context): Handlers {
  return {
    printForm: ({ actor, params, query, now, reply }) =>
      print(context, form, { actor, id: params.id, reason: query.reason, now, reply }),
    printSheet: async ({ actor, body, now }) => requestSheet(context, actor, body, now),
    readSheet: async ({ actor, query, now, reply }) => {
      const { sheet, printing } = openSheet(context, actor, query.sheet, now);
      return sendPdf(reply, form.fileName, await formPdf(sheet, printing));
    },
    printMyForm: ({ actor, params, now, reply }) =>
      print(context, form, { actor, id: params.id, reason: '', now, reply }),
    printCertificate: ({ actor, params, query, now, reply }) =>
      print(context, certificate, { actor, id: params.id, reason: query.reason, now, reply }),
    printInterview: ({ actor, params, query, now, reply }) =>
      print(context, interview, { actor, id: params.id, reason: query.reason, now, reply }),
    printMyInterview: ({ actor, params, now, reply }) =>
      print(context, interview, { actor, id: params.id, reason: '', now, reply }),
    printList: ({ params, query, now, reply }) => printList(context, { ...query, list: params.list }, now, reply),
    printMyCertificate: ({ actor, params, now, reply }) =>
      print(context, certificate, { actor, id: params.id, reason: '', now, reply }),
  };
}
