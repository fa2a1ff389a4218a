import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { forbiddenGrounds } from '../forbidden-grounds.ts';
import { type MessageFacts, messageTemplate, type TemplateName } from './templates.ts';

const braces = /\{([^{}]*)\}/g;
/** A text may not be longer: seven parts of a short message, which nobody reads to the end. */
export const MOST_CHARACTERS = 450;
/** Characters of a short message in UCS-2, and of each part when it takes more than one. */
const ONE_PART = 70;
const EACH_PART = 67;

/** The text with its placeholders filled. Unknown ones stay as they are; templateFaults lets none through. */
export function fillTemplate(name: TemplateName, text: string, facts: MessageFacts): string {
  const { placeholders } = messageTemplate(name);
  return text.replace(braces, (whole, named: string) => {
    const placeholder = placeholders.find((one) => one.name === named.trim());
    return placeholder ? placeholder.fill(facts) : whole;
  });
}

/** How many short messages a gateway makes of a text: 70 characters in one, 67 in each of several. */
export function smsParts(text: string): number {
  if (text === '') return 0;
  return text.length <= ONE_PART ? 1 : Math.ceil(text.length / EACH_PART);
}

/**
 * What is wrong with the text of an occasion, in words for the administrator; an empty list means that it may be published. Placeholders are
 * those of the occasion, none that must be told is missing, and no forbidden demand or ground is in it (M79-2a…f), read as the worker reads it.
 */
export function templateFaults(name: TemplateName, text: string): (FieldFault & { clause?: string })[] {
  const faults: (FieldFault & { clause?: string })[] = [];
  const fault = (message: string, clause?: string) =>
    faults.push({ field: 'text', message: `内容：${message}`, ...(clause ? { clause } : {}) });
  const { placeholders, sample } = messageTemplate(name);
  if (text.trim() === '') {
    fault('没有填。');
    return faults;
  }
  const used = [...text.matchAll(braces)].map(([, named = '']) => named.trim());
  const known = placeholders.map((one) => one.name);
  for (const named of new Set(used))
    if (!known.includes(named)) fault(`没有“{${named}}”这一项，可以用：${known.map((one) => `{${one}}`).join('')}。`);
  const rest = text.replace(braces, '');
  if (/[{}]/.test(rest)) fault('花括号没有成对。');
  if (/[｛｝]/.test(rest)) fault('花括号应是半角的 { }。');
  for (const { name: wanted, required } of placeholders)
    if (required && !used.includes(wanted)) fault(`须写明{${wanted}}。`);
  if (!text.startsWith('【{办理机构}】')) fault('开头应是【{办理机构}】，让人知道是谁发的。');
  if (text.length > MOST_CHARACTERS) fault(`不能超过${MOST_CHARACTERS}个字。`);
  for (const { phrase, explanation, clause } of forbiddenGrounds(fillTemplate(name, text, sample)))
    fault(`“${phrase}”不能写。${explanation}`, clause);
  return faults;
}
