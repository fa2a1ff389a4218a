import type { ExitFileProblem } from '@yingdeng/rules/exit-file/index.ts';
import { shanghaiDay } from '@yingdeng/web-shared/date-text.ts';
import { useEffect, useReducer, useRef } from 'react';
import type { Checked, Order, Repaired, Report } from './protocol.ts';

/** How far a reading has come. */
export interface Progress {
  bytes: number;
  rows: number;
  ms: number;
}

/** What the page shows. */
export interface State {
  step: 'idle' | 'checking' | 'checked' | 'failed';
  file?: File;
  progress: Progress;
  checked?: Checked;
  failure?: { problem: ExitFileProblem; message: string };
  /** rows looked at when the person ended the check */
  stoppedAt?: number;
  /** making the copy */
  repairing: boolean;
  repaired?: Repaired;
  repairFailure?: string;
}

const none: Progress = { bytes: 0, rows: 0, ms: 0 };
const start: State = { step: 'idle', progress: none, repairing: false };

type Action = Report | { kind: 'begin'; file: File } | { kind: 'begin-repair' } | { kind: 'again' };

function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case 'begin':
      return { ...start, step: 'checking', file: action.file };
    case 'again':
      return start;
    case 'progress':
      return { ...state, progress: action };
    case 'checked':
      return { ...state, step: 'checked', checked: action.checked };
    case 'begin-repair':
      return { ...state, repairing: true, progress: none, repaired: undefined, repairFailure: undefined };
    case 'repaired':
      return { ...state, repairing: false, repaired: action.repaired };
    case 'cancelled':
      if (state.step === 'checking') return { ...start, stoppedAt: action.rows };
      return { ...state, repairing: false };
    case 'failed':
      if (state.repairing) return { ...state, repairing: false, repairFailure: action.message };
      return { ...state, step: 'failed', failure: action };
  }
}

/** What this page needs and old browsers do not have. */
export function canCheck(): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true });
    return typeof Worker === 'function' && typeof Blob.prototype.arrayBuffer === 'function';
  } catch {
    return false;
  }
}

/**
 * The worker of the page, started with it, so that its script is there before a file is chosen and nothing is asked of
 * the network afterwards.
 */
export function useChecker() {
  const [state, dispatch] = useReducer(reduce, start);
  const worker = useRef<Worker | undefined>(undefined);

  useEffect(() => {
    if (!canCheck()) return;
    const mine = new Worker(new URL('./worker.ts', import.meta.url), { name: 'check-exits' });
    mine.onmessage = ({ data }: MessageEvent<Report>) => dispatch(data);
    mine.onerror = () => {
      dispatch({ kind: 'failed', problem: 'other', message: '核对程序没有启动成功，请刷新页面再试' });
    };
    worker.current = mine;
    return () => mine.terminate();
  }, []);

  const order = (given: Order) => worker.current?.postMessage(given);
  return {
    state,
    check(file: File) {
      dispatch({ kind: 'begin', file });
      order({ kind: 'check', file, today: shanghaiDay(Date.now()) });
    },
    repair(as: 'same' | 'utf-8') {
      const { file, checked } = state;
      if (!file || !checked || state.repairing) return;
      dispatch({ kind: 'begin-repair' });
      const { encoding } = checked.header;
      order({ kind: 'repair', file, encoding, as: as === 'same' ? encoding : 'utf-8' });
    },
    cancel: () => order({ kind: 'cancel' }),
    again: () => dispatch({ kind: 'again' }),
  };
}
