/**
 * Reconciliation of exits, three ways: our exits, what was sent of them, what the platform says it has. Pure: the server gives the
 * facts, the page shows the words.
 */

/** State of our record of an exit. */
export type RecordState = 'waiting' | 'blocked' | 'sent' | 'accepted' | 'returned';

/** Every kind of difference, in the order in which a list shows them. */
export const differenceKinds = [
  'noRecord',
  'waitingLong',
  'noReceipt',
  'missingThere',
  'acceptedThere',
  'unknownHere',
  'otherDigest',
  'restoredThere',
  'countsDiffer',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/**
 * What sets a difference right. `send`: the record is made and sent, or sent again under its own number. `askReceipt`: the receipt is
 * asked for, and only if there is none the batch is sent again as it was. `takeSent`: our record becomes what was sent, which is what
 * the platform has. `tell`: no program can; a person tells the platform's operator.
 */
export type Mend = 'send' | 'askReceipt' | 'takeSent' | 'tell';

interface DifferenceWords {
  readonly title: string;
  readonly happened: string;
  readonly proposal: string;
  readonly mend: Mend;
  /** Needs the platform's answer to be seen, and to be seen as solved. */
  readonly asksPlatform: boolean;
}

/** Each kind in plain words: what happened, what to do. */
export const differenceWords: Readonly<Record<DifferenceKind, DifferenceWords>> = {
  noRecord: {
    title: '退出没有上传记录',
    happened: '本地已确认退出，但没有生成上传记录。',
    proposal: '生成记录并上传。',
    mend: 'send',
    asksPlatform: false,
  },
  waitingLong: {
    title: '超过一天没有发出',
    happened: '上传记录已生成，超过一天仍未发出。',
    proposal: '立即上传。',
    mend: 'send',
    asksPlatform: false,
  },
  noReceipt: {
    title: '已发出，没有回执',
    happened: '批次已发出，超过时限没有收到回执；平台是否收到不能确定。',
    proposal: '先查回执；平台没有收到时，按原批次原样重发。',
    mend: 'askReceipt',
    asksPlatform: false,
  },
  missingThere: {
    title: '平台没有这一条',
    happened: '本地有平台接收的回执，但平台查询不到这一条。',
    proposal: '按原流水号重新上传；内容相同，重复接收无影响。',
    mend: 'send',
    asksPlatform: true,
  },
  acceptedThere: {
    title: '平台已有，本地未记为接收',
    happened: '平台已保存相同内容，本地没有记为已接收。',
    proposal: '查回执并按原流水号重新上传，由平台确认已有。',
    mend: 'send',
    asksPlatform: true,
  },
  unknownHere: {
    title: '平台有，本地没有',
    happened: '平台保存了一条本地查不到的退出。',
    proposal: '核实来源并告知平台运行方处理；附件没有撤回退出的办法。',
    mend: 'tell',
    asksPlatform: true,
  },
  otherDigest: {
    title: '两边内容不同',
    happened: '同一流水号，平台保存的内容与本地记录不同。',
    proposal: '核对凭据后告知平台运行方更正；同一流水号的不同内容，平台会退回。',
    mend: 'tell',
    asksPlatform: true,
  },
  restoredThere: {
    title: '登记已恢复，平台仍有退出',
    happened: '退出上报后，登记已按程序恢复；平台仍保存这条退出。',
    proposal: '告知平台运行方；附件没有撤回退出的办法。',
    mend: 'tell',
    asksPlatform: false,
  },
  countsDiffer: {
    title: '数量不符',
    happened: '平台统计的数量与逐条查询的数量不同，或者平台没有当天的上报。',
    proposal: '重新对账一次；仍不符时告知平台运行方。',
    mend: 'tell',
    asksPlatform: true,
  },
};

/** Words of one difference. What was sent may tell more than the kind alone: then our record is what changed. */
export function wordsOf(kind: DifferenceKind, facts: { sentIsTheirs?: boolean } = {}): DifferenceWords {
  const words = differenceWords[kind];
  if (kind !== 'otherDigest' || facts.sentIsTheirs !== true) return words;
  return {
    ...words,
    happened: '平台保存的正是当时上报的内容；本地记录后来被改动。',
    proposal: '按已上报的内容改回本地记录。',
    mend: 'takeSent',
  };
}

/** Our record of one exit, as reconciliation needs it. */
export interface OurItem {
  readonly serial: string;
  readonly state: RecordState;
  readonly digest: string;
}

/** What the platform says it has under a serial. */
export interface TheirItem {
  readonly serial: string;
  readonly digest: string;
}

/** A serial on which we and the platform differ. */
export interface ItemDifference {
  readonly kind: 'missingThere' | 'acceptedThere' | 'unknownHere' | 'otherDigest';
  readonly serial: string;
  readonly ours?: OurItem;
  readonly theirs?: TheirItem;
}

/** Compares one serial. What we have not had accepted and the platform does not have is no difference. */
function compareItem(ours: OurItem | undefined, theirs: TheirItem | undefined): ItemDifference | undefined {
  const serial = ours?.serial ?? theirs?.serial ?? '';
  if (!theirs) return ours?.state === 'accepted' ? { kind: 'missingThere', serial, ours } : undefined;
  if (!ours) return { kind: 'unknownHere', serial, theirs };
  if (ours.digest !== theirs.digest) return { kind: 'otherDigest', serial, ours, theirs };
  // What is on its way may have arrived before its receipt; a receipt that stays out is a difference of its own.
  const fine = ours.state === 'accepted' || ours.state === 'sent';
  return fine ? undefined : { kind: 'acceptedThere', serial, ours, theirs };
}

/** A list in pages, in ascending order of the serial (by code unit); an empty page ends it. */
export type Pages<Item> = (after: string) => Promise<readonly Item[]>;

/**
 * Walks two lists in step and tells each difference: two pages are in memory at a time, whatever the length.
 */
export async function* compareLists(ours: Pages<OurItem>, theirs: Pages<TheirItem>): AsyncGenerator<ItemDifference> {
  const left = new Reader(ours);
  const right = new Reader(theirs);
  for (;;) {
    const [a, b] = [await left.peek(), await right.peek()];
    if (!a && !b) return;
    const first = !b || (a && a.serial <= b.serial) ? a?.serial : b.serial;
    const one = a?.serial === first ? left.take() : undefined;
    const other = b?.serial === first ? right.take() : undefined;
    const difference = compareItem(one, other);
    if (difference) yield difference;
  }
}

class Reader<Item extends { readonly serial: string }> {
  readonly #pages: Pages<Item>;
  #page: readonly Item[] = [];
  #at = 0;
  #last = '';
  #ended = false;

  constructor(pages: Pages<Item>) {
    this.#pages = pages;
  }

  async peek(): Promise<Item | undefined> {
    if (this.#at >= this.#page.length && !this.#ended) {
      this.#page = await this.#pages(this.#last);
      this.#at = 0;
      this.#ended = this.#page.length === 0;
      this.#last = this.#page.at(-1)?.serial ?? this.#last;
    }
    return this.#page[this.#at];
  }

  take(): Item | undefined {
    this.#at += 1;
    return this.#page[this.#at - 1];
  }
}
