/** Where the parts of a row lie within its box. */
import { any, find, isOwn } from './dom';
import type { RowBox } from './row-box';
import type { Selectors } from './selectors';
import { hasOwnText, lineOf } from './text';

/** Where in a row's box its parts are. React fills the same elements with the next customer, so a shape lasts. */
export interface Shape {
  name: Element;
  preview: Element | null;
  time: Element | null;
  badge: Element | null;
  /** The name and everything around it in its box: whose classes make it bold. */
  around: readonly Element[];
  /** Live: all elements of the box. Another number of them is another shape. */
  elements: HTMLCollectionOf<Element>;
  count: number;
}

/** The shape of a box that holds one row, looked for only where the one from before has gone; null for other boxes. */
export function shapeOf(box: RowBox, selectors: Selectors): Shape | null {
  if (!box.shape || !lasts(box.shape, box.element)) box.shape = findShape(box.element, selectors);
  return box.shape;
}

function lasts({ name, preview, time, badge, elements, count }: Shape, box: Element): boolean {
  return elements.length === count && [name, preview, time, badge].every((part) => part === null || box.contains(part));
}

function findShape(box: Element, selectors: Selectors): Shape | null {
  if (!holdsOneRow(box, selectors)) return null;
  const title = nameElement(box, selectors);
  const foreign = any(selectors.region, selectors.commentList, selectors.rowLookAlike);
  if (!title || title.closest(foreign)) return null;
  const elements = box.getElementsByTagName('*');
  const name = innermost(title);
  return {
    name,
    around: pathTo(name, box),
    preview: previewElement(box, title, selectors),
    time: find(box, selectors.rowTime)[0] ?? null,
    badge: badgeIn(box, selectors),
    elements,
    count: elements.length,
  };
}

/** Copies of a row's parts do not make it two rows; another time or another title does. */
export function holdsOneRow(element: Element, selectors: Selectors): boolean {
  const times = find(element, selectors.rowTime).map((time) => time.getAttribute('data-utime'));
  if (new Set(times).size > 1) return false;
  const titles = find(element, selectors.rowTitle).map((title) => title.textContent);
  return new Set(titles.filter(Boolean)).size <= 1;
}

/** By its logging path, else the first of the texts cut to lines, else the first text at all. */
function nameElement(box: Element, selectors: Selectors): Element | null {
  const readable = (element: Element) => isRowText(element, selectors) && lineOf(element) !== '';
  const title = find(box, selectors.rowTitle).find(readable);
  if (title) return onlyName(title, selectors);
  const [first, second] = find(box, selectors.clampedText).filter(readable);
  return first && second ? onlyName(first, selectors) : (textElements(box, selectors)[0] ?? null);
}

/** A title may hold its name twice; the first is meant. */
function onlyName(title: Element, selectors: Selectors): Element {
  const [first, ...others] = textElements(title, selectors);
  return first && others.length > 0 && others.every((other) => lineOf(other) === lineOf(first)) ? first : title;
}

/** The text after the name: cut to lines, else the next one before the time. */
function previewElement(box: Element, name: Element, selectors: Selectors): Element | null {
  const apart = (element: Element) => !element.contains(name) && !name.contains(element);
  const clamped = find(box, selectors.clampedText).find((element) => apart(element) && isRowText(element, selectors));
  return clamped ?? textElements(box, selectors).find(apart) ?? null;
}

/** Elements that hold a text of the row and no box beside it, in document order. */
function textElements(box: Element, selectors: Selectors): Element[] {
  const holdsText = (element: Element) => hasOwnText(element) && !element.querySelector('div');
  return [...box.querySelectorAll('*')].filter((element) => holdsText(element) && isRowText(element, selectors));
}

/** Not the hover actions, the labels, the time or our own mark. */
function isRowText(element: Element, selectors: Selectors): boolean {
  const other = any(selectors.rowActions, selectors.rowFooter, selectors.rowTime, selectors.spokenTime);
  return !element.closest(other) && !isOwn(element);
}

function pathTo(name: Element, box: Element): Element[] {
  const path: Element[] = [];
  for (let at: Element | null = name; at && at !== box; at = at.parentElement) path.push(at);
  return path;
}

function innermost(element: Element): Element {
  const only = element.children.length === 1 && !hasOwnText(element) ? element.firstElementChild : null;
  return only ? innermost(only) : element;
}

/** A badge is 16 px wide. Wider pictures are people, whatever they are called. */
const LARGEST_BADGE = 20;

function badgeIn(box: Element, selectors: Selectors): Element | null {
  const isSmall = (image: Element) => Number(image.getAttribute('width') ?? 0) <= LARGEST_BADGE;
  return find(box, selectors.channelBadge).find(isSmall) ?? null;
}
