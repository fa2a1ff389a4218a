import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';
import type { CityApplication } from './model.ts';
import type { CityPerson } from './people.ts';
import type { Random } from './random.ts';

const wishes = [
  '普工',
  '收银员',
  '司机',
  '文员',
  '电工',
  '厨师',
  '销售',
  '会计',
  '护理员',
  '保安',
  '仓库管理',
  '教师',
  '客服',
  '缝纫工',
  '焊工',
  '家政服务',
];
const qualifications = [
  '电工 五级',
  '中式烹调师 四级',
  '汽车驾驶员 五级',
  '会计 助理级',
  '养老护理员 五级',
  '焊工 四级',
  '育婴员 五级',
  '叉车司机 五级',
];
const otherReasons = ['照顾家人期满，重新求职', '随配偶迁来本地', '短期项目结束', '因病休养后重新求职'];

/** The form of annex 1 as the person filled it in for this application: lawful in every field (a test checks each). */
export function formOf(random: Random, person: CityPerson, application: CityApplication): ApplicationForm {
  return {
    name: person.name,
    sex: person.sex,
    ethnic: person.ethnic,
    political: person.political,
    education: person.education,
    health: person.health,
    disability: person.disability,
    unemployedMonth: application.unemployedMonth,
    documentType: person.documentType,
    documentNumber: person.documentNumber,
    idNumber: person.idNumber,
    household: { division: person.household.division, detail: person.household.detail },
    residence: { division: person.residence.division, detail: person.residence.detail },
    qualifications: random.chance(0.22) ? [random.pick(qualifications)] : [],
    mobile: person.mobile,
    email: person.email,
    registrationPlace: application.place,
    placeDivision: application.division,
    reason: String(application.box),
    reasonText: application.box === 13 ? random.pick(otherReasons) : undefined,
    wantsBenefit: application.wantsBenefit,
    wishes: random.chance(0.7) ? [random.pick(wishes)] : [],
    hmtPreviouslyEmployed: person.hmtPreviouslyEmployed,
  };
}

/** An invented signature: one stroke of a few points in the box of 600 × 200. */
export function signatureOf(random: Random): string {
  let path = `M${random.between(40, 90)} ${random.between(70, 130)}`;
  for (let i = 0; i < 6; i += 1) {
    path += `Q${100 + i * 75} ${random.between(20, 180)} ${140 + i * 75} ${random.between(50, 150)}`;
  }
  return path;
}
