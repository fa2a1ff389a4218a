import { Button } from 'antd';
import { Link, useLocation, useNavigate } from 'react-router';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { type Left, placeIn, walkOf } from '../../lib/walk.ts';

/** From a case to the next of its list, and back to the list; nothing for a case that was opened by itself. */
export function WalkOn({ id }: { id: string }) {
  const { state } = useLocation();
  const navigate = useNavigate();
  const walk = walkOf(state);
  const here = placeIn(walk, id);
  const go = (to: string | undefined) => to && navigate(`/cases/${to}`, { state: { walk }, replace: true });
  const left: { left: Left } = { left: { id, place: here?.place ?? 0 } };
  useShortcuts({
    j: () => go(here?.after),
    k: () => go(here?.before),
    b: () => walk && navigate(walk.back, { state: left }),
  });
  if (!walk || !here) return null;
  return (
    <nav className="walk" aria-label="列表中的业务">
      <Link to={walk.back} state={left}>
        回列表
        <Key text="b" />
      </Link>
      <span className="quiet num">
        第{here.place + 1}件，共{here.count}件
      </span>
      <Button size="small" disabled={!here.before} onClick={() => go(here.before)}>
        上一件
        <Key text="k" />
      </Button>
      <Button size="small" disabled={!here.after} onClick={() => go(here.after)}>
        下一件
        <Key text="j" />
      </Button>
    </nav>
  );
}

function Key({ text }: { text: string }) {
  return (
    <span className="key" aria-hidden="true">
      {text}
    </span>
  );
}
