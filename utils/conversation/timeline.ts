import type { Owner } from './owner';

/**
 * A stretch over which one owner was read again and again with no gap longer than {@link LINKED_MS}
 * between two readings. Epoch ms on the server's clock.
 */
export interface OwnerSpan {
  owner: Owner;
  /** Asked by the first reading of the stretch. */
  from: number;
  /** Received by the last one. */
  to: number;
  source: 'graph' | 'performed';
}

/** Two readings further apart than this leave a gap: what lay between is not known. */
export const LINKED_MS = 60_000;

/** A change of owner. `at`: first seen (epoch ms); `after`: last reading before it, null where there was none. */
export interface Handover {
  from: Owner | null;
  to: Owner;
  at: number;
  after: number | null;
}
