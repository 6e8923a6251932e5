import type { AppId, Apps, Routing } from './apps';
import type { Claim } from './claim';

export type Owner =
  | { kind: 'bot' }
  /** The token is the bot's, and Meta says that the bot does not own the conversation. */
  | { kind: 'not-bot' }
  | { kind: 'inbox' }
  | { kind: 'app'; appId: AppId; name: string | null }
  /** Held until a time (epoch ms, null where Meta gives none); Meta does not say by whom. */
  | { kind: 'unnamed'; until: number | null }
  | { kind: 'idle' }
  | { kind: 'unknown'; why: string };

export type OwnerKind = Owner['kind'];

export type OwnerClaim = Claim<Owner>;

/** What one answer of Meta's said, before anything is concluded from it. `expiresAt`: end of control, epoch ms. */
export type OwnerAnswer =
  | { kind: 'named'; appId: AppId; expiresAt: number | null }
  | { kind: 'unnamed'; expiresAt: number }
  | { kind: 'empty' }
  /** `is_owner` of the conversations list: the token's app or not. */
  | { kind: 'token-app'; owns: boolean };

/** An answer and the interval within which it was true: from asking to receiving, epoch ms on the server's clock. */
export interface OwnerReading {
  startedAt: number;
  endedAt: number;
  answer: OwnerAnswer;
}

export interface OwnerEvidence {
  /** In the order they were made. */
  readings: readonly OwnerReading[];
  apps: Apps;
  routing: Routing;
  /** Names of apps that Graph told, by id. */
  appNames: Readonly<Record<AppId, string>>;
}
