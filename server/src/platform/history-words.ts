const words: Readonly<Record<string, string>> = {
  submit: '提交申请',
  mendForm: '全国平台转来的表中有需要与本人核对的内容，办结期限不变',
  amend: '更正登记表',
  startEarlier: '本人更早已在全国平台提交',
  recordCheck: '记录核查结果',
  register: '办好失业登记',
  refuse: '作出不予登记决定',
  handOver: '转到其他机构办理，办结期限不变',
  withdraw: '本人撤回申请',
  closeAsDuplicate: '按重复申请办结',
  contact: '联系本人',
  selfReport: '本人报告本月情况',
  classify: '确定服务类别',
  plan: '服务计划',
  service: '提供服务',
  difficulty: '就业困难人员认定',
  post: '公益性岗位',
  training: '培训',
  policy: '扶持政策',
  credit: '信用记录',
  proposeExit: '提出退出失业登记',
  ask: '向本人核对情况',
  recordAnswer: '本人答复',
  answer: '本人答复',
  review: '复核退出',
  rejectExit: '不退出，登记继续有效',
  reject: '不退出，登记继续有效',
  exit: '注销失业登记',
  confirm: '注销失业登记',
  restore: '恢复失业登记',
  correct: '更正登记信息',
  transfer: '转移登记机构',
};

/** One entry of a case's history in plain words. An action without words shows as itself rather than vanishing. */
export function historyText(action: string, toStatus: string): string {
  return words[action] ?? `${action}（${toStatus}）`;
}
