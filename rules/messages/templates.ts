import type { PlainDate } from '../calendar.ts';
import { groupedCaseNumber } from '../numbers.ts';

/** What a message may say; each occasion fills a part of it. */
export interface MessageFacts {
  readonly number: string;
  readonly officeName: string;
  readonly officeTelephone: string;
  readonly due?: PlainDate;
  readonly text?: string;
  readonly reasonText?: string;
}

/** One placeholder of a text: its name between braces, what stands there, what it is for. */
export interface Placeholder {
  readonly name: string;
  readonly hint: string;
  readonly fill: (facts: MessageFacts) => string;
  /** A text without it would not tell what the clause wants told. */
  readonly required?: true;
}

/** An occasion on which a worker is written to, with its placeholders and the text that ships. */
export interface MessageTemplate {
  /** The state or event that sends it, in words. */
  readonly title: string;
  readonly group: '申请' | '登记' | '退出';
  readonly clause?: string;
  readonly placeholders: readonly Placeholder[];
  readonly shipped: string;
  /** Of an invented person. */
  readonly sample: MessageFacts;
}

const spoken = (date: PlainDate) =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;

const office: Placeholder = {
  name: '办理机构',
  hint: '发信的机构',
  fill: ({ officeName }) => officeName,
  required: true,
};
const contact: Placeholder = {
  name: '咨询方式',
  hint: '“打电话0391-3569000”；机构没有公布电话时是“联系办理机构”',
  fill: ({ officeTelephone }) => (officeTelephone ? `打电话${officeTelephone}` : '联系办理机构'),
};
const received: Placeholder = {
  name: '受理编号',
  hint: '申请的编号，四位一组',
  fill: ({ number }) => groupedCaseNumber(number),
  required: true,
};
const registered: Placeholder = { ...received, name: '登记编号', hint: '登记的编号，四位一组' };
const decided: Placeholder = {
  name: '办结期限',
  hint: '按规定最晚办结的日期',
  fill: ({ due }) => (due ? spoken(due) : '规定的日期'),
  required: true,
};
const reason: Placeholder = {
  name: '退出原因',
  hint: '退出的原因，按代码表的说法',
  fill: ({ reasonText }) => reasonText ?? '',
  required: true,
};
const said = (name: string, hint: string): Placeholder => ({
  name,
  hint,
  fill: ({ text }) => text ?? '',
  required: true,
});

const person = {
  number: '2611260035071234',
  officeName: '城东区公共就业服务中心',
  officeTelephone: '0391-3569000',
} as const;

/** Messages to workers, one an occasion: the result is told unasked (A21-3d), an exit unless exempt (A21-5d, M79-4b). */
export const messageTemplates = {
  'application.received': {
    title: '收到申请',
    group: '申请',
    clause: 'A21-3a',
    placeholders: [office, received, decided, contact],
    shipped:
      '【{办理机构}】您的失业登记申请已收到，受理编号{受理编号}。我们最晚在{办结期限}前办结，不用您再交任何材料。有疑问请{咨询方式}。',
    sample: { ...person, due: '2026-12-01' },
  },
  'application.registered': {
    title: '准予登记',
    group: '申请',
    clause: 'A21-3d',
    placeholders: [
      office,
      registered,
      {
        name: '联系安排',
        hint: '“最晚在2026年12月3日前”；当地没有规定期限时是“会尽快”',
        fill: ({ due }) => (due ? `最晚在${spoken(due)}前` : '会尽快'),
      },
      contact,
    ],
    shipped:
      '【{办理机构}】您的失业登记已办好，登记编号{登记编号}。工作人员{联系安排}联系您，了解求职意愿并提供服务。有疑问请{咨询方式}。',
    sample: { ...person, due: '2026-12-03' },
  },
  'application.refused': {
    title: '不予登记',
    group: '申请',
    clause: 'A21-3d',
    placeholders: [office, received, said('决定内容', '不予登记的情形、依据和异议办法，由决定自动写出'), contact],
    shipped: '【{办理机构}】您的失业登记申请（{受理编号}）没有通过。{决定内容}有疑问请{咨询方式}。',
    sample: {
      ...person,
      text: '原因：您已经领取基本养老保险待遇。不服这个决定的，可以在“我的”里提出异议。',
    },
  },
  'application.handedOver': {
    title: '转到其他机构办理',
    group: '申请',
    clause: 'A21-7a',
    placeholders: [office, received, decided, contact],
    shipped:
      '【{办理机构}】您的失业登记申请（{受理编号}）已转到本机构办理，办结期限不变，最晚{办结期限}。您不用做什么。有疑问请{咨询方式}。',
    sample: { ...person, due: '2026-12-01' },
  },
  'application.withdrawn': {
    title: '本人撤回申请',
    group: '申请',
    placeholders: [office, received, contact],
    shipped: '【{办理机构}】您已撤回失业登记申请（{受理编号}）。需要时可以随时重新申请。有疑问请{咨询方式}。',
    sample: person,
  },
  'application.duplicate': {
    title: '按重复申请办结',
    group: '申请',
    clause: 'A21-2d',
    placeholders: [office, received, contact],
    shipped:
      '【{办理机构}】您已有一份有效的失业登记或正在办理的申请，这次的申请（{受理编号}）按重复申请办结，原来的不受影响。有疑问请{咨询方式}。',
    sample: person,
  },
  'registration.corrected': {
    title: '登记内容更正',
    group: '登记',
    placeholders: [office, registered, said('更正内容', '更正了哪几项'), contact],
    shipped:
      '【{办理机构}】您的失业登记（{登记编号}）更正了{更正内容}。不是您本人要求的，请马上与我们联系。有疑问请{咨询方式}。',
    sample: { ...person, text: '手机号码' },
  },
  'registration.transferDeclined': {
    title: '转移没有办成',
    group: '登记',
    clause: 'M79-1a',
    placeholders: [office, registered, said('原因', '退回的情形和说明'), contact],
    shipped:
      '【{办理机构}】您的失业登记（{登记编号}）没有转走：{原因}。登记仍在本机构，编号、期限和服务不变。有疑问请{咨询方式}。',
    sample: { ...person, text: '与本人核实，本人不要求转移' },
  },
  'registration.transferred': {
    title: '登记转到其他机构',
    group: '登记',
    clause: 'M79-1a',
    placeholders: [office, registered, contact],
    shipped:
      '【{办理机构}】您的失业登记（{登记编号}）已转到本机构，编号、登记日期和享受的服务都不变，以后由我们联系您。不是您本人要求的，请马上与我们联系。有疑问请{咨询方式}。',
    sample: person,
  },
  'registration.addressTaken': {
    title: '常住地址已更正',
    group: '登记',
    placeholders: [office, contact],
    shipped: '【{办理机构}】您提交的常住地址已经核实并更正，登记仍由本机构办理。有疑问请{咨询方式}。',
    sample: person,
  },
  'registration.addressLeft': {
    title: '常住地址没有更正',
    group: '登记',
    placeholders: [office, said('没有更正的原因', '经办人员写的原因'), contact],
    shipped: '【{办理机构}】您提交的常住地址没有更正：{没有更正的原因}。您的登记继续有效。有疑问请{咨询方式}。',
    sample: { ...person, text: '地址写得不完整，没有找到' },
  },
  'difficulty.recognised': {
    title: '认定为就业困难人员',
    group: '登记',
    clause: 'A21-4f',
    placeholders: [office, said('认定类别', '省里范围中的类别'), contact],
    shipped:
      '【{办理机构}】您已被认定为就业困难人员（{认定类别}）。我们会指定专人，和您一起定援助计划。有疑问请{咨询方式}。',
    sample: { ...person, text: '连续失业半年以上的人员' },
  },
  'difficulty.refused': {
    title: '不予认定就业困难人员',
    group: '登记',
    clause: 'M79-5a',
    placeholders: [office, said('理由', '经办人员写的理由'), contact],
    shipped:
      '【{办理机构}】您申请的就业困难人员认定没有通过：{理由}。失业登记和服务不受影响，情况变化可以再申请。有疑问请{咨询方式}。',
    sample: { ...person, text: '登记未满半年，没有其他情形' },
  },
  'difficulty.withdrawn': {
    title: '退出就业困难人员认定',
    group: '登记',
    clause: 'A21-4f',
    placeholders: [office, said('原因', '经办人员写的原因'), contact],
    shipped:
      '【{办理机构}】您的就业困难人员认定已结束：{原因}。失业登记和服务不受影响，情况变化可以再申请。有疑问请{咨询方式}。',
    sample: { ...person, text: '家中已有人就业' },
  },
  'matter.accepted': {
    title: '一起办的事项办成了',
    group: '登记',
    clause: 'M79-5a',
    placeholders: [office, received, said('结果', '办成的事项和结果'), contact],
    shipped:
      '【{办理机构}】您和失业登记（{受理编号}）一起提出的事项办成了：{结果}。请登录“我的”查看。有疑问请{咨询方式}。',
    sample: { ...person, text: '失业保险金，12个月，每月1520元' },
  },
  'matter.refused': {
    title: '一起办的事项没有办成',
    group: '登记',
    clause: 'M79-5a',
    placeholders: [office, received, said('事项和原因', '没有办成的事项，和对方答复的原因'), contact],
    shipped:
      '【{办理机构}】您和失业登记（{受理编号}）一起提出的事项没有办成。{事项和原因}。失业登记和服务不受影响。有疑问请{咨询方式}。',
    sample: { ...person, text: '失业保险金：缴费不满一年' },
  },
  'credit.noticed': {
    title: '拟作信用记录，听取意见',
    group: '登记',
    clause: 'A21-5c',
    placeholders: [
      office,
      said('事实', '查到的情况和拟作的记录'),
      { ...decided, name: '说明期限', hint: '最晚说明情况的日期' },
      contact,
    ],
    shipped:
      '【{办理机构}】{事实}。您可以在{说明期限}前登录“我的”说明情况，我们听取以后再由另一位工作人员决定。失业登记和服务不受影响。有疑问请{咨询方式}。',
    sample: { ...person, text: '比对发现重新就业后仍领取失业保险金，拟作失信记录', due: '2026-12-03' },
  },
  'credit.settled': {
    title: '信用记录的结果',
    group: '登记',
    clause: 'A21-5c',
    placeholders: [office, said('结果', '决定、异议答复或修复的结果'), contact],
    shipped:
      '【{办理机构}】信用记录有结果了：{结果}。失业登记和服务不受影响；有不同意见可以提异议。有疑问请{咨询方式}。',
    sample: { ...person, text: '不予记录，款项已退回' },
  },
  'training.enrolled': {
    title: '培训报名成功',
    group: '登记',
    clause: 'A21-4d',
    placeholders: [office, said('培训', '项目、机构、开班日期和地点'), contact],
    shipped: '【{办理机构}】您的培训报名好了：{培训}。请按时参加，去不了的提前说一声。有疑问请{咨询方式}。',
    sample: { ...person, text: '电工初级培训，市技工学校，2026年12月1日在人民路9号开班' },
  },
  'training.declined': {
    title: '培训没有报上',
    group: '登记',
    clause: 'A21-4d',
    placeholders: [office, said('培训和原因', '项目和没有报上的原因'), contact],
    shipped:
      '【{办理机构}】您想参加的培训没有报上：{培训和原因}。可以看看别的项目，登记和服务不受影响。有疑问请{咨询方式}。',
    sample: { ...person, text: '电工初级培训，人数不够没有开班' },
  },
  'support.granted': {
    title: '扶持政策获批准',
    group: '登记',
    clause: 'A21-4g',
    placeholders: [office, said('政策和内容', '政策和批准的内容'), contact],
    shipped: '【{办理机构}】您申请的扶持政策有结果了，已批准：{政策和内容}。有疑问请{咨询方式}。',
    sample: { ...person, text: '创业培训补贴，10月开班' },
  },
  'support.refused': {
    title: '扶持政策未获批准',
    group: '登记',
    clause: 'A21-4g',
    placeholders: [office, said('政策和原因', '政策和未获批准的原因'), contact],
    shipped:
      '【{办理机构}】您申请的扶持政策有结果了，没有获批准：{政策和原因}。失业登记和服务不受影响，情况变化可以再申请。有疑问请{咨询方式}。',
    sample: { ...person, text: '一次性创业补贴，经营未满一年' },
  },
  'post.placed': {
    title: '安置到公益性岗位',
    group: '登记',
    clause: 'A21-4f',
    placeholders: [office, said('岗位', '单位、岗位、上岗和到期日期'), contact],
    shipped:
      '【{办理机构}】您已安置到公益性岗位：{岗位}。离岗以后没有工作的，可以重新办理失业登记。有疑问请{咨询方式}。',
    sample: { ...person, text: '民生街道办事处，社区保洁员，2026年11月20日上岗，最长到2029年11月19日' },
  },
  'post.left': {
    title: '离开公益性岗位',
    group: '登记',
    clause: 'A21-4f',
    placeholders: [office, said('离岗情况', '离岗日期和原因'), contact],
    shipped:
      '【{办理机构}】您已离开公益性岗位：{离岗情况}。没有工作的，可以在网上或窗口重新办理失业登记，不用交材料。有疑问请{咨询方式}。',
    sample: { ...person, text: '2026年11月20日，安置期满' },
  },
  'objection.answered': {
    title: '答复异议',
    group: '登记',
    placeholders: [office, { ...received, hint: '异议的编号' }, contact],
    shipped: '【{办理机构}】您提出的异议（{受理编号}）已有答复，请登录“我的”查看。有疑问请{咨询方式}。',
    sample: person,
  },
  'exit.asked': {
    title: '比对发现情况，先问本人',
    group: '退出',
    clause: 'M79-4b',
    placeholders: [
      office,
      {
        name: '获知情况',
        hint: '比对得到的情况，如“已经就业”',
        fill: ({ reasonText }) => reasonText ?? '情况有变化',
        required: true,
      },
      contact,
    ],
    shipped:
      '【{办理机构}】我们得到信息：您可能{获知情况}。请登录“我的登记”告诉我们是否属实；没有您的答复，我们不会据此结束您的登记。有疑问请{咨询方式}。',
    sample: { ...person, reasonText: '已经就业' },
  },
  'exit.lastChance': {
    title: '退出前最后一次告知',
    group: '退出',
    clause: 'M79-4c',
    placeholders: [office, reason, { ...decided, name: '答复期限', hint: '最晚联系的日期' }, contact],
    shipped:
      '【{办理机构}】我们准备结束您的失业登记（{退出原因}）。如果您还需要找工作的帮助，请在{答复期限}前与我们联系，登记就会保留。有疑问请{咨询方式}。',
    sample: { ...person, reasonText: '多次联系不上', due: '2026-12-10' },
  },
  'exit.confirmed': {
    title: '退出（注销）',
    group: '退出',
    clause: 'A21-5d',
    placeholders: [office, registered, reason, contact],
    shipped:
      '【{办理机构}】您的失业登记（{登记编号}）已注销，原因：{退出原因}。如与实际不符，请与我们联系，可以恢复；今后再失业，可以重新登记。有疑问请{咨询方式}。',
    sample: { ...person, reasonText: '被用人单位招用' },
  },
  'exit.rejected': {
    title: '不退出，登记继续有效',
    group: '退出',
    placeholders: [office, registered, contact],
    shipped: '【{办理机构}】经核实，您的失业登记（{登记编号}）继续有效，服务照常，您不用做什么。有疑问请{咨询方式}。',
    sample: person,
  },
  'exit.restored': {
    title: '恢复登记',
    group: '退出',
    placeholders: [office, registered, contact],
    shipped: '【{办理机构}】您的失业登记（{登记编号}）已恢复，服务照常。有疑问请{咨询方式}。',
    sample: person,
  },
} as const satisfies Record<string, MessageTemplate>;

/** Name of an occasion. */
export type TemplateName = keyof typeof messageTemplates;
export const templateNames = Object.keys(messageTemplates) as TemplateName[];

/** The occasion of a name. */
export function messageTemplate(name: TemplateName): MessageTemplate {
  return messageTemplates[name];
}
