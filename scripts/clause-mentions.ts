// Where the repository names a clause: which files, and which tests in their titles. For docs/clauses.md and docs/law.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clauses } from '../rules/provisions/clauses.ts';
import { root } from './write-or-check.ts';

/** What names a clause. Paths are relative to the repository, sorted. */
export interface Mentions {
  /** Rules, features, pages … other than tests and the provisions themselves. */
  code: string[];
  /** Test files that name it anywhere. */
  tests: string[];
  /** Titles of tests that name it, with their file. */
  titles: { file: string; title: string }[];
}

const rooms = ['bench', 'contract', 'e2e', 'rules', 'server', 'stand-ins', 'web'];
const skippedFolders = new Set(['node_modules', 'dist']);

/** Files that list clauses because that is their content; they prove and implement nothing. */
const lists = /^rules\/provisions\/(clauses|shipped-[a-z]+)\.ts$|\.gen\.ts$/;

const clauseId = /\b(?:A21|H122|HN09|HN59|M79X?)-\d+[a-z]?(?![\w-])/g;
const title = /\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*,/g;
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('e2e/');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !lists.test(path) ? [path] : [];
  });
}

const sections = new Set(clauses.map(({ id }) => id.replace(/[a-z]$/, '')));

function idsIn(text: string): Set<string> {
  return new Set(text.match(clauseId) ?? []);
}

/** Reads the repository once; every clause has an entry. Ids that are no clause are returned apart, with their file. */
export function readMentions(): { of: Map<string, Mentions>; unknown: { id: string; file: string }[] } {
  const of = new Map<string, Mentions>(clauses.map(({ id }) => [id, { code: [], tests: [], titles: [] }]));
  const unknown: { id: string; file: string }[] = [];
  for (const file of rooms.flatMap(sources).sort()) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const id of idsIn(text)) {
      const mentions = of.get(id);
      if (mentions) (isTest(file) ? mentions.tests : mentions.code).push(file);
      // A whole section may be named (A21-2 for A21-2a to A21-2d), and a test may name a clause to prove that it is not there.
      else if (!isTest(file) && !sections.has(id)) unknown.push({ id, file });
    }
    if (isTest(file)) addTitles(file, text, of);
  }
  return { of, unknown };
}

function addTitles(file: string, text: string, of: Map<string, Mentions>): void {
  for (const match of text.matchAll(title)) {
    const words = (match[2] ?? '').replaceAll(/\\(.)/g, '$1').replaceAll(/\s+/g, ' ');
    // A bare id is an argument, not a title.
    if (!words.includes(' ')) continue;
    for (const id of idsIn(words)) of.get(id)?.titles.push({ file, title: words });
  }
}
