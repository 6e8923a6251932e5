import type { Claim } from './claim';
import type { KnownMessage } from './known';
import { mayBeSame, SKEW_MS } from './match';
import type { SeenMessage } from './seen';

/** Source: Meta, Messenger Platform policy, standard messaging window, Sep 2026. */
export const STANDARD_WINDOW_MS = 24 * 3_600_000;
/** Source: Meta, Human Agent feature: a person may answer for 7 days. */
export const HUMAN_AGENT_WINDOW_MS = 7 * 24 * 3_600_000;
/** Under this much of the standard clock a window is `ending`. */
export const ENDING_MS = 2 * 3_600_000;

/** The page's times can be set to Graph's clock to about this: both give whole seconds. */
const COMPARED_TO_MS = 2_000;

const LOWER_BOUND = 'Other actions may have opened a later window.';

export type ClockName = 'standard' | 'human-agent' | 'control';

/** The word that `data-window` carries. */
export type WindowState = 'open' | 'ending' | 'human-agent' | 'closed' | 'unknown';

/** Last readable customer message, epoch ms; null: every readable message was read and none is a customer's. */
export type LastCustomerMessage = number | null;

export type WindowClaim = Claim<{ lastCustomerAt: LastCustomerMessage }>;

/** What can be known of the clocks of a conversation. */
export interface Clocks {
  window: WindowClaim | null;
  /** End of the owner's control, epoch ms; null where Meta does not say. */
  controlEndsAt: number | null;
}

export interface WindowEvidence {
  /** Messages that Graph told; null where it was not asked. */
  known: readonly KnownMessage[] | null;
  /** Messages on screen; null where the conversation is not open. */
  seen: readonly SeenMessage[] | null;
  /** What to add to the page's times to have them by Graph's clock, ms; null where that is not known. */
  pageOffset: number | null;
  /** Graph's messages were read back to the conversation's beginning. */
  completeBack: boolean;
  /** When the evidence was gathered, epoch ms; `now` where left out. */
  observedAt?: number;
}

/**
 * The last customer message that can be read, which starts the standard and the human-agent window.
 * Null where it can't be told. Only customers' messages count: no notices, no echoes, nothing unreadable.
 * Graph's time is certain. A message that only the page shows is likely: set to Graph's clock where the two clocks'
 * difference is known (`inferred`), else by the page's own time (`page`).
 */
export function concludeWindow(evidence: WindowEvidence, now: number): WindowClaim | null {
  const observedAt = evidence.observedAt ?? now;
  const told = newest((evidence.known ?? []).filter(isFromCustomer).map((message) => message.at));
  const shown = untoldOnScreen(evidence, told);
  if (shown !== null) return { ...claimShown(shown, told, evidence.pageOffset), observedAt };
  if (told === null && !evidence.completeBack) return null;
  return {
    value: { lastCustomerAt: told },
    source: 'graph',
    observedAt,
    certainty: 'certain',
    reason:
      told === null
        ? 'Meta shows no message of the customer’s that can be read.'
        : `The customer’s last message that Meta lets us read. ${LOWER_BOUND}`,
  };
}

/** When the two windows that a customer's message opens come to an end, epoch ms. */
export function endsOf(lastCustomerAt: number): { standard: number; humanAgent: number } {
  return { standard: lastCustomerAt + STANDARD_WINDOW_MS, humanAgent: lastCustomerAt + HUMAN_AGENT_WINDOW_MS };
}

/** The state of a window at a time. A window is over at its very end. */
export function windowStateAt(claim: WindowClaim | null, now: number): WindowState {
  if (claim === null) return 'unknown';
  const { lastCustomerAt } = claim.value;
  if (lastCustomerAt === null) return 'closed';
  const { standard, humanAgent } = endsOf(lastCustomerAt);
  if (now < standard) return standard - now < ENDING_MS ? 'ending' : 'open';
  return now < humanAgent ? 'human-agent' : 'closed';
}

/** The clocks that run at a time, each with its end (epoch ms). Stopped and unknown ones are left out. */
export function runningClocks(clocks: Clocks, now: number): { clock: ClockName; endsAt: number }[] {
  const last = clocks.window?.value.lastCustomerAt ?? null;
  const ends = last === null ? null : endsOf(last);
  const all: { clock: ClockName; endsAt: number | null }[] = [
    { clock: 'standard', endsAt: ends?.standard ?? null },
    { clock: 'human-agent', endsAt: ends?.humanAgent ?? null },
    { clock: 'control', endsAt: clocks.controlEndsAt },
  ];
  return all.flatMap(({ clock, endsAt }) => (endsAt !== null && now < endsAt ? [{ clock, endsAt }] : []));
}

function isFromCustomer(message: KnownMessage): boolean {
  return message.direction === 'customer' && !message.unreadable;
}

/** By the page's time, epoch ms: the customer's last message on screen, if Graph has not told of it; else null. */
function untoldOnScreen({ known, seen, pageOffset }: WindowEvidence, newestTold: number | null): number | null {
  const told = (known ?? []).filter(isFromCustomer);
  const asked = (seen ?? []).filter(({ direction, sentAt }) => direction === 'customer' && sentAt !== null);
  const last = asked.at(-1);
  if (last === undefined || last.sentAt === null) return null;
  const same = told.filter((other) => mayBeSame(last, other, pageOffset));
  // Of the same words twice in a second Graph may have told only the first.
  const before = asked.slice(0, -1).filter((one) => same.some((other) => mayBeSame(one, other, pageOffset)));
  if (before.length < same.length) return null;
  const within = pageOffset === null ? SKEW_MS : COMPARED_TO_MS;
  return newestTold === null || last.sentAt + (pageOffset ?? 0) > newestTold - within ? last.sentAt : null;
}

function claimShown(shown: number, told: number | null, pageOffset: number | null): Omit<WindowClaim, 'observedAt'> {
  if (pageOffset === null) {
    return {
      value: { lastCustomerAt: shown },
      source: 'page',
      certainty: 'likely',
      reason: `The customer’s last message on screen, by the page’s own time, which may differ from Meta’s. ${LOWER_BOUND}`,
    };
  }
  return {
    value: { lastCustomerAt: Math.max(shown + pageOffset, told ?? 0) },
    source: 'inferred',
    certainty: 'likely',
    reason: `The customer’s last message on screen, its time set to Meta’s clock. ${LOWER_BOUND}`,
  };
}

function newest(times: readonly number[]): number | null {
  return times.reduce<number | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
}
