import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Select } from 'antd';

/** The offices at and below a division. */
export function useOffices(division: string) {
  return useQuery({
    queryKey: ['offices', division],
    queryFn: ({ signal }) => call('getInstitutions', { query: { division }, signal }),
    enabled: /^\d{4,12}$/.test(division),
    staleTime: 600_000,
  });
}

/** One office at or below `division`, by typing part of its name or code. */
export function OfficeSelect({
  division,
  value,
  onChange,
  placeholder = '本机构及以下',
  clearable = true,
  id,
  ...aria
}: {
  division: string;
  value: string;
  onChange: (office: string) => void;
  placeholder?: string;
  clearable?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
  'aria-required'?: boolean;
}) {
  const { data, isFetching } = useOffices(division);
  return (
    <Select
      id={id}
      {...aria}
      value={value || undefined}
      onChange={(office: string | undefined) => onChange(office ?? '')}
      options={data?.institutions.map(({ code, name }) => ({ value: code, label: name }))}
      showSearch={{
        filterOption: (typed, option) => `${option?.label ?? ''}${option?.value ?? ''}`.includes(typed.trim()),
      }}
      allowClear={clearable}
      loading={isFetching}
      placeholder={placeholder}
      notFoundContent={isFetching ? '正在读取…' : '没有机构'}
      popupMatchSelectWidth={false}
      className="office-select"
    />
  );
}
