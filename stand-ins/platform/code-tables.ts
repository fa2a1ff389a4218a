/** The platform's own copy of the code tables it checks uploads against, read from the annex and the standards. */

/** AJC00A, annex 二(二): twelve codes; there is no 22. */
export const EXIT_REASONS: Readonly<Record<string, string>> = {
  '11': '被各类用人单位录用或招聘',
  '12': '从事个体经营、创办企业或民办非企业',
  '13': '已从事有稳定收入的劳动，并且月收入不低于当地最低生活保障标准',
  '14': '公益性岗位安置',
  '21': '已依法享受基本养老保险待遇',
  '23': '完全丧失劳动能力',
  '24': '入学、应征服兵役、移居境外',
  '25': '被判刑收监执行',
  '26': '死亡',
  '31': '连续3次拒绝接受公共就业服务',
  '32': '连续6个月无法取得联系',
  '90': '其他',
};

/** AAC058: kinds of identity document. */
export const DOCUMENT_KINDS: Readonly<Record<string, string>> = {
  '01': '居民身份证（户口簿）',
  '02': '中国人民解放军军官证',
  '03': '中国人民武装警察警官证',
  '04': '香港特区护照/港澳居民来往内地通行证',
  '05': '澳门特区护照/港澳居民来往内地通行证',
  '06': '台湾居民来往大陆通行证',
  '07': '外国人永久居留证',
  '08': '外国人护照',
  '09': '残疾人证',
  '10': '军烈属证明',
  '11': '外国人就业证',
  '12': '外国专家证',
  '13': '外国人常驻记者证',
  '14': '台港澳人员就业证',
  '15': '回国（来华）定居专家证',
  '16': '中国护照',
  '17': '港澳台居民居住证',
  '90': '社会保障卡',
  '99': '其他身份证件',
};

/** AJC093: reasons of unemployment. */
export const UNEMPLOYMENT_REASONS: Readonly<Record<string, string>> = {
  '10': '年满16周岁，从各类学校毕业、肄业',
  '21': '被各类企业解除或终止劳动关系',
  '22': '企业破产倒闭终止劳动关系',
  '23': '从机关事业单位被辞退解聘',
  '24': '从各类单位辞职',
  '32': '私营企业、民办非企业业主停业、破产',
  '31': '终止从事个体工商户',
  '50': '承包土地被征用等情况',
  '33': '从事一定收入的劳动，但是收入低于当地最低生活保障标准',
  '40': '退出公益性岗位',
  '60': '军人退出现役且未纳入国家统一安置',
  '70': '刑满释放、假释、监外执行',
  '90': '其他',
};

/** ACC412: where a person registers. */
export const PLACE_TYPES: Readonly<Record<string, string>> = {
  '1': '户籍地',
  '2': '常住地',
  '3': '就业地',
  '4': '参保地',
};

export const SEXES: Readonly<Record<string, string>> = { '0': '未知的性别', '1': '男', '2': '女', '9': '未说明的性别' };

/** The cities kept whole, county by county (GB/T 2260). 410871 is a statistical code only and is not in the standard. */
export const DIVISIONS: Readonly<Record<string, string>> = {
  '410800': '焦作市',
  '410802': '解放区',
  '410803': '中站区',
  '410804': '马村区',
  '410811': '山阳区',
  '410821': '修武县',
  '410822': '博爱县',
  '410823': '武陟县',
  '410825': '温县',
  '410882': '沁阳市',
  '410883': '孟州市',
  '210300': '鞍山市',
  '210302': '铁东区',
  '210303': '铁西区',
  '210304': '立山区',
  '210311': '千山区',
  '210321': '台安县',
  '210323': '岫岩满族自治县',
  '210381': '海城市',
};

const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
);

/**
 * True for a division that may carry an exit: in the table for the cities kept whole; elsewhere by the make-up of
 * the code (a known province, and a city or county below it).
 */
export function isDivision(code: string): boolean {
  if (!/^[0-9]{6}$/.test(code)) return false;
  const city = `${code.slice(0, 4)}00`;
  if (city in DIVISIONS) return code in DIVISIONS;
  return PROVINCES.has(code.slice(0, 2)) && code.slice(2, 4) !== '00';
}

/** The leading digits that all divisions below this one share: 410000 → 41, 410800 → 4108, 410802 → 410802. */
export function divisionPrefix(code: string): string {
  return code.replace(/(00)+$/, '');
}
