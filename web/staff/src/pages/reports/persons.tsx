import { useInfiniteQuery } from '@tanstack/react-query';
import { type CutName, cuts } from '@yingdeng/rules/statistics/cuts.ts';
import { type ServiceRow, type ServiceRowName, serviceRows } from '@yingdeng/rules/statistics/service-sheet.ts';
import { type RowName, sheetRows } from '@yingdeng/rules/statistics/sheet.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Drawer } from 'antd';
import { useNarrow } from '../../lib/media.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';

/** Which figure was pressed. */
export interface Behind {
  readonly row: string;
  readonly cut: string;
  readonly unknown: boolean;
  readonly office?: string | undefined;
}

/** The persons behind a figure, masked; that somebody looked is recorded. */
export function Persons({ reportId, behind, close }: { reportId: string; behind: Behind; close: () => void }) {
  const narrow = useNarrow();
  const { row, cut, unknown, office } = behind;
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['report-persons', reportId, row, cut, unknown, office],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call('getReportPersons', {
        params: { id: reportId },
        query: { row, cut, unknown: unknown ? 'yes' : 'no', office, after: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  });
  const total = data?.pages[0]?.total;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const service: ServiceRow | undefined = Object.hasOwn(serviceRows, row)
    ? serviceRows[row as ServiceRowName]
    : undefined;
  const text = (service ?? sheetRows[row as RowName]).text;
  const unit = service?.unit ?? '人';
  const what = cut === 'all' ? '' : `，${cuts[cut as CutName].text}${unknown ? '不详' : ''}`;
  return (
    <Drawer
      open
      onClose={close}
      size={narrow ? '100%' : 640}
      title={`${text}${what}${total === undefined ? '' : `：${total}${unit}`}`}
    >
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title="没有人" />
      ) : (
        <>
          <ul className="report-persons">
            {items.map((one, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one person may have been served twice alike, and the list only grows at its end.
              <li key={`${one.id} ${n}`}>
                <b>{one.name}</b>
                <span className="num">{one.idMasked}</span>
                <span className="quiet">
                  {one.sexText}
                  {one.age === undefined ? '' : `，${one.age}岁`}
                  {one.registeredOn && `，${one.registeredOn}登记`}，{one.officeName}
                </span>
                {one.what && <span>{one.what}</span>}
              </li>
            ))}
          </ul>
          {hasNextPage && (
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              再看50人
            </Button>
          )}
        </>
      )}
    </Drawer>
  );
}
