/**
 * Counts the nodes that native queries walk over, in the world that it runs in: one call of `querySelectorAll` over
 * 2,000 rows is one call, but not one node.
 */
const world = globalThis as typeof globalThis & { walked: number };
world.walked = 0;

const descendants = (root: Document | Element): number =>
  (root instanceof Document ? Document : Element).prototype.getElementsByTagName.call(root as Document, '*').length;

function ancestors(element: Element): number {
  return element.parentElement ? 1 + ancestors(element.parentElement) : 1;
}

function countWalks<Self>(prototype: Self, name: keyof Self & string, walk: (self: Self) => number): void {
  const native = prototype[name] as (...given: unknown[]) => unknown;
  Reflect.set(prototype as object, name, function (this: Self, ...given: unknown[]) {
    world.walked += walk(this);
    return native.apply(this, given);
  });
}

for (const name of ['querySelectorAll', 'querySelector'] as const) {
  countWalks(Document.prototype, name, descendants);
  countWalks(Element.prototype, name, descendants);
}
countWalks(Element.prototype, 'closest', ancestors);
countWalks(Element.prototype, 'matches', () => 1);
