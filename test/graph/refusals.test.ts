import { describe, expect, it, test } from 'vitest';
import type { Step } from '../../utils/conversation/plan';
import { GraphLost, GraphRefusal } from '../../utils/graph/errors';
import { explain, type Trouble } from '../../utils/graph/refusals';

interface Said {
  code?: number;
  subcode?: number;
  words?: string;
  transient?: boolean;
  waitMs?: number;
  forPeople?: string;
}

function refusal({ code, subcode, words = 'An error', transient = false, waitMs, forPeople }: Said): GraphRefusal {
  return new GraphRefusal(words, code ?? null, subcode ?? null, 400, transient, waitMs ?? null, forPeople ?? null);
}

/** Meta, Messenger error codes, Jun 2026; Rate limiting, Mar 2026; field tests of Aug 2026. */
const KNOWN: readonly [Said, Trouble, RegExp, call?: Step['call']][] = [
  // Tokens
  [{ code: 190 }, 'token', /does not accept the token/],
  [{ code: 190, subcode: 458 }, 'token', /removed the app/],
  [{ code: 190, subcode: 459 }, 'token', /locked the account/],
  [{ code: 190, subcode: 460 }, 'token', /password/],
  [{ code: 190, subcode: 463 }, 'token', /expired/],
  [{ code: 190, subcode: 464 }, 'token', /not confirmed/],
  [{ code: 190, subcode: 467 }, 'token', /no longer valid/],
  [{ code: 190, subcode: 492 }, 'token', /role on the Page/],
  [{ code: 102 }, 'token', /session/],
  [{ code: 104, words: 'An access token is required to request this resource.' }, 'token', /no token/],
  [{ code: 2500, words: 'An active access token must be used to query information.' }, 'token', /no token/],

  // Permissions
  [{ code: 3 }, 'permission', /capability/],
  [{ code: 10 }, 'permission', /permission/],
  [{ code: 200 }, 'permission', /permission/],
  [{ code: 299 }, 'permission', /permission/],
  [{ code: 230 }, 'customer', /agreed/],
  [{ code: 100, subcode: 33 }, 'permission', /shows this conversation/],
  [{ code: 200, subcode: 2018028 }, 'permission', /review/],
  [{ code: 2, subcode: 2018344, words: 'Service temporarily unavailable' }, 'permission', /terms/],
  [{ subcode: 2018234, code: 100 }, 'permission', /receivers/],

  // Control
  [
    {
      code: 27,
      words: '(#27) Take thread control is not supported when Conversation Routing is not enabled.',
    },
    'routing-off',
    /routing is off/,
  ],
  [{ code: 27, subcode: 2018464 }, 'routing-off', /routing is off/],
  [
    {
      code: 27,
      words: '(#27) Request thread control is not supported when Conversation Routing is enabled.',
    },
    'routing-on',
    /routing is on/,
  ],
  ...[27, 10, 100].map((code): (typeof KNOWN)[number] => [
    { code, words: `(#${code}) The app may not take control of conversations on this Page.` },
    'permission',
    /not allowed to take control/,
  ]),
  [{ code: 27, words: '(#27) Something new' }, 'permission', /“\(#27\) Something new” \(code 27\)/, 'take'],
  [{ code: 100, words: 'Handover Protocol APIs disabled for this page.' }, 'routing-off', /old handover protocol/],
  [{ code: 10, subcode: 2018300 }, 'not-owner', /Another app controls/],
  [
    { code: 10, words: '(#10) Message failed to send because another app is controlling this thread now.' },
    'not-owner',
    /Another app controls/,
  ],
  [{ code: 100, subcode: 2018321 }, 'not-owner', /question-and-answer/],
  [{ code: 100, subcode: 2018151 }, 'not-owner', /does not have this conversation/],
  [{ code: 100, subcode: 2534037 }, 'not-owner', /does not have this conversation/],
  [{ code: 100, words: '(#100) calling app is not the thread owner' }, 'not-owner', /does not have this conversation/],
  [{ code: 100, words: '(#100) Only the current thread owner can release' }, 'not-owner', /does not have this/],
  [{ code: 100, words: '(#100) The app is already the thread owner' }, 'already-owner', /token has this conversation/],
  [{ code: 100, words: '(#100) The target app is already the thread owner' }, 'already-owner', /should go to has/],
  [{ code: 100, subcode: 2018164 }, 'permission', /does not know the app/],
  [{ code: 100, words: '(#100) Incorrect App ID' }, 'permission', /does not know the app/],
  [{ code: 100, subcode: 2018171 }, 'routing-off', /old handover receivers/],

  // Customers and windows
  [{ code: 10, subcode: 2018278 }, 'window', /window/],
  [{ code: 10, subcode: 2018065 }, 'window', /window/],
  [{ code: 10, subcode: 2534022 }, 'window', /window/],
  [{ code: 10, subcode: 2018108 }, 'customer', /can’t receive/],
  [{ code: 100, subcode: 2018001 }, 'customer', /no such customer/],
  [{ code: 100, words: '(#100) No matching user found' }, 'customer', /no such customer/],
  [{ code: 551 }, 'customer', /blocked/],
  [{ code: 551, subcode: 1545041 }, 'customer', /blocked/],
  [{ code: 200, subcode: 1545041 }, 'customer', /blocked/],
  [{ code: 9000001 }, 'customer', /deleted/],

  // Policy
  [{ code: 10, subcode: 2018336 }, 'policy', /holds messages/],
  [{ code: 10, subcode: 1893063 }, 'policy', /restricted this Page/],
  [{ code: 368 }, 'policy', /blocked this action/],
  [{ code: 100, words: '(#100) The message tag is no longer supported' }, 'policy', /withdrawn/],
  [{ code: 2635 }, 'policy', /ended the version/],

  // Throttles
  ...[4, 17, 32, 341, 613, 80001, 80002, 80006].map((code): (typeof KNOWN)[number] => [
    { code },
    'throttle',
    /fewer calls/,
  ]),
  [{ code: 613, subcode: 1996 }, 'throttle', /fewer calls/],
  [{ code: 613, subcode: 2018338 }, 'throttle', /fewer calls/],
  [{ code: 613, subcode: 2534040 }, 'throttle', /fewer calls/],

  // Passing
  [{ code: 1 }, 'transient', /passing fault/],
  [{ code: 2, words: 'Service temporarily unavailable' }, 'transient', /not available/],
  [{ code: 1200, subcode: 2018024 }, 'transient', /passing fault/],
];

describe('a refusal of Meta’s', () => {
  it.each(KNOWN.map(([said, trouble, cause, call]) => ({ ...said, trouble, cause, call, said })))(
    'code $code, subcode $subcode, “$words”: $trouble',
    ({ said, trouble, cause, call }) => {
      const explained = explain(refusal(said), call);
      expect(explained.trouble).toBe(trouble);
      expect(explained.cause).toMatch(cause);
    },
  );

  test('is told in whole sentences, and never by a number alone', () => {
    for (const [said, , , call] of KNOWN) {
      const { cause, next } = explain(refusal(said), call);
      expect(cause).toMatch(/^[A-Z].*\.$/s);
      expect(cause.replace(/\(.*?code.*?\)/g, '')).not.toMatch(/\d{2,}/);
      if (next !== null) expect(next).toMatch(/^[A-Z].*\.$/s);
    }
  });

  test('“try again” is said only where waiting mends it', () => {
    for (const [said, trouble, , call] of KNOWN) {
      const { next } = explain(refusal(said), call);
      if (trouble !== 'throttle' && trouble !== 'transient') expect(next ?? '').not.toMatch(/try again|wait a moment/i);
    }
  });

  test('a cause that somebody has to mend says what to do next', () => {
    for (const [said, trouble, , call] of KNOWN)
      if (['token', 'routing-off', 'routing-on', 'not-owner'].includes(trouble))
        expect(explain(refusal(said), call).next).not.toBeNull();
  });
});

describe('a refusal that Baton does not know', () => {
  it.each<[string, Said, string]>([
    ['words and numbers', { code: 4711, subcode: 99, words: 'No frobbing' }, '“No frobbing” (code 4711, subcode 99)'],
    ['words for people first', { code: 4711, words: 'x', forPeople: 'Not today' }, '“Not today” (code 4711)'],
    ['no numbers', { words: 'Strange' }, '“Strange” (code none)'],
    ['no words', { code: 4711, words: ' ' }, 'no words, code 4711'],
    ['a known code with unknown words', { code: 100, words: '(#100) Quite new' }, '“(#100) Quite new” (code 100)'],
  ])('%s', (_, said, shown) => {
    const { cause, trouble, next } = explain(refusal(said));
    expect(cause).toContain(shown);
    expect(trouble).toBe('unknown');
    expect(next).toMatch(/whoever looks after the bot/);
  });

  it('passes by itself where Meta says so', () => {
    expect(explain(refusal({ code: 4711, transient: true }))).toMatchObject({ trouble: 'transient' });
  });
});

describe('how long to wait', () => {
  it.each<[string, Said, number, RegExp]>([
    ['the time that Meta names', { code: 80006, waitMs: 300_000 }, 300_000, /asks to wait 5 min/],
    ['a minute where it names none', { code: 613 }, 60_000, /Wait a moment/],
  ])('%s', (_, said, waitMs, next) => {
    const explained = explain(refusal(said));
    expect(explained.waitMs).toBe(waitMs);
    expect(explained.next).toMatch(next);
  });
});

describe('no answer', () => {
  it.each(['network', 'timeout', 'unreadable'] as const)('%s is lost, not refused', (why) => {
    expect(explain(new GraphLost(why))).toMatchObject({ trouble: 'lost', cause: expect.stringMatching(/\.$/) });
  });
  it('a fault of Baton’s own is not blamed on Meta', () => {
    expect(explain(new TypeError('undefined is not a function')).cause).toBe('Something went wrong inside Baton.');
  });
});
