import type { Page } from 'puppeteer-core';
import { afterAll, describe, expect, test } from 'vitest';
import { startMeta } from '../meta/meta';
import { CHECKED_CALLS } from '../services/checked-calls';
import { type BrowserKind, findBrowser } from './browsers';
import { drive, until } from './launch';
import { connect, openInbox } from './set-up';
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

  run('every hook and every call is tried, the report is censored, own selectors come first', async () => {
    const meta = await startMeta({ bot: false });
    open.push(meta);
    const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true });
    open.push(driven);
    const inbox = await openInbox(meta, driven);
    await connect(driven, inbox, meta.tokens['4'] ?? '');
    await openConversation(inbox, 'Maja Lindqvist');
    await until(async () => (await sight(inbox, 'baton-banner')) !== null, 'the banner');
    const popup = await driven.popup(inbox);
    await until(async () => (await popup.$$('[role=tab]')).length > 1, 'the tabs');
    await showTab(popup, 'Setup');

    await press(popup, 'Check this page');
    await until(async () => (await read(popup)).includes('Every required hook was found'), 'the end of the check');
    expect(await states(popup, 'hook')).toMatchObject({ threadList: 'found', rowBox: 'found', header: 'found' });
    expect(await states(popup, 'call')).toEqual(Object.fromEntries(CHECKED_CALLS.map((call) => [call, 'answered'])));

    await popup.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        window.copied = text;
      };
    });
    await press(popup, 'Copy report');
    const report = (await popup.evaluate(() => window.copied)) ?? '';
    expect(report).toMatch(/^<!doctype html>/);
    expect(report).toContain('role="presentation"');
    expect(report).toContain('thread_owner GET, token by header: answered, HTTP 200');
    const { page, threads, apps } = meta.world.state;
    const secrets = [
      ...Object.values(meta.tokens),
      ...[page, ...apps].flatMap(({ id, name }) => [id, name]),
      ...threads.flatMap(({ name, psid, userId }) => [name, psid, userId]),
      ...threads.flatMap(({ messages }) => messages.flatMap(({ mid, text }) => (text.length > 20 ? [mid, text] : mid))),
    ];
    expect(secrets.filter((secret) => report.includes(secret))).toEqual([]);

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
    await until(async () => (await states(popup, 'hook')).header === 'fallback', 'the check with own selectors');
  });
});

/** What came of each hook, or of each call, by its name. */
async function states(popup: Page, kind: 'hook' | 'call'): Promise<Record<string, string>> {
  const found = await popup.$$eval(
    `[data-${kind}]`,
    (items, name) =>
      items.map((item) => [(item as HTMLElement).dataset[name] ?? '', (item as HTMLElement).dataset.state ?? '']),
    kind,
  );
  return Object.fromEntries(found);
}
