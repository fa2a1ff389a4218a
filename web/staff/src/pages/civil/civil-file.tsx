import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Table } from 'antd';
import { Link, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import '../exchange/exchange.css';
import './civil.css';

type File = Answer<'getCivilFile'>;

/** One file for civil affairs as evidence: who was in it, its digest, who could not go (M79-5b). */
export default function CivilFile() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['civil-exchange', id],
    queryFn: ({ signal }) => call('getCivilFile', { params: { id }, signal }),
  });
  return (
    <Page title="给民政部门的文件" hint={<Link to="/civil-exchange">回到民政数据交换</Link>}>
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <Box title={data.name} id="file">
            <dl className="evidence-fields">
              <dt>县区</dt>
              <dd>{data.divisionName}</dd>
              <dt>生成</dt>
              <dd className="num">
                {stampText(data.madeAt)}，{data.encoding}
              </dd>
              <dt>内容摘要（SM3）</dt>
              <dd className="digest">{data.digest}</dd>
              <dt>核对</dt>
              <dd>
                <span className={`tag tag-${data.same ? 'clear' : 'late'}`}>
                  {data.same ? '保存的内容与摘要一致' : '保存的内容与摘要不一致'}
                </span>
              </dd>
            </dl>
          </Box>
          {data.held.length > 0 && (
            <Box title="没有写入的" id="held">
              <ul className="checks">
                {data.held.map(({ registration, text }) => (
                  <li key={registration} className="check check-open">
                    <b className="num">{registration}</b>
                    <p className="exchange-fault">{text}。请人工送交。</p>
                  </li>
                ))}
              </ul>
            </Box>
          )}
          <Box title={`人员（${data.rows.length}）`} id="people">
            <People rows={data.rows} />
          </Box>
        </>
      )}
    </Page>
  );
}

function People({ rows }: { rows: File['rows'] }) {
  const narrow = useNarrow();
  if (rows.length === 0) return <Empty title="没有人员">这一份只请民政部门给出低保对象名单。</Empty>;
  if (narrow)
    return (
      <ul className="checks">
        {rows.map((row) => (
          <li key={row.item} className="check">
            <b>{row.name}</b> <span className="num">{row.idMasked}</span>
            <br />
            {row.kindText}
            <span className="quiet num">
              {row.consentedOn && `，${row.consentedOn}同意`}
              {row.endedOn && `，登记${row.endedOn}结束`}
            </span>
          </li>
        ))}
      </ul>
    );
  return (
    <Table<File['rows'][number]>
      size="small"
      rowKey="item"
      pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      dataSource={rows}
      columns={[
        { title: '序号', dataIndex: 'item', width: 72, className: 'num' },
        { title: '姓名', dataIndex: 'name' },
        { title: '证件号码', dataIndex: 'idMasked', className: 'num' },
        { title: '内容', dataIndex: 'kindText' },
        { title: '登记编号', dataIndex: 'registration', className: 'num' },
        { title: '同意转介', dataIndex: 'consentedOn', className: 'num' },
        { title: '登记结束', dataIndex: 'endedOn', className: 'num' },
      ]}
    />
  );
}
