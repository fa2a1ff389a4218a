/** The pages of the form on a phone, in order. */
export const formSteps = ['person', 'address', 'contact', 'unemployment', 'wishes'] as const;
export type FormStep = (typeof formSteps)[number];

export type Field = {
  label: string;
  /** Marked * in annex 1, or indispensable for routing (domain R040). */
  starred: boolean;
  step: FormStep;
  /** A choice rather than something typed. */
  choose?: true;
};

const fields = {
  name: { label: '姓名', starred: true, step: 'person' },
  sex: { label: '性别', starred: true, step: 'person', choose: true },
  ethnic: { label: '民族', starred: true, step: 'person', choose: true },
  political: { label: '政治面貌', starred: false, step: 'person', choose: true },
  education: { label: '学历', starred: true, step: 'person', choose: true },
  health: { label: '健康状况', starred: true, step: 'person', choose: true },
  disability: { label: '伤残等级', starred: false, step: 'person', choose: true },
  unemployedMonth: { label: '失业时间', starred: true, step: 'person' },
  documentType: { label: '证件类型', starred: true, step: 'person', choose: true },
  documentNumber: { label: '证件号', starred: true, step: 'person' },
  idNumber: { label: '社会保障号码', starred: true, step: 'person' },
  hmtPreviouslyEmployed: { label: '曾在内地（大陆）就业', starred: false, step: 'person', choose: true },
  household: { label: '户籍地址', starred: true, step: 'address' },
  residence: { label: '常住地址', starred: true, step: 'address' },
  qualifications: { label: '职业（工种）资格及等级或专业技术职务名称及级别', starred: false, step: 'wishes' },
  mobile: { label: '手机', starred: true, step: 'contact' },
  landline: { label: '固定电话', starred: false, step: 'contact' },
  email: { label: '电子邮件', starred: false, step: 'contact' },
  otherContact: { label: '其他联系方式', starred: false, step: 'contact' },
  registrationPlace: { label: '登记失业地', starred: true, step: 'address', choose: true },
  placeDivision: { label: '登记失业地所在县（市、区）', starred: true, step: 'address', choose: true },
  reason: { label: '失业原因', starred: true, step: 'unemployment', choose: true },
  reasonText: { label: '其他失业原因', starred: false, step: 'unemployment' },
  wantsBenefit: { label: '是否申领失业保险金', starred: true, step: 'unemployment', choose: true },
  wishes: { label: '求职意向', starred: false, step: 'wishes' },
  otherNotes: { label: '其他需要说明的事项', starred: false, step: 'wishes' },
} as const satisfies Record<string, Field>;

export type FormField = keyof typeof fields;
/** Every field of annex 1 (A21-8a) in its order: the one table for portal, console, print and error messages. */
export const formFields: Readonly<Record<FormField, Field>> = fields;

/** Whether the field must be filled in. */
export function isStarred(field: FormField): boolean {
  return formFields[field].starred;
}
