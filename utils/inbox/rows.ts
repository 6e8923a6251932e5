/** The thread list: which boxes are conversations, and what each of them shows. */
import type { Channel } from '../conversation/seen';
import { timeOf } from './dom';
import { boxesAround, boxOf, forgetWhere, type RowBox } from './row-box';
import { rowBoxes } from './row-boxes';
import { inOrder, locate } from './row-order';
import { type Shape, shapeOf } from './row-shape';
import { isBoxShown, isTrusted, withoutHiddenCopies } from './row-sight';
import { isBold } from './row-weight';
import { SELECTORS, type Selectors } from './selectors';
import { lineOf } from './text';

export interface ThreadRow {
  /** The `[role=presentation]` box, or what stands for it; ours goes in as its last child. */
  element: Element;
  name: string;
  /** As shown, with the page's own "You: " in the page's language. */
  preview: string;
  /** When it was last active, epoch ms; null where the page does not tell. */
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
  const now = Date.now();
  for (const element of rowBoxes(root, selectors)) {
    const box = boxOf(element, selectors);
    const row = readRow(box, selectors, now);
    if (!row) continue;
    rows.push(row);
    locate(box, selectors);
  }
  return inOrder(withoutHiddenCopies(rows), selectors);
}

/** What a mutation record says of where something moved. */
export type At = Pick<MutationRecord, 'target'>;

/** What moved in the list. */
export interface Moved {
  /** At words, and at what carries a time. */
  words: readonly At[];
  /** Where classes or elements changed. */
  rows: readonly At[];
}

/**
 * The same after something moved: only rows in which it did are read again. Where it moved outside of the rows,
 * anything may be new.
 */
export function parseMovedRows(
  root: ParentNode,
  before: ReadonlySet<RowBox>,
  moved: Moved,
  selectors: Selectors,
): ThreadRow[] {
  // Who takes nodes elsewhere changes elements.
  if (moved.rows.length > 0) forgetWhere(selectors);
  const rebuilt = boxesAround(moved.rows, selectors);
  const reworded = boxesAround(moved.words, selectors);
  const now = Date.now();
  const rows: ThreadRow[] = [];
  for (const box of before) {
    const isReworded = reworded.delete(box);
    const isRebuilt = rebuilt.delete(box);
    const known = isRebuilt ? null : isReworded ? rereadRow(box, now) : box.row;
    const row = known ?? readRow(box, selectors, now);
    if (!row) return parseThreadRows(root, selectors);
    rows.push(row);
    locate(box, selectors);
  }
  if (rebuilt.size + reworded.size > 0) return parseThreadRows(root, selectors);
  return inOrder(withoutHiddenCopies(rows), selectors);
}

/**
 * More records than these, and than so many for each row that was read: then nearly all rows moved, and to ask each
 * record whose it is costs more than to read them. That a box has become a row by its words alone shows when it is quiet.
 */
const FEW_RECORDS = 20;
const RECORDS_OF_A_ROW = 2;

/**
 * The rows that show something else once these words and times alone have changed. Null where that is not enough to go
 * by. `boxes`: those that were read. `now`: epoch ms.
 */
export function rewordedRows(
  boxes: ReadonlySet<RowBox>,
  words: readonly At[],
  now: number,
  selectors: Selectors,
): ThreadRow[] | null {
  const reworded: ThreadRow[] = [];
  const few = Math.max(FEW_RECORDS, RECORDS_OF_A_ROW * boxes.size);
  const moved = words.length > few ? boxes : boxesAround(words, selectors);
  for (const box of moved) {
    if (!box || !boxes.has(box)) return null;
    const before = box.row;
    const row = rereadRow(box, now);
    if (!row) return null;
    if (row !== before) reworded.push(row);
  }
  return reworded;
}

/**
 * The row in a box, the same object while nothing of it has changed; null where there is none, or none on screen.
 * `now`: epoch ms, looked at once for all rows.
 */
function readRow(box: RowBox, selectors: Selectors, now: number): ThreadRow | null {
  const shape = shapeOf(box, selectors);
  if (!shape) return null;
  const row = readParts(box, shape, isBold(shape, now));
  return isBoxShown(box, now) ? row : null;
}

/** The same where only words and times can have changed. Null: it is to be read as a whole. */
function rereadRow(box: RowBox, now: number): ThreadRow | null {
  const { row, shape } = box;
  return row && shape && isTrusted(box, now) ? readParts(box, shape, row.unread) : null;
}

function readParts(box: RowBox, shape: Shape, unread: boolean | null): ThreadRow {
  const name = lineOf(shape.name);
  const preview = shape.preview ? lineOf(shape.preview) : '';
  const lastActivity = timeOf(shape.time?.getAttribute('data-utime'));
  const channel = CHANNELS[shape.badge?.getAttribute('alt')?.toLowerCase() ?? ''] ?? null;
  const last = box.row;
  const isSame =
    last?.name === name &&
    last.preview === preview &&
    last.lastActivity === lastActivity &&
    last.channel === channel &&
    last.unread === unread;
  if (isSame) return last;
  box.row = { element: box.element, name, preview, lastActivity, unread, channel };
  return box.row;
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  messenger: 'messenger',
  instagram: 'instagram',
  whatsapp: 'whatsapp',
};
