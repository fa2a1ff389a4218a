import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { useState } from 'react';
import { usePlace } from '../data/place.ts';
import { TextField } from '../parts/fields.tsx';
import { icons } from '../parts/icons.tsx';
import { PlaceChoice } from '../parts/place-choice.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';

/** How many are drawn at once. */
const pageSize = 10;

/** Offices with address, telephone, business and the person responsible (A21-7b). */
export function Page() {
  usePageTitle('服务机构');
  const [place, setPlace] = usePlace();
  const [word, setWord] = useState('');
  const [shown, setShown] = useState(pageSize);
  const offices = useQuery({
    queryKey: ['institutions', place.division],
    queryFn: ({ signal }) => call('getInstitutions', { query: { division: range(place.division) }, signal }),
  });
  const all = offices.data?.institutions ?? [];
  const found = all.filter((one) => [one.name, one.address, one.business].some((text) => text.includes(word.trim())));

  return (
    <div className="wide">
      <div className="column middle stack">
        <h1>服务机构</h1>
        <p className="lead">这些地方都能办失业登记，带上身份证或社会保障卡就行。</p>
        <PlaceChoice place={place} onChange={setPlace} />
        {offices.isPending && <Loading what="正在查找机构" />}
        {offices.isError && <Failed error={offices.error} again={() => void offices.refetch()} />}
        {offices.isSuccess && all.length === 0 && (
          <Empty heading="这里还没有公布机构" icon="office">
            <p>换个地方看看，或拨打 12333 问一问。</p>
          </Empty>
        )}
        {all.length > 0 && (
          <>
            <TextField
              label="找一找"
              hint="写街道、社区或机构名称"
              value={word}
              onChange={(text) => {
                setWord(text);
                setShown(pageSize);
              }}
            />
            <p className="soft" aria-live="polite">
              {word.trim() ? `找到${found.length}个` : `共${found.length}个`}
            </p>
            <ul className="offices">
              {found.slice(0, shown).map((one) => (
                <li key={one.code} className="card">
                  <h2>{one.name}</h2>
                  <dl className="facts">
                    <div>
                      <dt>地址</dt>
                      <dd>{one.address}</dd>
                    </div>
                    <div>
                      <dt>办什么</dt>
                      <dd>{one.business}</dd>
                    </div>
                    {one.responsiblePerson && (
                      <div>
                        <dt>负责人</dt>
                        <dd>{one.responsiblePerson}</dd>
                      </div>
                    )}
                  </dl>
                  {one.telephone && (
                    <a className="button plain call" href={`tel:${one.telephone.replace(/[^\d+]/g, '')}`}>
                      {icons.phone}
                      <span className="number">{one.telephone}</span>
                    </a>
                  )}
                </li>
              ))}
            </ul>
            {found.length === 0 && <p className="soft">没有找到，换个词试试。</p>}
            {found.length > shown && (
              <button type="button" className="button plain" onClick={() => setShown(shown + pageSize)}>
                再看{Math.min(pageSize, found.length - shown)}个
              </button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** A city is asked for by its four digits, so that all its counties come. */
export function range(division: string): string {
  return division.endsWith('00') ? division.slice(0, 4) : division;
}
