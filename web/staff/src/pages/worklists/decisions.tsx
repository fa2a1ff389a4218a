import { worklists } from './kinds.ts';
import { Worklist } from './worklist.tsx';

export default function Decisions() {
  return <Worklist texts={worklists.decision} />;
}
