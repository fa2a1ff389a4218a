import { Worklist } from './worklist.tsx';

export default function Contacts() {
  return (
    <Worklist
      texts={{
        route: 'getContactWorklist',
        title: '待首次联系',
        hint: '已登记、还没有联系上的人。没打通或只发了短信，算一次尝试，不算联系。',
        number: '登记编号',
        at: '登记时间',
        due: '联系期限',
        note: '最近一次尝试',
        empty: '已登记的人都联系过了',
      }}
    />
  );
}
