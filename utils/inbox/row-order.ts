/** The order of the rows as one sees it. */
import { find } from './dom';
import { boxOf, type RowBox } from './row-box';
import { slotsAround } from './row-sight';
import type { ThreadRow } from './rows';
import type { Selectors } from './selectors';

/** Finds out where a box lies now. */
export function locate(box: RowBox, selectors: Selectors): void {
  box.offset = slotOffset(box) ?? pathNumber(box.element, selectors);
}

/**
 * A virtualised list keeps its slots in any order: where they were found to lie tells, else the number in the logging
 * path. As they came where neither tells.
 */
export function inOrder(rows: ThreadRow[], selectors: Selectors): ThreadRow[] {
  const placed = rows.map((row) => ({ row, offset: boxOf(row.element, selectors).offset }));
  if (placed.some(({ offset }) => offset === null)) return rows;
  return placed.sort((a, b) => Number(a.offset) - Number(b.offset)).map(({ row }) => row);
}

const TRANSLATION = /translate(?:Y\(|(?:3d)?\([^,]+,\s*)(-?[\d.]+)px/;

/** Pixels from the list's top, as the list itself has written them on the slot. */
function slotOffset(box: RowBox): number | null {
  const before = box.slot?.contains(box.element) ? writtenOn(box.slot) : null;
  if (before !== null) return before;
  for (const slot of slotsAround(box.element)) {
    const offset = writtenOn(slot);
    if (offset === null) continue;
    box.slot = slot;
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
