import { type Random, weights } from './random.ts';

/** Surnames in the order of their frequency, with their rough share in per mille; the rest share what is left. */
const surnames = weights(
  ...[...'王李张刘陈杨赵黄周吴'].map((s, i) => [s, [76, 74, 68, 54, 45, 31, 23, 22, 21, 20][i]!] as const),
  ...[...'徐孙胡朱高林何郭马罗'].map((s) => [s, 13] as const),
  ...[...'梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'].map((s) => [s, 7] as const),
  ...[...'苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史'].map(
    (s) => [s, 3] as const,
  ),
  ...['毋', '原', '靳', '樊', '琚', '欧阳', '司马', '上官', '诸葛', '皇甫'].map((s) => [s, 0.6] as const),
);

/** Characters of given names by sex and by generation: born before 1975, before 1995, since. */
const givenCharacters = {
  1: [
    [...'国建军明志文永福德华平生春海林树根保玉庆长新忠义成安荣贵学全'],
    [...'伟强磊勇涛超鹏杰波辉刚斌浩峰凯亮俊鑫飞宁龙帅阳旭东洋健'],
    [...'子轩浩宇泽睿博文嘉俊晨铭宸皓奕恒昊天梓霖航一诺翔瑞毅'],
  ],
  2: [
    [...'秀英桂兰玉珍凤梅芳淑华荣香莲爱琴春花素云金枝青霞清萍'],
    [...'丽娜静敏燕艳娟霞婷雪琳玲慧莉倩红丹洁璐晶蕾颖文萌佳欣妍'],
    [...'子涵欣怡梓诗雨萱佳琪思语彤若曦可馨梦瑶一诺心悦依晨钰'],
  ],
} as const;

/** Not in GBK, or rare in fonts: they find every place that damages a name. */
const rareCharacters = ['𠮷', '䶮', '㛃', '㐂', '堃', '喆', '淼'];

const uyghurGiven = {
  1: ['买买提', '艾力', '阿不都', '吐尔逊', '玉素甫', '艾尔肯'],
  2: ['阿依古丽', '古丽娜', '热依汗', '帕提古丽', '迪丽热巴', '米娜'],
};
const uyghurFamily = ['艾力', '买买提', '吐尔逊', '热合曼', '卡德尔', '依明', '库尔班', '伊米提'];

/** A Uyghur name: own name and father's name, joined by U+00B7. */
export function uyghurName(random: Random, sex: '1' | '2'): string {
  return `${random.pick(uyghurGiven[sex])}·${random.pick(uyghurFamily)}`;
}

/** A surname by its frequency. */
export function surname(random: Random): string {
  return random.weighted(surnames);
}

/** A given name that suits sex and year of birth; one in a thousand has a rare character. */
export function givenName(random: Random, sex: '1' | '2', birthYear: number): string {
  const pool = givenCharacters[sex][birthYear < 1975 ? 0 : birthYear < 1995 ? 1 : 2]!;
  const first = random.pick(pool);
  if (random.chance(0.001)) return first + random.pick(rareCharacters);
  return random.chance(birthYear < 1975 ? 0.18 : 0.12) ? first : first + random.pick(pool);
}
