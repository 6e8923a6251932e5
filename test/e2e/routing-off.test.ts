import type { Page } from 'puppeteer-core';
import { afterAll, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import { type Driven, drive, until } from './launch';
import { connect, openInbox } from './set-up';
import { openConversation, outcome, press, read, sight } from './sight';

const CUSTOMER = 'Maja Lindqvist';
/** What is left without a call: no hand-back of the page's own is documented. */
const NATIVE =
  'Without conversation routing control can’t be taken. Control goes back to routing after 24 h without customer messages.';
const CONTROL_BUTTONS = ['Take control', 'Pass to bot', 'Release', 'Request control', 'Extend control'];

/** A Page whose routing was turned off while the Page inbox has the conversation: what a person may still do. */
describe.each<BrowserKind>(['chromium', 'firefox'])('routing off, and the inbox has it, in %s', (kind) => {
  const open: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const one of open.reverse()) await one.close();
  });

  async function stage(): Promise<{ meta: Meta; driven: Driven; inbox: Page }> {
    const meta = await startMeta({ bot: false });
    open.push(meta);
    const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true });
    open.push(driven);
    const { userId, psid } = maja(meta);
    meta.world.customerSays(psid, 'Is the blue bike still there?');
    meta.world.sendAsInbox(userId, 'It is, until Friday.', meta.world.state.viewer);
    const inbox = await openInbox(meta, driven);
    await connect(driven, inbox, meta.tokens['4'] ?? '');
    await openConversation(inbox, CUSTOMER);
    return { meta, driven, inbox };
  }

  const run = test.runIf(findBrowser(kind) !== null || process.env.CI === 'true');

  run('believed on: Meta’s refusal in plain words, nothing changed, and the native way from then on', async () => {
    const { meta, driven, inbox } = await stage();
    await until(
      async () => (await sight(inbox, 'baton-banner'))?.text.startsWith('Inbox has this conversation') === true,
      'the banner',
    );
    const popup = await driven.popup(inbox);
    await until(async () => (await buttons(popup)).includes('Pass to bot'), 'the button');

    meta.world.setRouting('messenger', { on: false });
    const before = structuredClone(maja(meta));
    await press(popup, 'Pass to bot');
    await until(async () => (await outcome(popup, 'refused')) !== '', 'the refusal', 20_000);

    const alert = await popup.$('[role=alert]');
    expect(await alert?.evaluate((element) => element.getAttribute('data-outcome'))).toBe('refused');
    const words = await outcome(popup, 'refused');
    expect(words).toContain('Meta refused to give control');
    expect(words).toContain('Conversation routing is off for this Page, so no app may take control.');
    expect(words).toContain('Ask someone with full access to the Page to set a default app.');
    expect(words).not.toMatch(/#27|2018464|OAuthException/);
    expect(writes(meta)).toEqual(['me/take_thread_control 27']);
    expect(maja(meta)).toEqual(before);
    expect(meta.world.owner(maja(meta))).toBe(meta.apps.inbox);

    await until(async () => (await read(popup)).includes(NATIVE), 'the native way');
    expect(await buttons(popup)).toEqual(['Request control']);
  });

  run('known to be off: the native sentence, and no button that Meta would refuse', async () => {
    const { meta, driven, inbox } = await stage();
    meta.world.setRouting('messenger', { on: false });
    const before = listReadings(meta);
    meta.world.customerSays(maja(meta).psid, 'And the red one?');
    await until(async () => listReadings(meta) > before, 'the list to be read again', 30_000);
    const popup = await driven.popup(inbox);
    await until(async () => (await read(popup)).includes(NATIVE), 'the native way', 30_000);
    // Asking is a call that Meta takes; it moves nothing by itself, and is not shown as if it had.
    expect(await buttons(popup)).toEqual(['Request control']);
    await press(popup, 'Request control');
    await until(async () => (await outcome(popup, 'accepted')) !== '', 'the end of the request', 20_000);
    expect(writes(meta)).toEqual(['me/request_thread_control 200']);
    expect(meta.world.owner(maja(meta))).toBe(meta.apps.inbox);
  });
});

const maja = (meta: Meta) => meta.world.threadWith(CUSTOMER);

/** Calls of Baton's that would change something, and how Meta answered. */
function writes(meta: Meta): string[] {
  return meta.log
    .list()
    .filter(({ method, path }) => method === 'POST' && path.includes('thread_control'))
    .map(({ path, code, status }) => `${path.replace(/^\//, '')} ${code ?? status}`);
}

const listReadings = (meta: Meta) =>
  meta.log.list().filter(({ path, params }) => path.endsWith('conversations') && params.user_id === undefined).length;

/** The popup's buttons that act on control. */
async function buttons(popup: Page): Promise<string[]> {
  const all = await popup.$$eval('button', (found) => found.map((button) => (button.textContent ?? '').trim()));
  return all.filter((words) => CONTROL_BUTTONS.includes(words));
}
