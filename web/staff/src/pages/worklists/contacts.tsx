import { worklists } from './kinds.ts';
import { Worklist } from './worklist.tsx';

export default function Contacts() {
  return <Worklist texts={worklists.contact} />;
}
