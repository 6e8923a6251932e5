/** A twentieth of what `npm run accuracy` plays, on seeds that stay and on one that is new at every run. */
import { describe, expect, it } from 'vitest';
import { missedBySeed, missedOverAll } from './bars';
import { playSeed } from './play';
import { Tally } from './tally';
import type { Degree } from './truth';

const FIXED_SEEDS = [1, 2, 3];
const FRESH_SEED = Math.floor(Math.random() * 1_000_000) + 1_000;
const PER_SEED = 250;
/** A quarter of a seed has few likely authors: of these, one or two by chance are no share. */
const FEWEST_LIKELY = 150;
const TIMEOUT_MS = 60_000;
const DEGREES: readonly Degree[] = [1, 2, 3, 4];

describe('what the overlay says of a known world is true', () => {
  it.each(DEGREES)(
    'at degree %i, on fixed seeds',
    async (degree) => {
      const all = new Tally();
      const missed: string[] = [];
      for (const seed of FIXED_SEEDS) {
        const tally = await playSeed(seed, degree, PER_SEED);
        all.add(tally);
        missed.push(...missedBySeed(tally, FEWEST_LIKELY).map((what) => `seed ${seed}: ${what}`));
      }
      expect(missed).toEqual([]);
      expect(missedOverAll(all, degree).filter((what) => !what.includes('evidence suffices'))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each(DEGREES)(
    `at degree %i, on the fresh seed ${FRESH_SEED}`,
    async (degree) => {
      expect(missedBySeed(await playSeed(FRESH_SEED, degree, PER_SEED), FEWEST_LIKELY)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
