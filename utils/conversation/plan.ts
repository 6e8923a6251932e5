import type { AppId } from './apps';

/** What a person wants of a conversation. */
export type Wanted = 'human' | 'bot' | 'let-go' | 'ask' | 'longer';

export type Step =
  | { call: 'take' }
  | { call: 'pass'; to: AppId }
  | { call: 'request' }
  | { call: 'release' }
  /** Whole seconds, at most 7 days. */
  | { call: 'extend'; seconds: number };

export type Plan =
  | { kind: 'nothing'; sentence: string }
  | { kind: 'calls'; steps: Step[] }
  /** Baton can call nothing, but the page's own way works. */
  | { kind: 'native'; sentence: string }
  | { kind: 'refused'; sentence: string };

export type OutcomeKind = 'done' | 'accepted' | 'refused' | 'unsure';

/** How a control run ended, in words. `next` null where nothing need follow. */
export interface Outcome {
  kind: OutcomeKind;
  wanted: Wanted;
  title: string;
  cause: string;
  next: string | null;
  link: { text: string; url: string } | null;
  /** Epoch ms. */
  at: number;
}
