import { markRow } from '../recycled';

/** Watches the whole document and looks at every row at every change. */
function markAll(): void {
  for (const box of document.querySelectorAll('._5_n1')) markRow(box);
}

new MutationObserver(markAll).observe(document, {
  childList: true,
  subtree: true,
  characterData: true,
  attributes: true,
});
markAll();
