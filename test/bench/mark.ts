import { h } from 'preact';
import { mount, type Show } from '../../components/inbox/mount';
import { RowMark, rowAttributes } from '../../components/inbox/RowMark';
import type { RowView } from '../../utils/conversation/view';
import { placeIn } from '../../utils/inbox/place';

/** The same mark for every contender: drawn anew only where another customer is meant. */

const NOW = 1_774_720_000_000;
const drawn = new WeakMap<HTMLElement, { show: Show; customer: string }>();

/** Marks a row's box as this customer's. */
export function mark(box: Element, customer: string): void {
  const element = placeIn(box, 'baton-row');
  const known = drawn.get(element);
  if (known?.customer === customer) return;
  const view = viewOf(customer);
  for (const [name, value] of Object.entries(rowAttributes(view, NOW))) element.setAttribute(name, value);
  element.setAttribute('data-customer', customer);
  const show = known?.show ?? mount(element);
  show(h(RowMark, { view, now: NOW }));
  drawn.set(element, { show, customer });
}

/** What a backend would know by a customer's name. */
export function customerNamed(name: string): string | null {
  const index = /^Customer (\d+)$/.exec(name)?.[1];
  return index ? String(100_020_000_000_000 + Number(index)) : null;
}

function viewOf(customer: string): RowView {
  const claim = { source: 'graph', observedAt: NOW - 20_000, certainty: 'certain', reason: '' } as const;
  const kind = Number(customer) % 2 ? 'bot' : 'inbox';
  const lastCustomerAt = NOW - (Number(customer) % 30) * 3_600_000;
  return { key: customer, owner: { ...claim, value: { kind } }, window: { ...claim, value: { lastCustomerAt } } };
}
