/** What a backend has told of every customer, by id: to make it up anew each time would cost nobody a search. */
import type { RowView } from '../../utils/conversation/view';
import { CONVERSATIONS, idOf, NOW, observedAt } from './answers';

const told = new Map(Array.from({ length: CONVERSATIONS }, (_, customer) => [idOf(customer), viewMade(customer)]));

function viewMade(customer: number): RowView {
  const key = idOf(customer);
  const claim = { source: 'graph', observedAt: observedAt(key), certainty: 'certain', reason: '' } as const;
  const kind = customer % 2 ? 'bot' : 'inbox';
  const lastCustomerAt = NOW - (customer % 30) * 3_600_000;
  return { key, owner: { ...claim, value: { kind } }, window: { ...claim, value: { lastCustomerAt } } };
}

/** What there is to say of a customer. @throws where there is nobody of that id */
export function viewOf(customer: string): RowView {
  const view = told.get(customer);
  if (!view) throw new Error(`Nobody is ${customer}.`);
  return view;
}
