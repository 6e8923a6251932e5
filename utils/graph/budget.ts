import type { Usage } from './usage';

/** Meta allows 2 conversation calls a second a Page. Source: Meta, Rate limiting, Mar 2026. Ours keeps below it. */
export const CONVERSATION_CALL_GAP_MS = 600;

/** Above this share of Meta's allowance readings slow down, in proportion. */
const CAREFUL_ABOVE_PERCENT = 60;
/** At and above this share only what a person asked for is called. */
const STOP_AT_PERCENT = 95;

/**
 * What one Page may still ask. Pure state: the caller tells it the time (local epoch ms).
 * Reading slows down as Meta's usage headers rise, and stops for as long as Meta asks.
 */
export class Budget {
  #nextConversationCall: number;
  #percent = 0;
  #closedUntil: number;

  /** Local epoch ms: when the first conversations call may go out, and until when Meta asked not to be called. */
  constructor({ notBefore = 0, closedUntil = 0 }: { notBefore?: number; closedUntil?: number } = {}) {
    this.#nextConversationCall = notBefore;
    this.#closedUntil = closedUntil;
  }

  /** When a conversations call may go out; reserves its place in the queue. */
  reserveConversationCall(now: number): number {
    const at = Math.max(now, this.#nextConversationCall);
    this.#nextConversationCall = at + CONVERSATION_CALL_GAP_MS;
    return at;
  }

  heed(usage: Usage | null, now: number): void {
    if (!usage) return;
    this.#percent = usage.percent;
    if (usage.waitMs) this.close(now, usage.waitMs);
  }

  /** Meta throttled: no reading for `waitMs`. */
  close(now: number, waitMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, now + waitMs);
  }

  /** Until when nothing is read, local epoch ms; null while reading goes on. */
  closedUntil(now: number): number | null {
    return this.#closedUntil > now ? this.#closedUntil : null;
  }

  /** The pace of readings: 1 as usual, up to 8 times slower as the allowance runs out. */
  get slowdown(): number {
    if (this.#percent >= STOP_AT_PERCENT) return 8;
    if (this.#percent <= CAREFUL_ABOVE_PERCENT) return 1;
    return 1 + (7 * (this.#percent - CAREFUL_ABOVE_PERCENT)) / (STOP_AT_PERCENT - CAREFUL_ABOVE_PERCENT);
  }

  get percent(): number {
    return this.#percent;
  }
}
