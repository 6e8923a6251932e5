/**
 * Plays a large world through the product's conclusions at each degree and prints what was shown, right, wrong and
 * withheld. Ends with an error where a bar is missed.
 *
 * `npm run accuracy` plays everything; `npm run accuracy -- --seed 7 --degree 4` one seed, with its worst cases.
 */
import { EVERY_CLAIM, missedByAll, missedBySeed, missedOverAll, percent } from './bars';
import { playSeed } from './play';
import { Tally } from './tally';
import type { Degree } from './truth';

const SEEDS = 20;
const PER_SEED = 1_000;
const DEGREES: readonly Degree[] = [1, 2, 3, 4];

const seeds = chosen('seed') ?? Array.from({ length: SEEDS }, (_, index) => index + 1);
const degrees = DEGREES.filter((degree) => (chosen('degree') ?? DEGREES).includes(degree));
const missed: string[] = [];
const whole = new Tally();

for (const degree of degrees) {
  const all = new Tally();
  for (const seed of seeds) {
    const tally = await playSeed(seed, degree, PER_SEED);
    missed.push(...missedBySeed(tally).map((what) => `degree ${degree}, seed ${seed}: ${what}`));
    all.add(tally);
  }
  missed.push(...missedOverAll(all, degree).map((what) => `degree ${degree}: ${what}`));
  whole.add(all);
  print(degree, all);
}
if (degrees.length === DEGREES.length) {
  missed.push(...missedByAll(whole).map((what) => `all degrees: ${what}`));
  console.log(`\nAll degrees: ${EVERY_CLAIM} ${percent(whole.rateOf(EVERY_CLAIM) ?? 0)}`);
}
console.log(missed.length === 0 ? '\nEvery bar is reached.' : `\nMissed:\n${missed.join('\n')}`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** The number after `--name`, as a list of one; null where it was not given. */
function chosen(name: string): number[] | null {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? null : [Number(process.argv[at + 1])];
}

function print(degree: Degree, { counts, rates, reasons, cases }: Tally): void {
  console.log(`\nDegree ${degree}: ${seeds.length * PER_SEED} conversations, ${seeds.length} seeds`);
  for (const [claim, { shown, right, wrong }] of [...counts].sort()) {
    console.log(`  ${claim.padEnd(30)} shown ${shown}, right ${right}, wrong ${wrong}`);
  }
  for (const [name, { yes, all }] of [...rates].sort()) console.log(`  ${name}: ${percent(yes / all)} of ${all}`);
  for (const [claim, why] of [...reasons].sort()) {
    console.log(`  withheld, ${claim}`);
    for (const [reason, times] of [...why].sort(([, a], [, b]) => b - a)) console.log(`    ${times} × ${reason}`);
  }
  if (seeds.length > 1) return;
  for (const [claim, wrong] of cases) for (const one of wrong) console.log(`  wrong, ${claim}: at ${one}`);
}
