/** Stands in for what Baton's content script keeps of the background's answers: every answer is at hand. */
import type { RowView } from '../../utils/conversation/view';
import { customerOf, NOW, viewOf } from './answers';

export function createViews() {
  const known = new Map<string, RowView | null>();

  /** A row's key holds its name, time, preview and channel, in this order. */
  function answer(key: string): RowView | null {
    const name = key.slice(0, key.indexOf('\u001f'));
    const end = key.lastIndexOf('\u001f');
    const preview = key.slice(key.lastIndexOf('\u001f', end - 1) + 1, end);
    const customer = customerOf(name, preview);
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
