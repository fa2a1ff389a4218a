import { useMay } from '../../session/use-session.ts';
import { Faulty } from '../exchange/faulty.tsx';
import { FetchNow } from '../exchange/fetch-now.tsx';
import { ReturnedDecisions } from '../exchange/returned-decisions.tsx';
import { worklists } from './kinds.ts';
import { Worklist } from './worklist.tsx';

/** 平台转办: what the national platform handed over, what could not be taken in, and results that came back (H122-2c, M79-7a). */
export default function Forwarded() {
  const may = useMay();
  return (
    <Worklist texts={worklists.forwarded} tools={may('exchange.send') && <FetchNow />}>
      <Faulty />
      <ReturnedDecisions />
    </Worklist>
  );
}
