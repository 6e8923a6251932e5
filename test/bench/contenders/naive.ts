import { customerNamed } from '../answers';
import { mark } from '../mark';

/** Watches the whole document and looks at every row at every change. */
function markAll(): void {
  for (const box of document.querySelectorAll('._5_n1')) {
    const name = box.querySelector('[data-surface$="/lib:thread_title"]')?.textContent ?? '';
    const customer = customerNamed(name);
    if (customer) mark(box, customer);
  }
}

new MutationObserver(markAll).observe(document, {
  childList: true,
  subtree: true,
  characterData: true,
  attributes: true,
});
markAll();
