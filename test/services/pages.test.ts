import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GivenBrowser, openBrowser } from './over-meta';
import { PASTED } from './pasted-texts';

type Services = Awaited<ReturnType<GivenBrowser['start']>>;

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug'] as const;
const ONE_OR_TWO_SENTENCES = /^[A-Z“].*\.$/s;

let browser: GivenBrowser;
let services: Services;
const said: unknown[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  services = await browser.start();
});
afterAll(() => browser.close());

beforeEach(() => {
  browser.sent.length = 0;
  said.length = 0;
  for (const name of CONSOLE) vi.spyOn(console, name).mockImplementation((...words) => void said.push(...words));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { pageId } of (await services.setup.view(null)).pages) await services.setup.forget(pageId);
});

const connect = (token: string, more: { botApp?: string; pageId?: string } = {}) =>
  services.setup.connect({ token, botApp: '', ...more });
const connected = async () => (await services.setup.view(null)).pages.map(({ pageId }) => pageId);

describe('what is no token', () => {
  test.each(PASTED)('%s: one clear answer; nothing sent, stored or logged', async (_, text) => {
    const reply = await connect(text);
    expect(reply).toMatchObject({ ok: false, sentence: expect.stringMatching(ONE_OR_TWO_SENTENCES) });
    expect({ sent: browser.sent, stored: await connected(), said }).toEqual({ sent: [], stored: [], said: [] });
  });
});

describe('what is a token, and not a Page’s that works', () => {
  test.each([
    ['expired', 'The token has expired.'],
    ['password-changed', 'has changed their password.'],
    ['checkpointed', 'Facebook has locked the account'],
    ['lost-role', 'no longer has a role on the Page.'],
    ['user-few-scopes', 'pages_show_list'],
    ['app', 'This is an app’s own token.'],
  ])('%s', async (label, words) => {
    const reply = await connect(browser.meta.tokens[label]!);
    expect(reply).toMatchObject({ ok: false, sentence: expect.stringContaining(words) });
    expect({ stored: await connected(), said }).toEqual({ stored: [], said: [] });
  });

  test('one that Meta has never given out', async () => {
    expect(await connect(`EAAB${'x1'.repeat(60)}`)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('Meta does not accept the token.'),
    });
    expect(await connected()).toEqual([]);
  });

  test.each([
    ['not-json', 'Meta’s answer could not be read.'],
    ['reset', 'Graph could not be reached.'],
  ] as const)('Meta’s trouble (%s) is not called the token’s', async (kind, words) => {
    browser.meta.faults.add({ kind, times: 9 });
    const reply = await connect(browser.meta.tokens.bot!);
    browser.meta.faults.clear();
    expect(reply).toMatchObject({ ok: false, sentence: expect.stringContaining(words) });
    expect(await connected()).toEqual([]);
  });
});

describe('a Page’s token', () => {
  test.each([
    ['bot', {}, { tokenApp: 'Spoke Bot', botApp: 'Spoke Bot' }],
    ['desk', { botApp: 'ManyChat' }, { tokenApp: 'Deskwise', botApp: 'ManyChat' }],
    ['surplus-scopes', {}, { tokenApp: 'Spoke Bot', botApp: 'Spoke Bot' }],
  ])('%s is connected, with its app and the bot’s', async (label, more, apps) => {
    expect(await connect(browser.meta.tokens[label]!, more)).toMatchObject({ ok: true });
    await settled();
    const [page] = (await services.setup.view(null)).pages;
    expect({ tokenApp: page?.tokenApp?.name, botApp: page?.botApp?.name }).toEqual(apps);
  });

  test('permissions beyond need are named', async () => {
    await connect(browser.meta.tokens['surplus-scopes']!);
    await settled();
    const [page] = (await services.setup.view(null)).pages;
    expect(page?.checks.find(({ id }) => id === 'permissions')?.how).toMatch(/More than Baton needs: .*ads_management/);
  });

  test('another Page’s than the one on screen is not stored, but offered', async () => {
    const tab = showInbox();
    const { otherPageId } = browser.meta.world.state;
    const reply = await connect(browser.meta.tokens['other-page']!);
    expect(reply).toMatchObject({ ok: false, pages: [{ pageId: otherPageId }] });
    expect(await connected()).toEqual([]);
    expect(await connect(browser.meta.tokens['other-page']!, { pageId: otherPageId })).toMatchObject({ ok: true });
    expect(await connect(browser.meta.tokens.bot!)).toMatchObject({ ok: true });
    expect((await connected()).sort()).toEqual([browser.meta.pageId, otherPageId].sort());
    tab.close();
  });

  test('another bot app is named without the token', async () => {
    await connect(browser.meta.tokens.bot!);
    const { pageId } = browser.meta;
    expect(await connect('', { pageId, botApp: 'ManyChat' })).toMatchObject({ ok: true });
    expect((await services.setup.view(null)).pages[0]?.botApp?.name).toBe('ManyChat');
    expect(await connect('', { pageId })).toMatchObject({ ok: false });
  });
});

describe('a person’s token', () => {
  test('becomes the Page’s that is on screen, and is not kept', async () => {
    const tab = showInbox();
    expect(await connect(browser.meta.tokens.user!)).toMatchObject({
      ok: true,
      value: { pageId: browser.meta.pageId },
    });
    browser.sent.length = 0;
    browser.meta.log.clear();
    await services.setup.check(browser.meta.pageId);
    expect(new Set(browser.meta.log.list().map(({ token }) => token))).not.toContain('user');
    expect(browser.meta.log.list().length).toBeGreaterThan(0);
    tab.close();
  });

  test('offers its Pages where none is on screen; the picked one is connected', async () => {
    const reply = await connect(browser.meta.tokens.user!);
    expect(reply).toMatchObject({ ok: false, sentence: expect.stringContaining('Pick one') });
    const offered = reply.ok ? [] : (reply.pages ?? []);
    expect(offered.map(({ pageId }) => pageId)).toContain(browser.meta.pageId);
    expect(await connected()).toEqual([]);
    expect(await connect(browser.meta.tokens.user!, { pageId: browser.meta.pageId })).toMatchObject({ ok: true });
    expect(await connected()).toEqual([browser.meta.pageId]);
  });

  test('is known as such where it may not say so itself', async () => {
    browser.meta.world.setDoubt('self-debug', 'refused');
    browser.meta.faults.add({ kind: 'error', code: 100, match: { path: 'debug_token' }, times: 9 });
    const reply = await connect(browser.meta.tokens.user!, { pageId: browser.meta.pageId });
    browser.meta.faults.clear();
    browser.meta.world.setDoubt('self-debug', 'allowed');
    expect(reply).toMatchObject({ ok: true });
  });
});

test('a token is in no address', async () => {
  await connect(browser.meta.tokens.bot!);
  await settled();
  expect(browser.sent.length).toBeGreaterThan(5);
  expect(browser.sent.filter(({ url }) => url.includes(browser.meta.tokens.bot!))).toEqual([]);
});

/** An inbox of the Page on screen, as the content script tells. */
function showInbox() {
  const tab = services.tabs.open(() => {});
  tab.saw({
    pageId: browser.meta.pageId,
    selectedItemId: null,
    threadType: null,
    tab: null,
    rows: [],
    conversation: null,
    factsReadable: false,
    visible: true,
    focused: true,
  });
  return tab;
}

/** The checks that follow connecting are made. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => {
    const [page] = (await services.setup.view(null)).pages;
    expect(page?.checks.length).toBeGreaterThan(5);
  });
}
