import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { QuickSelect, type QuickSelectProps } from './quick-select.tsx';

interface Place {
  value: string;
  label: string;
}

async function readDivisions(): Promise<Place[]> {
  const { children, divisionName, provinceList } = await import('@yingdeng/contract/divisions.ts');
  return provinceList.flatMap(({ code }) =>
    children(code).flatMap((city) => [
      { value: city.code, label: divisionName(city.code) },
      ...children(city.code)
        .filter((county) => county.name !== '市辖区')
        .map((county) => ({ value: county.code, label: divisionName(county.code) })),
    ]),
  );
}

/** Every city and county of the country with its full path, loaded when a form first needs it. */
export function useDivisions(): readonly Place[] {
  const { data } = useQuery({ queryKey: ['divisions'], queryFn: readDivisions, staleTime: Number.POSITIVE_INFINITY });
  return data ?? [];
}

/**
 * A county by typing part of its name or code: 「解放」 or 410802. Those of `near` (a division code) come first,
 * because most people live where they apply.
 */
export function DivisionSelect({
  value,
  onChange,
  near = '',
  cities = false,
  ...control
}: Omit<QuickSelectProps, 'match' | 'placeholder' | 'nothing'> & {
  near?: string;
  /** Cities may be chosen too; an address goes down to the county. */
  cities?: boolean;
}) {
  const places = useDivisions();
  const counties = useMemo(
    () => (cities ? places : places.filter(({ value: code }) => !code.endsWith('00'))),
    [places, cities],
  );
  const ordered = useMemo(() => {
    const far = ({ value: code }: Place) =>
      code.startsWith(near.slice(0, 4)) ? 0 : code.startsWith(near.slice(0, 2)) ? 1 : 2;
    return near ? [...counties].sort((a, b) => far(a) - far(b)) : counties;
  }, [counties, near]);
  function match(typed: string): readonly Place[] {
    const words = typed.split(/\s+/).filter(Boolean);
    const shown: Place[] = [];
    for (const one of ordered) {
      if (!words.every((word) => one.label.includes(word) || one.value.startsWith(word))) continue;
      shown.push(one);
      if (shown.length === 40) break;
    }
    const chosen = typed === '' ? ordered.find((one) => one.value === value) : undefined;
    return chosen && !shown.includes(chosen) ? [chosen, ...shown] : shown;
  }
  return (
    <QuickSelect
      {...control}
      value={value}
      onChange={onChange}
      match={match}
      placeholder="输入县（市、区）名称或代码"
      nothing={counties.length > 0 ? '没有这个县（市、区）' : '正在读取…'}
    />
  );
}

/** The full name of a division; its code until the names are there. */
export function DivisionName({ code }: { code: string }) {
  const places = useDivisions();
  return <>{places.find((one) => one.value === code)?.label ?? code}</>;
}
