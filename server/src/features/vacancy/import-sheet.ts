import { educationLevels, skillLevels } from '@yingdeng/rules/matching.ts';
import { vacancyFieldNames, workKinds } from '@yingdeng/rules/vacancy.ts';
import ExcelJS from 'exceljs';
import { importFields } from './import-columns.ts';

const example: readonly string[] = [
  '某某机械制造有限公司',
  '',
  'GW-001',
  '数控车工',
  '机械制造基础加工人员',
  '河南省焦作市解放区',
  '工业路1号',
  '4500',
  '6500',
  '高中、中专、技校',
  '中级工（四级）',
  '3',
  '全日制',
  '0391-3569000',
  '长白班，双休，包午餐',
  '2026-12-01',
  '2027-03-31',
];
const notes: readonly (readonly [string, string])[] = [
  [
    '必填',
    '单位名称、单位岗位编号、岗位名称、职业、工作地点、详细地址、月工资上下限、招聘人数、单位办公电话、有效期止',
  ],
  ['单位岗位编号', '单位自己给岗位编的号。同一单位同一编号再次导入，是修改原来的岗位，不会变成两个'],
  ['职业', '写职业名称或三位代码，也可以写常用叫法，如“焊工”“收银员”'],
  ['工作地点', '县（市、区）的六位区划代码或全称'],
  ['学历要求', Object.values(educationLevels).join('；')],
  ['技能等级要求', Object.values(skillLevels).join('；')],
  ['用工形式', Object.values(workKinds).join('；')],
  ['单位办公电话', '带区号的座机。手机号属于个人信息，不收'],
  ['不能写的内容', '性别、婚育、户籍、民族、残疾、传染病等歧视性条件；押金、培训费、服装费等收费；扣押证件'],
];

/** An empty sheet with headings, lists of choices, one example and notes on a second sheet. */
export async function templateSheet(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('岗位', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(importFields.map((field) => vacancyFieldNames[field]));
  sheet.getRow(1).font = { bold: true };
  importFields.forEach((_, i) => {
    const column = sheet.getColumn(i + 1);
    column.width = 18;
    column.numFmt = '@';
  });
  const choices = { education: educationLevels, skill: skillLevels, kind: workKinds };
  for (const [field, list] of Object.entries(choices)) {
    const letter = sheet.getColumn(importFields.indexOf(field as keyof typeof choices) + 1).letter;
    for (let line = 2; line <= 500; line += 1)
      sheet.getCell(`${letter}${line}`).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${Object.values(list).join(',')}"`],
      };
  }
  const help = book.addWorksheet('填写说明');
  help.addRow(['示例']);
  help.addRow(importFields.map((field) => vacancyFieldNames[field]));
  help.addRow([...example]);
  help.addRow([]);
  for (const [name, text] of notes) help.addRow([name, text]);
  help.getColumn(1).width = 22;
  help.getColumn(2).width = 60;
  return Buffer.from(await book.xlsx.writeBuffer());
}
