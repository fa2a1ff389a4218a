import type { Pyramid } from '@yingdeng/rules/statistics/pyramid.ts';
import type { ServiceFigures } from '@yingdeng/rules/statistics/service-sheet.ts';
import { sql } from '../../platform/sql.ts';

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
