import type { AuthorKind } from './author';
import { SECOND_MS } from './known';
import { isNamed, type Owner, type OwnerAnswer, type OwnerReading, sameOwner } from './owner';

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
  /** Received by the first reading: from here on the owner is certain. `from` where left out. */
  knownFrom?: number;
  /** Asked by the last one: up to here the owner is certain. `to` where left out. */
  knownTo?: number;
}

/** Two readings further apart than this leave a gap: what lay between is not known. */
export const LINKED_MS = 60_000;

/** A change of owner. `at`: first seen (epoch ms); `after`: last reading before it, null where there was none. */
export interface Handover {
  from: Owner | null;
  to: Owner;
  at: number;
  after: number | null;
  /** Baton's own call did it. */
  performed: boolean;
}

/** Who wrote a message of the Page's, and the second in which (epoch ms). */
export interface Writer {
  kind: AuthorKind;
  at: number;
}

/**
 * The stretches after one more reading; `spans` stays as it was. What tells nothing adds nothing, and neither does a
 * reading that was over before the newest one had begun.
 */
export function addReading(
  spans: readonly OwnerSpan[],
  reading: OwnerReading,
  ownerOf: (answer: OwnerAnswer) => Owner,
): OwnerSpan[] {
  const owner = ownerOf(reading.answer);
  const last = spans.at(-1);
  if (owner.kind === 'unknown' || (last !== undefined && reading.endedAt <= sureTo(last))) return [...spans];
  if (last !== undefined && sameOwner(last.owner, owner) && reading.startedAt - last.to <= LINKED_MS) {
    const longer = {
      ...last,
      to: Math.max(last.to, reading.endedAt),
      knownTo: Math.max(sureTo(last), reading.startedAt),
    };
    return [...spans.slice(0, -1), longer];
  }
  const next: OwnerSpan = {
    owner,
    from: reading.startedAt,
    to: reading.endedAt,
    source: reading.source ?? 'graph',
    knownFrom: reading.endedAt,
    knownTo: reading.startedAt,
  };
  return [...spans, next];
}

/** The stretches with those that began at or after `at` (epoch ms) marked as Baton's own doing. */
export function performedSince(spans: readonly OwnerSpan[], at: number): OwnerSpan[] {
  return spans.map((span) => (span.from >= at ? { ...span, source: 'performed' } : span));
}

/** From here on (epoch ms) the owner of the stretch is certain. */
export function sureFrom(span: OwnerSpan): number {
  return span.knownFrom ?? span.from;
}

/** Up to here (epoch ms) the owner of the stretch is certain. */
export function sureTo(span: OwnerSpan): number {
  return span.knownTo ?? span.to;
}

/**
 * Whether an owner of this kind was read before `from` and again after `to` (epoch ms) within one stretch, and
 * nothing else in between.
 */
export function ownedThroughout(
  spans: readonly OwnerSpan[],
  from: number,
  to: number,
  predicate: (owner: Owner) => boolean,
): boolean {
  const around = spans.some((span) => predicate(span.owner) && sureFrom(span) <= from && to <= sureTo(span));
  const others = spans.some((span) => !predicate(span.owner) && span.from <= to && from <= span.to);
  return around && !others;
}

/**
 * Changes of owner, oldest first. Where Meta first says only that the bot lost the conversation and names the owner
 * within {@link LINKED_MS}, that is one change. A change whose order is not known is not one that can be shown.
 */
export function handovers(spans: readonly OwnerSpan[]): Handover[] {
  const changes: Handover[] = [];
  let last: OwnerSpan | null = null;
  for (const span of spans) {
    if (!isNamed(span.owner) && span.owner.kind !== 'not-bot') continue;
    if (last === null) {
      last = span;
      continue;
    }
    if (differ(last.owner, span.owner)) {
      // Readings that overlap leave open which owner came first, until one of the new owner's began after them.
      if (last.to <= sureTo(span)) changes.push(changeBetween(last, span));
    } else if (isVague(last)) {
      nameTheReceiver(changes, span);
    }
    const saysLess: boolean = isVague(span) && !differ(last.owner, span.owner);
    if (!saysLess || span.to - last.to > LINKED_MS) last = span;
  }
  return changes;
}

/**
 * The bot-to-inbox handover after which the customer still waits for a person; null where there is none, where a
 * person took it or has written since, or where the bot has it again. `writers`: the Page's messages, in any order.
 * A person who wrote in the second of the handover may have done so after it, and nobody is said to wait in vain.
 */
export function transferredSince(
  spans: readonly OwnerSpan[],
  writers: readonly Writer[],
): { at: number; after: number | null } | null {
  const last = handovers(spans).findLast((change) => change.to.kind === 'bot' || change.to.kind === 'inbox');
  if (last?.from?.kind !== 'bot' || last.to.kind !== 'inbox' || last.performed) return null;
  const since = last.after ?? last.at;
  const answered = writers.some((writer) => writer.kind === 'human' && writer.at + SECOND_MS > since);
  return answered ? null : { at: last.at, after: last.after };
}

function changeBetween(before: OwnerSpan, after: OwnerSpan): Handover {
  return {
    from: before.owner,
    to: after.owner,
    at: sureFrom(after),
    after: before.to,
    performed: after.source === 'performed',
  };
}

/** Whether two owners can't be one: `not-bot` may be the inbox, another app or nobody. */
function differ(a: Owner, b: Owner): boolean {
  if (a.kind === 'not-bot') return b.kind === 'bot';
  if (b.kind === 'not-bot') return a.kind === 'bot';
  return !sameOwner(a, b);
}

function isVague({ owner }: OwnerSpan): boolean {
  return owner.kind === 'not-bot';
}

/** The latest change, if it was to somebody unnamed and not long ago, was to this owner. */
function nameTheReceiver(changes: Handover[], { owner, from }: OwnerSpan): void {
  const latest = changes.at(-1);
  if (latest?.to.kind === 'not-bot' && from - latest.at <= LINKED_MS)
    changes[changes.length - 1] = { ...latest, to: owner };
}
