import { useQuery } from '@tanstack/react-query';
import { QuickSelect, type QuickSelectProps } from '../../parts/quick-select.tsx';
import { useSession } from '../../session/use-session.ts';

interface Place {
  readonly value: string;
  readonly label: string;
}

/** A place in words: 「全国」, or its full name with its code. */
async function placesUnder(top: string): Promise<Place[]> {
  const { children, divisionName, provinceList } = await import('@yingdeng/contract/divisions.ts');
  const below = (code: string) => (code === '000000' ? provinceList : children(code));
  const walk = (code: string): Place[] => [
    { value: code, label: code === '000000' ? '全国' : divisionName(code) },
    ...below(code)
      .filter(({ name }) => name !== '市辖区')
      .flatMap((one) => walk(one.code)),
  ];
  return walk(top);
}

/** The first six digits of the office of the person signed in: the top of what may be administered. */
export function useOwnDivision(): string {
  const { data } = useSession();
  return (data?.office?.office ?? '').slice(0, 6);
}

/** The places of the own range, the own one first. */
function usePlaces(): readonly Place[] {
  const top = useOwnDivision();
  const { data } = useQuery({
    queryKey: ['places-under', top],
    queryFn: () => placesUnder(top),
    enabled: top !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? [];
}

/** A division of the own range by typing part of its name or code. */
export function RangeSelect(props: Omit<QuickSelectProps, 'match' | 'placeholder' | 'nothing'>) {
  const places = usePlaces();
  const match = (typed: string) => {
    const words = typed.split(/\s+/).filter(Boolean);
    const fits = places.filter(({ label, value }) =>
      words.every((word) => label.includes(word) || value.startsWith(word)),
    );
    const shown = fits.slice(0, 40);
    const chosen = typed === '' ? places.find(({ value }) => value === props.value) : undefined;
    return chosen && !shown.includes(chosen) ? [chosen, ...shown] : shown;
  };
  return (
    <QuickSelect
      {...props}
      match={match}
      placeholder="输入地区名称或代码"
      nothing={places.length > 0 ? '管辖范围内没有这个地区' : '正在读取…'}
    />
  );
}

/** The name of a place of a provision, which is written as leading digits: '' the country, '4108' a city. */
export function PlaceName({ prefix }: { prefix: string }) {
  const code = prefix.padEnd(6, '0');
  const { data } = useQuery({
    queryKey: ['place-name', code],
    queryFn: async () => (await import('@yingdeng/contract/divisions.ts')).divisionName(code),
    enabled: code !== '000000',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <>{code === '000000' ? '全国' : (data ?? code)}</>;
}
