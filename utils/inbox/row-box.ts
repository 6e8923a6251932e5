/** What is known of the elements that stand for rows, so that little is asked again of a list that moves in each frame. */
import type { Shape } from './row-shape';
import type { Sight } from './row-sight';
import type { At, ThreadRow } from './rows';
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
  /** As long as nodes stay where they are; another object once they may have been taken elsewhere. */
  era: object;
}

/** In which box a node was found to lie, and when. */
interface Around {
  box: RowBox;
  era: object;
}

/**
 * The same nodes change again and again, so each carries its answer, which a table could give only by a search. It
 * lies on the node as this world alone sees it: the page's own world has no such property.
 */
const AROUND = Symbol('around');

type Marked = Node & { [AROUND]?: Around };

const tables = new WeakMap<Selectors, Known>();

function knownBy(selectors: Selectors): Known {
  const known = tables.get(selectors) ?? { boxes: new WeakMap(), era: {} };
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
  knownBy(selectors).era = {};
}

/** The boxes in which something moved; null among them where it did in none that holds a row. */
export function boxesAround(moved: readonly At[], selectors: Selectors): Set<RowBox | null> {
  const known = knownBy(selectors);
  const boxes = new Set<RowBox | null>();
  for (const { target } of moved) {
    const around = (target as Marked)[AROUND];
    boxes.add(around?.era === known.era ? around.box : findAround(target, known));
  }
  return boxes;
}

function findAround(node: Marked, { boxes, era }: Known): RowBox | null {
  for (let at: Node | null = node; at; at = at.parentNode) {
    const box = boxes.get(at as Element);
    if (!box?.row) continue;
    node[AROUND] = { box, era };
    return box;
  }
  return null;
}
