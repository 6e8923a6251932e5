/** What the admin declares about the bot's words, from Setup, a file or a policy to what an inbox is told. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Given } from '../../utils/services/settings';
import { holdsSecret } from '../setup/secrets';
import { type Degree, openStage, type Stage } from './stage';

vi.setConfig({ testTimeout: 30_000 });

const MARKER = '\u2063\u2064\u2063';
const CONSOLE = ['log', 'info', 'warn', 'error', 'debug'] as const;

let stage: Stage;
afterEach(async () => {
  vi.restoreAllMocks();
  await stage.close();
});

/** A Page whose own code tells nothing of its messages, so that no author of an app's message is certain. */
async function open(degree: Degree = 4, policy: Given = {}): Promise<void> {
  stage = await openStage({ degree, facts: false, footers: false, policy });
  await stage.connect();
}

const declare = async (words: { signature?: string; handBackPhrase?: string }) => {
  const reply = await stage.services.setup.declare({ pageId: stage.meta.pageId, ...words });
  await stage.clock.advance(1_000);
  return reply.ok ? null : reply.sentence;
};

/** The bot answers in these words. */
async function botSays(text: string): Promise<void> {
  const { world, meta, thread } = stage;
  world.give(thread, meta.apps.bot!);
  world.appSends(world.app(meta.apps.bot!)!, thread, { text });
  await stage.clock.advance(8_000);
}

/** Who is said to have written the newest message. */
function newestAuthor(): string {
  const author = stage.shown().labels.at(-1)!.author;
  return author.value.kind === 'unknown' ? 'unknown' : `${author.certainty} ${author.value.kind}`;
}

const declared = async () => (await stage.services.setup.view(null)).pages[0]?.declared;

describe('the signature', () => {
  test.each<[string, Degree, string, string]>([
    ['a prefix', 2, '[Spoke]', '[Spoke] We open at nine.'],
    ['a prefix in another case', 3, '[spoke]', '[SPOKE] We open at nine.'],
    ['a marker at the end', 2, MARKER, `We open at nine.${MARKER}`],
    ['a marker in between', 4, MARKER, `We open${MARKER} at nine.`],
  ])('%s, at degree %i: the message is the bot’s for certain, from the moment it is declared', async (...given) => {
    const [, degree, signature, text] = given;
    await open(degree);
    await botSays(text);
    expect(newestAuthor()).not.toBe('certain chatbot');
    expect(await declare({ signature })).toBeNull();
    expect(newestAuthor()).toBe('certain chatbot');
    expect(await declare({ signature: '' })).toBeNull();
    expect(newestAuthor()).not.toBe('certain chatbot');
  });

  test.each([
    ['without it', 'We open at nine.'],
    ['with it in the middle', 'We open at nine. [Spoke]'],
  ])('a message %s is not called so', async (_, text) => {
    await open();
    await declare({ signature: '[Spoke]' });
    await botSays(text);
    expect(newestAuthor()).not.toBe('certain chatbot');
  });

  test.each([
    ['a prefix', '[Spoke bot says]', '[Spoke bot says] We open at nine.'],
    ['a marker', MARKER.repeat(4), `We open at nine.${MARKER.repeat(4)}`],
  ])('%s is in nothing that is shown, reported or logged', async (_, signature, text) => {
    const said: unknown[] = [];
    for (const name of CONSOLE) vi.spyOn(console, name).mockImplementation((...words) => void said.push(...words));
    await open();
    await declare({ signature });
    await botSays(text);
    await stage.press('human', 'The price is agreed.');
    expect(newestAuthor()).toBe('certain chatbot');
    const { tabs, setup } = stage.services;
    const { pages } = await setup.view(null);
    const shown = [stage.told, await tabs.popupView(), await setup.report(), pages.map(({ checks }) => checks), said];
    expect(holdsSecret(shown, signature)).toBe(false);
    expect(holdsSecret(pages, signature)).toBe(true);
  });
});

describe('the hand-back phrase', () => {
  test('reaches the inbox with the open conversation, and goes when it is removed', async () => {
    await open();
    expect(stage.shown().handBackPhrase).toBeNull();
    await declare({ handBackPhrase: 'back to bot' });
    expect(stage.shown().handBackPhrase).toBe('back to bot');
    await declare({ handBackPhrase: '  ' });
    expect(stage.shown().handBackPhrase).toBeNull();
  });
});

describe('what is declared', () => {
  test('is kept one by one: what is absent stays', async () => {
    await open();
    await declare({ signature: '[Spoke]' });
    await declare({ handBackPhrase: 'back to bot' });
    expect(await declared()).toEqual({ signature: '[Spoke]', handBackPhrase: 'back to bot', byPolicy: [] });
  });

  test.each([
    ['a signature that people’s words begin with', { signature: 'Hello' }],
    ['a phrase of one letter', { handBackPhrase: 'b' }],
    ['one of two that cannot be used', { signature: '[Spoke]', handBackPhrase: 'b' }],
  ])('is refused in one sentence, and nothing is kept: %s', async (_, words) => {
    await open();
    expect(await declare(words)).toMatch(/^[A-Z][^.]*\.$/);
    expect(await declared()).toEqual({ signature: null, handBackPhrase: null, byPolicy: [] });
  });

  test('stays when the Page’s token is renewed, and goes with the Page', async () => {
    await open();
    await declare({ signature: '[Spoke]' });
    await stage.connect();
    expect(await declared()).toMatchObject({ signature: '[Spoke]' });
    await stage.services.setup.forget(stage.meta.pageId);
    await stage.connect();
    expect(await declared()).toMatchObject({ signature: null });
  });

  test('outlives another way to keep the token, and a token that Meta no longer accepts', async () => {
    await open();
    const { meta, clock, services } = stage;
    await declare({ signature: '[Spoke]' });
    await clock.until(services.options.changeVault({ mode: 'session', passphrase: '' }));
    meta.world.state.tokens.find(({ value }) => value === meta.tokens['4'])!.invalidated = 460;
    await clock.until(services.setup.check(meta.pageId));
    expect((await services.setup.view(null)).pages[0]).toMatchObject({
      stopped: expect.stringContaining('password'),
      declared: { signature: '[Spoke]' },
    });
  });

  test('for a Page that is not connected is refused', async () => {
    await open();
    expect(await stage.services.setup.declare({ pageId: '1', signature: '[Spoke]' })).toMatchObject({ ok: false });
  });
});

describe('a policy', () => {
  const policy = (words: object): Given => ({ pages: [{ id: stageId, ...words }] });
  /** The emulator's Page, which is the same in every world. */
  const stageId = '104857600000017';

  test('declares for its Page, and goes before what an admin types', async () => {
    await open(2, policy({ signature: '[Spoke]', handBackPhrase: 'back to bot' }));
    expect(stage.meta.pageId).toBe(stageId);
    await botSays('[Spoke] We open at nine.');
    expect(newestAuthor()).toBe('certain chatbot');
    await declare({ signature: '[Another]' });
    expect(await declared()).toEqual({
      signature: '[Spoke]',
      handBackPhrase: 'back to bot',
      byPolicy: ['signature', 'handBackPhrase'],
    });
  });

  test('that sets one leaves the other to the admin', async () => {
    await open(2, policy({ handBackPhrase: 'back to bot' }));
    await declare({ signature: '[Spoke]' });
    expect(await declared()).toEqual({
      signature: '[Spoke]',
      handBackPhrase: 'back to bot',
      byPolicy: ['handBackPhrase'],
    });
  });

  test('with words that cannot be used still says which Pages may be connected', async () => {
    await open(2, policy({ signature: 'Hi' }));
    expect(await declared()).toEqual({ signature: null, handBackPhrase: null, byPolicy: [] });
    const { world, meta, clock, services } = stage;
    const pageId = world.state.otherPageId;
    const reply = await clock.until(services.setup.connect({ token: meta.tokens['other-page']!, botApp: '', pageId }));
    expect(reply).toMatchObject({ ok: false, sentence: expect.stringContaining('organisation') });
  });
});
