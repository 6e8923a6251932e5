import type { KnownMessage } from './known';
import { surePairs } from './match';
import type { SeenMessage } from './seen';

/** A message's time by Graph minus its time by the page, both cut to whole seconds, ms. `id`: Graph's, of the message. */
export interface ComparedTime {
  id: string;
  gap: number;
}

/**
 * Times of one Page's messages as page and Graph give them, oldest first. How far the two clocks are apart is the
 * page's doing, so that every linked conversation tells of it.
 */
export type PageClock = readonly ComparedTime[];

/** Cutting both to whole seconds makes one difference look like two that are neighbours. */
const SECOND_MS = 1_000;
/** Two that agree may be chance: words that are said again within half a minute. */
const ENOUGH = 3;
const SHARE = 0.8;
/** Few, so that a clock that was set is noticed soon. */
const KEPT = 40;

/** Adds what a linked conversation tells: of its messages on screen those that only one of Graph's can be. */
export function learnPageClock(
  clock: PageClock,
  seen: readonly SeenMessage[],
  known: readonly KnownMessage[],
): PageClock {
  const compared = new Map(clock.map(({ id, gap }) => [id, gap]));
  for (const pair of surePairs(seen, known)) {
    if (!compared.has(pair.known.id)) compared.set(pair.known.id, pair.known.at - wholeSecond(pair.seen.sentAt));
  }
  return compared.size === clock.length ? clock : [...compared].slice(-KEPT).map(([id, gap]) => ({ id, gap }));
}

/**
 * What to add to the page's times to have them by Graph's clock, ms, right to a second; null where too few messages
 * could be compared or too many disagree.
 */
export function offsetByClock(clock: PageClock): number | null {
  const counts = new Map<number, number>();
  for (const { gap } of clock) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  const around = (gap: number) => (counts.get(gap) ?? 0) + (counts.get(gap + SECOND_MS) ?? 0);
  const [best] = [...counts.keys()].sort((a, b) => around(b) - around(a));
  if (best === undefined || around(best) < Math.max(ENOUGH, SHARE * clock.length)) return null;
  const next = best + SECOND_MS;
  return (counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best;
}

function wholeSecond(at: number): number {
  return Math.floor(at / SECOND_MS) * SECOND_MS;
}
