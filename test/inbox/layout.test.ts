import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import table from '../fixtures/counts.json';
import { canLayOut, openChromium } from './chromium';
import { runManglings } from './manglings';

/** What needs a browser's own layout and style. */
describe.skipIf(!canLayOut)('in Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    ({ browser, page } = await openChromium());
  }, 60_000);

  afterAll(() => browser?.close());

  it('finds what the count table says', async () => {
    const pages = Object.keys(table).map((name) => [
      name,
      readFileSync(new URL(`../fixtures/${name}.html`, import.meta.url), 'utf8'),
    ]);
    const found = await page.evaluate((entries) => {
      const counts = entries.map(([name, html]) => {
        const parsed = new DOMParser().parseFromString(html ?? '', 'text/html');
        document.documentElement.replaceWith(document.adoptNode(parsed.documentElement));
        return [name, window.inbox.countPage(document)];
      });
      return Object.fromEntries(counts);
    }, pages);
    expect(found).toEqual(table);
  });

  it('survives a thousand manglings', async () => {
    const { survived, marked, ...harm } = await runManglings(page, 1000);
    expect(harm).toEqual({ exceptions: [], hostChanges: 0, wrongMarks: 0, clicks: 0 });
    expect(survived).toBeGreaterThan(5000);
    expect(marked / survived).toBeGreaterThanOrEqual(0.99);
  }, 120_000);
});
