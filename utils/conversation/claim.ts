/** How a claim came about. `performed`: Baton's own call did it. `inferred`: concluded from several signs. */
export type Source = 'graph' | 'page' | 'performed' | 'inferred';

export type Certainty = 'certain' | 'likely';

/**
 * Everything Baton shows is a claim: a value, and how far it can be trusted.
 * `observedAt` is epoch ms on the server's clock. `reason` is a sentence or two that a person can read.
 */
export interface Claim<Value> {
  value: Value;
  source: Source;
  observedAt: number;
  certainty: Certainty;
  reason: string;
}

/** After this long without a new reading a claim is shown as old, and what relied on it is no longer fresh. */
export const OLD_AFTER_MS = 120_000;
