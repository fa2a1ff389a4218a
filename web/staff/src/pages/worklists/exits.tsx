import { worklists } from './kinds.ts';
import { Worklist } from './worklist.tsx';

export default function Exits() {
  return <Worklist texts={worklists.exit} />;
}
