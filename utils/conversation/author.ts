import type { Claim } from './claim';

export type Author =
  | { kind: 'chatbot' }
  /** `name` only where the page shows it. */
  | { kind: 'human'; name: string | null }
  /** Meta's own instant replies and the like. */
  | { kind: 'automation' }
  | { kind: 'meta-ai' }
  | { kind: 'unknown'; why: string };

export type AuthorKind = Author['kind'];

export type AuthorClaim = Claim<Author>;
