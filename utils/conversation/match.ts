import type { KnownMessage } from './known';
import type { SeenMessage } from './seen';
import { wordsOf } from './words';

/** Page and Graph may disagree by this much about when a message was sent: nobody has proved that they agree. */
export const SKEW_MS = 30_000;

/** Once the difference between the two clocks is known: both give whole seconds. */
const ROUNDING_MS = 1_000;

/** A message on screen and Graph's record of it. */
export type Pair = { seen: SeenMessage & { sentAt: number }; known: KnownMessage };

/**
 * Which message of Graph's is which on screen, by the key of the message on screen: by time, words and direction,
 * one to one. Of messages that look alike none is matched, unless the difference of the clocks, learned from the
 * others, tells them apart. That difference also tells messages without words, where only one can be meant.
 */
export function matchMessages(seen: readonly SeenMessage[], known: readonly KnownMessage[]): Map<string, KnownMessage> {
  const readable = readableOf(known);
  const sure = surePairs(seen, known);
  const offset = offsetOf(sure);
  if (offset === null) return asMap(sure);

  const onTime = (pair: Pair) => Math.abs(gap(pair) - offset) <= ROUNDING_MS;
  const byWords = onlyPairs(pairsWithin(seen, readable, (pair) => onTime(pair) && sameWords(pair)));
  const taken = asMap(byWords);
  const left = pairsWithin(
    seen.filter((message) => !taken.has(message.key)),
    readable.filter((message) => !byWords.some((pair) => pair.known.id === message.id)),
    (pair) => onTime(pair) && mayBeWordless(pair),
  );
  return asMap([...byWords, ...onlyPairs(left)]);
}

/** Pairs that words and time within {@link SKEW_MS} leave no other choice for, on either side. */
export function surePairs(seen: readonly SeenMessage[], known: readonly KnownMessage[]): Pair[] {
  return onlyPairs(pairsWithin(seen, readableOf(known), (pair) => Math.abs(gap(pair)) <= SKEW_MS && sameWords(pair)));
}

/**
 * Whether a message on screen can be one of Graph's, as far as words, direction and time tell. `offset`: what
 * to add to the page's times to have them by Graph's clock, ms; null where that is not known.
 */
export function mayBeSame(seen: SeenMessage, known: KnownMessage, offset: number | null): boolean {
  if (!hasTime(seen) || seen.direction !== known.direction) return false;
  const away = gap({ seen, known });
  const near = offset === null ? Math.abs(away) <= SKEW_MS : Math.abs(away - offset) <= ROUNDING_MS;
  return near && wordsOf(seen) === wordsOf(known);
}

function readableOf(known: readonly KnownMessage[]): KnownMessage[] {
  return known.filter((message) => !message.unreadable);
}

function hasTime(message: SeenMessage): message is SeenMessage & { sentAt: number } {
  return message.sentAt !== null;
}

function pairsWithin(
  seen: readonly SeenMessage[],
  known: readonly KnownMessage[],
  fits: (pair: Pair) => boolean,
): Pair[] {
  const pairs: Pair[] = [];
  for (const shown of seen.filter(hasTime)) {
    for (const told of known) {
      const pair = { seen: shown, known: told };
      if (shown.direction === told.direction && fits(pair)) pairs.push(pair);
    }
  }
  return pairs;
}

/** Pairs of which neither half fits another one. */
function onlyPairs(pairs: readonly Pair[]): Pair[] {
  const bySeen = countBy(pairs, (pair) => pair.seen.key);
  const byKnown = countBy(pairs, (pair) => pair.known.id);
  return pairs.filter((pair) => bySeen.get(pair.seen.key) === 1 && byKnown.get(pair.known.id) === 1);
}

function countBy(pairs: readonly Pair[], key: (pair: Pair) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pair of pairs) counts.set(key(pair), (counts.get(key(pair)) ?? 0) + 1);
  return counts;
}

function sameWords({ seen, known }: Pair): boolean {
  const words = wordsOf(seen);
  return words !== '' && words === wordsOf(known);
}

/** Stickers have no words on either side; a template's words stand on the page alone. */
function mayBeWordless({ seen, known }: Pair): boolean {
  return known.text === '' && (seen.text === '' || known.template);
}

function gap({ seen, known }: Pair): number {
  return known.at - seen.sentAt;
}

/** The median, so that one false pair does not count. */
function offsetOf(pairs: readonly Pair[]): number | null {
  const gaps = pairs.map(gap).sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}

function asMap(pairs: readonly Pair[]): Map<string, KnownMessage> {
  return new Map(pairs.map((pair) => [pair.seen.key, pair.known]));
}
