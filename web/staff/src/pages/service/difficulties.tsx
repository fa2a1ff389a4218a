import { call } from '@yingdeng/web-shared/api.ts';
import { Segmented } from 'antd';
import { stampText } from '../../lib/dates.ts';
import { CaseList, useFilters } from '../worklists/case-list.tsx';

type Stage = 'decide' | 'recheck';

async function readDifficulties(query: { after?: string; office?: string; stage: Stage }, signal: AbortSignal) {
  const page = await call('getDifficultyWorklist', { query, signal });
  return {
    ...page,
    items: page.items.map((one) => ({ ...one, key: one.id, id: one.applicationId, note: one.category })),
  };
}

/** 困难认定: applications to decide, and recognitions whose year ends within a month. */
export default function Difficulties() {
  const { get, put } = useFilters();
  const stage: Stage = get('stage') === 'recheck' ? 'recheck' : 'decide';
  return (
    <CaseList
      title="困难认定"
      hint={
        stage === 'decide'
          ? '就业困难人员认定申请，先到期的在前。不向本人要材料，认定与否都不影响登记。'
          : '有效期一个月内到期的认定，核实后继续有效或退出。'
      }
      listKey={['difficulties', stage]}
      read={(query, signal) => readDifficulties({ ...query, stage }, signal)}
      empty={stage === 'decide' ? '没有待认定的申请' : '一个月内没有到期的认定'}
      words={(item) => item.category}
      columns={[
        { title: '类别', dataIndex: 'category' },
        { title: '申请时间', width: 160, className: 'num', render: (_, item) => stampText(item.appliedAt) },
      ]}
      tools={
        <Segmented
          aria-label="看哪一类"
          value={stage}
          onChange={(value) => put('stage', value === 'recheck' ? 'recheck' : '')}
          options={[
            { value: 'decide', label: '待认定' },
            { value: 'recheck', label: '待复核' },
          ]}
        />
      }
    />
  );
}
