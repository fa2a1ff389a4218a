import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForbiddenKind, forbiddenGrounds, forbiddenKinds } from './forbidden-grounds.ts';

const mustHit: [ForbiddenKind, string][] = [
  ['terminationProof', '请提供离职证明'],
  ['terminationProof', '您未提供解除劳动合同证明，不予登记。'],
  ['terminationProof', '需出具终止劳动关系证明书'],
  ['terminationProof', '请提供解除或终止劳动关系证明'],
  ['identityProof', '请让原单位开一份证明，写明您已经离职'],
  ['terminationProof', '请提供能证明您已与原单位解除劳动关系的材料'],
  ['terminationProof', '离职的书面证明没有带'],
  ['terminationProof', '离 职 证 明'],
  ['terminationProof', '离-职.证、明 请补'],
  ['terminationProof', '离\u200b职\u200d证\ufeff明'],
  ['terminationProof', '請提供離職證明'],
  ['terminationProof', '要有退工单才能办'],
  ['terminationProof', '没有辞职报告不能办理'],
  ['terminationProof', '不提供离职证明就不能办'],
  ['terminationProof', '并非无需提供离职证明'],
  ['terminationProof', '无需担心。请提供离职证明'],
  ['terminationProof', '不用提供毕业证，但要提供离职证明'],
  ['diploma', '请上传毕业证'],
  ['diploma', '请上传毕业证书复印件'],
  ['diploma', '缺学历证书'],
  ['diploma', '需要学历证明'],
  ['diploma', '请带上学位证书'],
  ['diploma', '请先把档案转来'],
  ['diploma', '个人档案不在我处'],
  ['diploma', '請攜帶畢業證書和檔案'],
  ['diploma', '请提供技能等级证书'],
  ['diploma', '未提交职业资格证书'],
  ['identityProof', '请带户口簿'],
  ['identityProof', '请带居民身份证、户口簿'],
  ['identityProof', '请带户口本原件'],
  ['identityProof', '請帶戶口簿'],
  ['identityProof', '请提供居住证明'],
  ['identityProof', '没有居住证不能办理'],
  ['identityProof', '需办理暂住证'],
  ['identityProof', '请到社区开具证明'],
  ['identityProof', '请提供失业证明'],
  ['insured', '您未参保，不能登记'],
  ['insured', '没交社保，不符合条件'],
  ['insured', '没有缴纳社会保险'],
  ['insured', '未在本地参加社会保险'],
  ['insured', '未参加失业保险'],
  ['insured', '查不到您的参保记录'],
  ['insured', '您在外地参保，请到外地办'],
  ['insured', '单位还没有给您停保，因此不能登记：单位未停保'],
  ['insured', '未 参　保'],
  ['insured', '沒有參保'],
  ['benefit', '不符合领金条件'],
  ['benefit', '您不符合领取失业保险金条件，不予登记'],
  ['benefit', '不符合失业金领取条件'],
  ['benefit', '您不能领取失业保险金，所以不登记'],
  ['incomplete', '材料不全'],
  ['incomplete', '资料不齐'],
  ['incomplete', '材料不齐全，请补齐'],
  ['incomplete', '材料、不、全'],
  ['incomplete', '手续不完整'],
  ['incomplete', '请补充材料后再来'],
  ['incomplete', '请补正资料'],
  ['incomplete', '缺少必要材料'],
  ['incomplete', '資料不齊'],
  ['place', '人户分离，不予受理'],
  ['place', '您非本地户籍'],
  ['place', '户籍不在本地'],
  ['place', '您的户口不在我区'],
  ['place', '您是外地户口'],
  ['place', '没有本地户口'],
  ['place', '请您回户籍所在地办理'],
  ['place', '戶籍不在本地'],
  ['place', '农村户口不能登记'],
  ['terminationProof', '解除合同书拿来'],
  ['terminationProof', '劳动合同解除书'],
  ['diploma', '毕業証'],
  ['identityProof', '户囗本'],
  ['identityProof', '请提供营业执照注销证明'],
  ['identityProof', '请提供就业创业证'],
  ['insured', '请先把社保停了'],
  ['incomplete', '您的材料还差一份'],
  ['incomplete', '材料不符合要求'],
  ['insured', '断缴社保'],
  ['benefit', '不够领失业金的条件'],
  ['place', '外地人不能办'],
  ['terminationProof', '不得不要求您提供离职证明'],
  ['place', '户口在外地'],
  ['place', '您户籍在海城市，请去海城办理'],
  ['upperAge', '年龄大了不能登记'],
  ['upperAge', '您已达到法定退休年龄'],
  ['upperAge', '您已年满60周岁，不能登记'],
];

const innocent = [
  '',
  '您无需提供离职证明。',
  '办理失业登记不需要提供离职证明、毕业证书、户口簿、居住证明、档案等材料。',
  '不用带户口本，也不用带居住证。',
  '不必提交解除劳动合同证明。',
  '我们不得要求您提供终止或解除劳动关系证明。',
  '离职证明、毕业证书都不需要提供。',
  '离职证明无需提供，带身份证即可。',
  '户口簿也不用带。',
  '未参保也可以登记。',
  '没交社保的人员同样可以办理。',
  '未参保不影响失业登记。',
  '不得以未参保、材料不全为由拒绝登记。',
  '严禁以资料不全、未参保、不符合领金条件等理由拒绝登记。',
  '不得以人户分离、户籍不在本地等为由不予受理。',
  '人户分离也可以登记。',
  '不会因您人户分离影响办理。',
  '外地户籍人员也可以在常住地办理。',
  '请凭本人居民身份证或社会保障卡办理。',
  '港澳台居民可凭港澳台居民居住证办理。',
  '证件类型：居民身份证（户口簿）',
  '您可以在户籍地、常住地、就业地、参保地办理失业登记。',
  '您填写的失业原因是：被各类企业解除或终止劳动关系。',
  '您填写的失业原因是：从各类单位辞职。',
  '年满16周岁，从各类学校毕业、肄业',
  '高校毕业生可以参加就业见习。',
  '您的失业登记申请已办结。',
  '您的申请已转到常住地公共就业服务机构办理，办理期限不变。',
  '培训合格的，可以取得职业技能等级证书，并领取补贴。',
  '您的失业保险金申领结果另行通知，不影响失业登记。',
  '我们已为您建立服务档案。',
  '经核实，您已依法享受基本养老保险待遇。',
  '经核实，您正在某公司就业，因此暂不能登记。您离职后可以随时再次申请。',
  '请您保持电话畅通，我们将在5个工作日内联系您。',
  '您可以打印失业登记凭证。',
  '无需补充材料，请等待结果。',
  '不要提供离职证明。',
  '您无须到户籍地办理。',
  '招聘要求：有会计从业资格证书者优先。',
  '没有社保卡也能办理。',
  '您无离职证明也可办理。',
  '无论是否参保、户籍是否在本地，都可以登记。',
  '户籍地在河南省焦作市解放区。',
  '请出示能够证明身份的有效身份证件。',
  '本人承诺填报的以上内容均为真实、准确、有效，如与实际情况不一致，本人愿意承担相应责任，同时纳入人社信用记录。',
];

describe('forbidden grounds', () => {
  it.each(mustHit)('%s: %j is blocked (M79-2a…f, A21-7a)', (kind, text) => {
    const hits = forbiddenGrounds(text);
    expect(hits.map((hit) => hit.kind)).toContain(kind);
    const hit = hits.find((one) => one.kind === kind);
    expect(text).toContain(hit?.phrase);
    expect(hit?.clause).toBe(forbiddenKinds[kind].clause);
  });

  it.each(innocent)('%j may be sent', (text) => {
    expect(forbiddenGrounds(text)).toEqual([]);
  });

  it('M79-2f: blanks, punctuation and invisible characters never hide a phrase', () => {
    const words = [
      '离职证明',
      '毕业证',
      '户口簿',
      '未参保',
      '材料不全',
      '人户分离',
      '不符合领金条件',
      '解除劳动合同证明',
    ];
    const noise = fc.constantFrom('', ' ', '　', '\u200b', '\u200d', '\ufeff', '-', '·', '、', '，', '*', '\n', '_');
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.array(noise, { minLength: 12, maxLength: 12 }), (word, between) => {
        const text = [...word].map((character, index) => character + (between[index] ?? '')).join('');
        expect(forbiddenGrounds(text)).not.toEqual([]);
      }),
    );
  });

  it('names the phrase as it was typed', () => {
    expect(forbiddenGrounds('请提供 離 職 證 明 一份')[0]).toMatchObject({ phrase: '離 職 證 明', clause: 'M79-2b' });
  });

  it('finds every kind in one text, each once', () => {
    const kinds = forbiddenGrounds('材料不全：缺离职证明、毕业证；未参保；非本地户籍；请带户口本；不符合领金条件').map(
      (hit) => hit.kind,
    );
    expect(new Set(kinds)).toEqual(
      new Set(['incomplete', 'terminationProof', 'diploma', 'insured', 'place', 'identityProof', 'benefit']),
    );
  });

  it('the explanations themselves may be sent', () => {
    for (const { explanation } of Object.values(forbiddenKinds)) expect(forbiddenGrounds(explanation)).toEqual([]);
  });

  it('stays quick on a long hostile text', () => {
    expect(forbiddenGrounds('证明离职的材料、'.repeat(2000)).length).toBeGreaterThan(0);
    expect(forbiddenGrounds('无需提供'.repeat(2000))).toEqual([]);
    for (const part of ['的人', '补交', '齐全', '人的', '以及', '的劳动者', '材料等'])
      expect(forbiddenGrounds(`缺少${part.repeat(500)}未参保${part.repeat(500)}`).length).toBeGreaterThan(0);
  });
});
