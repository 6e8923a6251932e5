/**
 * What reaches a content script, which lives in Facebook's page: over a whole session, through the background's own
 * wiring, nothing that belongs to Setup alone.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FromInbox, Requests } from '../../utils/messages';
import { holdsSecret } from '../setup/secrets';
import { openExtension } from './extension';
import { playSeedStory } from './seed-story';
import { type Degree, openStage } from './stage';

vi.setConfig({ testTimeout: 60_000 });

const PASSPHRASE = 'nine bicycles in the rain';

describe('what an inbox is told', () => {
  test.each<Degree>([2, 4])('holds no token over a whole session at degree %i', async (degree) => {
    const stage = await openStage({ degree });
    const { meta, clock, services, told } = stage;
    const { setup, options } = services;
    const { pageId } = meta;
    await clock.until(setup.connect({ token: meta.tokens.expired!, botApp: '' }));
    await clock.until(setup.connect({ token: meta.tokens.user!, botApp: '', pageId }));
    await stage.connect();
    await clock.until(setup.check(pageId));
    await clock.until(setup.trial(pageId, stage.thread.psid));
    await clock.until(options.changeVault({ mode: 'passphrase', passphrase: PASSPHRASE }));
    await setup.declare({ pageId, signature: '[Spoke bot says]', handBackPhrase: 'back to bot' });
    await playSeedStory(stage);
    meta.world.state.tokens.find(({ value }) => value === meta.tokens[String(degree)])!.invalidated = 460;
    await clock.until(setup.check(pageId));
    await clock.advance(20_000);

    expect(told.length).toBeGreaterThan(30);
    expect((await setup.view(null)).pages[0]?.stopped).toContain('password');
    const secrets = [...Object.values(meta.tokens), PASSPHRASE, '[Spoke bot says]', 'Configuration', 'permissions'];
    expect(secrets.filter((secret) => holdsSecret(told, secret))).toEqual([]);
    expect(holdsSecret(told, 'back to bot')).toBe(true);
    await stage.close();
  });
});

describe('through the background’s own wiring', () => {
  let close = async () => {};
  afterEach(() => close());

  /** Everything that a content script may ask of Setup, and would be given on a page of Baton's own. */
  const ASKED: { [Name in keyof Requests]: Parameters<Requests[Name]>[0] } = {
    connectPage: { token: '', botApp: '' },
    forgetPage: { pageId: '104857600000017' },
    checkAgain: { pageId: '104857600000017' },
    checkCalls: { pageId: '104857600000017' },
    declare: { pageId: '104857600000017', signature: '[Spoke]' },
    tick: { pageId: '104857600000017', check: 'default-app', on: true },
    trial: { pageId: '104857600000017', psid: '1' },
    unlock: { passphrase: PASSPHRASE },
    forgetAll: null,
    changeVault: { mode: 'session', passphrase: '' },
    changeSettings: { keepDays: 7 },
    exportSettings: null,
    importSettings: { text: '{"baton":1}' },
    report: null,
  };

  test('an inbox is answered by views alone; what it asks of Setup is refused, and changes nothing', async () => {
    const extension = await openExtension();
    close = extension.close;
    const { meta, ownPage, inbox } = extension;
    const token = meta.tokens['4']!;
    const port = inbox.connect('inbox');
    const popup = ownPage.connect('popup');
    const see = () => port.post({ type: 'seen', seen: extension.seen() } satisfies FromInbox);
    see();
    expect(await ownPage.ask('connectPage', { token, botApp: '' })).toMatchObject({ ok: true });
    // What the popup is told shows that the search would find what Setup knows.
    await vi.waitFor(() => expect(holdsSecret(popup.received, 'permissions')).toBe(true));
    see();
    await vi.waitFor(() => expect(JSON.stringify(port.received.at(-1))).toContain('"psid"'));
    const before = await ownPage.ask('exportSettings', null);

    const answers = await Promise.all(
      Object.entries(ASKED).map(([name, data]) => inbox.ask(name as keyof Requests, data)),
    );
    expect(answers).toEqual(answers.map(() => ({ ok: false, sentence: 'Only Baton’s own pages may ask for this.' })));
    expect(await ownPage.ask('exportSettings', null)).toEqual(before);
    expect(inbox.connect('popup').closed()).toBe(true);

    expect(new Set(port.received.map((message) => Object.keys(message as object).join()))).toEqual(
      new Set(['type,view']),
    );
    expect(holdsSecret([port.received, answers], token)).toBe(false);
    expect(holdsSecret(port.received, 'permissions')).toBe(false);
  });
});
