/** The peers that bring no types of their own. */
declare module 'arrive';

declare module 'selector-observer' {
  export function observe(selector: string, options: { add(element: Element): void }): unknown;
}

declare module 'page-parser-tree' {
  interface Node {
    getValue(): Element;
  }
  interface Change {
    type: string;
    value: Node;
  }
  interface LiveSet {
    values(): Iterable<Node>;
    subscribe(listener: (changes: Change[]) => void): void;
  }
  export default class PageParserTree {
    constructor(root: Document, options: object);
    tree: { getAllByTag(tag: string): LiveSet };
  }
}
