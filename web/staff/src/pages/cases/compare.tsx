import { Drawer } from 'antd';
import { Link } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { useDivisions } from '../../parts/division-select.tsx';
import { Loading } from '../../parts/states.tsx';
import { compareRows } from './compare-rows.ts';
import { type CaseFile, useCase } from './model.ts';
import '../../styles/compare.css';

/** This case and another of the same person, side by side, differences marked. */
export function Compare({
  file,
  other,
  close,
}: {
  file: CaseFile;
  other: CaseFile['duplicates'][number];
  close: () => void;
}) {
  const narrow = useNarrow();
  return (
    <Drawer open onClose={close} title={`对比：${file.person.name}`} size={narrow ? '100%' : 720} destroyOnHidden>
      <p>系统按完整证件号码比对，两件是同一个人的。{other.text}。</p>
      {other.applicationId ? (
        <Both file={file} otherId={other.applicationId} number={other.number} />
      ) : (
        <Unseen number={other.number} why="那一件不在您的管辖范围内，只能看到上面这句话。" />
      )}
    </Drawer>
  );
}

function Both({ file, otherId, number }: { file: CaseFile; otherId: string; number: string }) {
  const { data, error } = useCase(otherId);
  const divisions = useDivisions();
  if (error && !data) {
    const { status, message } = troubleOf(error);
    const far = status === 403 || status === 404;
    return <Unseen number={number} why={far ? '那一件不在您的管辖范围内，只能看到上面这句话。' : message} />;
  }
  if (!data) return <Loading />;
  const place = (code: string) => divisions.find(({ value }) => value === code)?.label ?? code;
  const rows = compareRows(file, data, place);
  const count = rows.filter(({ differs }) => differs).length;
  return (
    <>
      <p>{count === 0 ? '所列各项都一样。' : `有${count}项不同，已标出。`}</p>
      <table className="compare">
        <thead>
          <tr>
            <td />
            <th scope="col">
              这一件
              <br />
              <span className="num">{file.application.number}</span>
            </th>
            <th scope="col">
              另一件
              <br />
              <Link to={`/cases/${otherId}`} className="num">
                {data.application.number}
              </Link>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, here, there, differs }) => (
            <tr key={label} className={differs ? 'differs' : undefined}>
              <th scope="row">
                {label}
                {differs && <span className="differs-word">不同</span>}
              </th>
              <td>{here || <span className="quiet">未填</span>}</td>
              <td>{there || <span className="quiet">未填</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Unseen({ number, why }: { number: string; why: string }) {
  return (
    <p className="aside-warn">
      {number && <span className="num">{number}</span>} {why}
    </p>
  );
}
