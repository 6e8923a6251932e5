import { describe, expect, it } from 'vitest';
import type { Apps, Routing } from '../../utils/conversation/apps';
import {
  concludeOwner,
  disputedReading,
  isFresh,
  type LastWriter,
  NAME_STANDS_MS,
  type OwnerReading,
} from '../../utils/conversation/owner';
import {
  BOT,
  bot,
  botToken,
  DAY,
  DESK,
  empty,
  HOUR,
  inbox,
  NOW,
  named,
  OTHER,
  otherToken,
  reading,
  SECOND,
  tokenApp,
  unnamed,
} from './given';

function owner(readings: OwnerReading[], apps: Apps = botToken, routing: Routing = 'on') {
  return concludeOwner({ readings, apps, routing, appNames: {} }, NOW);
}

describe('one answer of Meta’s', () => {
  it.each([
    ['names the bot', bot, botToken, 'on', 'bot'],
    ['names the inbox', inbox, botToken, 'on', 'inbox'],
    ['names the inbox to another app', inbox, otherToken, 'off', 'inbox'],
    ['names a desk app', named(DESK), botToken, 'on', 'app'],
    ['is_owner true to the bot', tokenApp(true), botToken, 'on', 'bot'],
    ['is_owner true to another app', tokenApp(true), otherToken, 'on', 'app'],
    ['is_owner false to the bot', tokenApp(false), botToken, 'on', 'not-bot'],
    ['is_owner false to another app', tokenApp(false), otherToken, 'on', 'unknown'],
    ['an end without a name, to another app', unnamed, otherToken, 'on', 'unnamed'],
    ['an end without a name, to the bot', unnamed, botToken, 'on', 'not-bot'],
    ['nothing, with routing', empty, botToken, 'on', 'idle'],
    ['nothing, without routing', empty, botToken, 'off', 'unknown'],
    ['nothing, routing not known', empty, botToken, 'unknown', 'unknown'],
  ] as const)('%s → %s', (_, answer, apps, routing, kind) => {
    expect(owner([reading(answer, NOW)], apps, routing).value.kind).toBe(kind);
  });

  it('whose control has run out by now tells nothing', () => {
    const at = (expiresAt: number) => owner([reading(named(BOT, expiresAt), NOW - SECOND)]).value.kind;
    expect([at(NOW + 1), at(NOW)]).toEqual(['bot', 'unknown']);
  });

  it('is dated by when it was received', () => {
    expect(owner([reading(bot, NOW - 7 * SECOND)]).observedAt).toBe(NOW - 7 * SECOND);
  });
});

describe('several answers', () => {
  const before = NOW - 10 * SECOND;
  it.each([
    ['the newest counts', [reading(bot, before), reading(inbox, NOW)], 'inbox'],
    ['whichever came in first', [reading(inbox, NOW), reading(bot, before)], 'inbox'],
    ['a name stands beside a newer is_owner: false', [reading(inbox, before), reading(tokenApp(false), NOW)], 'inbox'],
    ['but not for long', [reading(inbox, NOW - NAME_STANDS_MS - 1), reading(tokenApp(false), NOW)], 'not-bot'],
    ['the bot does not stand beside it', [reading(bot, before), reading(tokenApp(false), NOW)], 'not-bot'],
    ['nor the inbox beside is_owner: true', [reading(inbox, before), reading(tokenApp(true), NOW)], 'bot'],
    [
      'nor a name that was contradicted in between',
      [reading(inbox, before), reading(bot, NOW - 5 * SECOND), reading(tokenApp(false), NOW)],
      'not-bot',
    ],
    ['nobody stands beside is_owner: false', [reading(empty, before), reading(tokenApp(false), NOW)], 'idle'],
    ['overlapping, they agree', [reading(inbox, NOW, before), reading(tokenApp(false), NOW - 1)], 'inbox'],
    ['overlapping, they disagree', [reading(inbox, NOW, before), reading(bot, NOW - 1)], 'unknown'],
    ['on a clock too coarse to give it a length', [reading(bot, NOW, NOW)], 'bot'],
    [
      'of one moment on such a clock, they agree',
      [reading(inbox, NOW, NOW), reading(tokenApp(false), NOW, NOW)],
      'inbox',
    ],
    ['of one moment on such a clock, they disagree', [reading(inbox, NOW, NOW), reading(bot, NOW, NOW)], 'unknown'],
    ['none at all', [], 'unknown'],
  ] as const)('%s', (_, readings, kind) => {
    expect(owner([...readings]).value.kind).toBe(kind);
  });

  it('a name that stands keeps its own date', () => {
    expect(owner([reading(inbox, before), reading(tokenApp(false), NOW)]).observedAt).toBe(before);
  });
});

describe('a reading that another disputes', () => {
  const last = reading(inbox, NOW - SECOND);
  it.each([
    ['a list asked before it and answered after it', [reading(tokenApp(true), NOW, NOW - 5 * SECOND)], true],
    [
      'a list answered meanwhile, though one conversation was read since',
      [reading(tokenApp(true), NOW - SECOND - 50), reading(tokenApp(false), NOW)],
      true,
    ],
    ['not one that overlaps and agrees', [reading(tokenApp(false), NOW, NOW - 5 * SECOND)], false],
    ['not one that is newer', [reading(tokenApp(true), NOW)], false],
    ['not one that is older', [reading(bot, NOW - 5 * SECOND)], false],
    ['none alone', [], false],
  ] as const)('%s', (_, others, disputed) => {
    expect(disputedReading([...others, last], botToken)).toBe(disputed ? last : null);
  });

  it('is none where only a list told', () => {
    expect(disputedReading([reading(tokenApp(true), NOW), reading(tokenApp(false), NOW)], botToken)).toBeNull();
  });
});

describe('who wrote last', () => {
  const wrote = NOW - HOUR;
  function likely(
    kind: 'human' | 'chatbot' | 'automation' | 'meta-ai',
    routing: Routing,
    readings: OwnerReading[] = [],
    at = wrote,
  ) {
    return concludeOwner({ readings, apps: otherToken, routing, appNames: {}, lastWriter: { kind, at } }, NOW);
  }

  it.each([
    ['a person: the inbox', likely('human', 'unknown'), 'inbox', 'likely'],
    ['the bot, under routing: the bot', likely('chatbot', 'on'), 'bot', 'likely'],
    ['the bot, without routing: nothing, since all may write', likely('chatbot', 'unknown'), 'unknown', 'certain'],
    ['an automation: nothing', likely('automation', 'on'), 'unknown', 'certain'],
    ['Meta’s AI: nothing', likely('meta-ai', 'on'), 'unknown', 'certain'],
    ['names whom Meta does not', likely('human', 'on', [reading(unnamed, NOW)]), 'inbox', 'likely'],
    ['does not overrule Meta', likely('human', 'on', [reading(named(OTHER), NOW)]), 'app', 'certain'],
    ['nor Meta’s silence about an idle one', likely('human', 'on', [reading(empty, NOW)]), 'idle', 'certain'],
    ['counts for a day', likely('human', 'on', [], NOW - DAY + 1), 'inbox', 'likely'],
    ['and not longer', likely('human', 'on', [], NOW - DAY), 'unknown', 'certain'],
  ])('%s', (_, claim, kind, certainty) => {
    expect([claim.value.kind, claim.certainty]).toEqual([kind, certainty]);
  });

  it('tells of the moment it was written, so it is never fresh', () => {
    const claim = likely('human', 'on', [], NOW);
    expect([claim.observedAt, isFresh(claim, NOW)]).toEqual([NOW, false]);
  });
});

describe('what Baton passed', () => {
  const passed = { to: 'bot', at: NOW - HOUR } as const;
  function likely(lastWriter: LastWriter | null, readings: OwnerReading[] = [reading(unnamed, NOW)], at = passed.at) {
    const evidence = { readings, apps: otherToken, routing: 'on', appNames: {}, lastWriter } as const;
    return concludeOwner({ ...evidence, passed: { ...passed, at } }, NOW);
  }

  it.each([
    ['makes its receiver likely', likely(null), 'bot', 'likely'],
    ['outweighs who wrote before', likely({ kind: 'human', at: passed.at - 1 }), 'bot', 'likely'],
    ['not who wrote since', likely({ kind: 'human', at: passed.at + 1 }), 'inbox', 'likely'],
    [
      'and tells nothing once somebody unknown wrote',
      likely({ kind: 'unknown', at: passed.at + 1 }),
      'unnamed',
      'certain',
    ],
    ['does not overrule Meta', likely(null, [reading(named(OTHER), NOW)]), 'app', 'certain'],
    ['counts for a day', likely(null, undefined, NOW - DAY), 'unnamed', 'certain'],
  ])('%s', (_, claim, kind, certainty) => {
    expect([claim.value.kind, claim.certainty]).toEqual([kind, certainty]);
  });

  it('is never fresh', () => {
    expect(isFresh(likely(null, undefined, NOW), NOW)).toBe(false);
  });
});

it('a reading is fresh for 120 s', () => {
  const claim = owner([reading(inbox, NOW)]);
  expect([NOW + 120_000, NOW + 120_001].map((at) => isFresh(claim, at))).toEqual([true, false]);
});
