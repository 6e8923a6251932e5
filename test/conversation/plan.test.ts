import { describe, expect, it } from 'vitest';
import { type Apps, PAGE_INBOX, type Routing } from '../../utils/conversation/apps';
import type { Owner, OwnerAnswer, OwnerClaim } from '../../utils/conversation/owner';
import {
  compensation,
  offersFor,
  type Plan,
  planControl,
  previewOf,
  type Step,
  stepShown,
  type Wanted,
  wantedOwnerReached,
} from '../../utils/conversation/plan';
import {
  BOT,
  bot,
  botToken,
  DESK,
  empty,
  inbox,
  NOW,
  named,
  noToken,
  OTHER,
  otherToken,
  reading,
  tokenApp,
  unnamed,
} from './given';

const OWNERS = {
  bot: { kind: 'bot' },
  inbox: { kind: 'inbox' },
  idle: { kind: 'idle' },
  desk: { kind: 'app', appId: DESK, name: 'Hootsuite' },
  token: { kind: 'app', appId: OTHER, name: null },
  'not-bot': { kind: 'not-bot' },
  unnamed: { kind: 'unnamed', until: NOW },
  unknown: { kind: 'unknown', why: '' },
} satisfies Record<string, Owner>;

type OwnerName = keyof typeof OWNERS;

function inWords(plan: Plan): string {
  if (plan.kind !== 'calls') return plan.kind;
  const names: Record<string, string> = { [PAGE_INBOX]: 'inbox', [BOT]: 'bot' };
  return plan.steps.map((step) => (step.call === 'pass' ? `pass to ${names[step.to]}` : step.call)).join(', ');
}

function plan(wanted: Wanted, owner: OwnerName, routing: Routing, apps: Apps): string {
  return inWords(planControl({ wanted, owner: OWNERS[owner], routing, apps, ownerFresh: true }));
}

const others: OwnerName[] = ['desk', 'unnamed', 'unknown'];

/** The table of the design: wanted, token, owners, plan with routing, plan without. */
const TABLE: [Wanted, Apps, OwnerName[], string, string][] = [
  ['human', botToken, ['inbox'], 'nothing', 'nothing'],
  ['human', botToken, ['bot', 'idle'], 'pass to inbox', 'pass to inbox'],
  ['human', botToken, [...others, 'not-bot'], 'native', 'native'],
  ['human', otherToken, ['inbox'], 'nothing', 'nothing'],
  ['human', otherToken, ['token', 'idle'], 'pass to inbox', 'pass to inbox'],
  ['human', otherToken, [...others, 'bot'], 'take, pass to inbox', 'native'],
  ['bot', botToken, ['bot'], 'nothing', 'nothing'],
  ['bot', botToken, ['idle'], 'take', 'request'],
  ['bot', botToken, [...others, 'inbox', 'not-bot'], 'take', 'refused'],
  ['bot', otherToken, ['bot'], 'nothing', 'nothing'],
  ['bot', otherToken, ['token', 'idle'], 'pass to bot', 'pass to bot'],
  ['bot', otherToken, [...others, 'inbox'], 'take, pass to bot', 'refused'],
  ['let-go', botToken, ['bot'], 'release', 'release'],
  ['let-go', botToken, [...others, 'inbox', 'idle', 'not-bot'], 'refused', 'refused'],
  ['let-go', otherToken, ['token'], 'release', 'release'],
  ['let-go', otherToken, [...others, 'bot', 'inbox', 'idle'], 'refused', 'refused'],
  ['ask', botToken, ['bot'], 'nothing', 'nothing'],
  ['ask', botToken, [...others, 'inbox', 'idle', 'not-bot'], 'refused', 'request'],
  ['ask', otherToken, [...others, 'token', 'bot', 'inbox', 'idle'], 'refused', 'refused'],
  ['longer', botToken, ['bot'], 'extend', 'extend'],
  ['longer', botToken, [...others, 'inbox', 'idle', 'not-bot'], 'refused', 'refused'],
  ['longer', otherToken, [...others, 'token', 'bot', 'inbox', 'idle'], 'refused', 'refused'],
];

describe('the control plan', () => {
  const rows = TABLE.flatMap(([wanted, apps, owners, routed, unrouted]) =>
    owners.map((owner) => ({
      wanted,
      token: apps === botToken ? 'the bot’s' : 'another',
      apps,
      owner,
      routed,
      unrouted,
    })),
  );
  it.each(rows)('wanted $wanted, token $token, owner $owner: $routed; without routing $unrouted', (row) => {
    expect(plan(row.wanted, row.owner, 'on', row.apps)).toBe(row.routed);
    expect(plan(row.wanted, row.owner, 'off', row.apps)).toBe(row.unrouted);
    expect(plan(row.wanted, row.owner, 'unknown', row.apps)).toBe(row.unrouted);
  });

  it('without a token knows the native way alone', () => {
    const wanted: Wanted[] = ['human', 'bot', 'let-go', 'ask', 'longer'];
    expect(wanted.map((one) => plan(one, 'unknown', 'on', noToken))).toEqual([
      'native',
      'refused',
      'refused',
      'refused',
      'refused',
    ]);
  });

  it('without a bot app passes nothing to it', () => {
    expect(plan('bot', 'idle', 'on', { ...otherToken, bot: null })).toBe('refused');
  });

  it('does not rest on an owner that is not fresh', () => {
    const stale = planControl({ wanted: 'bot', owner: OWNERS.bot, routing: 'on', apps: botToken, ownerFresh: false });
    expect(inWords(stale)).toBe('take');
  });

  it('extends by 7 days', () => {
    const longer = planControl({
      wanted: 'longer',
      owner: OWNERS.bot,
      routing: 'on',
      apps: botToken,
      ownerFresh: true,
    });
    expect(longer).toEqual({ kind: 'calls', steps: [{ call: 'extend', seconds: 604_800 }] });
  });
});

describe('when a step failed', () => {
  const take: Step = { call: 'take' };
  const toBot: Step = { call: 'pass', to: BOT };
  const toInbox: Step = { call: 'pass', to: PAGE_INBOX };
  it.each([
    ['passing to the bot after taking: to the inbox, else release', [take, toBot], 1, [toInbox, { call: 'release' }]],
    ['passing to the inbox after taking: release', [take, toInbox], 1, [{ call: 'release' }]],
    ['taking: nothing was changed', [take, toBot], 0, []],
    ['passing alone: nothing was changed', [toBot], 0, []],
  ])('%s', (_, steps, failedAt, expected) => {
    expect(compensation(steps, failedAt, otherToken)).toEqual(expected);
  });
});

describe('whether a reading shows that a step happened', () => {
  const extend: Step = { call: 'extend', seconds: 604_800 };
  const until = (expiresAt: number | null): OwnerAnswer => ({ kind: 'named', appId: BOT, expiresAt });
  it.each<[Step, string, OwnerAnswer, Apps, boolean | null]>([
    [{ call: 'take' }, 'the token’s app named', named(OTHER), otherToken, true],
    [{ call: 'take' }, 'no name, which the owner would have got', unnamed, otherToken, false],
    [{ call: 'request' }, 'the inbox named', inbox, botToken, false],
    [{ call: 'release' }, 'nothing', empty, botToken, true],
    [{ call: 'release' }, 'the bot named', bot, botToken, false],
    [{ call: 'pass', to: BOT }, 'the bot named', bot, otherToken, true],
    [{ call: 'pass', to: BOT }, 'the inbox named', inbox, otherToken, false],
    [{ call: 'pass', to: BOT }, 'the token’s app still named', named(OTHER), otherToken, false],
    [{ call: 'pass', to: BOT }, 'no name', unnamed, otherToken, null],
    [extend, 'seven days', until(NOW + 604_799_000), botToken, true],
    [extend, 'one day', until(NOW + 86_400_000), botToken, false],
    [extend, 'no end', until(null), botToken, null],
    [extend, 'another owner', inbox, botToken, false],
  ])('%o: %s', (step, _, answer, apps, expected) => {
    expect(stepShown(step, reading(answer, NOW), apps)).toBe(expected);
  });
});

describe('whether a reading shows what was wanted', () => {
  it.each<[Wanted, string, OwnerAnswer, Apps, boolean | null]>([
    ['human', 'the inbox named', inbox, botToken, true],
    ['human', 'the bot named', bot, botToken, false],
    ['human', 'the bot has turned', tokenApp(false), botToken, true],
    ['human', 'the bot has it', tokenApp(true), botToken, false],
    ['human', 'another token does not have it', tokenApp(false), otherToken, null],
    ['human', 'another token has it', tokenApp(true), otherToken, false],
    ['human', 'no name', unnamed, botToken, null],
    ['human', 'nothing', empty, botToken, null],
    ['bot', 'the bot named', bot, otherToken, true],
    ['bot', 'a desk app named', named(DESK), otherToken, false],
    ['bot', 'its token has it', tokenApp(true), botToken, true],
    ['bot', 'its token has not', tokenApp(false), botToken, false],
    ['bot', 'another token has not', tokenApp(false), otherToken, null],
    ['ask', 'the inbox named', inbox, botToken, false],
    ['let-go', 'nothing', empty, botToken, true],
    ['let-go', 'still named', bot, botToken, false],
    ['let-go', 'held by somebody else', unnamed, otherToken, true],
    ['longer', 'named, which says nothing of how long', bot, botToken, null],
    ['longer', 'lost meanwhile', inbox, botToken, false],
  ])('%s: %s', (wanted, _, answer, apps, expected) => {
    expect(wantedOwnerReached(wanted, reading(answer, NOW), apps)).toBe(expected);
  });
});

describe('the buttons', () => {
  function offers(owner: OwnerName, routing: Routing, apps: Apps, observedAt = NOW) {
    const claim: OwnerClaim = { value: OWNERS[owner], source: 'graph', observedAt, certainty: 'certain', reason: '' };
    const { offers, sentence } = offersFor(claim, routing, apps, NOW);
    return [offers.map(({ wanted }) => wanted), sentence?.split(':')[0]?.split('.')[0] ?? null];
  }
  const native = 'Reply here';
  const noRouting = 'Without conversation routing control can’t be taken';
  it.each([
    ['the bot has it', offers('bot', 'on', botToken), [['human', 'let-go', 'longer'], null]],
    ['the inbox has it', offers('inbox', 'on', botToken), [['bot'], null]],
    ['the inbox has it, no routing', offers('inbox', 'off', botToken), [['ask'], noRouting]],
    ['the inbox has it, no routing, another token', offers('inbox', 'off', otherToken), [[], noRouting]],
    ['nobody has it', offers('idle', 'on', otherToken), [['human', 'bot'], null]],
    ['a desk app has it', offers('desk', 'on', botToken), [['bot'], native]],
    ['the bot had it a while ago', offers('bot', 'on', botToken, NOW - 120_001), [['bot'], native]],
    ['no token', offers('unknown', 'unknown', noToken), [[], native]],
  ])('%s', (_, shown, expected) => {
    expect(shown).toEqual(expected);
  });
});

describe('the preview', () => {
  const preview = (wanted: Wanted, owner: OwnerName) => {
    const planned = planControl({ wanted, owner: OWNERS[owner], routing: 'on', apps: botToken, ownerFresh: true });
    return previewOf(planned, wanted, OWNERS[owner]);
  };
  it('says who loses and who gets control, and that an ad’s longer control becomes one day', () => {
    expect(preview('human', 'bot')).toEqual([
      'The bot loses control, the Page inbox gets it.',
      'The bot stays silent until it has control again.',
      'If an ad gave longer control over this conversation, it becomes one day.',
    ]);
  });
  it('is the plan’s own sentence where nothing will be called', () => {
    expect(preview('human', 'desk')).toEqual(['Reply here: the inbox takes control by itself.']);
  });
});
