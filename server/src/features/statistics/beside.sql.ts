import type { Pyramid } from '@yingdeng/rules/statistics/pyramid.ts';
import type { ServiceFigures } from '@yingdeng/rules/statistics/service-sheet.ts';
import { sql } from '../../platform/sql.ts';

type Served = [division: string, from: string, to: string];

/** Services given in a county between two days, both included, by office and kind: index service_record_served alone. */
export const servicesGiven = sql<{ office: string; kind: string; count: number }, Served>(
  'statistics.servicesGiven',
  `select office, kind, count(*) as count from service_record
   where left(office, 6) = $1 and served_on >= $2 and served_on <= $3 group by office, kind`,
);

/** People served in a county between two days, each once, at the first of the offices that served them; the same index. */
export const peopleServed = sql<{ office: string; count: number }, Served>(
  'statistics.peopleServed',
  `select office, count(*) as count from (select min(office) as office from service_record
     where left(office, 6) = $1 and served_on >= $2 and served_on <= $3 group by registration_id) one
   group by office`,
);

/** Keeps what stands beside a sheet, by office or part; a sealed report takes nothing more. */
export const putBeside = sql<Record<string, never>, [tenant: string, id: string, services: string, ages: string]>(
  'statistics.putBeside',
  'update report set services = $3, ages = $4 where tenant = $1 and id = $2',
);

/** What stands beside a sheet. */
export interface BesideRow {
  services: Record<string, ServiceFigures> | null;
  ages: Record<string, Pyramid> | null;
}

export const besideOf = sql<BesideRow, [tenant: string, id: string]>(
  'statistics.besideOf',
  'select services, ages from report where tenant = $1 and id = $2',
);
