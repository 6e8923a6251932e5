/** What the figures have to reach, seed by seed and over all of them. */
import type { Tally } from './tally';
import type { Degree } from './truth';

/** Claims of which not one may be wrong. A window by the page's own time is held against that. */
const NEVER_WRONG = [/^identity/, /^author, certain/, /^owner/, /^window/, /^handover/];

const LIKELY_RIGHT = 0.98;

/** The rate of all claims together for which the evidence suffices. */
export const EVERY_CLAIM = 'every claim: evidence suffices';
const LEAST_SUFFICING = 0.6;

/** Least share found where the evidence suffices, and the degrees at which it counts. */
const FOUND: readonly [rate: string, least: number, degrees: readonly Degree[]][] = [
  ['identity, row: found where it suffices', 0.99, [2, 3, 4]],
  ['identity, open: found where it suffices', 0.99, [2, 3, 4]],
  ['author: bot’s messages found where it suffices', 0.95, [2, 3, 4]],
  ['author: bot’s messages certain where it suffices', 0.8, [4]],
  ['owner, row: shown where Graph named it in the last 60 s', 0.99, [2, 3, 4]],
  ['owner, open: shown where Graph named it in the last 60 s', 0.99, [2, 3, 4]],
  ['owner, open: shown where the page names who wrote last', 0.99, [1, 2, 3, 4]],
  ['window: shown where it suffices', 0.99, [1, 2, 3, 4]],
  ['handover: the wait is shown until a person answers', 0.98, [4]],
  ['identity, row: evidence suffices', 0.6, [2, 3, 4]],
  ['identity, open: evidence suffices', 0.6, [2, 3, 4]],
  ['author: evidence suffices for the bot’s messages', 0.6, [4]],
  ['author: found where the page names one', 0.99, [1, 2, 3, 4]],
  [EVERY_CLAIM, LEAST_SUFFICING, [2, 3, 4]],
];

/**
 * What one seed misses, in words; empty where it reaches everything. Of fewer likely authors than `fewestLikely` the
 * share right says nothing.
 */
export function missedBySeed(tally: Tally, fewestLikely = 1): string[] {
  const wrong = [...tally.counts].flatMap(([claim, count]) =>
    count.wrong > 0 && NEVER_WRONG.some((name) => name.test(claim))
      ? [`${claim}: ${count.wrong} wrong of ${count.shown}`]
      : [],
  );
  const likely = tally.rates.get('author: likely ones right') ?? { yes: 0, all: 0 };
  const tooOften = likely.all >= fewestLikely && likely.yes < LIKELY_RIGHT * likely.all;
  return tooOften ? [...wrong, `likely authors: ${likely.yes} of ${likely.all} right`] : wrong;
}

/** What many seeds together miss. Over a few conversations a share says little. */
export function missedOverAll(tally: Tally, degree: Degree): string[] {
  return FOUND.flatMap(([name, least, degrees]) => {
    const rate = tally.rateOf(name);
    return degrees.includes(degree) && rate !== null && rate < least ? [`${name}: ${percent(rate)}`] : [];
  });
}

/** What all degrees together miss: without a token the page alone suffices for fewer claims. */
export function missedByAll(tally: Tally): string[] {
  const rate = tally.rateOf(EVERY_CLAIM);
  return rate !== null && rate < LEAST_SUFFICING ? [`${EVERY_CLAIM}: ${percent(rate)}`] : [];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
