import { useQueryClient } from '@tanstack/react-query';
import { requestKey } from '@yingdeng/web-shared/api.ts';
import { useRef, useState } from 'react';
import { wordsOf } from '../parts/states.tsx';

/**
 * One intended effect: the key is made once, a second tap while the first is under way does nothing, and a repetition
 * after silence sends the same key; each `choice` is an effect of its own. Afterwards the person's cases are read anew.
 */
export function useEffectOnce(done: () => void) {
  const keys = useRef(new Map<string, string>());
  const under = useRef(false);
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | undefined>();
  const run = async (send: (key: string) => Promise<unknown>, choice = '') => {
    if (under.current) return;
    under.current = true;
    const key = keys.current.get(choice) ?? requestKey();
    keys.current.set(choice, key);
    setBusy(true);
    setFault(undefined);
    try {
      await send(key);
      await queries.invalidateQueries({ queryKey: ['my'] });
      done();
    } catch (error) {
      setFault(wordsOf(error));
      setBusy(false);
    } finally {
      under.current = false;
    }
  };
  /** After the person changed what will be sent, it is another effect. */
  const changed = () => keys.current.clear();
  return { run, busy, fault, changed };
}
