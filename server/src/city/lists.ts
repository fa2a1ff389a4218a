import type { CityPlaces } from './places.ts';
import type { CityOffice } from './staff.ts';

/**
 * The three lists of a synthetic city with the columns that A21-4c names. Contents are general and invented for the
 * demonstration; a real office enters its own.
 */
export function cityLists(places: CityPlaces, offices: readonly CityOffice[]): { list: string; items: unknown[] }[] {
  const accepts = `${places.name}各级公共就业服务机构`;
  const policy = (name: string, whom: string, content: string, conditions: string) => ({
    政策名称: name,
    享受对象: whom,
    政策内容: content,
    申请条件: conditions,
    受理机构: accepts,
  });
  const service = (name: string, whom: string, content: string) => ({
    服务项目: name,
    服务对象: whom,
    服务内容: content,
  });
  return [
    {
      list: 'policies',
      items: [
        policy(
          '失业保险金',
          '符合条件的登记失业人员',
          '按规定期限和标准发放失业保险金',
          '单位和本人缴费满一年，非因本人意愿中断就业，已办理失业登记',
        ),
        policy('职业培训补贴', '参加培训的登记失业人员', '培训合格后按规定给予补贴', '参加目录内培训并取得合格证书'),
        policy('创业担保贷款', '创业的登记失业人员', '提供担保贷款和贴息', '有创业项目，信用记录良好'),
        policy(
          '灵活就业社会保险补贴',
          '就业困难人员、离校未就业高校毕业生',
          '按实际缴费的一定比例给予补贴',
          '灵活就业并缴纳社会保险费',
        ),
        policy(
          '公益性岗位安置',
          '通过市场难以就业的就业困难人员',
          '安排到公益性岗位并给予岗位补贴',
          '经认定为就业困难人员',
        ),
      ],
    },
    {
      list: 'services',
      items: [
        service('政策法规咨询', '全体劳动者', '解答就业、失业、社会保险政策'),
        service('职业介绍', '登记失业人员', '推荐岗位，组织招聘，回访求职结果'),
        service('职业指导', '登记失业人员', '分析求职条件，指导简历和面试'),
        service('职业技能培训信息', '有培训愿望的登记失业人员', '介绍培训项目，协助报名'),
        service('创业开业指导', '有创业愿望的登记失业人员', '创业培训、开业指导、融资咨询'),
        service('就业援助', '就业困难人员', '指定专人，制定个人援助计划，跟踪解决困难'),
      ],
    },
    {
      list: 'institutions',
      items: offices
        .filter((office) => office.kind === 'city' || office.kind === 'county')
        .map((office) => ({
          机构名称: office.name,
          办公地址: office.address,
          联系电话: office.telephone,
          经办项目: office.business,
        })),
    },
  ];
}
