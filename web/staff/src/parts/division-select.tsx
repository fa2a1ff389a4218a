import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, useState } from 'react';

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
  id,
  ...aria
}: {
  value: string;
  onChange: (code: string) => void;
  near?: string;
  /** Cities may be chosen too; an address goes down to the county. */
  cities?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
  'aria-required'?: boolean;
}) {
  const places = useDivisions();
  const counties = useMemo(
    () => (cities ? places : places.filter(({ value: code }) => !code.endsWith('00'))),
    [places, cities],
  );
  const [typed, setTyped] = useState('');
  const options = useMemo(() => {
    const words = typed.split(/\s+/).filter(Boolean);
    const fits = counties.filter((one) =>
      words.every((word) => one.label.includes(word) || one.value.startsWith(word)),
    );
    const close = (one: Place) =>
      one.value.startsWith(near.slice(0, 4)) ? 0 : one.value.startsWith(near.slice(0, 2)) ? 1 : 2;
    const found = near ? [...fits].sort((a, b) => close(a) - close(b)) : fits;
    const shown = found.slice(0, 40);
    const chosen = counties.find((one) => one.value === value);
    return chosen && !shown.includes(chosen) && !typed ? [chosen, ...shown] : shown;
  }, [counties, typed, near, value]);
  return (
    <Select
      id={id}
      {...aria}
      value={value || undefined}
      onChange={(code: string | undefined) => onChange(code ?? '')}
      options={options}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      onOpenChange={(open) => !open && setTyped('')}
      placeholder="输入县（市、区）名称或代码"
      notFoundContent={counties.length ? '没有这个县（市、区）' : '正在读取…'}
      popupMatchSelectWidth={false}
    />
  );
}

/** The full name of a division; its code until the names are there. */
export function DivisionName({ code }: { code: string }) {
  const places = useDivisions();
  return <>{places.find((one) => one.value === code)?.label ?? code}</>;
}
