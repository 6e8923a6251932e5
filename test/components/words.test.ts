import { beforeAll, describe, expect, test } from 'vitest';
import {
  age,
  ahead,
  authorLabel,
  clockMeaning,
  handoverLine,
  handoverReason,
  invisibleLine,
  ownerTitle,
  rowOwner,
  sourceLine,
  standing,
  timeLeft,
  timeOfDay,
  transferredBy,
} from '../../components/words';
import type { Author } from '../../utils/conversation/author';
import type { OwnerClaim } from '../../utils/conversation/owner';
import type { HandoverView } from '../../utils/conversation/view';
import { DAY, HOUR, handover, MINUTE, NOW, OWNERS, ownerClaim } from './states';

/** Times of day as this machine's language writes them: the words around them are what is tested. */
const at = (time: number) => timeOfDay(time, NOW);

beforeAll(() => {
  process.env.TZ = 'UTC';
});

describe('time left: at most two units, whole minutes, rounded down', () => {
  test.each([
    [7 * DAY, '7 d 0 h left'],
    [5 * DAY + 3 * HOUR + 59 * MINUTE, '5 d 3 h left'],
    [DAY, '1 d 0 h left'],
    [DAY - 1, '23 h 59 min left'],
    [192 * MINUTE, '3 h 12 min left'],
    [HOUR, '1 h 0 min left'],
    [HOUR - 1, '59 min left'],
    [MINUTE, '1 min left'],
    [MINUTE - 1, 'under 1 min left'],
    [1, 'under 1 min left'],
  ])('%i ms: %s', (ms, words) => {
    expect(timeLeft(NOW + ms, NOW)).toBe(words);
  });
});

describe('age', () => {
  test.each([
    [-5_000, 'just now'],
    [0, 'just now'],
    [MINUTE - 1, 'just now'],
    [MINUTE, '1 min ago'],
    [4 * MINUTE + 59_999, '4 min ago'],
    [130 * MINUTE, '2 h 10 min ago'],
    [3 * DAY, '3 d 0 h ago'],
  ])('%i ms: %s', (ms, words) => {
    expect(age(NOW - ms, NOW)).toBe(words);
  });
});

describe('what lies ahead is rounded up, so that nothing happens before it was said', () => {
  test.each([
    [-1, 'at once'],
    [0, 'at once'],
    [1, 'in 1 min'],
    [MINUTE, 'in 1 min'],
    [MINUTE + 1, 'in 2 min'],
  ])('%i ms: %s', (ms, words) => {
    expect(ahead(NOW + ms, NOW)).toBe(words);
  });
});

describe('times of day follow the browser’s language, and name the day where it is another one', () => {
  test.each([
    [NOW, 'en-GB', '14:14'],
    [NOW, 'en-US', '2:14 PM'],
    [NOW, 'de', '14:14'],
    [NOW - 2 * DAY, 'en-GB', 'Fri 14:14'],
    [NOW + DAY, 'en-GB', 'Mon 14:14'],
    [NOW - 14 * HOUR - 15 * MINUTE, 'en-GB', 'Sat 23:59'],
    [NOW - 13 * DAY, 'en-GB', '9 Nov, 14:14'],
  ])('%i in %s: %s', (time, locale, words) => {
    expect(timeOfDay(time, NOW, locale).replace(/\s/g, ' ')).toBe(words);
  });
});

describe('the owner, in a row and as a title', () => {
  const until = OWNERS.unnamed.until;
  const likely: Partial<OwnerClaim> = { certainty: 'likely' };
  const old: Partial<OwnerClaim> = { observedAt: NOW - 4 * MINUTE };
  test.each<[keyof typeof OWNERS, Partial<OwnerClaim>, string | null, string]>([
    ['bot', {}, 'Bot', 'Bot has this conversation'],
    ['bot', likely, 'Likely bot', 'Bot likely has this conversation'],
    ['bot', old, 'Bot 4 min ago', 'Bot had this conversation 4 min ago'],
    ['bot', { ...likely, ...old }, 'Bot 4 min ago', 'Bot likely had this conversation 4 min ago'],
    ['inbox', {}, 'Inbox', 'Inbox has this conversation'],
    ['inbox', likely, 'Likely inbox', 'Inbox likely has this conversation'],
    ['inbox', old, 'Inbox 4 min ago', 'Inbox had this conversation 4 min ago'],
    ['app', {}, 'ManyChat', 'ManyChat has this conversation'],
    ['app', likely, 'Likely ManyChat', 'ManyChat likely has this conversation'],
    ['app', old, 'ManyChat 4 min ago', 'ManyChat had this conversation 4 min ago'],
    ['unnamed', {}, `Held until ${at(until)}`, `Held until ${at(until)}`],
    ['unnamed', likely, 'Likely held', `Likely held until ${at(until)}`],
    ['unnamed', old, 'Held 4 min ago', 'Held by an unnamed app 4 min ago'],
    ['not-bot', {}, 'Not the bot', 'The bot does not have this conversation'],
    ['not-bot', likely, 'Likely not the bot', 'The bot likely does not have this conversation'],
    ['not-bot', old, 'Not the bot 4 min ago', 'The bot did not have this conversation 4 min ago'],
    ['idle', {}, 'Nobody', 'Nobody has this conversation'],
    ['idle', likely, 'Likely nobody', 'Likely nobody has this conversation'],
    ['idle', old, 'Nobody 4 min ago', 'Nobody had this conversation 4 min ago'],
    ['unknown', {}, null, 'Owner not known'],
    ['unknown', old, null, 'Owner not known'],
  ])('%s %o', (kind, claim, inRow, asTitle) => {
    const owner = ownerClaim(OWNERS[kind], claim);
    expect([rowOwner(owner, NOW), ownerTitle(owner, NOW)]).toEqual([inRow, asTitle]);
  });

  test('an app that Meta gives no name', () => {
    const owner = ownerClaim({ kind: 'app', appId: '1', name: null });
    expect([rowOwner(owner, NOW), ownerTitle(owner, NOW)]).toEqual([
      'Another app',
      'Another app has this conversation',
    ]);
  });

  test('held by an unnamed app, with no end given', () => {
    const owner = ownerClaim({ kind: 'unnamed', until: null });
    expect([rowOwner(owner, NOW), ownerTitle(owner, NOW)]).toEqual(['Held', 'Held by an unnamed app']);
  });

  test.each([
    [119_999, 'Bot'],
    [120_000, 'Bot 2 min ago'],
  ])('a reading of %i ms ago: %s', (ms, words) => {
    expect(rowOwner(ownerClaim(OWNERS.bot, { observedAt: NOW - ms }), NOW)).toBe(words);
  });
});

describe('how a claim came about', () => {
  test.each([
    ['graph', 'certain', 'Read from Meta 1 min ago.', 'Certain, read from Meta 1 min ago.'],
    ['page', 'certain', 'Seen on this page 1 min ago.', 'Certain, seen on this page 1 min ago.'],
    ['performed', 'certain', 'Done by Baton 1 min ago.', 'Certain, done by Baton 1 min ago.'],
    [
      'inferred',
      'likely',
      'Concluded from several signs 1 min ago.',
      'Likely, concluded from several signs 1 min ago.',
    ],
  ] as const)('%s, %s', (source, certainty, line, words) => {
    const claim = ownerClaim(OWNERS.bot, { source, certainty });
    expect([sourceLine(claim, NOW), standing(claim, NOW)]).toEqual([line, words]);
  });

  test('an old claim says that it is old, whatever it was', () => {
    const claim = ownerClaim(OWNERS.bot, { observedAt: NOW - 4 * MINUTE });
    expect(standing(claim, NOW, true)).toBe('Old, read from Meta 4 min ago.');
  });
});

describe('the label under a message', () => {
  test.each<[Author, string | null, string | null]>([
    [{ kind: 'chatbot' }, 'Replied by a chatbot', 'Replied by a chatbot · likely'],
    [{ kind: 'human', name: 'Ida Novak' }, 'Replied by Ida Novak', 'Replied by Ida Novak · likely'],
    [{ kind: 'human', name: null }, 'Replied by a person', 'Replied by a person · likely'],
    [{ kind: 'automation' }, 'Automated by Meta', 'Automated by Meta · likely'],
    [{ kind: 'meta-ai' }, 'Replied by Meta AI', 'Replied by Meta AI · likely'],
    [{ kind: 'unknown', why: 'No sign.' }, null, null],
  ])('%o', (author, certain, likely) => {
    expect([authorLabel(author, false), authorLabel(author, true)]).toEqual([certain, likely]);
  });
});

describe('handover marks name no more than Meta named, and no instant that was not seen', () => {
  const seen = NOW - 12 * MINUTE;
  const before = seen - 38 * MINUTE;
  test.each<[string, Partial<HandoverView>, string]>([
    ['between two close readings', {}, `Control moved from Bot to Inbox · ${at(seen)}`],
    ['60 s apart', { after: seen - MINUTE }, `Control moved from Bot to Inbox · ${at(seen)}`],
    [
      'further apart',
      { from: 'inbox', to: 'bot', after: before },
      `Control moved from Inbox to Bot · between ${at(before)} and ${at(seen)}`,
    ],
    ['to an app by name', { to: 'app', toName: 'ManyChat' }, `Control moved from Bot to ManyChat · ${at(seen)}`],
    ['from an app without a name', { from: 'app' }, `Control moved from another app to Inbox · ${at(seen)}`],
    ['to whom is not named', { to: 'unnamed' }, `Bot no longer has control · ${at(seen)}`],
    ['to nobody', { to: 'idle' }, `Bot no longer has control · ${at(seen)}`],
    ['from whom is not named', { from: 'unnamed' }, `Inbox has control · ${at(seen)}`],
    ['to an app without a name', { from: null, to: 'app' }, `Another app has control · ${at(seen)}`],
    ['nothing read before', { from: null, after: null }, `Inbox has control · seen at ${at(seen)}`],
    ['neither is named', { from: 'unnamed', to: 'not-bot' }, `Control moved · ${at(seen)}`],
  ])('%s', (_, change, words) => {
    expect(handoverLine(handover(change), NOW)).toBe(words);
  });

  test('the reason names both readings', () => {
    expect(handoverReason(handover({ after: before }), NOW)).toBe(
      `First read at ${at(seen)}. The reading before it was at ${at(before)}.`,
    );
    expect(handoverReason(handover({ after: null }), NOW)).toBe(
      `First read at ${at(seen)}. Nothing was read before it.`,
    );
  });

  test('a transfer to the inbox says when the bot made it', () => {
    expect(transferredBy({ at: seen, after: seen - 15_000 }, NOW)).toBe(`By the bot at ${at(seen)}.`);
    expect(transferredBy({ at: seen, after: before }, NOW)).toBe(`By the bot between ${at(before)} and ${at(seen)}.`);
  });
});

test('clocks that are lower bounds say so, and none says that one may not reply', () => {
  const end = NOW + 3 * HOUR;
  expect(clockMeaning('standard', end, NOW)).toBe(`Any app may send until ${at(end)}, at least.`);
  expect(clockMeaning('human-agent', end, NOW)).toBe(
    `A person may send through an approved app until ${at(end)}, at least.`,
  );
  expect(clockMeaning('control', end, NOW)).toBe(`Control lasts until ${at(end)}, then routing decides.`);
});

describe('what is not seen, in a line', () => {
  const points = (count: number) => Array.from({ length: count }, () => 'U+200B');
  test.each([
    [0, null],
    [1, '1 invisible character: U+200B.'],
    [2, '2 invisible characters: U+200B, U+200B.'],
    [9, `9 invisible characters: ${points(8).join(', ')}, …`],
  ])('%i', (count, line) => {
    expect(invisibleLine(points(count))).toBe(line);
  });
});
