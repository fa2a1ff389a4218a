import { type AnyNode, type Node, parse } from 'acorn';

/**
 * Built-ins that came after Chrome 80 and that pages, rules or libraries could lean on, with the version that has them.
 * `of`: only as a member of that object, because the name alone says too little.
 */
const newer: Readonly<Record<string, { since: number; of?: readonly string[] }>> = {
  WeakRef: { since: 84 },
  FinalizationRegistry: { since: 84 },
  any: { since: 85, of: ['Promise', 'AbortSignal'] },
  replaceAll: { since: 85 },
  replaceChildren: { since: 86 },
  Segmenter: { since: 87 },
  at: { since: 92 },
  randomUUID: { since: 92 },
  hasOwn: { since: 93 },
  reportError: { since: 95 },
  findLast: { since: 97 },
  findLastIndex: { since: 97 },
  structuredClone: { since: 98 },
  timeout: { since: 103, of: ['AbortSignal'] },
  checkVisibility: { since: 105 },
  toReversed: { since: 110 },
  toSorted: { since: 110 },
  toSpliced: { since: 110 },
  startViewTransition: { since: 111 },
  isWellFormed: { since: 111 },
  showPopover: { since: 114 },
  groupBy: { since: 117, of: ['Object', 'Map'] },
  withResolvers: { since: 119 },
  canParse: { since: 120 },
  fromAsync: { since: 121 },
  isSubsetOf: { since: 122 },
};

/**
 * What keeps a script from running on Chrome 80: syntax its engine cannot read, and built-ins it does not have that are
 * called without being asked for first. `added` are the built-ins the page brings along. Empty when it runs.
 */
export function faultsForChrome80(code: string, added: ReadonlySet<string> = new Set()): string[] {
  const faults: string[] = [];
  let tree: AnyNode;
  try {
    // Chrome 80 reads ES2020, and class fields besides, which acorn knows as ES2022.
    tree = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
  } catch (error) {
    return [(error as Error).message];
  }
  const near = (node: Node) => code.slice(node.start, node.start + 60).replace(/\s+/g, ' ');
  visit(tree, [], (node, above) => {
    const syntax = newerSyntax(node, above);
    if (syntax) faults.push(`${syntax}: ${near(node)}`);
    const name = newerName(node, above);
    if (name && !added.has(name) && !isAskedFor(name, above, code))
      faults.push(`${name} (Chrome ${newer[name]?.since}): ${near(above.at(-1) ?? node)}`);
  });
  return faults;
}

/** Syntax after ES2020 that is no public or private field. */
function newerSyntax(node: AnyNode, above: readonly AnyNode[]): string | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
      return /^(\?\?|\|\||&&)=$/.test(node.operator) ? 'logical assignment (85)' : undefined;
    case 'StaticBlock':
      return 'static block (94)';
    case 'MethodDefinition':
      return node.key.type === 'PrivateIdentifier' ? 'private method (84)' : undefined;
    case 'BinaryExpression':
      return node.left.type === 'PrivateIdentifier' ? 'private name in (91)' : undefined;
    case 'AwaitExpression':
      return above.some(({ type }) => /Function/.test(type)) ? undefined : 'await at the top (89)';
    case 'Literal':
      return 'regex' in node && node.regex && /[dv]/.test(node.regex.flags)
        ? 'regular expression flag (90)'
        : undefined;
    default:
      return undefined;
  }
}

/** The newer built-in a node names, if it does: a global, or a member that is read. */
function newerName(node: AnyNode, above: readonly AnyNode[]): string | undefined {
  if (node.type !== 'Identifier' || !Object.hasOwn(newer, node.name)) return undefined;
  const parent = above.at(-1);
  const of = newer[node.name]?.of;
  if (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) {
    // A method is what is called; a property of that name may be anybody's.
    const called = above.at(-2);
    if (called?.type !== 'CallExpression' || called.callee !== parent || called.optional) return undefined;
    return of && !(parent.object.type === 'Identifier' && of.includes(parent.object.name)) ? undefined : node.name;
  }
  // Minified locals have short names: a global is one of the long ones that is called or made.
  const isCalled = parent?.type === 'CallExpression' || parent?.type === 'NewExpression';
  return isCalled && parent.callee === node && node.name.length > 6 && !of ? node.name : undefined;
}

/** Whether somewhere above the page has asked for it: in a condition, by `typeof`, or inside a `try`. */
function isAskedFor(name: string, above: readonly AnyNode[], code: string): boolean {
  const says = (node: Node | null | undefined) => node && code.slice(node.start, node.end).includes(name);
  return above.some((node, place) => {
    const below = above[place + 1];
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        return below !== node.test && says(node.test);
      case 'LogicalExpression':
        return below === node.right && says(node.left);
      case 'TryStatement':
        return below === node.block;
      default:
        return false;
    }
  });
}

function visit(node: AnyNode, above: AnyNode[], look: (node: AnyNode, above: readonly AnyNode[]) => void): void {
  look(node, above);
  above.push(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child === 'object' && typeof child.type === 'string') visit(child, above, look);
  above.pop();
}
