import { expect, it } from 'vitest';
import { historyText } from './history-words.ts';

it.each(['classify', 'plan', 'service', 'difficulty', 'post', 'training', 'policy', 'credit'])(
  'says %s of a registration’s history in words a worker reads',
  (action) => {
    expect(historyText(action, 'active')).toMatch(/^\p{Script=Han}+$/u);
  },
);
