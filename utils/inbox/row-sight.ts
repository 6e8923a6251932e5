/** Which rows are on screen: Facebook keeps copies of some that nobody sees. */
import { isShown } from './dom';
import { isRecent } from './recent';
import type { RowBox } from './row-box';
import type { ThreadRow } from './rows';

/** A slot is a row's box or lies a few elements above it. */
const SLOT_WITHIN = 4;

/** What may be the slot that a row's box lies in, the nearest first. */
export function slotsAround(box: Element): HTMLElement[] {
  const slots: HTMLElement[] = [];
  for (let at: Element | null = box; at && slots.length < SLOT_WITHIN; at = at.parentElement)
    slots.push(at as HTMLElement);
  return slots;
}

/** After so long a computed style is asked for anew, ms: stylesheets come late, and parents are shown and hidden by class. */
export const ASKED_EVERY = 10_000;

/** While rows rush by it is trusted for longer, ms: to ask in the midst of changes makes the browser style them early. */
const TRUSTED_FOR = 60_000;

/** What was found, what its markup was then, and when, epoch ms. */
export interface Sight {
  shown: boolean;
  print: string;
  at: number;
}

/** Whether a box was found on screen, not long before `now`. */
export function isTrusted({ sight }: RowBox, now: number): boolean {
  return sight?.shown === true && isRecent(sight.at, now, TRUSTED_FOR);
}

/** Whether a box is on screen, asked of the browser where its own or its slot's markup has changed, and now and then. */
export function isBoxShown(box: RowBox, now: number): boolean {
  let print = '';
  for (const { className, hidden, style } of slotsAround(box.element))
    print += `${className} ${hidden} ${style?.display} ${style?.visibility}>`;
  if (box.sight?.print !== print || !isRecent(box.sight.at, now, ASKED_EVERY))
    box.sight = { print, shown: isShown(box.element), at: now };
  return box.sight.shown;
}

/** Of rows that look alike, those that cannot be seen. Only they are measured, since measuring costs a layout. */
export function withoutHiddenCopies(rows: ThreadRow[]): ThreadRow[] {
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
  if (element.checkVisibility?.({ opacityProperty: true }) === false) return true;
  const { width, height } = element.getBoundingClientRect();
  return hasLayout(element) && (width < 2 || height < 2);
}

/** False where nothing is ever laid out, as in a document that is only parsed. */
function hasLayout(element: Element): boolean {
  return element.ownerDocument.documentElement.getBoundingClientRect().width > 0;
}
