// What the rules and libraries use and browsers of 2020 (Chrome 80) do not have yet. The syntax is lowered by the build.
type Loose = Record<string, unknown>;

function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? whole + this.length : whole];
}

// Through a variable, so that no tool turns the old way of asking back into the new one, which would call itself.
const { hasOwnProperty: ownsKey } = Object.prototype;
add(Object, 'hasOwn', (object: Loose, key: string) => ownsKey.call(object, key));
add(Array.prototype, 'at', at);
add(String.prototype, 'at', at);
add(Array.prototype, 'toSorted', function toSorted(this: unknown[], compare?: (a: unknown, b: unknown) => number) {
  return this.slice().sort(compare);
});
add(String.prototype, 'replaceAll', function replaceAll(this: string, from: string | RegExp, to: string) {
  return typeof from === 'string' ? this.split(from).join(to) : this.replace(from, to);
});
add(Map, 'groupBy', (items: Iterable<unknown>, keyOf: (item: unknown, index: number) => unknown) => {
  const groups = new Map<unknown, unknown[]>();
  Array.from(items).forEach((item, index) => {
    const key = keyOf(item, index);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  });
  return groups;
});
add(globalThis, 'queueMicrotask', (task: () => void) => void Promise.resolve().then(task));
if (!('size' in URLSearchParams.prototype)) {
  Object.defineProperty(URLSearchParams.prototype, 'size', {
    configurable: true,
    get(this: URLSearchParams) {
      return Array.from(this as unknown as Iterable<unknown>).length;
    },
  });
}
