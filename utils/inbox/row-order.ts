/** The order of the rows as one sees it. */
import { find } from './dom';
import { SLOT_WITHIN } from './row-sight';
import type { ThreadRow } from './rows';
import type { Selectors } from './selectors';

/** Of rows as they were read. */
const offsets = new WeakMap<ThreadRow, number>();

/**
 * A virtualised list keeps its slots in any order: their offsets tell, else the number in the logging path.
 * `isFresh` false: rows that were read before are taken to lie where they lay.
 */
export function topToBottom(rows: ThreadRow[], selectors: Selectors, isFresh: boolean): ThreadRow[] {
  let isSorted = true;
  let above = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const before = isFresh ? undefined : offsets.get(row);
    const offset = before ?? offsetOf(row.element) ?? numberOf(row.element, selectors);
    if (offset === null) return rows;
    offsets.set(row, offset);
    isSorted &&= above <= offset;
    above = offset;
  }
  return isSorted ? rows : rows.sort((a, b) => (offsets.get(a) ?? 0) - (offsets.get(b) ?? 0));
}

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
