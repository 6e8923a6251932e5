import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import type { Thread } from '../meta/model';
import { holdsSecret } from '../setup/secrets';
import { type BrowserKind, findBrowser } from './browsers';
import { heardByContentScript, inContentScript, tapContentScript } from './content-script';
import { withholdHosts } from './host-access';
import { type Driven, drive, until } from './launch';
import { filesWith } from './profile';
import { openInbox } from './set-up';
import { checkAgain, paste, reach, states, tryOn } from './setup-page';
import { press, read, showTab, sight } from './sight';

/** What lies in a page's own storage: found in the profile, it shows that the search there finds what is there. */
const CONTROL = 'KmxQhTzVbLpWcRyNdFgJsEaUoXiCkMqBtHvZ';

const PASSPHRASE = 'nine bicycles in the rain';

/** As much of a browser's own API as is looked into here. */
interface Extension {
  storage: { session: { get(key: string): Promise<Record<string, string>> } };
}

/** Every state that a check can be in; all of them are seen below, made by Meta and by the browser. */
const STATES: Record<string, string[]> = {
  token: ['cannot-check', 'ok', 'wrong'],
  'token-page': ['cannot-check', 'ok', 'wrong'],
  'token-app': ['cannot-check', 'ok'],
  permissions: ['cannot-check', 'ok', 'wrong'],
  expiry: ['cannot-check', 'ok', 'wrong'],
  'customers-visible': ['cannot-check', 'ok', 'wrong'],
  subscribed: ['cannot-check', 'ok', 'wrong'],
  'routing-messenger': ['cannot-check', 'ok', 'wrong'],
  'routing-instagram': ['cannot-check', 'not-tested', 'ok'],
  'bot-app': ['cannot-check', 'ok', 'wrong'],
  'old-receivers': ['cannot-check', 'ok'],
  'owners-seen': ['not-tested', 'ok'],
  'label-terms': ['cannot-check', 'ok', 'wrong'],
  clock: ['cannot-check', 'ok', 'wrong'],
  budget: ['cannot-check', 'ok', 'wrong'],
  'host-access': ['ok', 'wrong'],
  trial: ['cannot-check', 'not-tested', 'ok', 'wrong'],
  'default-app': ['not-tested', 'ok'],
  'take-toggle': ['not-tested', 'ok'],
  'other-routing': ['not-tested', 'ok'],
};

/** One session of an admin's in each browser: connecting, every check in every state, and what is left afterwards. */
describe.each<BrowserKind>(['chromium', 'firefox'])('an admin’s session in %s', (kind) => {
  const found = findBrowser(kind) !== null;
  const run = test.runIf(found || process.env.CI === 'true');
  const pictures = resolve('.output/pictures', kind);
  const profile = mkdtempSync(join(tmpdir(), 'baton-profile-'));
  const said: string[] = [];
  const seen: Record<string, Set<string>> = {};
  let meta: Meta;
  let driven: Driven;
  let inbox: Page;
  let setup: Page;
  let isOpen = false;
  /** The vault's key, as the browser's session memory holds it. */
  let key = '';

  const token = () => meta.tokens['4']!;
  const watch = (page: Page) => page.on('console', (message) => void said.push(message.text()));
  function note(shown: Record<string, string>): void {
    for (const [id, state] of Object.entries(shown)) seen[id] = (seen[id] ?? new Set()).add(state);
  }
  async function expectStates(expected: Record<string, string>): Promise<void> {
    note(await checkAgain(setup, expected));
  }
  const threadOf = (owner: string): Thread =>
    meta.world.state.threads.find(
      (thread) => thread.channel === 'messenger' && meta.world.owner(thread) === owner && isOffered.has(thread.name),
    )!;
  let isOffered = new Set<string>();

  beforeAll(async () => {
    if (!found) return;
    mkdirSync(pictures, { recursive: true });
    meta = await startMeta({ botDelayMs: 50 });
    driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true, profile });
    isOpen = true;
  });

  afterAll(async () => {
    if (isOpen) await driven.close();
    await meta?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  run('from install to the first correct banner in at most six clicks and pastes', async () => {
    let acts = 0;
    async function act(name: string, page: () => Page, work: () => Promise<unknown>): Promise<void> {
      acts += 1;
      await work();
      await page().screenshot({ path: join(pictures, `${acts}-${name}.png`) as `${string}.png` });
    }

    inbox = await openInbox(meta, driven);
    watch(inbox);
    await inbox.evaluate((text) => localStorage.setItem('control', text), CONTROL);
    await until(async () => (await sight(inbox, 'baton-banner')) !== null, 'the banner of the page alone');
    await tapContentScript(driven, inbox);
    await act(
      'popup',
      () => setup,
      async () => {
        setup = await driven.popup(inbox);
        watch(setup);
        await until(async () => (await setup.$$('[role=tab]')).length > 1, 'the tabs');
      },
    );
    await act(
      'setup',
      () => setup,
      () => showTab(setup, 'Setup').then(() => setup.waitForSelector('[name=token]')),
    );
    await act(
      'token',
      () => setup,
      () => paste(setup, 'token', token()),
    );
    await act(
      'connected',
      () => setup,
      async () => {
        await press(setup, 'Connect Page');
        await until(async () => (await read(setup)).includes('is connected'), 'the word of success');
      },
    );
    // Where the popup is a tab, it lies over the inbox.
    if (kind === 'firefox') await inbox.bringToFront();
    const [newest] = meta.world.feed().threads;
    const owner = meta.world.owner(meta.world.thread(newest!.userId));
    await until(
      async () => {
        const banner = await sight(inbox, 'baton-banner');
        return (
          banner?.data.certainty === 'certain' && banner.data.owner === (owner === meta.apps.bot ? 'bot' : 'inbox')
        );
      },
      'the first correct banner',
      30_000,
    );
    await inbox.screenshot({ path: join(pictures, `${acts + 1}-banner.png`) as `${string}.png` });
    await setup.bringToFront();
    expect(acts).toBeLessThanOrEqual(6);
    note(await reach(setup, { token: 'ok', trial: 'not-tested' }));
  });

  run('every check in every state', async () => {
    const { world, faults, apps } = meta;
    const bot = world.app(apps.bot!)!;
    const fields = [...bot.subscribedFields];
    const own = world.state.tokens.find(({ label }) => label === 'degree-4')!;
    isOffered = new Set(
      await setup.$$eval('select[name=trial] option', (options) => options.map(({ textContent }) => textContent ?? '')),
    );

    // A popup closes when another tab comes forward; Setup in a tab of its own stays.
    if (kind === 'chromium') {
      const opened = driven.browser.waitForTarget((target) => target.url().endsWith('#setup'), { timeout: 10_000 });
      // The popup ends with this press, and so may the answer to it.
      void press(setup, 'Open Setup in a tab').catch(() => {});
      setup = await (await opened).asPage();
      watch(setup);
      await setup.waitForSelector('[data-check=trial]');
    }

    // As the Page is, all is in order, and what nobody has looked at is not called so.
    const inOrder = Object.fromEntries(
      Object.keys(STATES).map((id) => [
        id,
        ['trial', 'default-app', 'take-toggle', 'other-routing'].includes(id) ? 'not-tested' : 'ok',
      ]),
    );
    await expectStates(inOrder);

    for (const id of ['default-app', 'take-toggle', 'other-routing'])
      await setup.evaluate((check) => document.querySelector<HTMLElement>(`[data-check=${check}] input`)?.click(), id);
    note(await reach(setup, { 'default-app': 'ok', 'take-toggle': 'ok', 'other-routing': 'ok' }));

    // The trial: there and back; then with control not to be had; then where nobody has it.
    const ofBot = threadOf(apps.bot!);
    await tryOn(setup, ofBot.name, 'ok');
    expect(world.owner(ofBot)).toBe(apps.bot);
    note(await states(setup));
    world.changeApp(apps.bot!, { takeControl: false });
    const ofInbox = threadOf(apps.inbox!);
    await tryOn(setup, ofInbox.name, 'wrong');
    expect(world.owner(ofInbox)).toBe(apps.inbox);
    note(await states(setup));
    world.changeApp(apps.bot!, { takeControl: true });
    const writes = () => meta.log.list().filter(({ path }) => path.endsWith('_thread_control')).length;
    const before = writes();
    ofBot.control = null;
    await tryOn(setup, ofBot.name, 'cannot-check');
    expect(writes()).toBe(before);
    note(await states(setup));

    // What an admin or a developer has set wrongly.
    world.setRouting('messenger', { on: false });
    world.setRouting('instagram', { on: false });
    world.state.page.labelTermsAccepted = false;
    world.changeApp(apps.bot!, { subscribedFields: ['messages'] });
    meta.limits.percent = 95;
    await expectStates({
      'routing-messenger': 'wrong',
      'routing-instagram': 'not-tested',
      'label-terms': 'wrong',
      subscribed: 'wrong',
      budget: 'wrong',
    });
    world.setRouting('messenger', { on: true });
    world.setRouting('instagram', { on: true });
    world.state.page.labelTermsAccepted = true;
    world.changeApp(apps.bot!, { subscribedFields: fields, advancedAccess: false });
    meta.limits.percent = null;
    await expectStates({ 'customers-visible': 'wrong', 'routing-messenger': 'ok', budget: 'ok' });
    world.changeApp(apps.bot!, { advancedAccess: true });

    // What Meta does not tell is never red.
    world.setDoubt('self-debug', 'refused');
    world.setDoubt('multi-app-flag', 'absent');
    for (const path of ['conversations', 'secondary_receivers', 'custom_labels', 'subscribed_apps'])
      faults.add({ kind: 'error', code: 1, match: { path }, times: 99 });
    await expectStates({
      permissions: 'cannot-check',
      expiry: 'cannot-check',
      'routing-messenger': 'cannot-check',
      'routing-instagram': 'cannot-check',
      'customers-visible': 'cannot-check',
      subscribed: 'cannot-check',
      'old-receivers': 'cannot-check',
      'label-terms': 'cannot-check',
      token: 'ok',
    });
    faults.clear();
    faults.add({ kind: 'not-json', times: 99 });
    await expectStates({
      token: 'cannot-check',
      'token-page': 'cannot-check',
      clock: 'cannot-check',
      budget: 'cannot-check',
    });
    faults.clear();
    world.setDoubt('self-debug', 'allowed');
    world.setDoubt('multi-app-flag', 'routing');

    // Another bot app, named without the token.
    const nameBot = async (id: string) => {
      await paste(setup, 'botApp', id);
      await press(setup, 'Connect Page');
    };
    await nameBot(apps.stranger!);
    note(await reach(setup, { 'bot-app': 'wrong' }));
    world.setDoubt('subscribed-apps', 'own');
    await expectStates({ 'bot-app': 'cannot-check', subscribed: 'cannot-check' });
    world.setDoubt('subscribed-apps', 'all');
    await setup.evaluate(() => document.querySelector('form')?.reset());
    await nameBot(apps.bot!);
    note(await reach(setup, { 'bot-app': 'ok', subscribed: 'ok' }));

    // What the browser withholds.
    const giveBack = await withholdHosts(driven);
    await setup.bringToFront();
    await expectStates({ 'host-access': 'wrong' });
    await giveBack();
    await setup.bringToFront();
    await expectStates({ 'host-access': 'ok', token: 'ok' });

    // Forgotten, and connected anew while no owner can be read and the token tells nothing of itself.
    await press(setup, 'Forget Page');
    await until(async () => Object.keys(await states(setup)).length === 0, 'the checks to be gone');
    world.setDoubt('self-debug', 'refused');
    faults.add({ kind: 'error', code: 1, match: { path: 'thread_owner' }, times: 99 });
    await paste(setup, 'token', token());
    await press(setup, 'Connect Page');
    note(
      await reach(setup, {
        token: 'ok',
        'token-app': 'cannot-check',
        'owners-seen': 'not-tested',
      }),
    );
    faults.clear();
    world.setDoubt('self-debug', 'allowed');

    // The token as it may change.
    const scopes = own.scopes;
    own.scopes = ['pages_show_list'];
    await expectStates({ permissions: 'wrong' });
    own.scopes = scopes;
    const pageId = own.pageId;
    own.pageId = world.state.otherPageId;
    await expectStates({ 'token-page': 'wrong' });
    own.pageId = pageId;
    own.invalidated = 460;
    await expectStates({ token: 'wrong' });
    expect(await read(setup)).toContain('Work for this Page has stopped');
    own.invalidated = null;
    await expectStates({ token: 'ok' });
    expect(await read(setup)).not.toContain('Work for this Page has stopped');
    world.advance(54 * 86_400_000);
    await expectStates({ expiry: 'wrong', clock: 'wrong' });

    expect(Object.fromEntries(Object.entries(seen).map(([id, all]) => [id, [...all].sort()]))).toEqual(STATES);
  });

  run('locked by a passphrase, given once: the next worker of the session has it', async () => {
    await setup.click('[name=vault][value=passphrase]');
    await paste(setup, 'passphrase', PASSPHRASE);
    await press(setup, 'Keep it this way');
    await until(async () => (await read(setup)).includes('Done.'), 'the word of success');
    await driven.killWorker();
    await until(async () => (await setup.$$('[data-check=token]')).length === 1, 'the Page’s checks');
    key = await setup.evaluate(async () => {
      const { browser, chrome } = globalThis as unknown as { browser?: Extension; chrome: Extension };
      return (await (browser ?? chrome).storage.session.get('vault-key'))['vault-key'] ?? '';
    });
    expect(key).toHaveLength(44);
  });

  run('the token is in no page, no console, no address and no report', async () => {
    expect(await askFromInbox(driven, inbox)).toContain('Only Baton’s own pages may ask for this.');
    const report = await copiedReport(setup);
    expect(report).toContain('routing-messenger');
    for (const secret of [token(), 'Harbour Street Bikes', ...meta.world.state.threads.map(({ name }) => name)])
      expect(report).not.toContain(secret);
    for (const page of [inbox, setup]) {
      const held = await page.evaluate(() =>
        JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, location.href]),
      );
      expect(held).not.toContain(token());
    }
    expect(said.filter((text) => text.includes(token()))).toEqual([]);
    // By header, and never in an address.
    const calls = meta.log.list().filter((call) => call.token === 'degree-4');
    expect(new Set(calls.map(({ tokenBy }) => tokenBy))).toEqual(new Set(['header']));
  });

  run('nothing that reaches the content script holds the token', async () => {
    await inbox.bringToFront();
    const heardSoFar = (await heardByContentScript(driven, inbox)).length;
    await driven.killWorker();
    await until(async () => (await heardByContentScript(driven, inbox)).length > heardSoFar, 'another message');
    const heard = await heardByContentScript(driven, inbox);
    const stored = await inContentScript(driven, inbox, STORED);
    await setup.bringToFront();
    // The search finds what is there: the customer on screen, whom every view names.
    expect(heard.length).toBeGreaterThan(20);
    expect(holdsSecret(heard, meta.world.feed().threads[0]!.title)).toBe(true);
    for (const secret of [token(), PASSPHRASE, key]) expect(holdsSecret([heard, stored], secret)).toBe(false);
  });

  run('a store that a newer Baton has written is left alone, and the popup says so', async () => {
    const pages = await upgradeStore(setup);
    await driven.killWorker();
    // Firefox never reports that an extension's page has loaded.
    await setup.evaluate(() => location.reload()).catch(() => {});
    await until(
      async () => (await read(setup)).includes('A newer Baton has written what is stored here.'),
      'the sentence',
    );
    expect(await storedPages(setup)).toBe(pages);
    expect(pages).toContain(meta.pageId);
  });

  run('neither token nor passphrase nor key is in any file of the profile', async () => {
    await driven.close();
    isOpen = false;
    expect(filesWith(profile, CONTROL)).not.toEqual([]);
    for (const secret of [token(), PASSPHRASE, key]) expect(filesWith(profile, secret)).toEqual([]);
  });
});

/** Asks for Setup's report as the content script could. */
function askFromInbox(driven: Driven, inbox: Page): Promise<string> {
  return inContentScript(
    driven,
    inbox,
    `(globalThis.browser ?? chrome).runtime
      .sendMessage({ id: 1, type: 'report', data: null, timestamp: Date.now() })
      .then((answer) => JSON.stringify(answer))`,
  );
}

/** What the content script may read of what is stored. */
const STORED = `(globalThis.browser ?? chrome).storage.local.get().then((stored) => JSON.stringify(stored))`;

/** Gives the store a version that today's code does not know. Resolves to the Pages in it. */
async function upgradeStore(setup: Page): Promise<string> {
  await setup.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('baton', 999);
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
        opening.onerror = () => reject(opening.error);
      }),
  );
  return storedPages(setup);
}

/** The connected Pages as they lie in the store, as far as text can tell it. */
function storedPages(setup: Page): Promise<string> {
  return setup.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('baton');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asking = opening.result.transaction('pages').objectStore('pages').getAll();
          asking.onsuccess = () => {
            opening.result.close();
            resolve(
              JSON.stringify(asking.result, (_, value: unknown) =>
                value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value,
              ),
            );
          };
        };
      }),
  );
}

/** What "Copy report" puts into the clipboard, which no browser without a screen has. */
async function copiedReport(setup: Page): Promise<string> {
  await setup.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => document.body.setAttribute('data-copied', text) },
    });
  });
  await press(setup, 'Copy report');
  await setup.waitForSelector('[data-copied]');
  return setup.evaluate(() => document.body.getAttribute('data-copied') ?? '');
}
