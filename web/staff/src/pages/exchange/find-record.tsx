import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Field } from '../../parts/field.tsx';
import { Box } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { decisionState, recordState } from './states.ts';

/** 查凭据: a record by its serial number, a batch by its number, a result of review or a forwarded application by either number. */
export function FindRecord() {
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['exchange-find', wanted],
    queryFn: ({ signal }) => call('findExchangeRecords', { query: { q: wanted }, signal }),
    enabled: wanted !== '',
  });
  const nothing = data && data.records.length === 0 && !data.batchId && data.decisions.length === 0 && !data.forwarded;
  return (
    <Box title="查凭据" id="find">
      <form
        className="find-record"
        onSubmit={(event) => {
          event.preventDefault();
          setWanted(typed.trim());
        }}
      >
        <Field label="流水号、批次号、受理编号或平台编号">
          <Input className="num" maxLength={100} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Button htmlType="submit" disabled={typed.trim() === ''}>
          查询
        </Button>
      </form>
      {wanted !== '' && (
        <div aria-live="polite">
          {error ? <Failed error={error} retry={() => void refetch()} /> : !data && <Loading />}
          {nothing && <p className="quiet">您的管辖范围内没有这个号码的凭据。</p>}
          {data && !nothing && (
            <ul className="plain">
              {data.records.map((record) => {
                const [text, tag] = recordState(record.state);
                return (
                  <li key={record.exitId}>
                    <Link to={`/exchange/records/${record.exitId}`}>退出：{record.name || record.serial}</Link>{' '}
                    <span className={`tag tag-${tag}`}>{text}</span>{' '}
                    <span className="quiet">
                      {record.divisionName} <span className="num">{record.date}</span>
                    </span>
                  </li>
                );
              })}
              {data.batchId && (
                <li>
                  <Link to={`/exchange/batches/${data.batchId}`}>批次：{data.batchId}</Link>
                </li>
              )}
              {data.forwarded && (
                <li>
                  <Link to={`/exchange/forwarded/${data.forwarded}`}>平台转来的申请：{data.forwarded}</Link>
                </li>
              )}
              {data.decisions.map((one) => {
                const [text, tag] = decisionState(one.state);
                return (
                  <li key={one.id}>
                    <Link to={`/exchange/decisions/${one.id}`}>审核结果：{one.name || one.outcomeText}</Link>{' '}
                    <span className={`tag tag-${tag}`}>{text}</span> <span className="quiet">{one.outcomeText}</span>
                  </li>
                );
              })}
            </ul>
          )}
        </div>
      )}
    </Box>
  );
}
