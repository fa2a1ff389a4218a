import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/use-session.ts';

/** Documents by the prefix of a clause id: their number, and the divisions they hold for ('' is the whole country). */
const documents: Readonly<Record<string, readonly [number: string, division: string]>> = {
  A21: ['鞍人社〔2020〕21号', '2103'],
  M79: ['人社厅发〔2020〕79号', ''],
  M79X: ['人社厅发〔2020〕79号 附件', ''],
  H122: ['豫人社办函〔2020〕122号', '41'],
  HN09: ['《河南省就业促进条例》', '41'],
  HN59: ['豫政〔2015〕59号', '41'],
  J44: ['焦人社函〔2020〕44号', '4108'],
};

/**
 * The place in the law a clause id names, as printed: 「人社厅发〔2020〕79号 一(三)」. Text that is no id stays as it is; a document of
 * another city, on which a rule is only modelled, is not cited to people it does not bind.
 */
export function Clause({ id, label = '依据：' }: { id: string; label?: string }) {
  const { data: session } = useSession();
  const known = useQuery({
    queryKey: ['clauses'],
    queryFn: async () => {
      const { clauses } = await import('@yingdeng/rules/provisions/clauses.ts');
      return new Map(clauses.map((one) => [one.id, one.clause]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const prefix = /^(M79X|M79|A21|H122|HN09|HN59|J44)-/.exec(id)?.[1];
  const [number, division] = (prefix && documents[prefix]) || [id, ''];
  if (session?.office && !session.office.office.startsWith(division)) return null;
  return (
    <span className="quiet clause">
      {label}
      {number} {prefix && known.data?.get(id)}
    </span>
  );
}
