import type { Page } from 'puppeteer-core';
import { VARIANTS } from '../fixtures/variants';
import { CLEAN, sum, type Verdict } from './mangle';

/** Runs `count` trials over all variants in turn, each with a seed of its own, within a page that has `window.inbox`. */
export async function runManglings(page: Page, count: number, from = 0): Promise<Verdict> {
  const each = Math.ceil(count / Object.keys(VARIANTS).length);
  let total = CLEAN;
  for (const [place, name] of Object.keys(VARIANTS).entries()) {
    const verdict = await page.evaluate(
      (variantName, first, last) => {
        let found = window.inbox.CLEAN;
        for (let seed = first; seed < last; seed += 1)
          found = window.inbox.sum(found, window.inbox.trial(window.inbox.VARIANTS[variantName]!, seed));
        return found;
      },
      name,
      from + place * each,
      from + (place + 1) * each,
    );
    total = sum(total, verdict);
  }
  return total;
}
