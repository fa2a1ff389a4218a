import { smsParts } from '@yingdeng/rules/messages/text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { PlaceName } from './range-select.tsx';

/** One occasion as one place has it. */
export type Template = Answer<'getMessageTemplates'>['templates'][number];

/** Whose text it is, in words. */
export function Whose({ template, division }: { template: Template; division: string }) {
  const { inForce } = template;
  if (inForce.division === undefined) return <span className="quiet">系统自带</span>;
  if (inForce.division === division) return <span className="tag tag-clear">本地第{inForce.version}版</span>;
  return (
    <span className="tag">
      <PlaceName prefix={inForce.division.slice(0, 6)} />第{inForce.version}版
    </span>
  );
}

/** 「86字，2条短信」: what a message costs. */
export function partsText(text: string): string {
  return `${text.length}字，${smsParts(text)}条短信`;
}
