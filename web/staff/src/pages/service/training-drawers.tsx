import { type EnrolmentAction, enrolmentActionText, enrolmentTable } from '@yingdeng/rules/training.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import type { Enrolment, TrainingFile } from './training-section.tsx';
import { useServiceAct } from './use-service.ts';

interface Props {
  readonly file: TrainingFile;
  readonly close: () => void;
}

/** 报名: the projects with a free seat, those that fit first. */
export function EnrolDrawer({ file, close }: Props) {
  const [project, setProject] = useState<string>();
  const [consent, setConsent] = useState(false);
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'enrolInTraining'>, key) => call('enrolInTraining', { params: { id: file.registrationId }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="培训报名"
      close={close}
      submitText="报名"
      size={600}
      hold={!project ? '请选项目' : consent ? undefined : '请先问本人是否同意'}
      consequence="占一个名额，本人会收到开班消息。"
      submit={() => project && action.run({ projectId: project, consent })}
    >
      <Group legend="项目" required>
        <Radio.Group
          className="choices"
          value={project}
          onChange={(event) => setProject(String(event.target.value))}
          options={file.projects.map((one) => ({
            value: one.id,
            label: (
              <>
                {one.name} {one.fitText && <span className="tag tag-clear">{one.fitText}</span>}
                <span className="quiet category-why">
                  {one.institution}，{one.place}，{one.startsOn}开班，{one.fee === 0 ? '免费' : `${one.fee}元`}，余
                  {one.seats - one.taken}个名额
                </span>
              </>
            ),
          }))}
        />
      </Group>
      <Checkbox checked={consent} onChange={(event) => setConsent(event.target.checked)}>
        本人同意报名
      </Checkbox>
    </ActionDrawer>
  );
}

/** 答复或记结果: a wish gets a seat or a reason; a course ends with or without a certificate, or is dropped. */
export function EnrolmentDrawer({ file, enrolment, close }: Props & { enrolment: Enrolment }) {
  const actions = Object.keys(enrolmentTable[enrolment.state]) as EnrolmentAction[];
  const [act, setAct] = useState<EnrolmentAction | undefined>(actions[0]);
  const [consent, setConsent] = useState(false);
  const [certificate, setCertificate] = useState('');
  const [text, setText] = useState('');
  const blocked = useForbidden(`${text}\n${certificate}`).length > 0;
  const words = act === 'decline' || act === 'drop';
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'actOnEnrolment'>, key) => call('actOnEnrolment', { params: { id: enrolment.id }, body, key }),
    close,
  );
  const hold = !act
    ? '请选结果'
    : act === 'enrol' && !consent
      ? '请先问本人是否同意'
      : words && text.trim().length < 2
        ? '请写明原因'
        : blocked
          ? '有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title={enrolment.project.name}
      close={close}
      submitText={act ? enrolmentActionText[act] : '保存'}
      hold={hold}
      consequence={act === 'finish' ? '同时记入服务记录。' : act === 'drop' ? '不影响登记。' : '本人会收到消息。'}
      submit={() =>
        act &&
        action.run({
          version: enrolment.version,
          action: act,
          consent,
          certificate: act === 'finish' ? certificate.trim() : '',
          text: text.trim(),
        })
      }
    >
      <p className="quiet">
        {enrolment.project.institution}，{enrolment.project.startsOn}至{enrolment.project.endsOn}
      </p>
      <Group legend={enrolment.state === 'wished' ? '答复' : '结果'} required>
        <Radio.Group
          optionType="button"
          value={act}
          onChange={(event) => setAct(event.target.value as EnrolmentAction)}
          options={actions.map((value) => ({ value, label: enrolmentActionText[value] }))}
        />
      </Group>
      {act === 'enrol' && (
        <Checkbox checked={consent} onChange={(event) => setConsent(event.target.checked)}>
          本人同意报名
        </Checkbox>
      )}
      {act === 'finish' && (
        <Field label="取得的证书" hint="听本人说，不用看证；没有可不填。">
          <Input maxLength={60} value={certificate} onChange={(event) => setCertificate(event.target.value)} />
        </Field>
      )}
      {act !== 'enrol' && (
        <FreeText
          label={words ? '原因' : '说明'}
          required={words}
          max={200}
          value={text}
          onChange={setText}
          hint={act === 'decline' ? '本人会看到。' : undefined}
        />
      )}
    </ActionDrawer>
  );
}
