import { Worklist } from './worklist.tsx';

export default function Exits() {
  return (
    <Worklist
      texts={{
        route: 'getExitWorklist',
        title: '退出',
        hint: '已提出、正在征询本人意见、等待复核的退出。',
        number: '登记编号',
        at: '提出时间',
        due: '期限',
        note: '退出情形',
        empty: '没有待处理的退出',
      }}
    />
  );
}
