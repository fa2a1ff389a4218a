// The documents whose provisions are shipped.
import type { PlainDate } from '../calendar.ts';
import type { Level } from './provision.ts';

/** A legal document. `date` is its day of issue and, for these three, of effect. */
export interface LawDocument {
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  readonly level: Level;
  readonly division: string;
  readonly date: PlainDate;
  /** The date is not in the text; `dateReason` says why this one was chosen. */
  readonly dateIsAssumed: boolean;
  readonly dateReason: string;
}

export const anshan21: LawDocument = {
  number: '鞍人社〔2020〕21号',
  title: '关于进一步做好失业登记工作 强化失业人员就业服务的通知',
  issuer: '鞍山市人力资源和社会保障局',
  level: 'city',
  division: '2103',
  date: '2020-03-31',
  dateIsAssumed: true,
  dateReason:
    '文件正文没有日期。取2020年3月31日：人社厅发〔2020〕79号和豫人社办函〔2020〕122号都要求补传“今年3月31日以来”的登记数据，说明全国统一服务入口当时已启用，而本文件正是为对接该入口印发。',
};

export const ministry79: LawDocument = {
  number: '人社厅发〔2020〕79号',
  title: '人力资源社会保障部办公厅关于进一步做好失业登记服务管理工作的通知',
  issuer: '人力资源社会保障部办公厅',
  level: 'national',
  division: '',
  date: '2020-07-31',
  dateIsAssumed: true,
  dateReason:
    '文件正文没有日期，规定自发文之日起执行。取2020年7月31日：转发它的豫人社办函〔2020〕122号于该日印发，发文日期最晚不迟于这一天。',
};

export const henan122: LawDocument = {
  number: '豫人社办函〔2020〕122号',
  title: '河南省人力资源和社会保障厅关于转发《人力资源社会保障部办公厅关于进一步做好失业登记服务管理工作的通知》的通知',
  issuer: '河南省人力资源和社会保障厅',
  level: 'province',
  division: '41',
  date: '2020-07-31',
  dateIsAssumed: false,
  dateReason: '文末印发日期。焦人社函〔2020〕44号原文转发，要求严格遵照执行。',
};

/** The shipped documents, earliest and highest first. */
export const documents: readonly LawDocument[] = [anshan21, ministry79, henan122];
