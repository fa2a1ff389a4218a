import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Table } from 'antd';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { Box } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';

type Figures = Answer<'getServedFigures'>;

/** How many of each group, and the registrants with and without those that are counted besides (H122-3a). */
export function ServedFigures({ office }: { office: string }) {
  const narrow = useNarrow();
  const { data, error, refetch } = useQuery({
    queryKey: ['served', 'figures', office],
    queryFn: ({ signal }) => call('getServedFigures', { query: { office: office || undefined }, signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const besides = data.withGroups - data.registrants;
  return (
    <>
      <Box title="人数">
        <p className="served-sum">
          登记失业人员 <b className="num">{data.registrants}</b> 人
          {besides > 0 && (
            <>
              ，连同另行计入的 <b className="num">{besides}</b> 人，共 <b className="num">{data.withGroups}</b> 人
            </>
          )}
          。
          {data.citation && (
            <span className="quiet beside">
              依据：{data.citation.document} {data.citation.clause}
            </span>
          )}
        </p>
        {narrow ? (
          <ul className="served-lines">
            {data.groups.map((row) => (
              <li key={row.group}>
                <b>{row.groupText}</b>
                <br />
                名单{row.listed}人，已登记{row.registered}，已结束{row.ended}，正在服务{row.served}，
                {row.isCounted ? `计入统计${row.counted}` : '不计入统计'}
              </li>
            ))}
          </ul>
        ) : (
          <Table<Figures['groups'][number]>
            size="small"
            rowKey="group"
            pagination={false}
            dataSource={data.groups}
            columns={[
              { title: '群体', dataIndex: 'groupText', width: 250 },
              { title: '名单', dataIndex: 'listed', align: 'right', className: 'num' },
              { title: '已登记', dataIndex: 'registered', align: 'right', className: 'num' },
              { title: '已结束', dataIndex: 'ended', align: 'right', className: 'num' },
              { title: '正在服务', dataIndex: 'served', align: 'right', className: 'num' },
              {
                title: '计入统计',
                align: 'right',
                className: 'num',
                render: (_, row) => (row.isCounted ? row.counted : '不计入'),
              },
            ]}
          />
        )}
        <p className="hint served-hint">已登记的只算登记失业人员；一人在几份名单上只计一次。</p>
      </Box>
      <Box title="导入的名单">
        {data.imports.length === 0 ? (
          <Empty title="还没有导入过名单" />
        ) : narrow ? (
          <ul className="served-lines">
            {data.imports.map((row) => (
              <li key={row.id}>
                <b>{row.groupText}</b>
                <br />
                {row.fileName}：{row.rows}行，新增{row.fresh}，更新{row.changed}，有错误{row.faulty}
                <br />
                <span className="quiet">
                  {row.source}，{stampText(row.at)}，{row.who}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <Table<Figures['imports'][number]>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={data.imports}
            columns={[
              { title: '时间', width: 150, className: 'num', render: (_, row) => stampText(row.at) },
              { title: '群体', dataIndex: 'groupText', width: 260 },
              { title: '来源', dataIndex: 'source', width: 130 },
              { title: '文件', dataIndex: 'fileName' },
              { title: '行数', dataIndex: 'rows', align: 'right', className: 'num', width: 64 },
              { title: '新增', dataIndex: 'fresh', align: 'right', className: 'num', width: 64 },
              { title: '更新', dataIndex: 'changed', align: 'right', className: 'num', width: 64 },
              { title: '有错误', dataIndex: 'faulty', align: 'right', className: 'num', width: 76 },
              { title: '经办', dataIndex: 'who', width: 90 },
            ]}
          />
        )}
      </Box>
    </>
  );
}
