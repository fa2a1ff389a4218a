/**
 * Occupations as vacancies and wishes name them: the broad groups of GB/T 6565-2015 (the arrangement of 中华人民共和国职业分类大典, 2015) at
 * the level of the middle groups, three digits, without the small groups and the 1,481 occupations below them. An own table: names of groups
 * are the standard's, everyday words beside them are ours. Too coarse for a labour-market study, enough to bring a person and a
 * post together. Plain data: the browser loads it when a form needs it.
 */

/** A middle group: code, name, everyday words for work in it, longest first where one contains another. */
const lines: readonly (readonly [code: string, name: string, words: string])[] = [
  ['101', '单位负责人', '总经理 副总 厂长 校长 院长 项目负责人 店长 经理'],
  ['201', '科学研究人员', '科研 研究员 实验员'],
  [
    '202',
    '工程技术人员',
    '工程师 技术员 程序员 软件开发 开发工程师 测试工程师 设计师 制图 造价 预算员 施工员 质检工程师 安全工程师',
  ],
  ['203', '农业技术人员', '农艺师 农技员 兽医 畜牧技术'],
  ['204', '飞机和船舶技术人员', '飞行员 船员'],
  ['205', '卫生专业技术人员', '医生 医师 护士 药师 康复师 检验师'],
  ['206', '经济和金融专业人员', '会计 出纳 审计 财务 统计员 人力资源 人事专员 税务 经济师'],
  ['207', '法律、社会和宗教专业人员', '律师 法务 社工 社会工作者'],
  ['208', '教学人员', '教师 老师 讲师 幼师 助教'],
  ['209', '文学艺术、体育专业人员', '美工 平面设计 编导 演员 教练'],
  ['210', '新闻出版、文化专业人员', '记者 编辑 校对 图书管理员'],
  ['301', '行政办事和业务人员', '文员 办事员 行政专员 行政助理 秘书 前台 打字员 资料员 内勤 档案员 文职 社区工作者'],
  ['302', '安全和消防人员', '消防员 消防 辅警 协管员'],
  ['401', '批发与零售服务人员', '收银员 收银 营业员 导购 理货员 理货 促销 销售 业务员 采购员 店员 直播销售'],
  [
    '402',
    '交通运输、仓储和邮政服务人员',
    '汽车驾驶员 货车司机 客车司机 出租车司机 驾驶员 驾驶 司机 快递员 快递 分拣 仓库管理 仓管 保管员 装卸 搬运 物流 外卖 配送 网约车',
  ],
  ['403', '住宿和餐饮服务人员', '中式烹调师 中式面点师 面点师 烹调 厨师 厨工 配菜 服务员 传菜 洗碗 餐饮 咖啡师 客房'],
  ['404', '信息传输、软件和信息技术服务人员', '网络维护 运维 信息录入 数据标注 网管 通信'],
  ['405', '金融服务人员', '银行柜员 柜员 保险代理 信贷'],
  ['406', '房地产服务人员', '物业管理 物业 房产经纪 置业顾问'],
  ['407', '租赁和商务服务人员', '客服 话务员 保安员 保安 安保 导游 会展 门卫 招聘专员'],
  ['408', '技术辅助服务人员', '检验员 质检员 质检 测量员 计量 绘图员'],
  ['409', '水利、环境和公共设施管理服务人员', '保洁员 保洁 环卫 绿化 园林 清洁工'],
  ['410', '居民服务人员', '家政服务 家政 养老护理员 护理员 护工 保姆 月嫂 育婴员 育婴 保育员 美容 美发 理发 按摩'],
  ['411', '电力、燃气及水供应服务人员', '抄表 燃气安装 供水 供电服务'],
  ['412', '修理及制作服务人员', '汽车维修 家电维修 汽修 修理工 维修工 钟表维修'],
  ['413', '文化、体育和娱乐服务人员', '放映 讲解员 救生员 健身'],
  ['414', '健康服务人员', '健康管理 医疗护理员 陪护 导医'],
  ['501', '农业生产人员', '种植 农艺工 大棚 采摘 农业工人'],
  ['502', '林业生产人员', '护林员 造林'],
  ['503', '畜牧业生产人员', '养殖 饲养员'],
  ['504', '渔业生产人员', '水产养殖 捕捞'],
  ['505', '农林牧渔业生产辅助人员', '农机手 农机 农机维修'],
  ['601', '农副产品加工人员', '粮油加工 屠宰 肉制品'],
  ['602', '食品、饮料生产加工人员', '食品加工 糕点 烘焙 饮料 酿酒 乳品'],
  ['603', '烟草及其制品加工人员', '卷烟'],
  ['604', '纺织、针织、印染人员', '纺织 挡车工 印染 织布'],
  ['605', '纺织品、服装和皮革、毛皮制品加工制作人员', '缝纫工 缝纫 裁剪 制鞋 服装 制衣 皮革'],
  ['606', '木材加工、家具与木制品制作人员', '木工 家具'],
  ['607', '纸及纸制品生产加工人员', '造纸 纸箱'],
  ['608', '印刷和记录媒介复制人员', '印刷 装订'],
  ['609', '文教、工美、体育和娱乐用品制作人员', '玩具 工艺品'],
  ['610', '石油加工和炼焦、煤化工生产人员', '炼焦 煤化工'],
  ['611', '化学原料和化学制品制造人员', '化工 涂料'],
  ['612', '医药制造人员', '制药'],
  ['613', '化学纤维制造人员', '化纤'],
  ['614', '橡胶和塑料制品制造人员', '注塑 橡胶 轮胎 塑料'],
  ['615', '非金属矿物制品制造人员', '水泥 玻璃 陶瓷 耐火'],
  ['616', '采矿人员', '采矿 矿工 采煤'],
  ['617', '金属冶炼和压延加工人员', '冶炼 轧钢 铝业 铸轧'],
  ['618', '机械制造基础加工人员', '数控车工 车工 铣工 钳工 焊工 焊接 电焊 铸造 数控 机加工'],
  ['619', '金属制品制造人员', '五金 钣金'],
  ['620', '通用设备制造人员', '装配工 泵阀 起重机制造'],
  ['621', '专用设备制造人员', '矿山设备 医疗器械'],
  ['622', '汽车制造人员', '汽车装配 汽车零部件'],
  ['623', '铁路、船舶、航空设备制造人员', '机车 船舶制造'],
  ['624', '电气机械和器材制造人员', '电池 变压器 线缆 家电装配'],
  ['625', '计算机、通信和其他电子设备制造人员', '电子厂 电子装配 贴片 插件'],
  ['626', '仪器仪表制造人员', '仪表'],
  ['627', '废弃资源综合利用人员', '废品回收 再生资源'],
  ['628', '电力、热力、气体、水生产和输配人员', '司炉 发电 热力 污水处理'],
  ['629', '建筑施工人员', '泥瓦工 瓦工 钢筋工 架子工 油漆工 装修 建筑工 水暖'],
  ['630', '运输设备和通用工程机械操作人员', '叉车司机 叉车 挖掘机 吊车 起重机 装载机 塔吊'],
  ['631', '生产辅助人员', '电工 包装工 包装 检修 操作工 普工 生产工 学徒工 设备维护 杂工'],
];

/** Middle groups by code, in the standard's order. */
export const occupations: ReadonlyMap<string, string> = new Map(lines.map(([code, name]) => [code, name]));

/** Everyday words with their group, longest first: 叉车司机 is found before 司机. */
const words: readonly (readonly [word: string, code: string])[] = lines
  .flatMap(([code, name, list]) => [name, ...list.split(' ')].map((word) => [word, code] as const))
  .sort((a, b) => b[0].length - a[0].length);

/** Whether the three digits are a middle group of the table. */
export function isOccupation(code: string): boolean {
  return occupations.has(code);
}

/** Name of a group; the code itself when it is none. */
export function occupationName(code: string): string {
  return occupations.get(code) ?? code;
}

/**
 * The group that a person's or employer's own words name, or undefined: a code, a group's name, or the longest everyday word in the text
 * (「叉车司机 五级」 → 630). The first of equally long words in the table's order wins.
 */
export function occupationOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (occupations.has(plain)) return plain;
  return words.find(([word]) => plain.includes(word))?.[1];
}

/** Groups whose name, code or everyday words contain what was typed, in the table's order; for a choice by typing. */
export function occupationsLike(typed: string): { code: string; name: string; words: string }[] {
  const text = typed.normalize('NFKC').trim();
  return lines
    .filter(([code, name, list]) => text === '' || code.startsWith(text) || name.includes(text) || list.includes(text))
    .map(([code, name, list]) => ({ code, name, words: list }));
}
