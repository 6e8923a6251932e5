/** What a backend would know of every customer, at hand: the way to it is not what is compared. */
import type { RowView } from '../../utils/conversation/view';

/** Epoch ms: when the bench plays. */
export const NOW = 1_774_720_000_000;

const FIRST_ID = 100_020_000_000_000;

/** The id of the customer of that name; null for other names. */
export function customerNamed(name: string): string | null {
  const index = /^Customer (\d+)$/.exec(name)?.[1];
  return index ? String(FIRST_ID + Number(index)) : null;
}

/** When a customer's owner was read last, epoch ms: at another time for each, so that a mark tells whose it is. */
export function observedAt(customer: string): number {
  return NOW - 20_000 - (Number(customer) - FIRST_ID);
}

/** What there is to say of a customer. */
export function viewOf(customer: string): RowView {
  const claim = { source: 'graph', observedAt: observedAt(customer), certainty: 'certain', reason: '' } as const;
  const kind = Number(customer) % 2 ? 'bot' : 'inbox';
  const lastCustomerAt = NOW - (Number(customer) % 30) * 3_600_000;
  return { key: customer, owner: { ...claim, value: { kind } }, window: { ...claim, value: { lastCustomerAt } } };
}
