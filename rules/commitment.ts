import type { ApplicationForm } from './application-form.ts';

/** What the applicant reads before signing, in one version. Published versions are never edited; a change is a new version. */
export type CommitmentText = {
  version: string;
  /** The notification, paragraph by paragraph (告知): what is promised, what follows, what may be checked, what is never asked. */
  notice: readonly string[];
  /** The commitment, word for word that of annex 1 (A21-2b, A21-8a). */
  commitment: string;
};

const versions: readonly CommitmentText[] = [
  {
    version: '2020-79-1',
    notice: [
      '失业登记实行告知承诺制。请先看完下面的内容，再决定是否承诺。',
      '一、您要承诺的内容：您填写的个人信息和失业原因真实、准确、有效；您目前没有工作，有劳动能力，愿意就业。',
      '二、办理失业登记只需要您本人的有效身份证件。不需要提供终止或解除劳动关系证明、毕业证书、学历证书、技能等级证书、档案等材料；不看是否在当地参保，也不看是否符合领取失业保险金条件。',
      '三、我们会通过部门之间的信息比对或者人工核查，核实您填写的内容。没有查到信息，不影响办理。',
      '四、如填写内容与实际情况不一致，您要承担相应责任，并纳入人社信用记录；以虚假信息骗取失业保险待遇、就业创业扶持政策的，纳入人社信用体系。记录前会先告诉您，您可以说明情况、提出异议。',
      '五、承诺由您本人作出并签名。您可以不承诺，也可以随时撤回申请。',
    ],
    commitment:
      '本人承诺填报的以上内容均为真实、准确、有效，如与实际情况不一致，本人愿意承担相应责任，同时纳入人社信用记录。',
  },
];

/** The version shown to whoever applies now. */
export const currentCommitmentVersion = '2020-79-1';

/** The texts of a version (H122-2b, M79-2a); undefined for a version that was never published. */
export function findCommitment(version: string): CommitmentText | undefined {
  return versions.find((one) => one.version === version);
}

/** The commitment sentence of a version. Throws a RangeError for a version that was never published. */
export function commitmentText(version: string): string {
  return getCommitment(version).commitment;
}

function getCommitment(version: string): CommitmentText {
  const found = findCommitment(version);
  if (found === undefined) throw new RangeError(`没有这个版本的承诺书：${version}`);
  return found;
}

/** JSON with the keys in order and without what is undefined: the same content gives the same text, whoever builds it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * The text whose hash proves what was signed: the version's own words and the normalised form. The caller hashes it (SM3 or SHA-256) and
 * stores the hash with the signature and its time. Throws a RangeError for an unknown version.
 */
export function commitmentDigestInput(version: string, form: ApplicationForm): string {
  const { notice, commitment } = getCommitment(version);
  return canonical({ version, notice, commitment, form });
}
