/** The order of the rows as one sees it. */
import { find } from './dom';
import { SLOT_WITHIN } from './row-sight';
import type { ThreadRow } from './rows';
import type { Selectors } from './selectors';

/** Where boxes lay when they were last asked about; null where nothing tells. */
const offsets = new WeakMap<Element, number | null>();

/** The elements that the list has written boxes' offsets on, and the boxes. */
const slots = new WeakMap<Element, HTMLElement>();
const boxesIn = new WeakMap<Node, Element>();

/**
 * A virtualised list keeps its slots in any order: their offsets tell, else the number in the logging path. As they
 * came where neither tells.
 */
export function topToBottom(rows: ThreadRow[], selectors: Selectors): ThreadRow[] {
  for (const { element } of rows) hasMoved(element, selectors);
  return inOrder(rows);
}

/** The same by where the boxes were found to lie. */
export function inOrder(rows: ThreadRow[]): ThreadRow[] {
  const offset = ({ element }: ThreadRow) => offsets.get(element) ?? null;
  if (rows.some((row) => offset(row) === null)) return rows;
  return rows.sort((a, b) => (offset(a) ?? 0) - (offset(b) ?? 0));
}

/** The box in a slot; null for other nodes. */
export function boxIn(slot: Node): Element | null {
  return boxesIn.get(slot) ?? null;
}

/** Whether the list writes on a slot where the box lies. */
export function hasSlot(box: Element): boolean {
  return slots.has(box);
}

/** Asks again where a box lies. True where it lay somewhere else before. */
export function hasMoved(box: Element, selectors: Selectors): boolean {
  const before = offsets.get(box);
  const offset = offsetOf(box, selectors);
  offsets.set(box, offset);
  return before !== offset;
}

function offsetOf(box: Element, selectors: Selectors): number | null {
  return slotOffset(box) ?? pathNumber(box, selectors);
}

const TRANSLATION = /translate(?:Y\(|(?:3d)?\([^,]+,\s*)(-?[\d.]+)px/;

/** Pixels from the list's top, as the list itself has written them on the slot. */
function slotOffset(box: Element): number | null {
  const known = slots.get(box);
  const before = known?.contains(box) ? writtenOn(known) : null;
  if (before !== null) return before;
  let at: Element | null = box;
  for (let up = 0; at && up < SLOT_WITHIN; up += 1, at = at.parentElement) {
    const offset = writtenOn(at as HTMLElement);
    if (offset === null) continue;
    slots.set(box, at as HTMLElement);
    boxesIn.set(at, box);
    return offset;
  }
  return null;
}

function writtenOn({ style }: HTMLElement): number | null {
  const top = style?.top ?? '';
  const offset = top.endsWith('px') ? top : TRANSLATION.exec(style?.transform ?? '')?.[1];
  return offset ? Number.parseFloat(offset) : null;
}

function pathNumber(box: Element, selectors: Selectors): number | null {
  const surface = find(box, selectors.rowSurface)[0]?.getAttribute('data-surface') ?? '';
  const number = /\/thread_row(\d+)/.exec(surface)?.[1];
  return number ? Number(number) : null;
}
