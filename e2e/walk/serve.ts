import type { Answer, Api } from '../lib/api.ts';
import { hold, type Story } from '../lib/story.ts';
import { type Setting, systemNow } from './setting.ts';

type CaseFile = Answer<'getApplicationCase'>;
const listNames = { policies: '政策清单', services: '服务清单', institutions: '机构清单' } as const;

/** An unanswered call, then the contact with the interview and the three lists. */
export async function serve({ running, county }: Setting, story: Story, clerk: Api, file: CaseFile): Promise<CaseFile> {
  const params = { id: file.registration!.id };
  await story.step('打电话，没有人接', async (tell) => {
    const { fulfilsFirstContact, contact, message } = await clerk.call('recordContact', {
      params,
      body: {
        purpose: 'first',
        means: 'telephone',
        answered: false,
        at: (await systemNow(running)).toISOString(),
        note: '响铃无人接听',
      },
    });
    hold(contact.outcome === 'attempt' && !fulfilsFirstContact, '没打通的电话被当成了联系');
    tell(`${message}（M79-3a）`);
  });
  return story.step('再打，联系上了：问清三件事，交付三张清单', async (tell) => {
    const { lists } = await clerk.call('getLists', { query: { division: county } });
    const given = (Object.keys(listNames) as (keyof typeof listNames)[]).map((name) => {
      const found = lists.find(({ list }) => list === name);
      hold(found, `没有${listNames[name]}`);
      return { list: name, division: found.division, version: found.version, how: 'message' as const };
    });
    const answer = await clerk.call('recordContact', {
      params,
      body: {
        purpose: 'first',
        means: 'telephone',
        answered: true,
        at: (await systemNow(running)).toISOString(),
        note: '已联系到本人，介绍了服务和政策',
        interview: {
          reason: '合同到期，企业没有续签',
          skills: '电工四级，十年维修经验',
          wishes: '希望在本市做设备维修，月薪五千元以上',
          exitConditionsTold: true,
          profile: { skill: 'practised', years: 4, wish: 'employed', search: 'withHelp', hindrances: [] },
        },
        lists: given,
      },
    });
    hold(answer.fulfilsFirstContact, '联系上了却没有算作首次联系');
    const { registration } = answer.case;
    hold(registration?.firstContact.state === 'met', '首次联系的期限没有标为已办');
    tell(`${answer.message}服务类别 ${registration.class ?? '（未定）'}`);
    tell(`${given.map((one) => `${listNames[one.list]}第${one.version}版`).join('、')}（A21-4b、A21-4c、M79-3b）`);
    return answer.case;
  });
}
