import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { children } from '@yingdeng/contract/divisions.ts';
import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';
import { currentCommitmentVersion } from '@yingdeng/rules/commitment.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';
import { benchNow } from './system.ts';

/** The city of the benches: Jiaozuo's counties. */
export const counties = children('410800').map((division) => division.code);

interface Keys {
  readonly data: Record<string, string>;
  readonly current: number;
  readonly lookup: string;
}

const surnames = '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰';

/** The drawn name of a short signature: some 200 points, as the pad of the portal makes it. */
const signaturePath = Array.from({ length: 8 }, (_, stroke) =>
  Array.from({ length: 24 }, (_, point) => {
    const x = 40 + stroke * 65 + Math.round(20 * Math.sin(point / 3 + stroke));
    const y = 60 + point * 3 + Math.round(15 * Math.cos(point / 2 + stroke * 2));
    return `${point === 0 ? 'M' : 'L'}${x} ${y}`;
  }).join(''),
).join('');

/** The `n`th invented worker: lawful identity number, full form of annex 1. */
export function workerForm(n: number): ApplicationForm {
  const county = counties[n % counties.length]!;
  const day = new Date(Date.UTC(1962, 0, 1 + (n % 15_000)));
  const first17 = `${county}${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(Math.floor(n / 15_000) % 1000).padStart(3, '0')}`;
  const idNumber = first17 + identityCheckDigit(first17);
  return {
    name: surnames[n % 20]! + given[Math.floor(n / 20) % 26]! + given[Math.floor(n / 520) % 26]!,
    sex: Number(first17[16]) % 2 === 1 ? '1' : '2',
    ethnic: '01',
    political: '13',
    education: '21',
    health: '10',
    unemployedMonth: '2020-08',
    documentType: '01',
    documentNumber: idNumber,
    idNumber,
    household: { division: county, detail: `示范街道人民路${n % 900}号院3号楼2单元${n % 30}室` },
    residence: { division: county, detail: `示范街道建设路${n % 700}号院5号楼1单元${n % 20}室` },
    qualifications: ['电工 中级工'],
    mobile: `139${String(n % 100_000_000).padStart(8, '0')}`,
    landline: '0391-3569000',
    email: `worker${n}@example.com`,
    registrationPlace: 'household',
    placeDivision: county,
    reason: '2',
    wantsBenefit: n % 3 === 0,
    wishes: ['电工', '设备维修'],
    otherNotes: '希望在市区工作，可以上夜班。',
  };
}

/** The body of the submission, as the portal sends it. */
export function submissionBody(n: number): string {
  return JSON.stringify({
    form: workerForm(n),
    commitment: {
      version: currentCommitmentVersion,
      read: true,
      signature: { path: signaturePath, signedAt: benchNow },
    },
  });
}

/**
 * A worker's session cookie: what the sign-in seals for two hours (AES-256-GCM; tag 1, key version, IV, data, tag). Thousands of
 * real sign-ins would take longer than the bench; the server opens, checks and trusts this one like its own.
 */
export function workerCookie(keys: Keys, n: number): string {
  const { idNumber, name, sex, mobile } = workerForm(n);
  const hash = createHmac('sm3', Buffer.from(keys.lookup, 'hex')).update(`identity:${idNumber}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  const person = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  const ticket = {
    use: 'worker-session',
    profile: { name, idNumber, sex, mobile },
    person,
    until: Date.parse(benchNow) + 110 * 60_000,
  };
  const iv = randomBytes(12);
  const head = Buffer.from([1, keys.current]);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys.data[keys.current]!, 'hex'), iv).setAAD(head);
  const body = Buffer.concat([cipher.update(JSON.stringify(ticket)), cipher.final()]);
  return `yingdeng_session=w.${Buffer.concat([head, iv, body, cipher.getAuthTag()]).toString('base64url')}`;
}
