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
  const rows = [...rowBoxes(root, selectors)].flatMap((box) => readRow(box, selectors) ?? []);
  return topToBottom(withoutHiddenCopies(rows), selectors);
}

/** The boxes that stand for one conversation each, shown or not, found from whatever a row is known by. */
export function rowBoxes(root: ParentNode, selectors: Selectors = SELECTORS): Set<Element> {
  const boxes = new Set<Element>();
  const anchors = matching(root, any([...selectors.rowTitle, ...selectors.rowTime]));
  const foreign = any([...selectors.region, ...selectors.commentList, ...selectors.rowLookAlike]);
  for (const anchor of anchors) {
    const box = boxAround(anchor, boxes, root, selectors);
    if (box && !box.closest(foreign)) boxes.add(box);
  }
  return boxes;
}

/** The row around a title or a time: the nearest box that is known to be one, else what stands for it. */
function boxAround(
  anchor: Element,
  known: ReadonlySet<Element>,
  root: ParentNode,
  selectors: Selectors,
): Element | null {
  const near = anchor.closest(any(selectors.rowBox));
  if (near && (known.has(near) || isRow(near, selectors))) return near;
  return standIn(anchor, root, selectors);
}

/** The largest box around an anchor that still holds one row; a wider one of a known kind goes first. */
function standIn(anchor: Element, root: ParentNode, selectors: Selectors): Element | null {
  const boxes = any(selectors.rowBox);
  const limit = any(selectors.threadList);
  let largest: Element | null = null;
  for (let at: Element | null = anchor; at && at !== root && !at.matches(limit); at = at.parentElement) {
    if (!holdsOneRow(at, selectors)) break;
    if (at.matches(boxes) && isRow(at, selectors)) return at;
    if (!isBoxless(at)) largest = at;
  }
  return largest && isRow(largest, selectors) ? largest : null;
}

function isRow(box: Element, selectors: Selectors): boolean {
  return holdsOneRow(box, selectors) && nameElement(box, selectors) !== null;
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

function readRow(box: Element, selectors: Selectors): ThreadRow | null {
  const nameAt = nameElement(box, selectors);
  if (!nameAt || nameAt.closest(any(selectors.rowLookAlike)) || !isShown(box)) return null;
  const time = find(box, selectors.rowTime)[0] ?? null;
  return {
    element: box,
    name: lineOf(nameAt),
    preview: previewOf(box, nameAt, selectors),
    lastActivity: timeOf(time),
    unread: isBold(nameAt),
    channel: channelOf(box, selectors),
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
function previewOf(box: Element, name: Element, selectors: Selectors): string {
  const apart = (element: Element) => !element.contains(name) && !name.contains(element);
  const clamped = find(box, selectors.clampedText).filter((element) => apart(element) && isRowText(element, selectors));
  const preview = clamped[0] ?? textElements(box, selectors).find(apart);
  return preview ? lineOf(preview) : '';
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
  const other = any([...selectors.rowActions, ...selectors.rowFooter, ...selectors.rowTime, ...selectors.spokenTime]);
  return !element.closest(other) && !isOwn(element);
}

/** Facebook shows unread by weight alone: 700 or more. */
function isBold(name: Element): boolean | null {
  const weight = styleOf(innermost(name))?.fontWeight;
  if (!weight) return null;
  return weight === 'bold' || weight === 'bolder' || Number(weight) >= 700;
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

function channelOf(box: Element, selectors: Selectors): Channel | null {
  const badge = find(box, selectors.channelBadge).find(
    (image) => Number(image.getAttribute('width') ?? 0) <= LARGEST_BADGE,
  );
  return CHANNELS[badge?.getAttribute('alt')?.toLowerCase() ?? ''] ?? null;
}

/** Of rows that look alike, those that cannot be seen. Only they are measured, since measuring costs a layout. */
function withoutHiddenCopies(rows: ThreadRow[]): ThreadRow[] {
  const looks = (row: ThreadRow) => [row.name, row.preview, row.lastActivity].join('\n');
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(looks(row), (counts.get(looks(row)) ?? 0) + 1);
  return rows.filter((row) => counts.get(looks(row)) === 1 || !isConcealed(row.element));
}

function isConcealed(element: Element): boolean {
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
function topToBottom(rows: ThreadRow[], selectors: Selectors): ThreadRow[] {
  const placed = rows.map((row) => ({
    row,
    offset: offsetOf(row.element, selectors) ?? numberOf(row.element, selectors),
  }));
  if (placed.some(({ offset }) => offset === null)) return rows;
  return placed.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)).map(({ row }) => row);
}

/** Pixels from the list's top, as the list itself has written them on the slot. */
function offsetOf(box: Element, selectors: Selectors): number | null {
  const limit = any(selectors.threadList);
  for (let at: Element | null = box; at && !at.matches(limit); at = at.parentElement) {
    const style = at.getAttribute('style') ?? '';
    const top =
      /(?:^|[;\s])top:\s*(-?[\d.]+)px/.exec(style) ?? /translate(?:Y\(|(?:3d)?\([^,]+,\s*)(-?[\d.]+)px/.exec(style);
    if (top?.[1]) return Number(top[1]);
  }
  return null;
}

function numberOf(box: Element, selectors: Selectors): number | null {
  const surface = find(box, selectors.rowSurface)[0]?.getAttribute('data-surface') ?? '';
  const number = /\/thread_row(\d+)/.exec(surface)?.[1];
  return number ? Number(number) : null;
}

/** The row box around a node of the page, for telling which rows a change touched; null outside of rows. */
export function rowAround(node: Node, boxes: ReadonlySet<Element>): Element | null {
  for (let at = isElement(node) ? node : node.parentElement; at; at = at.parentElement) if (boxes.has(at)) return at;
  return null;
}
