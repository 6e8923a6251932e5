import { describe, expect, it } from 'vitest';
import { INSTAGRAM_INBOX, isInbox, ownerOfApp, PAGE_INBOX } from '../../utils/conversation/apps';
import { BOT, botToken, DESK, noToken, OTHER } from './given';

describe('the owner that an app id names', () => {
  it.each([
    ['the bot', BOT, botToken, { kind: 'bot' }],
    ['the same app where no bot was declared', BOT, noToken, { kind: 'app', appId: BOT, name: null }],
    ['the Page inbox', PAGE_INBOX, botToken, { kind: 'inbox' }],
    ['Instagram’s inbox', INSTAGRAM_INBOX, botToken, { kind: 'inbox' }],
    ['an app known by name', DESK, botToken, { kind: 'app', appId: DESK, name: 'Hootsuite' }],
    ['an app that Graph named', OTHER, botToken, { kind: 'app', appId: OTHER, name: 'Orders' }],
  ])('%s', (_, appId, apps, owner) => {
    expect(ownerOfApp(appId, apps, { [OTHER]: 'Orders' })).toEqual(owner);
  });

  it('is not the inbox by any other id, one that is a digit short included', () => {
    expect([PAGE_INBOX, INSTAGRAM_INBOX, '26390203743090', BOT].map(isInbox)).toEqual([true, true, false, false]);
  });
});
