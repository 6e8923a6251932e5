/** Which elements of a list stand for one conversation each. */
import { any, isElement, matching, styleOf } from './dom';
import { boxOf } from './row-box';
import { holdsOneRow, shapeOf } from './row-shape';
import type { Selectors } from './selectors';

/** What was found in a list, as long as no element came or went. */
interface Found {
  elements: HTMLCollectionOf<Element>;
  count: number;
  boxes: ReadonlySet<Element>;
}

const lists = new WeakMap<Selectors, WeakMap<Element, Found>>();

/** The boxes that stand for one conversation each, shown or not. */
export function rowBoxes(root: ParentNode, selectors: Selectors): ReadonlySet<Element> {
  if (!isElement(root)) return findBoxes(root, selectors);
  const known = lists.get(selectors) ?? new WeakMap<Element, Found>();
  lists.set(selectors, known);
  const before = known.get(root);
  if (before && before.elements.length === before.count && areWithin(before.boxes, root)) return before.boxes;
  const elements = root.getElementsByTagName('*');
  const boxes = findBoxes(root, selectors);
  known.set(root, { elements, count: elements.length, boxes });
  return boxes;
}

function areWithin(boxes: ReadonlySet<Element>, root: Element): boolean {
  for (const box of boxes) if (!root.contains(box)) return false;
  return true;
}

/** From whatever a row is known by, up to its box. */
function findBoxes(root: ParentNode, selectors: Selectors): Set<Element> {
  const boxes = new Set<Element>();
  for (const anchor of matching(root, any(selectors.rowTitle, selectors.rowTime))) {
    const near = anchor.closest(any(selectors.rowBox));
    if (near && boxes.has(near)) continue;
    const box = near && shapeOf(boxOf(near, selectors), selectors) ? near : standIn(anchor, root, selectors);
    if (box) boxes.add(box);
  }
  return boxes;
}

/** The largest box around an anchor that still holds one row; a wider one of a known kind goes first. */
function standIn(anchor: Element, root: ParentNode, selectors: Selectors): Element | null {
  const boxes = any(selectors.rowBox);
  const limit = any(selectors.threadList);
  let largest: Element | null = null;
  for (let at: Element | null = anchor; at && at !== root && !at.matches(limit); at = at.parentElement) {
    if (!holdsOneRow(at, selectors)) break;
    if (at.matches(boxes) && shapeOf(boxOf(at, selectors), selectors)) return at;
    if (!isBoxless(at)) largest = at;
  }
  return largest && shapeOf(boxOf(largest, selectors), selectors) ? largest : null;
}

function isBoxless(element: Element): boolean {
  return styleOf(element)?.display === 'contents';
}
