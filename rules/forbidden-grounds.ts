import { type ForbiddenKind, forbiddenPatterns, type Pattern } from './forbidden-patterns.ts';

export type { ForbiddenKind } from './forbidden-patterns.ts';

/** One forbidden demand or ground found in a text. `phrase` is cut from the text as it was typed. */
export type ForbiddenHit = { phrase: string; kind: ForbiddenKind; clause: string; explanation: string };

/** Each kind's clause and the words for the clerk whose text is blocked. */
export const forbiddenKinds: Record<ForbiddenKind, { clause: string; explanation: string }> = {
  identityProof: { clause: 'M79-2a', explanation: '除本人身份证件外，不得要求提供其他证明身份的材料。' },
  terminationProof: { clause: 'M79-2b', explanation: '不得要求提供终止或解除劳动关系的证明。' },
  diploma: { clause: 'M79-2c', explanation: '不得要求提供毕业证书、学历证书、技能等级证书、档案等材料。' },
  insured: { clause: 'M79-2d', explanation: '失业登记不得与是否在当地参加社会保险挂钩，严禁以未参保为由拒绝登记。' },
  benefit: { clause: 'M79-2e', explanation: '失业登记不得与是否符合领取失业保险金条件关联。' },
  incomplete: { clause: 'M79-2f', explanation: '严禁以资料（材料）不全为由拒绝登记。' },
  place: { clause: 'A21-7a', explanation: '不得以人户分离、户籍不在本地等为由不予受理；不归本地办理的，应当转办。' },
  upperAge: { clause: 'M79-10a', explanation: '登记年龄以依法享受基本养老保险待遇为限，不得以年龄大为由拒绝登记。' },
};

// The main traditional forms, so that a text typed in Hong Kong or Taiwan style is read alike.
const traditional =
  '離離職职證证書书終终關关係系勞劳動动檔档業业學学歷历戶户戸户籍籍簿簿參参險险繳缴資资齊齐條条領领單单開开補补遞递資资無无須须個个為为' +
  '絕绝請请從从絶绝費费還还這这們们會会對对與与經经辦办達达齡龄過过遷迁轉转區区農农鄉乡聯联繫系導导術术級级紙纸據据壓压總总處处審审報报' +
  '約约辭辞復复給给寫写產产現现實实應应該该認认規规來来離离傳传帶带攜携沒没証证囗口畢毕份份';
const simplified = new Map<string, string>();
for (let i = 0; i + 1 < traditional.length; i += 2) simplified.set(traditional[i]!, traditional[i + 1]!);

/** `flat`: letters, digits and Chinese characters only. `barred`: the same with `|` where a sentence pauses. Each with its place in the text. */
type Reading = { flat: string; flatAt: number[]; barred: string; barredAt: number[] };

function read(text: string): Reading {
  let flat = '';
  let barred = '';
  const flatAt: number[] = [];
  const barredAt: number[] = [];
  // The code table's own name of the identity card contains the household booklet; it asks for nothing.
  const masked = text.replace(/居民身份证\s*[（(]户口簿[）)]/g, (name) => `居民身份证${' '.repeat(name.length - 5)}`);
  let place = 0;
  for (const character of masked) {
    for (const unit of character.normalize('NFKC').toLowerCase()) {
      const plain = simplified.get(unit) ?? unit;
      if (/[\p{L}\p{N}]/u.test(plain)) {
        flat += plain;
        barred += plain;
        for (let n = 0; n < plain.length; n++) {
          flatAt.push(place);
          barredAt.push(place);
        }
      } else if (/[。；！？;!?\n]/.test(unit) && !barred.endsWith('|')) {
        barred += '|';
        barredAt.push(place);
      }
    }
    place += character.length;
  }
  return { flat, flatAt, barred, barredAt };
}

const compiled = forbiddenPatterns.map(({ kind, how, source }) => ({ kind, how, pattern: new RegExp(source, 'g') }));

// Alternatives under a star must not be each other's sum (齐全 = 齐 + 全): a hostile text would make them exponential.
// What frees a mention: the text says the thing is not asked for, or does not matter.
const MODAL =
  '(?:无需|无须|毋须|毋需|不用|不必|不需要?|不须|不要求|不会要求|不再要求|不得要求|不应要求|不能要求|不可要求|严禁要求|禁止要求|不得索要|不会索要|不收取?|不再收取|免予?|免于|免除|没有必要|并非必须|不要(?!求))';
const VERB =
  '(?:提供|提交|出具|携带|出示|准备|上传|递交|交|带|开具|开|办理|拿|补|再|另外|另行|额外|先|去|到|您|你|本人|劳动者|失业人员|申请人|向我们|要求)';
const FILL =
  '(?:任何|其他|其它|相关|有关|原件|复印件|和|或者?|及|以及|与|等|的|您|本人|材料|资料|证明|终止|各类|个人|原单位|单位|什么|也|都|如|例如|包括|额外|纸质|毕业|学历|\uE000)';
const DOUBLE = '(?<!不是|并非|并不是|不可能|难道|谁说|哪能|没说|不能说|不得|不能|不会)';
const freedBefore = new RegExp(`${DOUBLE}${MODAL}${VERB}*${FILL}*$`);
const MAY_NOT =
  '(?:不得|不能|不会|不可|不应|严禁|禁止|绝不|决不|不准|不允许)(?:再|仅|简单|单纯|只)*(?:以|因为?|由于|把|将|凭)';
const blamedBefore = new RegExp(`${MAY_NOT}(?:您|你|劳动者|申请人|失业人员)?${FILL}*$`);
const blamedAfter =
  /^(?:\uE000|等|情形|情况|原因|和|或者?|及|的|而)*(?:为由|为理由|理由|拒|影响|受影响|受到影响|作为|不予|就不)/;
const WHO =
  '(?:\uE000|等|材料|资料|证明|情况|情形|人员|劳动者|人|者|的|和|或者?|及|与|您|我们|本中心|在这里|在本地|现在|，)*';
const freedAfter = new RegExp(
  `^${WHO}(?:都|均|一律|全部|也|现在|已经?|统统)*(?:${MODAL}(?!就|吗)|不影响|不妨碍|不作为|不是(?:必需|必须|登记条件|办理条件)|没有影响|同样(?:可以|能)|(?:也|都|均|仍|依然|照样|仍然)(?:可以?|能够?)(?:在|按|正常|照常|直接|办理?|登记|申请|享受))`,
);
// What an allowance at the end of the same sentence must not be followed by.
const takenBack = /^.{0,6}(?:不行|不可以|是不可能|才怪)/;
const DEMAND = /请|需|须|要|提供|提交|携带|出示|上传|补(?!贴)|缺|没|未|无|带|凭|必|交|拿/;

type Found = { kind: ForbiddenKind; start: number; end: number };

/** `marks`: whatever looks like a hit, to read lists by; `hits`: those that count in this reading. */
function search(text: string, counted: (how: Pattern['how']) => boolean): { marks: Found[]; hits: Found[] } {
  const marks: Found[] = [];
  const hits: Found[] = [];
  for (const { kind, how, pattern } of compiled) {
    for (const match of text.matchAll(pattern)) {
      const found = { kind, start: match.index, end: match.index + match[0].length };
      // A span over a sentence would swallow the words between, so it is no mark.
      if (how !== 'gapped') marks.push(found);
      if (!counted(how)) continue;
      const around = `${text.slice(Math.max(0, found.start - 8), found.start)}${text.slice(found.end, found.end + 8)}`;
      if (how !== 'demand' || DEMAND.test(around)) hits.push(found);
    }
  }
  return { marks, hits };
}

/** The text with every hit and joined word replaced by one mark, so that a list under one negation is read as one thing. */
function marked(text: string, marks: Found[], from: number, to: number): string {
  const near = marks.filter((mark) => mark.start < to && from < mark.end);
  let out = '';
  for (let i = from; i < to; ) {
    const inside = near.find((mark) => mark.start <= i && i < mark.end);
    if (inside) {
      out += '\uE000';
      i = Math.min(inside.end, to);
    } else out += text[i++];
  }
  return out;
}

function isFreed(text: string, marks: Found[], hit: Found): boolean {
  const before = marked(text, marks, Math.max(0, hit.start - 80), hit.start).replaceAll('|', '');
  const after = marked(text, marks, hit.end, Math.min(text.length, hit.end + 60)).replaceAll('|', '');
  if (freedBefore.test(before)) return true;
  if (blamedBefore.test(before) && blamedAfter.test(after)) return true;
  const freeing = freedAfter.exec(after);
  return freeing !== null && !takenBack.test(after.slice(freeing[0].length));
}

/**
 * Forbidden demands and grounds in any free text to the worker (M79-2a…f, A21-7a): remarks, refusals, messages. Full-width and traditional
 * characters, blanks, punctuation and invisible characters between the characters do not hide a phrase. A phrase the text itself
 * rules out (无需提供…, 不得以…为由, …也可以登记) is not a hit. An empty list means the text may be sent.
 */
export function forbiddenGrounds(text: string): ForbiddenHit[] {
  const reading = read(text);
  const flat = search(reading.flat, (how) => how !== 'gapped');
  const gapped = search(reading.barred, (how) => how === 'gapped');
  const settled = flat.marks.map((mark) => place(mark, reading.flatAt));
  const standing = [
    ...flat.hits.filter((hit) => !isFreed(reading.flat, flat.marks, hit)).map((hit) => place(hit, reading.flatAt)),
    ...gapped.hits
      .filter((hit) => !isFreed(reading.barred, gapped.marks, hit))
      .map((hit) => place(hit, reading.barredAt))
      // Where a named paper stands, the closer reading has decided already.
      .filter((hit) => !settled.some((mark) => overlap(mark, hit))),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  const hits: ForbiddenHit[] = [];
  const kept: Found[] = [];
  for (const hit of standing) {
    if (kept.some((other) => other.kind === hit.kind && overlap(other, hit))) continue;
    kept.push(hit);
    hits.push({ phrase: text.slice(hit.start, hit.end), kind: hit.kind, ...forbiddenKinds[hit.kind] });
  }
  return hits;
}

function overlap(a: Found, b: Found): boolean {
  return a.start < b.end && b.start < a.end;
}

/** A hit in the reading, as places in the text as typed. */
function place(hit: Found, at: number[]): Found {
  const last = at[hit.end - 1] ?? 0;
  return { kind: hit.kind, start: at[hit.start] ?? 0, end: last + 1 };
}
