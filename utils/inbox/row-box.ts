/** What is known of the elements that stand for rows, so that little is asked again of a list that moves in each frame. */
import type { Shape } from './row-shape';
import type { Sight } from './row-sight';
import type { ThreadRow } from './rows';
import type { Selectors } from './selectors';

/** Each file about rows minds its own part. */
export interface RowBox {
  readonly element: Element;
  /** Where its parts lie; null before that was looked for, and where it holds no row. */
  shape: Shape | null;
  /** The row that was read there last; null before. */
  row: ThreadRow | null;
  /** Whether it was on screen; null before that was asked. */
  sight: Sight | null;
  /** The element on which the list writes where the box lies; null where none is known. */
  slot: HTMLElement | null;
  /** Where it lay when that was last asked; null where nothing tells. */
  offset: number | null;
}

/** By a table of selectors, since another one may find other boxes. */
interface Known {
  boxes: WeakMap<Element, RowBox>;
  /** By the nodes that lay in a box when they were asked about: the same ones change again and again. */
  around: WeakMap<Node, RowBox>;
}

const tables = new WeakMap<Selectors, Known>();

function knownBy(selectors: Selectors): Known {
  const known = tables.get(selectors) ?? { boxes: new WeakMap(), around: new WeakMap() };
  tables.set(selectors, known);
  return known;
}

/** What is known of an element as a row's box: the same object at every call. */
export function boxOf(element: Element, selectors: Selectors): RowBox {
  const { boxes } = knownBy(selectors);
  const before = boxes.get(element);
  if (before) return before;
  const box: RowBox = { element, shape: null, row: null, sight: null, slot: null, offset: null };
  boxes.set(element, box);
  return box;
}

/** To be called where nodes may have been taken elsewhere. */
export function forgetWhere(selectors: Selectors): void {
  knownBy(selectors).around = new WeakMap();
}

/** The boxes in which nodes lie; null among them where one lies in none that holds a row. */
export function boxesAround(nodes: readonly Node[], selectors: Selectors): Set<RowBox | null> {
  const known = knownBy(selectors);
  const boxes = new Set<RowBox | null>();
  for (const node of nodes) boxes.add(known.around.get(node) ?? findAround(node, known));
  return boxes;
}

function findAround(node: Node, { boxes, around }: Known): RowBox | null {
  for (let at: Node | null = node; at; at = at.parentNode) {
    const box = boxes.get(at as Element);
    if (!box?.row) continue;
    around.set(node, box);
    return box;
  }
  return null;
}
