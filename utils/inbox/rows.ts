/** The thread list: which boxes are conversations, and what each of them shows. */
import type { Channel } from '../conversation/seen';
import { styleOf, timeOf } from './dom';
import { rowBoxes } from './row-boxes';
import { boxIn, hasMoved, hasSlot, inOrder, topToBottom } from './row-order';
import { lastShape, type Shape, shapeOf } from './row-shape';
import { isBoxShown, isTrusted, TRUSTED_FOR, withoutHiddenCopies } from './row-sight';
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

/** What moved in the list, by what mutation records name. */
export interface Moved {
  /** In which words, times, classes or elements changed. */
  nodes: ReadonlySet<Node>;
  /** Whose inline style changed: a virtualised list writes there where its rows lie. */
  styled: ReadonlySet<Node>;
}

/**
 * The same after something moved: only rows in which it did are read again. Where that lies outside of the rows,
 * anything may be new.
 */
export function parseMovedRows(
  root: ParentNode,
  before: readonly ThreadRow[],
  { nodes, styled }: Moved,
  selectors: Selectors = SELECTORS,
): ThreadRow[] {
  const places = placesOf(before);
  const boxes = movedBoxes(nodes, places, selectors);
  if (!boxes) return parseThreadRows(root, selectors);
  const rows = [...before];
  const shifted = new Set<Element>();
  for (const [box, isReworded] of boxes) {
    const row = (isReworded && reread(box, selectors)) || (isBoxShown(box) && readRow(box, selectors));
    if (!row) return parseThreadRows(root, selectors);
    rows[places.get(box) ?? rows.length] = row;
    if (!isReworded || !hasSlot(box)) shifted.add(box);
  }
  for (const slot of styled) {
    const box = boxIn(slot);
    if (box && places.has(box)) shifted.add(box);
  }
  let isOrdered = true;
  for (const box of shifted) if (hasMoved(box, selectors)) isOrdered = false;
  const shown = withoutHiddenCopies(rows);
  if (!isOrdered) return inOrder(shown);
  if (shown === rows) placesByRows.set(rows, places);
  return shown;
}

type Places = ReadonlyMap<Element, number>;

/** Where each box stands in a list of rows, which is mostly the same from one reading to the next. */
const placesByRows = new WeakMap<readonly ThreadRow[], Places>();

function placesOf(rows: readonly ThreadRow[]): Places {
  return placesByRows.get(rows) ?? new Map(rows.map(({ element }, place) => [element, place]));
}

/**
 * The boxes in which something moved, and whether that was words and times alone: rows that are filled anew rush by,
 * and their markup stays. Null where something outside of the boxes moved.
 */
function movedBoxes(nodes: ReadonlySet<Node>, places: Places, selectors: Selectors): Map<Element, boolean> | null {
  const boxes = new Map<Element, boolean>();
  let isWordsAlone = true;
  for (const node of nodes) {
    const box = boxAround(node, places);
    if (!box) return null;
    const isWord = node.nodeType === Node.TEXT_NODE || lastShape(box, selectors)?.time === node;
    boxes.set(box, isWord && boxes.get(box) !== false);
    isWordsAlone &&= isWord;
  }
  // Who takes nodes elsewhere changes elements, and what was known of where they lie is void.
  if (!isWordsAlone) boxesAround = new WeakMap();
  return boxes;
}

/** Where nodes lay when they were first asked about: the same ones change again and again. */
let boxesAround = new WeakMap<Node, Element>();

function boxAround(node: Node, places: Places): Element | null {
  const known = boxesAround.get(node);
  if (known && places.has(known)) return known;
  let at: Node | null = node;
  while (at && !places.has(at as Element)) at = at.parentNode;
  if (at) boxesAround.set(node, at as Element);
  return at as Element | null;
}

/** What was read of a box last, and the classes that its weight was told by. */
interface Read {
  classes: string;
  row: ThreadRow;
}

const reads = new WeakMap<Shape, Read>();

/** The same object as before while nothing of the row has changed; null where the box holds no row. */
function readRow(box: Element, selectors: Selectors): ThreadRow | null {
  const shape = shapeOf(box, selectors);
  return shape && readParts(box, shape, classesOf(shape.around));
}

/** The same where only words and times can have changed. Null: the row is to be read as a whole. */
function reread(box: Element, selectors: Selectors): ThreadRow | null {
  const shape = lastShape(box, selectors);
  const last = shape && reads.get(shape);
  return last && isTrusted(box) ? readParts(box, shape, last.classes) : null;
}

function readParts(element: Element, shape: Shape, classes: string): ThreadRow {
  const name = lineOf(shape.name);
  const preview = shape.preview ? lineOf(shape.preview) : '';
  const lastActivity = timeOf(shape.time);
  const channel = CHANNELS[shape.badge?.getAttribute('alt')?.toLowerCase() ?? ''] ?? null;
  const unread = isBold(shape.name, classes);
  const last = reads.get(shape)?.row;
  const isSame =
    last?.name === name &&
    last.preview === preview &&
    last.lastActivity === lastActivity &&
    last.channel === channel &&
    last.unread === unread;
  const row = isSame ? last : { element, name, preview, lastActivity, unread, channel };
  reads.set(shape, { classes, row });
  return row;
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  messenger: 'messenger',
  instagram: 'instagram',
  whatsapp: 'whatsapp',
};

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

function classesOf(elements: readonly Element[]): string {
  let classes = '';
  for (const element of elements) classes += `${element.className}>`;
  return classes;
}
