// The documents whose provisions are shipped.
import type { PlainDate } from '../calendar.ts';
import type { Level } from './provision.ts';

/** A legal document. `date` is its day of issue and of effect. */
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

export const henanRegulation: LawDocument = {
  number: '《河南省就业促进条例》',
  title: '河南省就业促进条例',
  issuer: '河南省人民代表大会常务委员会',
  level: 'province',
  division: '41',
  date: '2009-10-01',
  dateIsAssumed: true,
  dateReason:
    '公开的办事指南只写2009年的条例和条次，没有写施行日期。取当年10月1日；它只决定2015年以前按哪一套范围认定。',
};

export const henan59: LawDocument = {
  number: '豫政〔2015〕59号',
  title: '河南省人民政府关于进一步做好新形势下就业创业工作的文件',
  issuer: '河南省人民政府',
  level: 'province',
  division: '41',
  date: '2015-12-31',
  dateIsAssumed: true,
  dateReason: '公开的办事指南只写文号，没有写日期。取文号所在年份的最后一天，最晚不迟于这一天。',
};

/** The shipped documents, earliest and highest first. */
export const documents: readonly LawDocument[] = [henanRegulation, henan59, anshan21, ministry79, henan122];
