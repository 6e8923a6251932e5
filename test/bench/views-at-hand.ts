/** Stands in for what Baton's content script keeps of the background's answers: every answer is at hand. */
import type { RowView } from '../../utils/conversation/view';
import { customerNamed, NOW, viewOf } from './answers';

export function createViews() {
  const known = new Map<string, RowView | null>();

  /** The name stands first in a row's key. */
  function answer(key: string): RowView | null {
    const customer = customerNamed(key.slice(0, key.indexOf('\u001f')));
    return customer === null ? null : viewOf(customer);
  }

  return {
    keep: () => {},
    row(key: string): RowView | null {
      const before = known.get(key);
      if (before !== undefined) return before;
      const view = answer(key);
      known.set(key, view);
      return view;
    },
    conversation: () => null,
    now: () => NOW,
  };
}
