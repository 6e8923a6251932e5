/** What a backend would know of every customer, at hand: the way to it is not what is compared. */
/** Epoch ms: when the bench plays. */
export const NOW = 1_774_720_000_000;

export const CONVERSATIONS = 2_000;

const FIRST_ID = 100_020_000_000_000;

/** Fewer than customers: some share a name, and only what they wrote tells who is meant. */
const NAMES = 1_600;

export function idOf(customer: number): string {
  return String(FIRST_ID + customer);
}

export function nameOf(customer: number): string {
  return `Customer ${customer % NAMES}`;
}

/** When a conversation was last active as the bench begins, epoch ms. */
export function activeAt(customer: number): number {
  return 1_774_717_339_408 - customer * 60_000;
}

/** What a conversation shows of its last message. `times`: how many have come since. */
export function previewOf(customer: number, times: number): string {
  return `${times} new words on order ${customer}`;
}

/** The id of the customer with that name who wrote that; null where it is nobody's. */
export function customerOf(name: string, preview: string): string | null {
  const customer = Number(preview.slice(preview.lastIndexOf(' ') + 1));
  return name === nameOf(customer) ? idOf(customer) : null;
}

/** When a customer's owner was read last, epoch ms: at another time for each, so that a mark tells whose it is. */
export function observedAt(customer: string): number {
  return NOW - 20_000 - (Number(customer) - FIRST_ID);
}
