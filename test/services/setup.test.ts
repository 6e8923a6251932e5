import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SeenPage } from '../../utils/conversation/seen';
import type { InboxView } from '../../utils/conversation/view';
import type { Services } from '../../utils/services/services';
import type { Given, PageSettings } from '../../utils/services/settings';
import { type GivenBrowser, openBrowser } from './over-meta';
import { seenBy } from './page-sight';

const PASSPHRASE = 'nine bicycles in the rain';

// Each test has a Meta of its own, and the passphrase is slow to derive on purpose.
vi.setConfig({ testTimeout: 30_000 });

let browser: GivenBrowser;
afterEach(() => browser.close());

/** A browser with this policy and its background at work. */
async function open(policy: Given = {}) {
  browser = await openBrowser({ policy });
  return browser.start();
}

const connect = ({ setup }: Services, label = 'bot') =>
  setup.connect({ token: browser.meta.tokens[label]!, botApp: '' });
const pageIds = async ({ setup }: Services) => (await setup.view(null)).pages.map(({ pageId }) => pageId);
const checked = ({ setup }: Services) =>
  vi.waitFor(async () => expect((await setup.view(null)).pages[0]?.checks.length).toBeGreaterThan(5));

/** The inbox on screen with the newest conversations, as the content script tells it. */
function showInbox({ tabs }: Services): InboxView[] {
  const views: InboxView[] = [];
  const seen: SeenPage = {
    pageId: browser.meta.pageId,
    selectedItemId: null,
    threadType: null,
    tab: null,
    rows: browser.meta.world.state.threads.map(({ name }, at) => ({
      key: String(at),
      name,
      preview: '',
      lastActivity: Date.now() - 60_000,
      unread: false,
      channel: 'messenger',
      facts: null,
    })),
    conversation: null,
    factsReadable: false,
    visible: true,
    focused: true,
  };
  tabs.open((view) => views.push(view)).saw(seen);
  return views;
}

/** All that one browser profile and its memory hold of IndexedDB, as text. */
async function stored(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('baton');
    opening.onsuccess = () => resolve(opening.result);
  });
  const all = [...database.objectStoreNames].map(
    (name) =>
      new Promise((resolve) => {
        const asking = database.transaction(name).objectStore(name).getAll();
        asking.onsuccess = () => resolve(asking.result);
      }),
  );
  const text = JSON.stringify(await Promise.all(all));
  database.close();
  return text;
}

describe('a session with a Page', () => {
  let services: Services;
  let views: InboxView[];

  beforeEach(async () => {
    services = await open();
    views = showInbox(services);
    await connect(services);
    await checked(services);
  });

  test('tells an inbox neither the token nor what Setup knows', async () => {
    expect(views.length).toBeGreaterThan(1);
    const told = JSON.stringify(views);
    for (const secret of [browser.meta.tokens.bot!, 'Configuration', 'permissions']) expect(told).not.toContain(secret);
  });

  test('tells the popup no token', async () => {
    const told = JSON.stringify([await services.setup.view(null), await services.tabs.popupView()]);
    expect(told).not.toContain(browser.meta.tokens.bot);
  });

  test('stores no customer’s name and no word that was written', async () => {
    const disk = await stored();
    expect(disk).toContain(browser.meta.pageId);
    for (const { name, messages } of browser.meta.world.state.threads) {
      expect(disk).not.toContain(name);
      for (const { text } of messages.filter(({ text: words }) => words.length > 20)) expect(disk).not.toContain(text);
    }
  });

  test('gives a report without token, name or message', async () => {
    const report = await services.setup.report();
    const text = report.ok ? report.value : '';
    expect(text).toMatch(/routing-messenger +ok/);
    const { page, threads, apps } = browser.meta.world.state;
    const names = [page.name, ...threads.map(({ name }) => name), ...apps.map(({ name }) => name)];
    for (const secret of [browser.meta.tokens.bot!, page.id, ...names]) expect(text).not.toContain(secret);
  });

  test('is forgotten with all of it: disk, memory and what was at hand', async () => {
    await services.setup.tick(browser.meta.pageId, 'default-app', true);
    await services.setup.forget(browser.meta.pageId);
    expect(await pageIds(services)).toEqual([]);
    expect(await stored()).not.toContain(browser.meta.pageId);
    expect(JSON.stringify([...browser.session().held])).not.toContain(browser.meta.pageId);
    expect((await services.tabs.popupView()).pageName).toBeNull();
  });
});

test('a Page that is forgotten while it is read leaves nothing behind', async () => {
  const services = await open();
  await connect(services);
  await checked(services);
  browser.meta.faults.add({ kind: 'delay', ms: 500, match: { path: 'conversations' } });
  const checking = services.setup.check(browser.meta.pageId);
  await services.setup.forget(browser.meta.pageId);
  await checking;
  expect(await stored()).not.toContain(browser.meta.pageId);
  expect(JSON.stringify([...browser.session().held])).not.toContain(browser.meta.pageId);
});

describe('a token that Meta no longer accepts', () => {
  test('stops the work with a reason; nothing else is lost; the same Page goes on with it once it works again', async () => {
    const services = await open();
    await connect(services);
    await services.setup.tick(browser.meta.pageId, 'default-app', true);
    const own = browser.meta.world.state.tokens.find(({ label }) => label === 'bot')!;
    own.invalidated = 460;
    await services.setup.check(browser.meta.pageId);
    const [stopped] = (await services.setup.view(null)).pages;
    expect(stopped).toMatchObject({ name: 'Harbour Street Bikes', degree: 1 });
    expect(stopped?.stopped).toContain('has changed their password');
    expect(stopped?.checks.find(({ id }) => id === 'default-app')?.state).toBe('ok');
    own.invalidated = null;
    await services.setup.check(browser.meta.pageId);
    expect((await services.setup.view(null)).pages[0]).toMatchObject({ stopped: null });
  });
});

describe('how the token is kept', () => {
  test('for this session alone: the next one starts with nothing', async () => {
    const services = await open();
    await services.options.changeVault({ mode: 'session', passphrase: '' });
    await connect(services);
    expect(await pageIds(await browser.start())).toEqual([browser.meta.pageId]);
    browser.closeBrowser();
    const next = await browser.start();
    expect(await pageIds(next)).toEqual([]);
    expect((await next.setup.view(null)).options?.sessionEnded).toBe(true);
    expect(await stored()).not.toContain(browser.meta.pageId);
    expect(await connect(next)).toMatchObject({ ok: true });
  });

  test('for this session alone, and nothing was connected: there is nothing to say', async () => {
    const services = await open();
    await services.options.changeVault({ mode: 'session', passphrase: '' });
    browser.closeBrowser();
    expect((await (await browser.start()).setup.view(null)).options?.sessionEnded).toBeUndefined();
  });

  test('by a passphrase: locked until it is given, and all is there then', async () => {
    const services = await open();
    await connect(services);
    expect(await services.options.changeVault({ mode: 'passphrase', passphrase: 'too short' })).toMatchObject({
      ok: false,
    });
    expect(await services.options.changeVault({ mode: 'passphrase', passphrase: PASSPHRASE })).toMatchObject({
      ok: true,
    });
    browser.closeBrowser();
    const next = await browser.start();
    expect(await next.setup.view(null)).toMatchObject({ options: { vault: 'passphrase', locked: true }, pages: [] });
    const feed = browser.meta.world.feed();
    const eyes = { open: feed.threads[0]!.userId, facts: true, footers: true, visible: true };
    const shown: InboxView[] = [];
    next.tabs.open((view) => shown.push(view)).saw(seenBy(eyes, feed));
    await vi.waitFor(() => expect(shown.at(-1)?.conversation?.sentence).toContain('Unlock Baton in Setup'));
    expect(await connect(next)).toMatchObject({ ok: false, sentence: expect.stringContaining('locked') });
    expect(await next.options.unlock('another passphrase')).toMatchObject({ ok: false });
    expect(await next.options.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(await pageIds(next)).toEqual([browser.meta.pageId]);
  });

  test('by a passphrase that is lost: every Page is forgotten, and one can begin anew', async () => {
    const services = await open();
    await connect(services);
    await services.options.changeVault({ mode: 'passphrase', passphrase: PASSPHRASE });
    browser.closeBrowser();
    const next = await browser.start();
    expect(await next.options.forgetAll()).toMatchObject({ ok: true });
    expect(await stored()).not.toContain(browser.meta.pageId);
    expect(await next.setup.view(null)).toMatchObject({ options: { vault: 'device', locked: false }, pages: [] });
    expect(await connect(next)).toMatchObject({ ok: true });
  });

  test('what cannot be opened says so, and stays', async () => {
    const services = await open();
    await connect(services);
    const before = await damage();
    const next = await browser.start();
    const [page] = (await next.setup.view(null)).pages;
    expect(page).toMatchObject({ pageId: browser.meta.pageId, stopped: expect.stringContaining('damaged') });
    expect(await stored()).toBe(before);
    expect(await connect(next)).toMatchObject({ ok: true });
    expect((await next.setup.view(null)).pages[0]).toMatchObject({ stopped: null, name: 'Harbour Street Bikes' });
  });
});

describe('a policy', () => {
  const OTHER = '104857600000099';

  test('names the Pages that may be connected, and their bot', async () => {
    const services = await open({ pages: [{ id: OTHER, botApp: '532160876956612' }] });
    expect(await connect(services)).toMatchObject({ ok: false, sentence: expect.stringContaining('organisation') });
    expect(await connect(services, 'other-page')).toMatchObject({ ok: true });
    expect((await services.setup.view(null)).pages[0]?.botApp).toEqual({ id: '532160876956612', name: 'ManyChat' });
  });

  test('locks what it sets, and leaves the rest', async () => {
    const services = await open({ keepDays: 7 });
    await services.options.changeSettings({ keepDays: 90, pageFacts: false });
    expect((await services.setup.view(null)).options).toMatchObject({
      keepDays: 7,
      pageFacts: false,
      byPolicy: ['keepDays'],
    });
  });

  test('switches the page’s facts off where the page’s script looks', async () => {
    await open({ pageFacts: false });
    expect(browser.local).toEqual({ pageFacts: false });
  });

  test('has the token kept for the session alone', async () => {
    const services = await open({ vault: 'session' });
    expect((await services.setup.view(null)).options?.vault).toBe('session');
    expect(await services.options.changeVault({ mode: 'device', passphrase: '' })).toMatchObject({ ok: false });
  });

  test('asks for a passphrase before a Page is connected', async () => {
    const services = await open({ vault: 'passphrase' });
    expect(await connect(services)).toMatchObject({ ok: false, sentence: expect.stringContaining('passphrase') });
    expect((await services.setup.view(null)).options?.vaultWanted).toBe('passphrase');
    await services.options.changeVault({ mode: 'passphrase', passphrase: PASSPHRASE });
    expect(await connect(services)).toMatchObject({ ok: true });
  });

  test('that makes no sense is left out, setting by setting', async () => {
    const services = await open({ keepDays: 0, pageFacts: false, pages: 'all' } as unknown as Given);
    expect((await services.setup.view(null)).options).toMatchObject({ keepDays: 30, byPolicy: ['pageFacts'] });
  });

  test('can hold what its schema says, and nothing else', () => {
    const { properties } = JSON.parse(readFileSync('public/managed-schema.json', 'utf8')) as {
      properties: Record<string, { items?: { properties: object } }>;
    };
    const all: Record<keyof Given, true> = { pages: true, keepDays: true, pageFacts: true, vault: true };
    expect(Object.keys(properties).sort()).toEqual(Object.keys(all).sort());
    const page: Record<keyof PageSettings, true> = { id: true, botApp: true, signature: true, handBackPhrase: true };
    expect(Object.keys(properties.pages?.items?.properties ?? {}).sort()).toEqual(Object.keys(page).sort());
  });
});

describe('the configuration file', () => {
  test('carries Pages, bots and settings from one browser to another, and no secret', async () => {
    const services = await open();
    await connect(services);
    const words = { signature: '[Spoke]', handBackPhrase: 'back to bot' };
    await services.setup.declare({ pageId: browser.meta.pageId, ...words });
    await services.options.changeSettings({ keepDays: 14 });
    const file = await services.options.exportSettings();
    const text = file.ok ? file.value : '';
    expect(JSON.parse(text)).toEqual({
      baton: 1,
      pages: [{ id: browser.meta.pageId, botApp: browser.meta.apps.bot, ...words }],
      keepDays: 14,
      pageFacts: true,
    });
    expect(text).not.toContain(browser.meta.tokens.bot);
    await browser.close();

    const other = await open();
    expect(await other.options.importSettings(text)).toMatchObject({ ok: true });
    expect((await other.setup.view(null)).options).toMatchObject({ keepDays: 14 });
    await connect(other, 'desk');
    const [page] = (await other.setup.view(null)).pages;
    expect(page).toMatchObject({ botApp: { id: browser.meta.apps.bot }, declared: words });
  });

  test('declares for a Page that is connected already, and its words go when it is forgotten', async () => {
    const services = await open();
    await connect(services);
    const { pageId } = browser.meta;
    const text = JSON.stringify({ baton: 1, pages: [{ id: pageId, signature: '[Spoke]' }] });
    expect(await services.options.importSettings(text)).toMatchObject({ ok: true });
    expect((await services.setup.view(null)).pages[0]?.declared).toMatchObject({ signature: '[Spoke]' });
    await services.setup.forget(pageId);
    expect(JSON.stringify([browser.local, await stored()])).not.toContain(pageId);
    await connect(services);
    expect((await services.setup.view(null)).pages[0]?.declared).toMatchObject({ signature: null });
  });

  test.each([
    ['nothing', ''],
    ['another program’s', '{"version":3}'],
    ['one with a token in it', '{"baton":1,"token":"EAAB"}'],
    ['a newer kind', '{"baton":2}'],
    ['a setting that makes no sense', '{"baton":1,"keepDays":-1}'],
    ['a signature that people’s words begin with', '{"baton":1,"pages":[{"id":"104857600000017","signature":"Hi"}]}'],
    ['HTML', '<html></html>'],
    ['1 MB', 'x'.repeat(1_048_576)],
  ])('%s changes nothing', async (_, text) => {
    const services = await open();
    expect(await services.options.importSettings(text)).toMatchObject({ ok: false });
    expect(browser.local).toEqual({});
  });
});

/** Turns one bit of the sealed token round. Resolves to what is stored then. */
async function damage(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('baton');
    opening.onsuccess = () => resolve(opening.result);
  });
  await new Promise<void>((resolve) => {
    const pages = database.transaction('pages', 'readwrite').objectStore('pages');
    const asking = pages.getAll();
    asking.onsuccess = () => {
      const [record] = asking.result;
      new Uint8Array(record.token.bytes)[3]! ^= 1;
      pages.put(record).onsuccess = () => resolve();
    };
  });
  database.close();
  return stored();
}
