// Support policies as they are commonly offered. Neither notice names them: conditions say only what data or the person can tell. The only amount
// is the cap of the guaranteed loan: 200,000 yuan in 2020, 300,000 later. A place enters its own list with its documents.
import type { SupportPolicy } from './parameters.ts';

export const shippedPolicies: readonly SupportPolicy[] = [
  {
    name: '就业困难人员灵活就业社会保险补贴',
    grantedBy: '公共就业服务机构',
    conditions: [{ fact: 'difficulty' }, { fact: 'asked', text: '打算灵活就业，并自己缴纳社会保险费' }],
  },
  {
    name: '高校毕业生灵活就业社会保险补贴',
    grantedBy: '公共就业服务机构',
    conditions: [
      { fact: 'registered' },
      { fact: 'graduate' },
      { fact: 'asked', text: '毕业两年内，灵活就业并自己缴纳社会保险费' },
    ],
  },
  {
    name: '职业培训补贴',
    grantedBy: '职业能力建设机构',
    conditions: [{ fact: 'registered' }, { fact: 'asked', text: '参加补贴性培训并取得证书' }],
  },
  {
    name: '创业培训补贴',
    grantedBy: '职业能力建设机构',
    conditions: [{ fact: 'registered' }, { fact: 'startUp' }],
  },
  {
    name: '创业担保贷款',
    grantedBy: '担保机构和经办银行',
    conditions: [
      { fact: 'registered' },
      { fact: 'asked', text: '有创业项目，已办或正在办营业执照' },
      { fact: 'asked', text: '本人和配偶没有其他贷款（助学、脱贫、住房、购车、小额消费贷款不算）' },
    ],
    loan: { mostYuan: 300_000, mostYears: 3 },
  },
  {
    name: '一次性创业补贴',
    grantedBy: '公共就业服务机构',
    conditions: [{ fact: 'difficulty' }, { fact: 'asked', text: '首次创业，已办营业执照并正常经营一年以上' }],
  },
  {
    name: '重点群体创业税收优惠',
    grantedBy: '税务机关',
    conditions: [
      { fact: 'registeredMonths', months: 6 },
      { fact: 'asked', text: '从事个体经营' },
    ],
  },
];
