import { Link } from 'react-router';
import { useLaw, usePlace, workingDaysText } from '../data/place.ts';
import { PlaceChoice } from '../parts/place-choice.tsx';
import { usePageTitle } from '../parts/title.ts';
import { type ChartStep, ProcessChart } from './process-chart.tsx';

/** The process chart of unemployment registration (A21-8b), with the days that are law at the place. */
export function Page() {
  usePageTitle('办理流程');
  const [place, setPlace] = usePlace();
  const law = useLaw(place.division);
  const decide = workingDaysText(law, 'decisionWorkingDays', '规定期限内');
  const contact = workingDaysText(law, 'firstContactWorkingDays', '规定期限内');
  const times = law?.get('followUpsPerMonth')?.value;
  const monthly = typeof times === 'number' ? `每月至少${times}次` : '每月';
  const steps: ChartStep[] = [
    { who: '您', name: '申请', lines: ['手机、网站或窗口都行', '填一张表，签承诺书'] },
    { who: '我们', name: '审核', when: decide, lines: ['查比对信息，不要您跑腿', '查不到也不影响办理'] },
    { who: '我们', name: '登记', when: '办好马上告诉您', lines: ['发短信告诉结果', '随时可以查进度'] },
    { who: '我们', name: '首次联系', when: `登记后${contact}`, lines: ['了解技能和就业意愿', '送上三张清单'] },
    { who: '我们', name: '服务和跟踪', when: monthly, lines: ['介绍工作、培训、创业', '问问您现在的情况'] },
    { who: '您或我们', name: '退出', lines: ['找到工作等情形时结束', '先告诉您，弄错了能恢复'] },
  ];
  const cited = ['decisionWorkingDays', 'firstContactWorkingDays', 'followUpsPerMonth']
    .map((parameter) => law?.get(parameter)?.citation)
    .filter((citation) => citation !== undefined)
    .map(({ document, clause }) => `${document} ${clause}`);

  return (
    <div className="wide">
      <div className="column middle stack loose">
        <div className="stack tight">
          <h1>办理流程</h1>
          <p className="lead">从申请到退出，一共六步。您要做的只有第一步。</p>
          <PlaceChoice place={place} onChange={setPlace} />
        </div>
        <ProcessChart steps={steps} />
        {cited.length > 0 && <p className="small soft">期限依据：{[...new Set(cited)].join('；')}</p>}

        <section className="stack tight">
          <h2>在哪里办</h2>
          <ul className="plain-list">
            <li>
              手机或电脑：就在 <Link to="/apply">这里</Link>，也可以用全国统一服务入口（12333 网站、掌上12333）。
            </li>
            <li>
              窗口：公共就业服务机构、街道（乡镇）、社区（村）。<Link to="/institutions">查地址电话</Link>
            </li>
            <li>申领失业保险金时，经办窗口会一起办失业登记。</li>
          </ul>
        </section>

        <section className="stack tight">
          <h2>要带什么</h2>
          <p>只要您本人的身份证件：</p>
          <ul className="plain-list">
            <li>内地（大陆）居民：居民身份证或社会保障卡。</li>
            <li>港澳台居民：居住证或社会保障卡，港澳居民也可以用来往内地通行证。</li>
          </ul>
        </section>

        <section className="stack tight">
          <h2>什么情况会结束登记</h2>
          <ul className="plain-list">
            <li>找到工作、自己创业，或有了稳定收入。</li>
            <li>开始领基本养老金。</li>
            <li>上学、参军、移居境外。</li>
            <li>完全不能劳动了。</li>
          </ul>
          <p>结束之前会告诉您。没接到电话、暂时联系不上，不会只因为这个就给您注销。以后又没工作了，可以再来登记。</p>
        </section>

        <section className="stack tight">
          <h2>不同意办理结果怎么办</h2>
          <p>
            先打办理机构的电话说明情况，也可以拨打 <a href="tel:12333">12333</a>{' '}
            反映。还不同意的，可以依法申请行政复议，或向法院提起行政诉讼。
          </p>
        </section>
      </div>
    </div>
  );
}
