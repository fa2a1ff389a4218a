import { useQuery } from '@tanstack/react-query';
import { contactMeans } from '@yingdeng/rules/contact.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { Failed, Loading } from '../../parts/states.tsx';
import { History } from './history.tsx';

/** What former cities recorded, asked for by whoever needs it: the look is kept. */
export function Former({ applicationId }: { applicationId: string }) {
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['former', applicationId],
    queryFn: ({ signal }) => call('getFormerCase', { params: { id: applicationId }, signal }),
    enabled: open,
    staleTime: 600_000,
  });
  if (!open)
    return (
      <p className="more">
        <Button onClick={() => setOpen(true)}>看转来之前的记录</Button>
        <span className="quiet"> 查看会留下记录，本人看得到</span>
      </p>
    );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return data.stays.map(({ officeName, until, contacts, history }) => (
    <section key={`${officeName}${until}`} className="former" aria-label={`${officeName}的记录`}>
      <h3>
        {officeName}
        {until && <span className="quiet">（到{until}）</span>}
      </h3>
      {contacts.length > 0 && (
        <ul className="plain">
          {contacts.map((one) => (
            <li key={one.id}>
              <span className="num">{stampText(one.at)}</span>{' '}
              {contactMeans[one.means as keyof typeof contactMeans] ?? one.means}
              {one.outcome === 'attempt' && '，没有联系上'}
              {one.note && `：${one.note}`}
              <span className="quiet">（{one.officer}）</span>
            </li>
          ))}
        </ul>
      )}
      <History history={history} />
    </section>
  ));
}
