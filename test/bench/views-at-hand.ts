/** Baton's own store of the background's answers, in which every answer lies beforehand. */
import { createViews as createOwn } from '../../entrypoints/inbox.content/views';
import type { RowView } from '../../utils/conversation/view';
import { keyOf, type Shown } from '../../utils/inbox/row-key';
import { activeAt, CONVERSATIONS, customerOf, idOf, NOW, nameOf, previewOf } from './answers';
import { viewOf } from './told';

export function createViews() {
  const own = createOwn(CONVERSATIONS);
  const rows = Array.from({ length: CONVERSATIONS }, (_, customer) => ({
    ...viewOf(idOf(customer)),
    key: keyOf(shownOf(customer)),
  }));
  own.keep({ clockOffset: 0, rows, conversation: null });

  return {
    ...own,
    keep: () => {},
    row: (shown: Shown): RowView | null => own.row(shown) ?? answer(shown),
    now: () => NOW,
  };
}

function shownOf(customer: number): Shown {
  return {
    name: nameOf(customer),
    lastActivity: activeAt(customer),
    preview: previewOf(customer, 0),
    channel: 'messenger',
  };
}

/** Of a conversation that had a message since. */
function answer({ name, preview }: Shown): RowView | null {
  const customer = customerOf(name, preview);
  return customer === null ? null : viewOf(customer);
}
