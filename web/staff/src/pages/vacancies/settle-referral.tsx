import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { useMay } from '../../session/use-session.ts';
import './vacancy.css';

type Referral = Answer<'settleReferral'>['referral'];
type Outcome = Body<'settleReferral'>;
type Result = Outcome['result'];

const results: readonly { value: Result; label: string }[] = [
  { value: 'hired', label: '已录用' },
  { value: 'notHired', label: '未录用' },
  { value: 'declined', label: '本人没有去' },
  { value: 'withdrawn', label: '推荐取消' },
];
const means: readonly { value: Outcome['means']; label: string }[] = [
  { value: 'telephone', label: '电话问本人' },
  { value: 'employer', label: '问用人单位' },
  { value: 'counter', label: '本人到窗口' },
  { value: 'visit', label: '上门' },
  { value: 'self', label: '本人在网上说的' },
];
const usual: Partial<Record<Result, readonly string[]>> = {
  notHired: ['单位已招满', '面试没有通过', '技能不够', '单位没有答复'],
  declined: ['离家太远', '工资太低', '工作时间不合适', '家里走不开', '身体原因', '已找到别的工作'],
  withdrawn: ['单位取消招聘', '推荐有误'],
};

/** 回访求职结果: how a referral went. A refusal of suitable work is judged here by a person, and ends nothing by itself (M79-4c). */
export function SettleReferral({ referral, name, close }: { referral: Referral; name?: string; close: () => void }) {
  const today = useToday();
  const may = useMay();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const [result, setResult] = useState<Result | ''>(referral.told?.result ?? '');
  const [given, setGiven] = useState({
    means: (referral.told ? 'self' : 'telephone') as Outcome['means'],
    reason: referral.told?.reason ?? '',
    startedOn: today,
    suits: '' as '' | 'yes' | 'no',
    withoutGoodReason: false,
    proposeExit: true,
  });
  const put = (part: Partial<typeof given>) => setGiven({ ...given, ...part });
  const send = useMutation({
    mutationFn: () => {
      const body: Outcome = {
        result: result || 'notHired',
        means: given.means,
        reason: result === 'hired' ? '' : given.reason,
        version: referral.version,
        ...(result === 'hired'
          ? { startedOn: given.startedOn, proposeExit: given.proposeExit && may('exit.propose') }
          : {}),
        ...(result === 'declined' && given.suits
          ? { suitable: given.suits === 'yes', withoutGoodReason: given.suits === 'yes' && given.withoutGoodReason }
          : {}),
      };
      return call('settleReferral', { params: { id: referral.id }, body, key: keyFor(body) });
    },
    onError: refused,
    onSuccess: ({ message: words }) => {
      for (const name of ['matches', 'referrals', 'case']) void cache.invalidateQueries({ queryKey: [name] });
      message.success(words);
      close();
    },
  });
  const lacking =
    result === ''
      ? '请选择结果'
      : result === 'hired'
        ? given.startedOn === '' && '请填写上班日期'
        : given.reason.trim() === '' && '请写明原因';
  return (
    <ActionDrawer
      title={name ? `记录求职结果：${name}` : '记录求职结果'}
      close={close}
      submit={() => send.mutate()}
      submitText="保存"
      busy={send.isPending}
      trouble={send.error ? troubleOf(send.error) : undefined}
      refresh={() => void cache.invalidateQueries({ queryKey: ['matches'] })}
      hold={lacking || undefined}
      consequence={
        result === 'hired'
          ? given.proposeExit
            ? '登记仍有效：先发消息问本人，本人答复后再由您确认退出。'
            : '只记录结果，登记仍有效。'
          : result === 'declined'
            ? '不会因此结束登记。认定没有正当理由的，只作为以后核实的一条记录。'
            : '记录后可以再推荐别的岗位。'
      }
    >
      <p>
        <b>{referral.title}</b>，{referral.employerName}，电话 <span className="num">{referral.telephone}</span>
      </p>
      <Group legend="结果" required>
        <Radio.Group
          value={result}
          options={[...results]}
          onChange={(event) => setResult(event.target.value as Result)}
        />
      </Group>
      <Group legend="怎么知道的" required>
        <Radio.Group
          value={given.means}
          options={[...means]}
          onChange={(event) => put({ means: event.target.value as Outcome['means'] })}
        />
      </Group>
      {result === 'hired' && (
        <>
          <Field label="上班日期" required>
            <DateField value={given.startedOn} onChange={(startedOn) => put({ startedOn })} />
          </Field>
          {may('exit.propose') && (
            <Checkbox checked={given.proposeExit} onChange={(event) => put({ proposeExit: event.target.checked })}>
              同时问本人是否退出失业登记（被录用，11）
            </Checkbox>
          )}
        </>
      )}
      {result !== '' && result !== 'hired' && (
        <>
          <Field label={result === 'declined' ? '本人说的原因' : '原因'} required>
            <Input maxLength={300} value={given.reason} onChange={(event) => put({ reason: event.target.value })} />
          </Field>
          <div className="choice-row">
            {usual[result]?.map((one) => (
              <Button key={one} size="small" onClick={() => put({ reason: one })}>
                {one}
              </Button>
            ))}
          </div>
        </>
      )}
      {result === 'declined' && (
        <Group legend="这个岗位对本人合适吗" hint="可以不认定。距离、工资、身体、家庭情况都要考虑。">
          <Radio.Group
            value={given.suits}
            options={[
              { value: '', label: '不认定' },
              { value: 'yes', label: '合适' },
              { value: 'no', label: '不合适' },
            ]}
            onChange={(event) => put({ suits: event.target.value as typeof given.suits })}
          />
        </Group>
      )}
      {result === 'declined' && given.suits === 'yes' && (
        <Checkbox
          checked={given.withoutGoodReason}
          onChange={(event) => put({ withoutGoodReason: event.target.checked })}
        >
          本人没有正当理由
        </Checkbox>
      )}
    </ActionDrawer>
  );
}
