import { mark } from '../mark';
import { markRow } from '../recycled';

/** The least that any script could do: the page itself says which row changed, and whose it is. */
document.addEventListener('host-row', ({ target, detail }: CustomEventInit & Event) =>
  mark(target as Element, String(detail)),
);
for (const box of document.querySelectorAll('._5_n1')) markRow(box);
