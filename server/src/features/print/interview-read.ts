import { codeText } from '@yingdeng/contract/code-tables.ts';
import { divisionName } from '@yingdeng/contract/divisions.ts';
import { isGuarded } from '@yingdeng/rules/exit.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { groupedCaseNumber } from '@yingdeng/rules/numbers.ts';
import { stepOwners } from '@yingdeng/rules/plan.ts';
import { type ServiceKind, serviceKinds } from '@yingdeng/rules/service.ts';
import { classServices } from '@yingdeng/rules/service-class.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { longDate } from '../../platform/words.ts';
import { findInterview, givenLists, planSteps } from './interview.sql.ts';
import type { InterviewSheet } from './interview.ts';
import type { Printable } from './read.ts';

export const listNames = { policies: '政策清单', services: '服务清单', institutions: '公共就业服务机构清单' } as const;
const ways = { paper: '给了纸质', message: '发到手机', portal: '在网上服务大厅看', readOut: '逐项讲给本人听' } as const;

/**
 * What the worker takes home from the interview (A21-4b, A21-4c, A21-4f): what was said, what the office does and the worker does, by when, who is in
 * charge. The class stands there as the services it brings, never as a letter.
 * @throws AppError request.notFound out of reach, or before an interview
 */
export async function readInterview(context: Context, tx: Tx, id: string): Promise<Printable<InterviewSheet>> {
  const tenant = tenantOfId(id);
  const row = await tx.first(findInterview, tenant, id);
  if (!row) throw new AppError('request.notFound');
  const [lists, steps] = await Promise.all([
    tx.rows(givenLists, tenant, row.contact_id),
    tx.rows(planSteps, tenant, id),
  ]);
  const { idNumber = '' } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  const policy = context.reference.policy(row.division, businessDate(context.clock.now()));
  const office = context.reference.office(row.office);
  const plan = steps[0];
  return {
    sheet: {
      name: row.name,
      idMasked: maskIdentityNumber(idNumber),
      number: groupedCaseNumber(row.number),
      registeredOn: longDate(row.registered_on),
      interviewedOn: longDate(businessDate(row.at)),
      facts: {
        reason: row.interview.reason ?? '',
        skills: row.interview.skills ?? '',
        wishes: row.interview.wishes ?? '',
      },
      services: row.class ? classServices[row.class] : '职业介绍、职业指导和政策咨询，按月跟踪',
      ...(row.next_contact_on ? { nextContactOn: longDate(row.next_contact_on) } : {}),
      officer: plan?.officer_name ?? row.officer_name,
      officeName: context.reference.officeName(row.office),
      officeAddress: office?.address ?? '',
      officeTelephone: office?.telephone ?? '',
      ...(plan
        ? {
            plan: {
              goal: plan.goal,
              agreed: plan.status === 'agreed',
              steps: steps.map((step) => ({
                whose: stepOwners[step.whose],
                service: serviceKinds[step.service as ServiceKind]?.text ?? step.service,
                what: step.what,
                dueOn: longDate(step.due_on),
              })),
            },
          }
        : {}),
      lists: lists.map((one) => ({
        name: listNames[one.list],
        version: `${one.list_division === '000000' ? '全国' : divisionName(one.list_division)}第${one.version}版`,
        how: ways[one.how],
      })),
      readAt: `${context.config.publicUrl}/lists`,
      // 31 and 32 are no grounds by themselves where the law guards them (M79-4c): they are not announced as such.
      exitConditions: (policy.exitReasons?.value ?? []).flatMap((code) =>
        isGuarded(code, policy) ? [] : (codeText('exitReason', code) ?? []),
      ),
      hotlines: [...(policy.hotlines?.value ?? [])],
    },
    tenant,
    office: row.office,
    personId: row.person_id,
  };
}
