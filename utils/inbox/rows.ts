/** The thread list: which boxes are conversations, and what each of them shows. */
import type { Channel } from '../conversation/seen';
import { any, find, isElement, isOwn, isShown, matching, styleOf, timeOf } from './dom';
import { SELECTORS, type Selectors } from './selectors';
import { lineOf } from './text';

export interface ThreadRow {
  /** The `[role=presentation]` box, or what stands for it; ours goes in as its last child. */
  element: Element;
  name: string;
  /** As shown, with the page's own "You: " in the page's language. */
  preview: string;
  /** Epoch ms; null where the page does not tell. */
  lastActivity: number | null;
  /** Null where weight cannot be computed. */
  unread: boolean | null;
  channel: Channel | null;
}

/**
 * The conversations in the list, top to bottom. Hidden copies, promotions and notices are left out,
 * and so is everything in a list of comments. Ids are never read from a row: it has none.
 */
export function parseThreadRows(root: ParentNode, selectors: Selectors = SELECTORS): ThreadRow[] {
  const rows: ThreadRow[] = [];
  for (const box of rowBoxes(root, selectors)) {
    const row = readRow(box, selectors);
    if (row && isBoxShown(box)) rows.push(row);
  }
  return topToBottom(withoutHiddenCopies(rows), selectors);
}

/**
 * The same after something moved: only rows in which it did are read again. `moved`: what mutation records name.
 * Where that lies outside of the rows, anything may be new.
 */
export function parseMovedRows(
  root: ParentNode,
  before: readonly ThreadRow[],
  moved: ReadonlySet<Node>,
  selectors: Selectors = SELECTORS,
): ThreadRow[] {
  const places = new Map(before.map(({ element }, place) => [element, place]));
  const rows = [...before];
  for (const box of new Set([...moved].map((node) => boxAround(node, places)))) {
    const place = box && places.get(box);
    const row = box && readRow(box, selectors);
    if (!row || place === null || place === undefined || !isBoxShown(row.element))
      return parseThreadRows(root, selectors);
    rows[place] = row;
  }
  return topToBottom(withoutHiddenCopies(rows), selectors, offsets);
}

/** Of rows as they were read: one that shows the same is taken to lie where it lay, until all are read again. */
const offsets = new WeakMap<ThreadRow, number>();

function boxAround(node: Node, boxes: ReadonlyMap<Element, number>): Element | null {
  let at: Node | null = node;
  while (at && !boxes.has(at as Element)) at = at.parentNode;
  return at as Element | null;
}

/** What was found in a list, as long as no element came or went. */
interface Found {
  elements: HTMLCollectionOf<Element>;
  count: number;
  boxes: ReadonlySet<Element>;
}

const lists = new WeakMap<Selectors, WeakMap<Element, Found>>();

/** The boxes that stand for one conversation each, shown or not. */
export function rowBoxes(root: ParentNode, selectors: Selectors = SELECTORS): ReadonlySet<Element> {
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
    const box = near && shapeOf(near, selectors) ? near : standIn(anchor, root, selectors);
    if (box) boxes.add(box);
  }
  return boxes;
}

/** Where in a row's box its parts are. React fills the same elements with the next customer, so a shape lasts. */
interface Shape {
  name: Element;
  preview: Element | null;
  time: Element | null;
  badge: Element | null;
  /** The name and everything around it in its box: whose classes make it bold. */
  around: readonly Element[];
  /** Live: all elements of the box. Another number of them is another shape. */
  elements: HTMLCollectionOf<Element>;
  count: number;
  last: Read | null;
}

/** What was read of a box last: as long as text, time, badge and classes stay, so does the row. */
interface Read {
  text: string | null;
  utime: string | null;
  badge: string | null;
  classes: string;
  row: ThreadRow;
}

const shapes = new WeakMap<Selectors, WeakMap<Element, Shape>>();

/** The shape of a box that holds one row, looked for only where the one from before has gone; null for other boxes. */
function shapeOf(box: Element, selectors: Selectors): Shape | null {
  const known = shapes.get(selectors) ?? new WeakMap<Element, Shape>();
  shapes.set(selectors, known);
  const before = known.get(box);
  if (before && before.elements.length === before.count) return before;
  return renewShape(box, known, selectors);
}

function renewShape(box: Element, known: WeakMap<Element, Shape>, selectors: Selectors): Shape | null {
  const shape = findShape(box, selectors);
  if (shape) known.set(box, shape);
  else known.delete(box);
  return shape;
}

function isInPlace({ name, preview, time, badge }: Shape, box: Element): boolean {
  return [name, preview, time, badge].every((part) => part === null || box.contains(part));
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
    last: null,
  };
}

/** The largest box around an anchor that still holds one row; a wider one of a known kind goes first. */
function standIn(anchor: Element, root: ParentNode, selectors: Selectors): Element | null {
  const boxes = any(selectors.rowBox);
  const limit = any(selectors.threadList);
  let largest: Element | null = null;
  for (let at: Element | null = anchor; at && at !== root && !at.matches(limit); at = at.parentElement) {
    if (!holdsOneRow(at, selectors)) break;
    if (at.matches(boxes) && shapeOf(at, selectors)) return at;
    if (!isBoxless(at)) largest = at;
  }
  return largest && shapeOf(largest, selectors) ? largest : null;
}

/** Copies of a row's parts do not make it two rows; another time or another title does. */
function holdsOneRow(element: Element, selectors: Selectors): boolean {
  const times = find(element, selectors.rowTime).map((time) => time.getAttribute('data-utime'));
  if (new Set(times).size > 1) return false;
  const titles = find(element, selectors.rowTitle).map((title) => title.textContent);
  return new Set(titles.filter(Boolean)).size <= 1;
}

function isBoxless(element: Element): boolean {
  return styleOf(element)?.display === 'contents';
}

/** The same object as before while nothing of the row has changed. */
function readRow(box: Element, selectors: Selectors): ThreadRow | null {
  const known = shapes.get(selectors);
  let shape = shapeOf(box, selectors);
  if (shape && known && !isInPlace(shape, box)) shape = renewShape(box, known, selectors);
  if (!shape) return null;
  const { time, around, last } = shape;
  const text = box.textContent;
  const utime = time?.getAttribute('data-utime') ?? null;
  const badge = shape.badge?.getAttribute('alt') ?? null;
  const classes = classesOf(around);
  const isSame = last?.text === text && last.utime === utime && last.badge === badge && last.classes === classes;
  if (last && isSame) return last.row;
  const row = rowOf(box, shape, badge, classes);
  shape.last = { text, utime, badge, classes, row };
  return row;
}

function rowOf(element: Element, { name, preview, time }: Shape, badge: string | null, classes: string): ThreadRow {
  return {
    element,
    name: lineOf(name),
    preview: preview ? lineOf(preview) : '',
    lastActivity: timeOf(time),
    unread: isBold(name, classes),
    channel: CHANNELS[badge?.toLowerCase() ?? ''] ?? null,
  };
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

function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
}

/** Not the hover actions, the labels, the time or our own mark. */
function isRowText(element: Element, selectors: Selectors): boolean {
  const other = any(selectors.rowActions, selectors.rowFooter, selectors.rowTime, selectors.spokenTime);
  return !element.closest(other) && !isOwn(element);
}

/** Weights by document and classes, since asking for computed style makes the browser compute it early. */
const weights = new WeakMap<Document, Map<string, { bold: boolean | null; at: number }>>();

/** Facebook shows unread by weight alone: 700 or more. The same classes have the same weight. */
function isBold(name: Element, classes: string): boolean | null {
  const { ownerDocument } = name;
  const known = weights.get(ownerDocument) ?? new Map<string, { bold: boolean | null; at: number }>();
  weights.set(ownerDocument, known);
  const before = known.get(classes);
  const now = performance.now();
  if (before && now - before.at < TRUSTED_FOR) return before.bold;
  const bold = computedBold(name);
  known.set(classes, { bold, at: now });
  return bold;
}

function computedBold(name: Element): boolean | null {
  const weight = styleOf(name)?.fontWeight;
  if (!weight) return null;
  return weight === 'bold' || weight === 'bolder' || Number(weight) >= 700;
}

function pathTo(name: Element, box: Element): Element[] {
  const path: Element[] = [];
  for (let at: Element | null = name; at && at !== box; at = at.parentElement) path.push(at);
  return path;
}

function classesOf(elements: readonly Element[]): string {
  let classes = '';
  for (const element of elements) classes += `${element.className}>`;
  return classes;
}

function innermost(element: Element): Element {
  const only = element.children.length === 1 && !hasOwnText(element) ? element.firstElementChild : null;
  return only ? innermost(only) : element;
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  messenger: 'messenger',
  instagram: 'instagram',
  whatsapp: 'whatsapp',
};

/** A badge is 16 px wide. Wider pictures are people, whatever they are called. */
const LARGEST_BADGE = 20;

function badgeIn(box: Element, selectors: Selectors): Element | null {
  const isSmall = (image: Element) => Number(image.getAttribute('width') ?? 0) <= LARGEST_BADGE;
  return find(box, selectors.channelBadge).find(isSmall) ?? null;
}

/** So long a computed style is trusted, ms: stylesheets come late, and parents are shown and hidden by class. */
const TRUSTED_FOR = 10_000;

const visibility = new WeakMap<Element, { print: string; shown: boolean; at: number }>();

/** Whether a box is on screen, asked of the browser where its own or its slot's markup has changed, and now and then. */
function isBoxShown(box: Element): boolean {
  let print = '';
  let at: Element | null = box;
  for (let up = 0; at && up < SLOT_WITHIN; up += 1, at = at.parentElement) {
    print += `${at.className} ${at.hasAttribute('hidden')}>`;
  }
  const known = visibility.get(box);
  const now = performance.now();
  if (known?.print === print && now - known.at < TRUSTED_FOR) return known.shown;
  const shown = isShown(box);
  visibility.set(box, { print, shown, at: now });
  return shown;
}

/** Of rows that look alike, those that cannot be seen. Only they are measured, since measuring costs a layout. */
function withoutHiddenCopies(rows: ThreadRow[]): ThreadRow[] {
  if (new Set(rows.map(({ name }) => name)).size === rows.length) return rows;
  const alike = new Map<string, ThreadRow[]>();
  for (const row of rows) {
    const looks = `${row.name}\n${row.lastActivity}\n${row.preview}`;
    alike.set(looks, [...(alike.get(looks) ?? []), row]);
  }
  const concealed = new Set(
    [...alike.values()]
      .filter(({ length }) => length > 1)
      .flat()
      .filter(isConcealed),
  );
  return rows.filter((row) => !concealed.has(row));
}

function isConcealed({ element }: ThreadRow): boolean {
  if (element.closest('[aria-hidden="true"], [inert]')) return true;
  if (!element.checkVisibility?.({ opacityProperty: true })) return true;
  const { width, height } = element.getBoundingClientRect();
  return hasLayout(element) && (width < 2 || height < 2);
}

/** False where nothing is ever laid out, as in a document that is only parsed. */
function hasLayout(element: Element): boolean {
  return element.ownerDocument.documentElement.getBoundingClientRect().width > 0;
}

/** A virtualised list keeps its slots in any order: their offsets tell, else the number in the logging path. */
function topToBottom(rows: ThreadRow[], selectors: Selectors, known?: WeakMap<ThreadRow, number>): ThreadRow[] {
  let isSorted = true;
  let above = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const offset = known?.get(row) ?? offsetOf(row.element) ?? numberOf(row.element, selectors);
    if (offset === null) return rows;
    offsets.set(row, offset);
    isSorted &&= above <= offset;
    above = offset;
  }
  return isSorted ? rows : rows.sort((a, b) => (offsets.get(a) ?? 0) - (offsets.get(b) ?? 0));
}

/** A slot is the row's box or lies a few elements above it. */
const SLOT_WITHIN = 4;
const TRANSLATION = /translate(?:Y\(|(?:3d)?\([^,]+,\s*)(-?[\d.]+)px/;

const slots = new WeakMap<Element, HTMLElement>();

/** Pixels from the list's top, as the list itself has written them on the slot. */
function offsetOf(box: Element): number | null {
  const known = slots.get(box);
  const before = known?.contains(box) ? writtenOn(known) : null;
  if (before !== null) return before;
  let at: Element | null = box;
  for (let up = 0; at && up < SLOT_WITHIN; up += 1, at = at.parentElement) {
    const offset = writtenOn(at as HTMLElement);
    if (offset === null) continue;
    slots.set(box, at as HTMLElement);
    return offset;
  }
  return null;
}

function writtenOn({ style }: HTMLElement): number | null {
  const top = style?.top ?? '';
  const offset = top.endsWith('px') ? top : TRANSLATION.exec(style?.transform ?? '')?.[1];
  return offset ? Number.parseFloat(offset) : null;
}

function numberOf(box: Element, selectors: Selectors): number | null {
  const surface = find(box, selectors.rowSurface)[0]?.getAttribute('data-surface') ?? '';
  const number = /\/thread_row(\d+)/.exec(surface)?.[1];
  return number ? Number(number) : null;
}
