import { systemActor } from '../../platform/actor.ts';
import type { Database } from '../../platform/database.ts';
import { putListVersion } from './public.sql.ts';

/** Columns of the lists as A21-4c prints them, used where the law of a place names none (M79-3b asks for the lists only). */
export const mandatedColumns = {
  policies: ['政策名称', '享受对象', '政策内容', '申请条件', '受理机构'],
  services: ['服务项目', '服务对象', '服务内容'],
  institutions: ['机构名称', '办公地址', '联系电话', '经办项目'],
} as const;

type Item<List extends keyof typeof mandatedColumns> = Readonly<Record<(typeof mandatedColumns)[List][number], string>>;

const OFFICE = '公共就业服务机构';
const LOCAL = '具体标准以当地规定为准。';

/** What holds in the whole country; a city publishes its own version with its amounts and its offices. */
const policies: readonly Item<'policies'>[] = [
  {
    政策名称: '失业保险金',
    享受对象: '参加失业保险、符合领取条件的失业人员',
    政策内容: `按月发放失业保险金，领取期间由失业保险基金缴纳职工基本医疗保险费。${LOCAL}`,
    申请条件: '失业前用人单位和本人缴纳失业保险费满一年，非因本人意愿中断就业，已办理失业登记并有求职要求。',
    受理机构: '失业保险经办机构',
  },
  {
    政策名称: '职业培训补贴',
    享受对象: '登记失业人员、就业困难人员等',
    政策内容: `参加职业技能培训或者创业培训的，给予培训补贴。${LOCAL}`,
    申请条件: '参加补贴性培训，培训合格。',
    受理机构: OFFICE,
  },
  {
    政策名称: '创业担保贷款',
    享受对象: '登记失业人员、就业困难人员等创业的重点群体',
    政策内容: `创业缺少资金的，可以申请创业担保贷款，财政按规定贴息。${LOCAL}`,
    申请条件: '自主创业或者合伙创业，信用良好，有还款能力。',
    受理机构: OFFICE,
  },
  {
    政策名称: '灵活就业社会保险补贴',
    享受对象: '就业困难人员、离校未就业的高校毕业生',
    政策内容: `灵活就业并缴纳社会保险费的，按实际缴费给予一定比例的补贴。${LOCAL}`,
    申请条件: '已认定为就业困难人员或者属于离校未就业高校毕业生，灵活就业并已缴费。',
    受理机构: OFFICE,
  },
  {
    政策名称: '公益性岗位安置',
    享受对象: '通过市场渠道确实难以就业的就业困难人员',
    政策内容: `安排到公益性岗位就业，给予岗位补贴和社会保险补贴。${LOCAL}`,
    申请条件: '已认定为就业困难人员，服从岗位安排。',
    受理机构: OFFICE,
  },
];

const services: readonly Item<'services'>[] = [
  {
    服务项目: '职业介绍',
    服务对象: '登记失业人员',
    服务内容: '了解求职意愿，推荐合适的岗位，组织招聘活动，求职后回访。',
  },
  {
    服务项目: '职业指导',
    服务对象: '登记失业人员',
    服务内容: '分析求职优势和困难，指导简历和面试，介绍当地用工情况。',
  },
  {
    服务项目: '职业培训',
    服务对象: '有培训愿望的登记失业人员',
    服务内容: '推荐培训项目，协助报名，说明培训补贴的申请办法。',
  },
  {
    服务项目: '创业服务',
    服务对象: '有创业愿望的登记失业人员',
    服务内容: '创业培训、开业指导、融资服务、政策落实，协助申请创业担保贷款。',
  },
  {
    服务项目: '就业援助',
    服务对象: '就业困难人员',
    服务内容: '专人联系，制定个人援助计划，心理疏导，跟踪解决困难，必要时安排公益性岗位。',
  },
  { 服务项目: '政策咨询', 服务对象: '全体劳动者', 服务内容: '解答就业创业、失业保险、扶持政策问题，协助办理。' },
];

const FROM = '2019-01-01';

/** Writes the first version of the three lists for the whole country; what is there stays. */
export async function seedLists(db: Database, now: Date): Promise<void> {
  const versions = { policies, services, institutions: [] };
  await db.transaction(systemActor('seed'), (tx) =>
    Promise.all(
      Object.entries(versions).map(([list, items]) =>
        tx.run(putListVersion, list, '000000', 1, JSON.stringify(items), FROM, '随系统提供的通用内容', now),
      ),
    ),
  );
}
