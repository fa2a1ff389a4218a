import { contactMeans } from '@yingdeng/rules/contact.ts';
import { stampText } from '../../lib/dates.ts';
import { DueWithClause } from '../../parts/due.tsx';
import { listTexts } from './list-versions.tsx';
import type { Registration } from './model.ts';

const names: Readonly<Record<string, string>> = contactMeans;
const lists: Readonly<Record<string, string>> = listTexts;
/** How a list was handed over (A21-4c). */
const hows: Readonly<Record<string, string>> = {
  paper: '给了纸质',
  message: '发到手机',
  portal: '在网上看',
  readOut: '讲给本人听',
};
const purposes: Readonly<Record<string, string>> = {
  first: '首次联系',
  followUp: '每月跟踪',
  lastChance: '最后一次告知',
  service: '提供服务',
};
const resultTexts: Readonly<Record<string, string>> = {
  reached: '已联系到本人',
  replied: '本人已回复',
  noAnswer: '无人接听',
  notHome: '未见到本人',
  wrongNumber: '号码有误',
  sent: '已发送，未回复',
  received: '已收到',
  compared: '已比对',
};

/** As many contacts as stand open; earlier ones are folded away. */
const SHOWN = 5;

/** The registration and its contacts. */
export function Service({ registration }: { registration: Registration }) {
  const contacts = registration.contacts.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <>
      <dl className="line-facts">
        <div>
          <dt>登记编号</dt>
          <dd className="num">{registration.number}</dd>
        </div>
        <div>
          <dt>登记日期</dt>
          <dd className="num">{registration.registeredOn}</dd>
        </div>
        <div>
          <dt>首次联系</dt>
          <dd>
            {registration.firstContactAt ? (
              <span className="num">{stampText(registration.firstContactAt)}</span>
            ) : (
              <DueWithClause due={registration.firstContact} />
            )}
          </dd>
        </div>
      </dl>
      {contacts.length === 0 ? (
        <p className="quiet">
          {registration.cameFromCity ? '转来以后还没有联系，以前的在“经过”里看。' : '还没有联系记录。'}
        </p>
      ) : (
        <>
          <Contacts contacts={contacts.slice(0, SHOWN)} />
          {contacts.length > SHOWN && (
            <details>
              <summary>更早的{contacts.length - SHOWN}条</summary>
              <Contacts contacts={contacts.slice(SHOWN)} />
            </details>
          )}
        </>
      )}
    </>
  );
}

function Contacts({ contacts }: { contacts: Registration['contacts'] }) {
  return (
    <ol className="events">
      {contacts.map((contact) => (
        <li key={contact.id}>
          <time className="num">{stampText(contact.at)}</time>
          <div>
            <p>
              <span className={`tag tag-${contact.outcome === 'contact' ? 'clear' : 'silent'}`}>
                {contact.outcome === 'contact' ? '联系' : '尝试'}
              </span>{' '}
              {purposes[contact.purpose] ?? contact.purpose}，{names[contact.means] ?? contact.means}，
              {resultTexts[contact.result] ?? contact.result}
              <span className="quiet">，{contact.officer}</span>
            </p>
            {contact.findingText && <p>{contact.findingText}</p>}
            {contact.note && <p>{contact.note}</p>}
            {contact.interview && (
              <dl className="interview">
                <div>
                  <dt>失业原因</dt>
                  <dd>{contact.interview.reason}</dd>
                </div>
                <div>
                  <dt>技能水平</dt>
                  <dd>{contact.interview.skills}</dd>
                </div>
                <div>
                  <dt>就业意愿</dt>
                  <dd>{contact.interview.wishes}</dd>
                </div>
              </dl>
            )}
            {contact.lists.length > 0 && (
              <p className="quiet">
                已提供：
                {contact.lists
                  .map(({ list, version, how }) => `${lists[list] ?? list}第${version}版（${hows[how] ?? how}）`)
                  .join('、')}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
