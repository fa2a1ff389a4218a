import { stepOwners } from '@yingdeng/rules/plan.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Segmented } from 'antd';
import { Link } from 'react-router';
import { Due } from '../../parts/due.tsx';
import { Box } from '../../parts/page.tsx';
import { CaseList, useFilters } from '../worklists/case-list.tsx';

type Page = Answer<'getPlanSteps'>;
type Missing = Page['withoutPlan'][number];

/** Steps as lines of a list: several of one case stand apart by their own key. */
async function readSteps(query: { after?: string; office?: string; officer?: 'mine' }, signal: AbortSignal) {
  const page = await call('getPlanSteps', { query, signal });
  return {
    ...page,
    items: page.items.map((step) => ({
      ...step,
      key: step.id,
      id: step.applicationId,
      state: step.standing,
      note: `${step.serviceText}，${step.what}`,
    })),
  };
}

/** 计划待办: what each side of a plan owes, earliest due first; above it people in difficulty who have no plan yet (A21-4f). */
export default function PlanSteps() {
  const { get, put } = useFilters();
  const mine = get('officer') === 'mine';
  return (
    <CaseList
      title="计划待办"
      hint="各人计划里没有做完的步骤，先到期的在前。过期只作提醒，不影响登记。"
      listKey={['plan-steps', mine]}
      read={(query, signal) => readSteps({ ...query, ...(mine ? { officer: 'mine' as const } : {}) }, signal)}
      empty={mine ? '您负责的计划没有待办' : '计划没有待办'}
      words={(item) => `${stepOwners[item.whose]}：${item.note}（负责人${item.officer}）`}
      columns={[
        { title: '谁做', width: 64, render: (_, item) => stepOwners[item.whose] },
        { title: '服务项目', dataIndex: 'serviceText', width: 150 },
        { title: '做什么', dataIndex: 'what' },
        { title: '负责人', dataIndex: 'officer', width: 110 },
      ]}
      tools={
        <Segmented
          aria-label="谁负责的"
          value={mine ? 'mine' : ''}
          onChange={(value) => put('officer', value)}
          options={[
            { value: '', label: '全部' },
            { value: 'mine', label: '我负责的' },
          ]}
        />
      }
      above={(first) => first && first.withoutPlan.length > 0 && <WithoutPlan missing={first.withoutPlan} />}
    />
  );
}

function WithoutPlan({ missing }: { missing: readonly Missing[] }) {
  const late = missing.filter((one) => one.late).length;
  return (
    <Box
      title={`就业困难人员还没有援助计划：${missing.length}人${late > 0 ? `，其中${late}人已过期` : ''}`}
      id="without-plan"
    >
      <ul className="plain">
        {missing.map((one) => (
          <li key={one.applicationId}>
            <Link to={`/cases/${one.applicationId}#service`}>{one.name}</Link>{' '}
            <span className="quiet">
              {one.officeName}，{one.category}，{one.recognisedOn}认定
            </span>{' '}
            {one.dueOn && <Due on={one.dueOn} state={one.late ? 'late' : 'open'} />}
          </li>
        ))}
      </ul>
    </Box>
  );
}
