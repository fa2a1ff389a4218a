import { Link } from 'react-router';
import { useLaw, usePlace, workingDaysText } from '../data/place.ts';
import { Cite } from '../parts/cite.tsx';
import { icons } from '../parts/icons.tsx';
import { usePageTitle } from '../parts/title.ts';
import '../styles/home.css';

/** Who may register: the conditions of the law in plain words; the age comes from the law of the place. */
const who = ['能劳动', '现在没有工作', '想找工作'];

/** What registering brings. */
const gains = [
  { text: '有人主动联系您', note: '了解您的情况，一个月至少问一次' },
  { text: '介绍工作、指导求职', note: '推荐合适岗位，事后问您结果' },
  { text: '培训和创业帮助', note: '培训项目、开业指导、创业担保贷款' },
  { text: '告诉您能享受哪些政策', note: '符合失业保险金条件的，可以一起申请' },
];

/** What nobody may ask for: the five prohibitions (M79-2a to M79-2e) in plain words. */
const never = [
  '只看身份证件，不要别的身份证明',
  '不要离职证明、解除合同证明',
  '不要毕业证、学历证、技能证、档案',
  '不看您有没有在当地交社保',
  '不看您能不能领失业保险金',
];

/** Home: who, how and what one gets on the first screen; below it the same in full, and what is never asked. */
export function Home() {
  usePageTitle('');
  const [place] = usePlace();
  const law = useLaw(place.division);
  const decision = workingDaysText(law, 'decisionWorkingDays', '规定的期限内');
  const age = law?.get('lowerAge')?.value;
  const grown = typeof age === 'number' ? `年满${age}周岁` : '到了劳动年龄';
  const contact = workingDaysText(law, 'firstContactWorkingDays', '不久');
  return (
    <>
      <section className="hero">
        <div className="wide hero-grid">
          <div>
            <h1>没有工作了，来登记失业</h1>
            <p className="hero-lead">填一张表，大约5分钟，不用交证明材料。</p>
            <div className="hero-actions">
              <Link className="button big hero-main" to="/apply">
                申请失业登记
              </Link>
              <Link className="button big hero-second" to="/progress">
                查进度
              </Link>
            </div>
          </div>
          <dl className="hero-facts">
            <div>
              <dt>谁能登记</dt>
              <dd>{grown}，能劳动、想找工作、现在没有工作的人，户口在哪里都行</dd>
            </div>
            <div>
              <dt>怎么办</dt>
              <dd>填表、签名、提交，{decision}告诉您结果</dd>
            </div>
            <div>
              <dt>有什么帮助</dt>
              <dd>登记后{contact}有人联系您，介绍工作、培训、创业帮助和能享受的政策</dd>
            </div>
          </dl>
        </div>
      </section>

      <div className="wide home-grid">
        <section className="card">
          <h2>哪些人可以登记</h2>
          <ul className="points">
            <li>
              {icons.check}
              <div>
                {grown}，还没领养老金
                <small>没有固定的年龄上限，城镇、农村户口都可以</small>
              </div>
            </li>
            {who.map((text) => (
              <li key={text}>
                {icons.check}
                <div>{text}</div>
              </li>
            ))}
          </ul>
          <p className="small soft">户口不在本地也能办。在内地（大陆）工作过、后来失业的港澳台居民也可以登记。</p>
        </section>

        <section className="card">
          <h2>登记以后有什么帮助</h2>
          <ul className="points">
            {gains.map(({ text, note }) => (
              <li key={text}>
                {icons.check}
                <div>
                  {text}
                  <small>{note}</small>
                </div>
              </li>
            ))}
          </ul>
        </section>

        <section className="card never">
          <h2>不用交任何证明材料</h2>
          <p>国家规定，办失业登记有“五个不得”：</p>
          <ol className="points">
            {never.map((text) => (
              <li key={text}>
                {icons.shield}
                <div>{text}</div>
              </li>
            ))}
          </ol>
          <p className="small soft">
            有人向您要这些，或因此不给办，请拨打 <a href="tel:12333">12333</a>。
            <Cite document="人社厅发〔2020〕79号" clause="一（二）" />
          </p>
        </section>

        <nav className="doors" aria-label="更多服务">
          <Link to="/guide">
            {icons.route}
            <span>
              <strong>办理流程</strong>
              <small>一张图看明白</small>
            </span>
          </Link>
          <Link to="/institutions">
            {icons.office}
            <span>
              <strong>服务机构</strong>
              <small>地址、电话、办什么</small>
            </span>
          </Link>
          <Link to="/lists">
            {icons.list}
            <span>
              <strong>政策和服务</strong>
              <small>您能享受什么</small>
            </span>
          </Link>
          <Link to="/verify">
            {icons.shield}
            <span>
              <strong>核验凭证</strong>
              <small>看登记是不是真的</small>
            </span>
          </Link>
        </nav>
      </div>
    </>
  );
}
