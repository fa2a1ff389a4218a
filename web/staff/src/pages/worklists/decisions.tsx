import { Worklist } from './worklist.tsx';

export default function Decisions() {
  return (
    <Worklist
      texts={{
        route: 'getDecisionWorklist',
        title: '待办结',
        hint: '失业登记申请，期限早的在前。期限自劳动者提交之日起算，转办不停。',
        number: '受理编号',
        at: '提交时间',
        due: '办结期限',
        note: '核查情况',
        empty: '没有待办结的申请',
      }}
    />
  );
}
