/** The thread list: which boxes are conversations, and what each of them shows. */
import type { Channel } from '../conversation/seen';
import { styleOf, timeOf } from './dom';
import { rowBoxes } from './row-boxes';
import { topToBottom } from './row-order';
import { type Shape, shapeOf } from './row-shape';
import { isBoxShown, TRUSTED_FOR, withoutHiddenCopies } from './row-sight';
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
  return topToBottom(withoutHiddenCopies(rows), selectors, true);
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
    const row = box && isBoxShown(box) ? readRow(box, selectors) : null;
    if (!box || !row) return parseThreadRows(root, selectors);
    rows[places.get(box) ?? rows.length] = row;
  }
  return topToBottom(withoutHiddenCopies(rows), selectors, false);
}

function boxAround(node: Node, boxes: ReadonlyMap<Element, number>): Element | null {
  let at: Node | null = node;
  while (at && !boxes.has(at as Element)) at = at.parentNode;
  return at as Element | null;
}

/** What was read of a box last: as long as text, time, badge and classes stay, so does the row. */
interface Read {
  text: string | null;
  utime: string | null;
  badge: string | null;
  classes: string;
  row: ThreadRow;
}

const reads = new WeakMap<Shape, Read>();

/** The same object as before while nothing of the row has changed. */
function readRow(box: Element, selectors: Selectors): ThreadRow | null {
  const shape = shapeOf(box, selectors);
  if (!shape) return null;
  const text = box.textContent;
  const utime = shape.time?.getAttribute('data-utime') ?? null;
  const badge = shape.badge?.getAttribute('alt') ?? null;
  const classes = classesOf(shape.around);
  const last = reads.get(shape);
  const isSame = last?.text === text && last.utime === utime && last.badge === badge && last.classes === classes;
  if (last && isSame) return last.row;
  const row = rowOf(box, shape, badge, classes);
  reads.set(shape, { text, utime, badge, classes, row });
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
