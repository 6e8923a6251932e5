import { customerNamed } from './answers';
import { mark } from './mark';

/**
 * What finders of new elements lack on this page: rows are refilled, not replaced. Marks a row that was found, and
 * again whenever anything in it changes.
 */
export function followRow(box: Element): void {
  const read = () => {
    const name = box.querySelector('[data-surface$="/lib:thread_title"]')?.textContent ?? '';
    const customer = customerNamed(name);
    if (customer) mark(box, customer);
  };
  new MutationObserver(read).observe(box, { childList: true, subtree: true, characterData: true });
  read();
}
