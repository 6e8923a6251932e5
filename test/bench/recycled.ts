import { customerOf } from './answers';
import { mark } from './mark';

/** Marks a row as that of the customer whom it shows, by name and last words. */
export function markRow(box: Element): void {
  const name = box.querySelector('[data-surface$="/lib:thread_title"]')?.textContent ?? '';
  const preview = box.querySelectorAll('._4ik4')[1]?.textContent ?? '';
  const customer = customerOf(name, preview);
  if (customer) mark(box, customer);
}

/**
 * What finders of new elements lack on this page: rows are refilled, not replaced. Marks a row that was found, and
 * again whenever anything in it changes.
 */
export function followRow(box: Element): void {
  const read = () => markRow(box);
  new MutationObserver(read).observe(box, { childList: true, subtree: true, characterData: true });
  read();
}
