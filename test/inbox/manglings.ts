import type { Page } from 'puppeteer-core';
import { VARIANTS } from '../fixtures/variants';
import { CLEAN, sum, type Verdict } from './mangle';

/** Runs `count` trials over all variants in turn, within a page that has `window.inbox`. The same seeds every time. */
export async function runManglings(page: Page, count: number, from = 0): Promise<Verdict> {
  const each = Math.ceil(count / Object.keys(VARIANTS).length);
  let total = CLEAN;
  for (const name of Object.keys(VARIANTS)) {
    const verdict = await page.evaluate(
      (variantName, first, last) => {
        let found = window.inbox.CLEAN;
        for (let seed = first; seed < last; seed += 1)
          found = window.inbox.sum(found, window.inbox.trial(window.inbox.VARIANTS[variantName]!, seed));
        return found;
      },
      name,
      from,
      from + each,
    );
    total = sum(total, verdict);
  }
  return total;
}
