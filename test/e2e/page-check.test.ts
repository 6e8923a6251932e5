import type { Page } from 'puppeteer-core';
import { afterAll, describe, expect, test } from 'vitest';
import { startMeta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import { drive, until } from './launch';
import { openInbox } from './set-up';
import { openConversation, press, read, showTab, sight } from './sight';

declare global {
  interface Window {
    /** What a press has put into the clipboard. */
    copied?: string;
  }
}

/** Setup's look at the inbox on screen, as somebody does it who meets a page that Baton does not know. */
describe.each<BrowserKind>(['chromium', 'firefox'])('“Check this page”, in %s', (kind) => {
  const run = test.runIf(findBrowser(kind) !== null || process.env.CI === 'true');
  const open: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const one of open.reverse()) await one.close();
  });

  run('every hook is tried, the report is censored, own selectors come first', async () => {
    const meta = await startMeta({ bot: false });
    open.push(meta);
    const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true });
    open.push(driven);
    const inbox = await openInbox(meta, driven);
    await openConversation(inbox, 'Maja Lindqvist');
    await until(async () => (await sight(inbox, 'baton-banner')) !== null, 'the banner');
    const popup = await driven.popup(inbox);
    await until(async () => (await popup.$$('[role=tab]')).length > 1, 'the tabs');
    await showTab(popup, 'Setup');

    await press(popup, 'Check this page');
    await until(async () => (await read(popup)).includes('Every required hook was found'), 'the end of the check');
    expect(await hooks(popup)).toMatchObject({ threadList: 'found', rowBox: 'found', header: 'found' });

    await popup.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        window.copied = text;
      };
    });
    await press(popup, 'Copy report');
    const report = (await popup.evaluate(() => window.copied)) ?? '';
    expect(report).toMatch(/^<!doctype html>/);
    expect(report).toContain('role="presentation"');
    expect(
      meta.world.state.threads.filter(({ name, userId }) => report.includes(name) || report.includes(userId)),
    ).toEqual([]);

    await press(popup, 'Own selectors');
    const field = await popup.waitForSelector('textarea[name=selectors]');
    await field?.type('{ "heading": ["h1"] }');
    await press(popup, 'Keep selectors');
    await until(async () => (await read(popup)).includes('No hook has that name.'), 'the refusal');
    await field?.evaluate((element) => (element as HTMLTextAreaElement).select());
    await field?.type('{ "header": [".of-tomorrow"] }');
    await press(popup, 'Keep selectors');
    await until(async () => (await read(popup)).includes('Kept.'), 'the selectors');
    await press(popup, 'Check this page');
    await until(async () => (await hooks(popup)).header === 'fallback', 'the check with own selectors');
  });
});

async function hooks(popup: Page): Promise<Record<string, string>> {
  const found = await popup.$$eval('[data-hook]', (items) =>
    items.map((item) => [(item as HTMLElement).dataset.hook ?? '', (item as HTMLElement).dataset.state ?? '']),
  );
  return Object.fromEntries(found);
}
