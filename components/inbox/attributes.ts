import type { Claim } from '../../utils/conversation/claim';

/** What an element of ours carries in the page, for tests and for people who look. */
export type Attributes = Record<string, string>;

/** How far a claim can be trusted, and since when. */
export function claimAttributes({ certainty, observedAt }: Claim<unknown>): Attributes {
  return { 'data-certainty': certainty, 'data-observed-at': String(observedAt) };
}
