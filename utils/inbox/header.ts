/** The header of the open conversation. */
import { any, findShown, isOwn } from './dom';
import { SELECTORS, type Selectors } from './selectors';
import { lineOf } from './text';

export interface Header {
  /** May have no box of its own (`display: contents`). */
  element: Element;
  name: string;
}

/** Assignee, menus and other things to press are no name. */
const CONTROLS = 'a, button, [role="button"], [role="menu"]';

/** The customer's name as the header shows it; null where no conversation is open or the name is still empty. */
export function parseHeader(root: ParentNode, selectors: Selectors = SELECTORS): Header | null {
  const element = findShown(root, selectors.header);
  if (!element) return null;
  const name = nameIn(element, selectors);
  return name ? { element, name } : null;
}

/** The first text cut to lines, else the first text that is no control. */
function nameIn(header: Element, selectors: Selectors): string | null {
  const clamped = [...header.querySelectorAll(any(selectors.clampedText))].find((element) => readable(element));
  const name =
    clamped ??
    [...header.querySelectorAll('*')].find((element) => readable(element) && element.childElementCount === 0);
  return name ? lineOf(name) : null;
}

function readable(element: Element): boolean {
  return !element.closest(CONTROLS) && !isOwn(element) && lineOf(element) !== '';
}
