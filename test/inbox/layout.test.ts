import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import table from '../fixtures/counts.json';
import type { Counts } from '../fixtures/model';
import { canLayOut, openChromium } from './chromium';
import { runManglings } from './manglings';

/** A tenth of what the long version plays. */
const MANGLINGS = process.env.BATON_SOAK ? 10_000 : 1_000;

/** What needs a browser's own layout and style. */
describe.skipIf(!canLayOut)('in Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    ({ browser, page } = await openChromium());
  }, 60_000);

  afterAll(() => browser?.close());

  const pages = Object.keys(table).map((name) => [
    name,
    readFileSync(new URL(`../fixtures/${name}.html`, import.meta.url), 'utf8'),
  ]);

  /** Counts of each page as it is, or as its censored capture is. */
  function count(captured: boolean): Promise<Record<string, Counts>> {
    return page.evaluate(
      (entries, censored) => {
        function show(html: string) {
          const parsed = new DOMParser().parseFromString(html, 'text/html');
          document.documentElement.replaceWith(document.adoptNode(parsed.documentElement));
        }
        const counts = entries.map(([name, html]) => {
          show(html!);
          if (censored) show(window.inbox.capture(document.documentElement));
          return [name, window.inbox.countPage(document)];
        });
        return Object.fromEntries(counts);
      },
      pages,
      captured,
    );
  }

  it('finds what the count table says', async () => {
    expect(await count(false)).toEqual(table);
  });

  it('finds the same in a censored capture, but for the words of footers', async () => {
    const withoutFooters = Object.entries(table).map(([name, counts]) => [name, { ...counts, attributed: 0 }]);
    expect(await count(true)).toEqual(Object.fromEntries(withoutFooters));
  });

  it(`survives ${MANGLINGS} manglings`, async () => {
    const { survived, marked, ...harm } = await runManglings(page, MANGLINGS);
    expect(harm).toEqual({ exceptions: [], hostChanges: 0, wrongMarks: 0, clicks: 0 });
    expect(survived).toBeGreaterThan(5000);
    expect(marked / survived).toBeGreaterThanOrEqual(0.99);
  }, 900_000);
});
