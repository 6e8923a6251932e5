import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import { CUSTOMER, DAY, give, maja, shownOwner, writes } from './control-stage';
import { attack } from './hostile-page';
import { type Driven, drive, until } from './launch';
import { connect, openInbox } from './set-up';
import { paste } from './setup-page';
import { openConversation, outcome, press, read, showTab, sight, sights } from './sight';

/** Invisible, as a bot may mark its messages. */
const MARKER = '\u2063\u2064\u2063';

/** Control as a person has it: every button, an answer that is lost, what happens while one types, and a hostile page. */
describe.each<BrowserKind>(['chromium', 'firefox'])('control in %s', (kind) => {
  const run = test.runIf(findBrowser(kind) !== null || process.env.CI === 'true');
  let staged: Promise<{ meta: Meta; driven: Driven; inbox: Page }> | null = null;
  afterAll(async () => {
    const { meta, driven } = (await staged) ?? {};
    await driven?.close();
    await meta?.close();
  });

  /** One browser for all, connected with the bot's own token as the default app. */
  function stage() {
    staged ??= (async () => {
      const meta = await startMeta({ bot: false });
      const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true });
      give(meta, 'bot');
      meta.world.customerSays(maja(meta).psid, 'Hello');
      const inbox = await openInbox(meta, driven);
      await connect(driven, inbox, meta.tokens['4'] ?? '');
      await openConversation(inbox, CUSTOMER);
      await until(async () => (await shownOwner(inbox)) === 'bot', 'the banner');
      return { meta, driven, inbox };
    })();
    return staged;
  }

  /** Brings a conversation to an owner at Meta's side, and waits until the page shows it. */
  async function ownedBy(app: 'bot' | 'inbox', shown: string) {
    const { meta, inbox } = await stage();
    give(meta, app);
    // A message of the customer's makes Baton read again at once.
    meta.world.customerSays(maja(meta).psid, `Still there? ${meta.log.list().length}`);
    await until(async () => (await shownOwner(inbox)) === shown, `the owner ${shown}`, 30_000);
  }

  /** Presses a button of the popup, and resolves to what a person then reads: an end of this kind, with these words. */
  async function pressIn(words: string, kind: string, said: string): Promise<string> {
    const { driven, inbox } = await stage();
    const popup = await driven.popup(inbox);
    await until(async () => (await read(popup)).includes(words), `the button “${words}”`);
    await press(popup, words);
    const ended = async () => (await outcome(popup, kind)).includes(said);
    await until(ended, `${words}: ${kind}`, 20_000).catch(async (error: Error) => {
      throw new Error(`${error.message} The popup reads:\n${await read(popup)}`);
    });
    const end = await outcome(popup, kind);
    await popup.close();
    await inbox.bringToFront();
    return end;
  }

  run('Extend control', async () => {
    const { meta } = await stage();
    await pressIn('Extend control', 'done', 'Control extended');
    expect(maja(meta).control?.expiresAt).toBeGreaterThan(meta.world.now() + 6.9 * DAY);
  });

  run('Release', async () => {
    const { meta, inbox } = await stage();
    // Tried once more, it has to begin where it began.
    if (meta.world.owner(maja(meta)) !== meta.apps.bot) await ownedBy('bot', 'bot');
    await pressIn('Release', 'done', 'Nobody has it');
    expect(meta.world.owner(maja(meta))).toBeNull();
    await until(async () => (await shownOwner(inbox)) === 'idle', 'the banner');
  });

  run('an answer that was lost: the owner decides', async () => {
    const { meta } = await stage();
    await ownedBy('inbox', 'inbox');
    meta.faults.add({ kind: 'lost-answer', match: { path: 'take_thread_control' } });
    await pressIn('Pass to bot', 'done', 'Bot has it');
    expect(meta.log.list().filter(({ path, status }) => path.includes('take') && status === 0)).toHaveLength(1);
  });

  run('while one types: the bot has it, then the customer writes; a reply of one’s own ends it', async () => {
    const { meta, inbox } = await stage();
    await ownedBy('bot', 'bot');
    await inbox.bringToFront();
    const composer = await shownComposer(inbox);
    await composer.click();
    await inbox.keyboard.type('One mom');
    await until(async () => (await notice(inbox)) === 'bot-has-it', 'the notice');
    expect((await sight(inbox, 'baton-notice'))?.text).toBe(
      'The bot has this conversation. If you send, the inbox takes control.',
    );
    meta.world.customerSays(maja(meta).psid, 'Forget it');
    await until(async () => (await notice(inbox)) === 'customer-wrote', 'the news');
    // The agent's words are as they were, and sending is up to the agent.
    expect(await composer.evaluate((field) => (field as HTMLElement).innerText.trim())).toBe('One mom');
    await inbox.keyboard.type('ent.');
    await inbox.keyboard.press('Enter');
    await until(async () => (await notice(inbox)) === null, 'no notice');
    expect(maja(meta).messages.at(-1)).toMatchObject({ text: 'One moment.', author: { kind: 'human' } });
  });

  run('what the admin declares about the bot’s words: the phrase in a draft, the signature in a message', async () => {
    const { meta, driven, inbox } = await stage();
    const setup = await driven.popup(inbox);
    await until(async () => (await setup.$$('[role=tab]')).length > 1, 'the tabs');
    await showTab(setup, 'Setup');
    await setup.waitForSelector('[name=signature]');
    await paste(setup, 'signature', MARKER);
    await paste(setup, 'handBackPhrase', 'back to bot');
    expect(await read(setup)).toContain('3 invisible characters: U+2063, U+2064, U+2063.');
    await press(setup, 'Keep these words');
    await until(async () => (await read(setup)).includes('Done.'), 'the word of success');
    await setup.close();

    await ownedBy('bot', 'bot');
    await inbox.bringToFront();
    await (await shownComposer(inbox)).click();
    await inbox.keyboard.type('Good bye. BACK  to bot');
    await until(async () => (await notice(inbox)) === 'phrase', 'the notice of the phrase');
    expect((await sight(inbox, 'baton-notice'))?.text).toContain(
      '“back to bot” hands the conversation back to the bot.',
    );
    await inbox.keyboard.press('Backspace');
    await until(async () => (await notice(inbox)) !== 'phrase', 'the notice to go');
    await inbox.keyboard.type('t');
    await until(async () => (await notice(inbox)) === 'phrase', 'the notice to come again');
    for (const _ of 'Good bye. BACK  to bot') await inbox.keyboard.press('Backspace');
    await until(async () => (await notice(inbox)) === null, 'no notice');

    meta.world.appSends(meta.world.app(meta.apps.bot ?? '')!, maja(meta), { text: `We open at nine.${MARKER}` });
    const drawn = async () => await ours(inbox);
    await until(async () => (await drawn()).includes('It carries the bot’s signature.'), 'the reason', 30_000);
    expect(await sight(inbox, 'baton-label', 'We open at nine.')).toMatchObject({
      data: { author: 'chatbot', certainty: 'certain' },
    });
    expect(await drawn()).not.toContain(MARKER);
  });

  run('a hostile page gets nothing done', async () => {
    const { meta, inbox } = await stage();
    await ownedBy('inbox', 'inbox');
    const before = { writes: writes(meta).length, owner: meta.world.owner(maja(meta)), labels: await labels(inbox) };
    const tried = await inbox.evaluate(attack);
    expect(tried.buttons).toBeGreaterThan(0);
    expect(tried.attempts).toBeGreaterThan(20);
    // Whatever it set off would have come by now: a press is at Meta within this.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect({ writes: writes(meta).length, owner: meta.world.owner(maja(meta)), labels: await labels(inbox) }).toEqual(
      before,
    );
    expect(await shownOwner(inbox)).toBe('inbox');
    expect(tried.extension).toBe(false);
  });

  run('Request control, without routing', async () => {
    const { meta, inbox } = await stage();
    meta.world.setRouting('messenger', { on: false });
    give(meta, 'inbox');
    const before = meta.log.list().length;
    meta.world.customerSays(maja(meta).psid, 'Hello again');
    const listRead = () =>
      meta.log
        .list()
        .slice(before)
        .some(({ path, params }) => path.endsWith('conversations') && !params.user_id);
    await until(async () => listRead(), 'the list to be read again', 30_000);
    await inbox.bringToFront();
    await pressIn('Request control', 'accepted', 'Meta accepted');
    expect(meta.world.owner(maja(meta))).toBe(meta.apps.inbox);
  });
});

/** The reply field on screen: the page keeps a hidden clone before it. */
async function shownComposer(inbox: Page): Promise<ElementHandle<Element>> {
  for (const composer of await inbox.$$('[role=textbox][contenteditable=true]'))
    if (await composer.isVisible()) return composer;
  throw new Error('The inbox has no composer.');
}

/** Everything that Baton has drawn in the page, as markup, tips and what is hidden with it. */
const ours = (inbox: Page): Promise<string> =>
  inbox.evaluate(() =>
    [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot?.innerHTML ?? '').join('\n'),
  );

const notice = async (inbox: Page) => (await sight(inbox, 'baton-notice'))?.data.kind ?? null;
const labels = async (inbox: Page) =>
  (await sights(inbox)).filter(({ tag }) => tag === 'baton-label').map(({ text, data }) => `${data.author} ${text}`);
