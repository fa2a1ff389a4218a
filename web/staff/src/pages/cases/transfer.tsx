import { codeTables } from '@yingdeng/contract/code-tables.ts';

import { divisionRange, inRange } from '@yingdeng/rules/access.ts';
import { forbiddenGrounds } from '@yingdeng/rules/forbidden-grounds.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { nextRegistration } from '@yingdeng/rules/registration.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { OfficeAt } from '../../parts/office-at.tsx';
import { useSession } from '../../session/use-session.ts';
import { type CaseFile, useCaseAction } from './model.ts';

type Place = Body<'transferRegistration'>['place'];

/** Which of the four places of registration lies there now, in the words of a reason. */
const places: readonly { value: Place; label: string }[] = [
  { value: 'residence', label: '本人现在常住在那里' },
  { value: 'household', label: '本人户籍在那里' },
  { value: 'employment', label: '失业前在那里就业' },
  { value: 'insurance', label: '失业前在那里参保' },
];

const inCity =
  '登记编号、登记日期和各项期限不变，没有办完的计划、推荐、认定、培训和政策申请一起转过去。本人会收到新机构的名称和电话。转出辖区后，本机构不再看得到其档案。';
const toOtherCity =
  '外市机构接收后登记转过去，编号、登记日期和各项期限不变，不算退出。接收前仍由本机构服务。本机构的推荐、培训、计划和政策申请到转出为止；转到外省的，困难认定按那里的规定重新申请。';

/** 转移登记: to another office, at the wish of the person; one of another city is asked. */
export function Transfer({
  file,
  registration,
  close,
}: {
  file: CaseFile;
  registration: NonNullable<CaseFile['registration']>;
  close: () => void;
}) {
  const { id, office: own } = file.application;
  const navigate = useNavigate();
  const { data: session } = useSession();
  const [division, setDivision] = useState('');
  const [office, setOffice] = useState('');
  const [place, setPlace] = useState<Place>('residence');
  const [more, setMore] = useState('');
  const action = useCaseAction(
    id,
    (body: Body<'transferRegistration'>, key) =>
      call('transferRegistration', { params: { id: registration.id }, body, key }),
    () => {
      close();
      // Moved outside the own range the case is out of sight from here on; only asked for, it stays.
      const range = session?.office && divisionRange(session.office.office);
      if (office.slice(0, 4) === own.slice(0, 4) && (!range || !inRange(office, range))) navigate('/');
    },
  );
  const reason = [`本人要求转到${codeTables.registrationPlace.values[place]}办理`, more.trim()]
    .filter(Boolean)
    .join('。');
  // The rule of the server says no here already, in the same words.
  const refused = nextRegistration({ status: 'active' }, 'transfer', {
    from: own,
    to: office || division,
    place,
    places: [place],
    reason,
  });
  const elsewhere = (office || division).slice(0, 4) !== own.slice(0, 4) && division !== '';
  const hold =
    office === ''
      ? '请选择机构'
      : isRefusal(refused)
        ? refused.message
        : forbiddenGrounds(reason).length > 0
          ? '说明里有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title={`转移登记：${file.person.name}`}
      close={close}
      submit={() => action.run({ version: registration.version, office, place, reason })}
      submitText={elsewhere ? '请对方接收' : '转移登记'}
      hold={hold}
      consequence={elsewhere ? toOtherCity : inCity}
    >
      <p className="quiet">只在本人要求时办理。地址改变不影响在原机构享受服务。</p>
      <OfficeAt
        division={division}
        office={office}
        near={own}
        onChange={(place) => {
          setDivision(place.division);
          setOffice(place.office);
        }}
      />
      <Field label="依据" required hint="登记失业地改记为这一类。">
        <Select value={place} options={[...places]} onChange={setPlace} />
      </Field>
      <FreeText label="补充说明（可不填）" value={more} onChange={setMore} max={120} rows={2} />
    </ActionDrawer>
  );
}
