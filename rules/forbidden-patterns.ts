// The demands and grounds that no text to the worker may name (M79-2a…f, A21-7a, M79-10a), as patterns over simplified characters.

/** What a forbidden phrase is about; each kind has the clause that forbids it. */
export type ForbiddenKind =
  | 'identityProof'
  | 'terminationProof'
  | 'diploma'
  | 'insured'
  | 'benefit'
  | 'incomplete'
  | 'place'
  | 'upperAge';

// "Not yet, not there, not having" and the ways of saying social insurance.
const NONE =
  '(?:未|没有?|沒有?|无|不|尚未|从未|并未|未曾)(?:按规定|足额|依法|连续|曾|再|继续|能|在(?:本地|我市|我区|当地|本市|本区|本县))?';
const SOCIAL = '(?:社会保险费?|社保费?|职工社保|失业保险费?|养老保险费?)';
const LOCAL = '(?:本地|本市|本区|本县|本辖区|本街道|本社区|我市|我区|我县|我辖区|当地|辖区内?)';
const PAPER = '(?:证明书?|证书?|材料|文件|手续|通知书?|协议书?|凭证|函|书)';
const BREAK =
  '(?:离职|离岗|解约|解雇|离厂|辞职|辞退|解聘|退工|开除|裁员|下岗|(?:解除|终止|结束)(?:或(?:者)?(?:解除|终止))?(?:了)?(?:劳动|聘用|用工|合同)(?:合同|关系)?)';

// A few characters of one sentence that neither deny nor promise.
const GAP = '(?:(?!无|不|承诺|也)[^|])';

/** `flat` patterns may be cut by any punctuation; `gapped` ones reach over a few characters of one sentence; `demand` ones count only beside a demand. */
export type Pattern = { kind: ForbiddenKind; how: 'flat' | 'gapped' | 'demand'; source: string };

export const forbiddenPatterns: readonly Pattern[] = [
  {
    kind: 'identityProof',
    how: 'flat',
    source: '户口[簿本页薄]|户籍(?:证明|页|簿|本|材料)|户口(?:证明|材料|复印件|原件)',
  },
  {
    kind: 'identityProof',
    how: 'flat',
    source:
      '(?<!港澳台居民|港澳居民|台湾居民|香港居民|澳门居民|台胞)居住(?:登记)?(?:证明?|凭证|登记表|登记卡)|暂住(?:证明?|登记)',
  },
  {
    kind: 'identityProof',
    how: 'flat',
    source:
      '(?:身份|原身份|失业|无业|未就业|待业|居住地|亲属关系)(?:的)?证明(?:材料|信|书)?|介绍信|无犯罪(?:记录)?证明|结婚证|房产证|房屋?租赁合同',
  },
  {
    kind: 'identityProof',
    how: 'flat',
    source:
      '(?:村委会?|居委会?|社区|街道|派出所|村里|原单位|单位|公司)(?:出具|开具|开|盖章|提供)?(?:一?[份张个])?(?:的)?证明',
  },
  { kind: 'terminationProof', how: 'flat', source: `${BREAK}(?:的)?(?:书面|相关|有关)?${PAPER}` },
  {
    kind: 'terminationProof',
    how: 'flat',
    source:
      '退工单|离职单|离职表|辞职(?:信|报告)|解除(?:通知|证明|协议)书?|终止(?:通知|证明)书?|停保(?:证明|手续)|减员(?:证明|手续)',
  },
  {
    kind: 'terminationProof',
    how: 'gapped',
    source: `(?:与?原?单位|公司|企业)?${BREAK}${GAP}{0,8}(?:证明|证件|材料|文件|通知书|协议书|手续)`,
  },
  { kind: 'terminationProof', how: 'gapped', source: `(?:证明|材料|文件)${GAP}{0,10}${BREAK}` },
  {
    kind: 'diploma',
    how: 'flat',
    source: '毕业(?:证书?|证明|文凭|材料)|学历(?:证书?|证明|材料|文凭|复印件|认证)|学位证书?|文凭|肄业证|结业证',
  },
  {
    kind: 'diploma',
    how: 'demand',
    source: '(?:职业)?(?:技能|资格|职称)(?:等级)?(?:证书?|证明)(?!书?者|优先)',
  },
  {
    kind: 'diploma',
    how: 'flat',
    source: '(?<!服务|电子|业务|工作|信用|健康|登记)(?:个人|人事|学籍|本人)?档案(?!馆|局|路|管理|托管|寄存|服务|咨询)',
  },
  {
    kind: 'insured',
    how: 'flat',
    source: `${NONE}(?:办理)?(?:参加|缴纳|交纳|缴|交|上|购买|买|办理?|参)(?:过|了|够|满|足)?(?:的)?(?:${SOCIAL}|保险|参保)|${NONE}(?:参保|投保|入保)`,
  },
  {
    kind: 'insured',
    how: 'flat',
    source: `(?:${SOCIAL}|参保)(?:关系|账户|记录)?(?:${NONE}(?:缴纳?|交|在${LOCAL})|断缴|欠缴|中断|不满|不足)|(?:没有|没|无|缺少|查不到|未查到|查无)(?:您?的)?(?:任何)?(?:${SOCIAL}|参保|缴费)(?!卡)(?:关系|记录|信息|缴费)*|(?:断缴|欠缴|停缴|漏缴)(?:了)?${SOCIAL}`,
  },
  {
    kind: 'insured',
    how: 'flat',
    source: `(?:外地|异地|外省|外市|非${LOCAL})(?:参保|社保|缴纳社保)|非参保|参保地?不在${LOCAL}|不在${LOCAL}(?:参保|缴纳社保|缴社保|交社保)`,
  },
  {
    kind: 'insured',
    how: 'flat',
    source:
      '(?:单位|公司)?(?:社保|保险)?(?:未|没有?|尚未)(?:给您|为您|替您)?(?:停保|停缴|停止参保|停交|减员)|(?:先|须|需|应)(?:到单位|让单位|由单位)?(?:办理)?(?:停保|减员|停缴社保|停止缴纳社保|停交社保)',
  },
  {
    kind: 'benefit',
    how: 'flat',
    source:
      '(?:不|未|没有?|尚不|并不)(?:能)?(?:符合|满足|具备|达到|够)(?:国家|规定|相关)?(?:的)?(?:领金|领取|申领|领|享受|失业金|失业保险)(?:失业保险金|失业金|失业保险|待遇|领取|申领|的)*(?:条件|资格|要求)',
  },
  {
    kind: 'benefit',
    how: 'flat',
    source:
      '(?:不能|无法|不可以?|不得|没有资格|无资格|没资格)(?:再)?(?:领取|申领|领|享受|申请)(?:失业保险金|失业金|失业保险待遇|失业保险)|(?:领金|失业金|失业保险金)(?:领取|申领)?(?:条件|资格)(?:不符合?|不够|不满足|不具备|未达到)|(?:没有|无)领金资格',
  },
  {
    kind: 'incomplete',
    how: 'flat',
    source:
      '(?:资料|材料|证件|手续|要件|证明|文件|附件)(?:还|尚|仍|不够|提交|提供|准备|上传|递交)?(?:不全|不齐|不齐全|不完整|不完备|不足|不够|缺失|欠缺|有缺|缺项|未齐|没齐|未交齐|没交齐|没带齐|未带齐)(?:全)?',
  },
  {
    kind: 'incomplete',
    how: 'flat',
    source:
      '(?:缺少|缺|欠缺|未提供|未提交|没有提供|没提供|没有提交|没提交|未交|没交|没带|未带)(?:相关|必要|有关|部分|齐|全|完整)*(?:的)?(?:资料|材料|要件|证明材料|证明)|缺件',
  },
  {
    kind: 'incomplete',
    how: 'flat',
    source:
      '(?:补正|补齐|补交|补充|补全|补办|补送|补传|补)(?:齐|提交|上传|递交)?(?:相关|必要|有关|所缺|缺少|全部|其他|申请|证明|以上|上述)*(?:的)?(?:资料|材料|要件|证明|手续|证件)|退回补正|补正后|备齐(?:资料|材料|证件|手续)',
  },
  {
    kind: 'place',
    how: 'flat',
    source:
      '人户(?:分离|不一致|不一)|户(?:籍|口)(?:和|与|跟)(?:常住地|居住地|现住址|住址|居住)(?:地址)?(?:不一致|不符|不同|分离)',
  },
  {
    kind: 'place',
    how: 'flat',
    source: `非${LOCAL}(?:城镇|农村)?(?:户籍|户口|人口|居民|人员?|籍)|不是${LOCAL}(?:的)?(?:户籍|户口|居民|人)|(?:外地|外省|外市|外县|外区|异地|外来)(?:户籍|户口|人口|人员|人(?=不|无))`,
  },
  {
    kind: 'place',
    how: 'flat',
    source: `(?:户籍|户口|常住地|居住地)(?:所在)?地?(?:址)?(?:并)?(?:不在|未在|没在|没有?落在|不属于?|非)(?:${LOCAL}|这里|此地|我们)|(?:没有|无|没)${LOCAL}(?:户籍|户口)|(?:户籍|户口)(?:所在)?地?不(?:符|对)`,
  },
  {
    kind: 'place',
    how: 'flat',
    source:
      '(?<!无|毋|不|不用|不必)(?:请|须|需要?|应当?|只能|必须|让您|要)(?:您|你)?(?:先)?(?:返回|回到?|到|去|前往|在|向)(?:您的?|你的?|原)?(?:户籍|户口|老家)(?:所在)?地?(?:的)?(?:社区|街道|乡镇|人社局|人社部门|窗口|公共就业服务机构)*(?:办理?|登记|申请|申报|咨询)',
  },
  {
    kind: 'place',
    how: 'flat',
    source: '(?:农村|农业)(?:户籍|户口)(?:人员|的)*(?:不能|不予|不可|无法|不办|不受理|不给)',
  },
  {
    kind: 'upperAge',
    how: 'flat',
    source:
      '(?:达到|超过|已过|过了|到了|已到|已达到?|已经?超过?)(?:法定|国家规定的)?(?:退休|登记|就业|劳动|规定)(?:的)?年龄|超龄|年龄(?:过大|太大|偏大|较大|超过?|已满|已过|不符)|(?:已满|年满|超过|已过|满)(?:五十|五十五|六十|50|55|60|63)(?:周岁|岁)',
  },
  {
    kind: 'terminationProof',
    how: 'flat',
    source: '劳动合同(?:的)?(?:解除|终止)(?:书|证明|协议|通知)|劳动手册',
  },
  {
    // Registration asks for the identity document and nothing else, whatever the other paper is called.
    kind: 'identityProof',
    how: 'gapped',
    source:
      '(?:提供|提交|出具|上传|携带|开具|补交)(?:(?!无|不|承诺|领取|取得|提供|提交|出具|上传|携带|开具|补交)[^|]){0,12}?(?:证明(?!身份|您的身份|本人身份)|学生证|就业创业证|就业失业登记证|营业执照)',
  },
  {
    kind: 'insured',
    how: 'flat',
    source: '(?:先|须|需|应)(?:把|将)?社保(?:给|先)?停',
  },
  {
    kind: 'incomplete',
    how: 'flat',
    source: '(?:材料|资料)(?:还|尚)?(?:差|少|不符合?|不合格|不规范)',
  },
  {
    kind: 'place',
    how: 'flat',
    source: '(?:户籍|户口)(?:所在地?|地)?[在是为](?:外地|外省|外市|外县|外区|别处)',
  },
  {
    kind: 'place',
    how: 'gapped',
    source: '(?:户籍|户口)(?:所在地?|地)?[在是为][^|]{1,8}(?:请|须|应当?|需要?|只能)(?:您|你)?(?:去|到|回)',
  },
  {
    kind: 'upperAge',
    how: 'flat',
    source: '(?:年纪|年龄|岁数)(?:过|太|偏|较|已)?(?:大|高)|退休年龄(?:已|到)',
  },
];
