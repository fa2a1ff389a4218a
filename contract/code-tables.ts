/**
 * Every code table the system shows, stores or uploads, as plain data: no schema library, so that the browser can
 * import it alone. Source and confidence of each list: its `standard` and `note`; codes still to be confirmed with the
 * ministry stand in `pending`.
 *
 * Beware: JavaScript lists the keys '10', '11' … before '01', '02' …; use `codeEntries` wherever the order is seen.
 */

/** One code table. `field` is the indicator code of the national standard, '' when there is none. */
export interface CodeTable {
  readonly field: string;
  readonly standard: string;
  readonly note?: string;
  /** Codes in use elsewhere but not confirmed for this field (待核实). */
  readonly pending?: readonly string[];
  /** code → text */
  readonly values: Readonly<Record<string, string>>;
}

/** Stored with everything that was checked or printed against these tables; changes whenever a value changes. */
export const codeTablesVersion = '2020-79.1';

/** The tables by name. */
export const codeTables = {
  exitReason: {
    field: 'AJC00A',
    standard: '人社厅发〔2020〕79号 附件二(二)',
    note: '没有22：79号文件以“依法享受基本养老保险待遇”取代了“达到退休年龄”',
    values: {
      11: '被各类用人单位录用或招聘',
      12: '从事个体经营、创办企业或民办非企业',
      13: '已从事有稳定收入的劳动，并且月收入不低于当地最低生活保障标准',
      14: '公益性岗位安置',
      21: '已依法享受基本养老保险待遇',
      23: '完全丧失劳动能力',
      24: '入学、应征服兵役、移居境外',
      25: '被判刑收监执行',
      26: '死亡',
      31: '连续3次拒绝接受公共就业服务',
      32: '连续6个月无法取得联系',
      90: '其他',
    },
  },
  exitReasonBefore2020: {
    field: 'AJC00A',
    standard: '2020年以前的全国代码表',
    note: '2020年以前的旧代码表，文字与现行表不同，只用于识别历史数据，不得用于上报',
    values: {
      11: '被用人单位录用',
      12: '从事个体经营或创办企业，并领取工商营业执照',
      13: '已从事有稳定收入的劳动，并且月收入不低于当地最低工资标准',
      14: '公益性岗位安置',
      21: '已享受基本养老保险待遇',
      22: '达到退休年龄',
      23: '完全丧失劳动能力',
      24: '入学、服兵役、移居境外',
      25: '被判刑收监执行',
      26: '死亡',
      31: '终止就业要求或拒绝接受公共就业服务',
      32: '在规定时间内未与公共就业服务机构联系',
      90: '其他',
    },
  },
  unemploymentReason: {
    field: 'AJC093',
    standard: '人社业务代码',
    values: {
      10: '年满16周岁，从各类学校毕业、肄业',
      20: '从企业、机关、事业单位等各类用人单位失业',
      21: '被企业解除或终止劳动关系',
      22: '企业破产倒闭终止劳动关系',
      23: '从机关事业单位被辞退解聘',
      24: '从各类单位辞职',
      31: '退出个体经营',
      32: '私营企业业主停业、破产停止经营',
      33: '退出灵活就业',
      40: '退出公益性岗位',
      50: '符合当地规定条件，承包土地被征用等情况（含转产渔民和牧民）',
      60: '军人退出现役且未纳入国家统一安置',
      70: '刑满释放、假释、监外执行',
      90: '其他',
    },
  },
  identityDocument: {
    field: 'AAC058',
    standard: 'LD/T 系列代码',
    note: '16、17待核实',
    pending: ['16', '17'],
    values: {
      '01': '居民身份证（户口簿）',
      '02': '中国人民解放军军官证',
      '03': '中国人民武装警察警官证',
      '04': '香港特区护照/港澳居民来往内地通行证',
      '05': '澳门特区护照/港澳居民来往内地通行证',
      '06': '台湾居民来往大陆通行证',
      '07': '外国人永久居留证',
      '08': '外国人护照',
      '09': '残疾人证',
      10: '军烈属证明',
      11: '外国人就业证',
      12: '外国专家证',
      13: '外国人常驻记者证',
      14: '台港澳人员就业证',
      15: '回国（来华）定居专家证',
      16: '中国护照',
      17: '港澳台居民居住证',
      90: '社会保障卡',
      99: '其他身份证件',
    },
  },
  sex: {
    field: 'AAC004',
    standard: 'GB/T 2261.1-2003',
    values: {
      0: '未知的性别',
      1: '男',
      2: '女',
      9: '未说明的性别',
    },
  },
  ethnic: {
    field: 'AAC005',
    standard: 'GB/T 3304-1991',
    values: {
      '01': '汉族',
      '02': '蒙古族',
      '03': '回族',
      '04': '藏族',
      '05': '维吾尔族',
      '06': '苗族',
      '07': '彝族',
      '08': '壮族',
      '09': '布依族',
      10: '朝鲜族',
      11: '满族',
      12: '侗族',
      13: '瑶族',
      14: '白族',
      15: '土家族',
      16: '哈尼族',
      17: '哈萨克族',
      18: '傣族',
      19: '黎族',
      20: '傈僳族',
      21: '佤族',
      22: '畲族',
      23: '高山族',
      24: '拉祜族',
      25: '水族',
      26: '东乡族',
      27: '纳西族',
      28: '景颇族',
      29: '柯尔克孜族',
      30: '土族',
      31: '达斡尔族',
      32: '仫佬族',
      33: '羌族',
      34: '布朗族',
      35: '撒拉族',
      36: '毛南族',
      37: '仡佬族',
      38: '锡伯族',
      39: '阿昌族',
      40: '普米族',
      41: '塔吉克族',
      42: '怒族',
      43: '乌孜别克族',
      44: '俄罗斯族',
      45: '鄂温克族',
      46: '德昂族',
      47: '保安族',
      48: '裕固族',
      49: '京族',
      50: '塔塔尔族',
      51: '独龙族',
      52: '鄂伦春族',
      53: '赫哲族',
      54: '门巴族',
      55: '珞巴族',
      56: '基诺族',
      97: '其他',
      98: '外国血统中国籍人士',
    },
  },
  political: {
    field: 'AAC024',
    standard: 'GB/T 4762-1984',
    values: {
      '01': '中国共产党党员',
      '02': '中国共产党预备党员',
      '03': '中国共产主义青年团团员',
      '04': '中国国民党革命委员会会员',
      '05': '中国民主同盟盟员',
      '06': '中国民主建国会会员',
      '07': '中国民主促进会会员',
      '08': '中国农工民主党党员',
      '09': '中国致公党党员',
      10: '九三学社社员',
      11: '台湾民主自治同盟盟员',
      12: '无党派民主人士',
      13: '群众',
    },
  },
  education: {
    field: 'AAC011',
    standard: 'GB/T 4658-2006',
    values: {
      10: '研究生教育',
      11: '博士研究生毕业',
      12: '博士研究生结业',
      13: '博士研究生肄业',
      14: '硕士研究生毕业',
      15: '硕士研究生结业',
      16: '硕士研究生肄业',
      17: '研究生班毕业',
      18: '研究生班结业',
      19: '研究生班肄业',
      20: '大学本科教育',
      21: '大学本科毕业',
      22: '大学本科结业',
      23: '大学本科肄业',
      28: '大学普通班毕业',
      30: '大学专科教育',
      31: '大学专科毕业',
      32: '大学专科结业',
      33: '大学专科肄业',
      40: '中等职业教育',
      41: '中等专科毕业',
      42: '中等专科结业',
      43: '中等专科肄业',
      44: '职业高中毕业',
      45: '职业高中结业',
      46: '职业高中肄业',
      47: '技工学校毕业',
      48: '技工学校结业',
      49: '技工学校肄业',
      60: '普通高级中学教育',
      61: '普通高中毕业',
      62: '普通高中结业',
      63: '普通高中肄业',
      70: '初级中学教育',
      71: '初中毕业',
      73: '初中肄业',
      80: '小学教育',
      81: '小学毕业',
      83: '小学肄业',
      90: '其他',
    },
  },
  educationShort: {
    field: 'AAC011',
    standard: '人社业务简表',
    note: '业务系统常用的简表',
    values: {
      10: '研究生及以上',
      11: '博士研究生',
      14: '硕士研究生',
      20: '大学本科',
      30: '大学专科',
      40: '中专技校',
      41: '中等专科',
      44: '职业高中',
      47: '技工学校',
      61: '高中',
      70: '初中及以下',
      71: '初级中学',
      81: '小学',
      90: '其他',
    },
  },
  health: {
    field: 'AAC033',
    standard: 'GB/T 2261.3-2003',
    note: '指标编码待核实',
    values: {
      1: '健康或良好',
      2: '一般或较弱',
      3: '有慢性病',
      6: '残疾',
      10: '健康或良好',
      20: '一般或较弱',
      30: '有慢性病',
      31: '心血管病',
      32: '脑血管病',
      33: '慢性呼吸系统病',
      34: '慢性消化系统病',
      35: '慢性肾炎',
      36: '结核病',
      37: '糖尿病',
      38: '神经或精神疾病',
      41: '癌症',
      49: '其他慢性病',
      60: '残疾',
      61: '视力残疾',
      62: '听力残疾',
      63: '言语残疾',
      64: '肢体残疾',
      65: '智力残疾',
      66: '精神残疾',
      67: '多重残疾',
      69: '其他残疾',
    },
  },
  injuryGrade: {
    field: '',
    standard: '地方代码',
    note: '伤残等级；残疾人证另有四级，见 disabilityScales',
    values: {
      '01': '伤残一级',
      '02': '伤残二级',
      '03': '伤残三级',
      '04': '伤残四级',
      '05': '伤残五级',
      '06': '伤残六级',
      '07': '伤残七级',
      '08': '伤残八级',
      '09': '伤残九级',
      10: '伤残十级',
      11: '未达等级',
    },
  },
  hukou: {
    field: 'AAC009',
    standard: '人社业务代码',
    values: {
      10: '非农业户口（城镇）',
      11: '本地非农业户口（本地城镇）',
      12: '外地非农业户口（外地城镇）',
      20: '农业户口（农村）',
      21: '本地农业户口（本地农村）',
      22: '外地农业户口（外地农村）',
      30: '台港澳人员',
      40: '外籍人士',
      50: '居民户',
    },
  },
  skillLevel: {
    field: 'AAC015',
    standard: '人社业务代码',
    values: {
      1: '职业资格一级(高级技师)',
      2: '职业资格二级(技师)',
      3: '职业资格三级(高级)',
      4: '职业资格四级(中级)',
      5: '职业资格五级(初级)',
    },
  },
  employmentType: {
    field: '',
    standard: '人社业务代码',
    values: {
      '010': '单位就业',
      '020': '自主就业',
      '021': '个体经营',
      '022': '灵活就业',
      '029': '其他自主就业',
      '030': '公益性岗位安置',
      '040': '特殊事项就业',
      '090': '其它就业形式',
    },
  },
  serviceItem: {
    field: '',
    standard: '人社业务代码（2015）',
    values: {
      '010': '职业介绍',
      '020': '职业指导',
      '030': '创业服务',
      '040': '职业培训',
      '050': '其他服务',
    },
  },
  aidWay: {
    field: '',
    standard: '人社业务代码（2015）',
    values: {
      1: '推荐就业',
      2: '职业培训',
      3: '公益性岗位安置',
      4: '创业服务',
      5: '灵活就业',
      6: '社会保险补贴',
      7: '其他',
    },
  },
  policyType: {
    field: '',
    standard: '人社业务代码（2015）',
    values: {
      '010': '公益性岗位补贴',
      '020': '社会保险补贴',
      '030': '职业介绍补贴',
      '040': '职业培训补贴',
      '050': '职业技能鉴定补贴',
      '060': '税收优惠政策',
      '070': '行政事业性收费减免政策',
      '080': '小额担保贷款贴息政策',
      990: '其他就业扶持政策',
    },
  },
  difficultyBefore2020: {
    field: '',
    standard: '人社业务代码（2010年代）',
    note: '2010年代旧表，现行类别由各省确定',
    values: {
      '010': '国企下岗失业人员',
      '020': '国企关闭破产安置人员',
      '030': '集体企业下岗职工',
      '040': '享受低保的长期失业人员',
      '050': '大龄就业困难人员',
      '060': '残疾人',
      '070': '零就业家庭成员',
      '080': '失地农民',
      '090': '农村零转移就业贫困家庭成员',
      100: '毕业一年以上未就业的高校毕业生',
      110: '社会成年孤儿',
      990: '其他',
    },
  },
  benefitStatus: {
    field: '',
    standard: '人社业务代码（2015）',
    values: {
      10: '不符合享受条件',
      20: '正在享受',
      30: '本次享受期满',
      40: '停止领取失业保险金',
      41: '重新就业',
      42: '应征服兵役',
      43: '移居境外',
      44: '享受基本养老保险待遇',
      45: '被判刑收监执行',
      46: '无正当理由，拒不接受介绍的工作',
      47: '有法律、行政法规规定的其他情形',
      90: '其他',
    },
  },
  jobIntention: {
    field: '',
    standard: '地方代码',
    note: '上海市用法',
    values: {
      1: '单位就业',
      2: '灵活就业',
      3: '创业',
      4: '职业培训',
    },
  },
  grading: {
    field: '',
    standard: '地方代码',
    note: '上海市用法',
    values: {
      0: '无需意向分类',
      1: '就业条件较弱',
      2: '有创业意向',
      3: '就业条件较好',
      4: '就业条件一般',
    },
  },
  urbanRuralClass: {
    field: '',
    standard: '统计用城乡分类代码',
    values: {
      111: '主城区',
      112: '城乡结合区',
      121: '镇中心区',
      122: '镇乡结合区',
      123: '特殊区域',
      210: '乡中心区',
      220: '村庄',
    },
  },
  exitSubReason24: {
    field: '',
    standard: '本系统内部细分',
    note: '24合并了三种情形；移居境外免予告知，其余须告知，因此必须细分',
    values: { study: '入学', service: '应征服兵役', emigration: '移居境外' },
  },
  exitSubReason12: {
    field: '',
    standard: '本系统内部细分',
    values: { individual: '个体经营', enterprise: '创办企业', nonEnterprise: '民办非企业' },
  },
  registrationPlace: {
    field: '',
    standard: '鞍人社〔2020〕21号 一；人社厅发〔2020〕79号 一(一)',
    note: '某地某日可选哪几种，以当日有效规定为准',
    values: { household: '户籍地', residence: '常住地', employment: '就业地', insurance: '参保地' },
  },
  channel: {
    field: '',
    standard: '本系统内部代码',
    values: { portal: '网上服务大厅', counter: '服务窗口', platform: '全国统一服务平台', benefit: '失业保险经办窗口' },
  },
  disabilityCardGrade: {
    field: '',
    standard: '残疾人证等级',
    note: '与伤残等级（injuryGrade）是两套不同的等级，登记时须同时保存是哪一套',
    values: { 1: '一级', 2: '二级', 3: '三级', 4: '四级' },
  },
} as const satisfies Record<string, CodeTable>;

/** The name of a code table. */
export type CodeTableName = keyof typeof codeTables;

/** One box of the unemployment reasons of the form 《失业人员登记表》 (A21 annex 1), in the printed order. */
export interface FormReason {
  /** 1–13, as printed */
  readonly box: number;
  readonly text: string;
  /** AJC093 */
  readonly code: string;
  /** the worker writes in words what it is */
  readonly needsText: boolean;
  /** the mapping to AJC093 has no exact twin in the national list */
  readonly uncertain?: true;
}

/** The thirteen boxes. */
export const formReasons: readonly FormReason[] = [
  { box: 1, text: '年满16周岁，从各类学校毕业、肄业', code: '10', needsText: false },
  { box: 2, text: '被各类企业解除或终止劳动关系', code: '21', needsText: false },
  { box: 3, text: '企业破产倒闭终止劳动关系', code: '22', needsText: false },
  { box: 4, text: '从机关事业单位被辞退解聘', code: '23', needsText: false },
  { box: 5, text: '从各类单位辞职', code: '24', needsText: false },
  { box: 6, text: '私营企业、民办非企业业主停业、破产', code: '32', needsText: false },
  { box: 7, text: '终止从事个体工商户', code: '31', needsText: false },
  { box: 8, text: '承包土地被征用等情况', code: '50', needsText: false },
  {
    box: 9,
    text: '从事一定收入的劳动，但是收入低于当地最低生活保障标准',
    code: '33',
    needsText: false,
    uncertain: true,
  },
  { box: 10, text: '退出公益性岗位', code: '40', needsText: false },
  { box: 11, text: '军人退出现役且未纳入国家统一安置', code: '60', needsText: false },
  { box: 12, text: '刑满释放、假释、监外执行', code: '70', needsText: false },
  { box: 13, text: '其他', code: '90', needsText: true },
];

/** The two scales in which a disability is graded; a grade means nothing without its scale. */
export const disabilityScales = [
  { scale: 'injury', text: '伤残等级', table: 'injuryGrade' },
  { scale: 'card', text: '残疾人证等级', table: 'disabilityCardGrade' },
] as const satisfies readonly { scale: string; text: string; table: CodeTableName }[];

/** Health codes that mean a disability, for which the form's note 2 demands a grade. */
export const disabilityHealthCodes: readonly string[] = ['6', '60', '61', '62', '63', '64', '65', '66', '67', '69'];

/** Documents a counter accepts (A21-2): mainland residents 01, 90; Hong Kong, Macao and Taiwan residents 17, 90, 04, 05. */
export const counterDocuments: readonly string[] = ['01', '90', '17', '04', '05'];

/** The sub-reason table an exit reason needs, when the code merges several situations. */
export const exitSubReasonTables: Readonly<Record<string, CodeTableName>> = {
  12: 'exitSubReason12',
  24: 'exitSubReason24',
};

/** The text of a code; undefined for a code the table does not have. */
export function codeText(table: CodeTableName | CodeTable, code: string | null | undefined): string | undefined {
  if (code === null || code === undefined) return undefined;
  const { values }: CodeTable = typeof table === 'string' ? codeTables[table] : table;
  return Object.hasOwn(values, code) ? values[code] : undefined;
}

/** Whether the table has the code. */
export function isCode(table: CodeTableName | CodeTable, code: string | null | undefined): code is string {
  return codeText(table, code) !== undefined;
}

/** All `[code, text]` of a table for lists on screen: numeric codes ascending, named codes as written. */
export function codeEntries(table: CodeTableName | CodeTable): [code: string, text: string][] {
  const { values }: CodeTable = typeof table === 'string' ? codeTables[table] : table;
  const entries = Object.entries(values);
  const numeric = entries.every(([code]) => /^\d+$/.test(code));
  return numeric ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries;
}
