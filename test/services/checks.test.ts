import { describe, expect, test } from 'vitest';
import type { CheckState } from '../../utils/conversation/view';
import { concludeChecks } from '../../utils/services/checks';
import type { CheckEvidence } from '../../utils/services/evidence';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const BOT = '555000000000005';
const VENDOR = '532160876956612';

const PASSING = {
  trouble: 'transient',
  cause: 'Meta had a passing fault.',
  next: null,
  link: null,
  waitMs: null,
} as const;
const REFUSED = { refusal: PASSING, subcode: null };

/** A Page where all is in order. */
function evidence(change: Partial<CheckEvidence> = {}): CheckEvidence {
  const names = ['Ana', 'Bo', 'Cy', 'Di', 'Ed'];
  return {
    at: NOW,
    page: {
      pageId: '1',
      name: 'Harbour Street Bikes',
      token: 'EAABx',
      tokenApp: BOT,
      botApp: BOT,
      connectedAt: NOW,
      stopped: null,
    },
    me: { told: { id: '1', name: 'Harbour Street Bikes', features: { messenger: true, instagram: true } } },
    token: {
      told: {
        appId: BOT,
        appName: 'Spoke Bot',
        type: 'PAGE',
        valid: true,
        error: null,
        expiresAt: null,
        dataAccessExpiresAt: NOW + 60 * DAY,
        pageId: '1',
        scopes: ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement'],
      },
    },
    list: { told: { names, conversations: 5, isOwner: 5, since: NOW - DAY } },
    rows: names.map((name) => ({ name, lastActivity: NOW })),
    subscribed: {
      told: [
        { id: BOT, name: 'Spoke Bot', fields: ['messages', 'messaging_handovers'] },
        { id: VENDOR, name: 'ManyChat', fields: ['messages', 'messaging_handovers'] },
      ],
    },
    receivers: { told: [] },
    labels: { told: null },
    botName: 'Spoke Bot',
    ownersSeen: ['the Page inbox'],
    clockOffset: 400,
    budgetPercent: 3,
    hostAccess: true,
    ...change,
  };
}

const states = (given: CheckEvidence): Record<string, CheckState> =>
  Object.fromEntries(concludeChecks(given).map(({ id, state }) => [id, state]));
const stateOf = (id: string, change: Partial<CheckEvidence>) => states(evidence(change))[id];
const bot = (tokenApp: string | null, botApp: string | null) => ({ ...evidence().page, tokenApp, botApp });
const tokenWith = (change: object): Partial<CheckEvidence> => {
  const { token } = evidence();
  return 'told' in token ? { token: { told: { ...token.told, ...change } } } : {};
};

test('where all is in order, all is green', () => {
  expect(new Set(Object.values(states(evidence())))).toEqual(new Set(['ok']));
});

describe('what Meta does not tell', () => {
  const ASKED = ['me', 'token', 'list', 'subscribed', 'receivers', 'labels'] as const;
  const subsets = Array.from({ length: 2 ** ASKED.length }, (_, bits) => ASKED.filter((_name, at) => bits & (1 << at)));

  test.each(subsets.map((silent) => [silent.join(', ') || 'nothing', silent] as const))(
    'silent about %s: nothing turns red',
    (_, silent) => {
      const given = evidence(Object.fromEntries(silent.map((name) => [name, REFUSED])));
      expect(Object.entries(states(given)).filter(([, state]) => state === 'wrong')).toEqual([]);
    },
  );

  test('silent about everything: green is only what needs no answer', () => {
    const silent = Object.fromEntries(ASKED.map((name) => [name, REFUSED]));
    const given = evidence({ ...silent, clockOffset: null, budgetPercent: null, page: bot(null, VENDOR) });
    const green = Object.entries(states(given)).flatMap(([id, state]) => (state === 'ok' ? [id] : []));
    expect(green).toEqual(['owners-seen', 'host-access']);
  });

  test('every check that is not green says how it was looked at, and carries when', () => {
    const silent = Object.fromEntries(ASKED.map((name) => [name, REFUSED]));
    for (const { how, at } of concludeChecks(evidence(silent))) {
      expect(how).toMatch(/^[A-Z0-9].*\.$/);
      expect(at).toBe(NOW);
    }
  });
});

describe('each check by what decides it', () => {
  test.each<[string, string, Partial<CheckEvidence>, CheckState]>([
    ['token', 'Meta accepts it, though it did not before', { page: { ...evidence().page, stopped: 'Dead.' } }, 'ok'],
    ['token', 'dead', { me: { refusal: { ...PASSING, trouble: 'token' }, subcode: 460 } }, 'wrong'],
    ['token-page', 'another Page’s', { me: { told: { id: '2', name: null, features: null } } }, 'wrong'],
    ['permissions', 'one is missing', tokenWith({ scopes: ['pages_messaging'] }), 'wrong'],
    ['expiry', 'in six days', tokenWith({ expiresAt: NOW + 6 * DAY }), 'wrong'],
    ['expiry', 'in eight days', tokenWith({ expiresAt: NOW + 8 * DAY }), 'ok'],
    ['expiry', 'data access in six days', tokenWith({ dataAccessExpiresAt: NOW + 6 * DAY }), 'wrong'],
    ['customers-visible', 'no inbox to compare with', { rows: [] }, 'cannot-check'],
    [
      'customers-visible',
      'one new customer is not listed yet',
      { rows: [...evidence().rows, { name: 'Flo', lastActivity: NOW }] },
      'ok',
    ],
    [
      'customers-visible',
      'most are left out',
      { list: { told: { names: ['Ana'], conversations: 1, isOwner: 1, since: 0 } } },
      'wrong',
    ],
    [
      'customers-visible',
      'rows older than the list reaches say nothing',
      { rows: ['Gil', 'Hal', 'Ida'].map((name) => ({ name, lastActivity: NOW - 2 * DAY })) },
      'cannot-check',
    ],
    [
      'customers-visible',
      'rows without a time say nothing',
      { rows: ['Gil', 'Hal', 'Ida'].map((name) => ({ name, lastActivity: null })) },
      'cannot-check',
    ],
    [
      'routing-messenger',
      'two answers that contradict each other',
      { me: { told: { id: '1', name: null, features: { messenger: false, instagram: true } } } },
      'cannot-check',
    ],
    [
      'routing-messenger',
      'off by both',
      {
        me: { told: { id: '1', name: null, features: { messenger: false, instagram: true } } },
        list: { told: { names: ['Ana'], conversations: 1, isOwner: 0, since: 0 } },
      },
      'wrong',
    ],
    [
      'routing-messenger',
      'no conversation to tell from, and no feature told',
      {
        me: { told: { id: '1', name: null, features: null } },
        list: { told: { names: [], conversations: 0, isOwner: 0, since: 0 } },
      },
      'cannot-check',
    ],
    ['bot-app', 'none is named', { page: bot(null, null) }, 'wrong'],
    ['bot-app', 'a vendor’s among the subscribed', { page: bot('6', VENDOR) }, 'ok'],
    ['bot-app', 'one that is not among them', { page: bot('6', '8') }, 'wrong'],
    [
      'bot-app',
      'a vendor’s, where Meta lists only the app that asks',
      { page: bot(BOT, VENDOR), subscribed: { told: [{ id: BOT, name: null, fields: null }] } },
      'cannot-check',
    ],
    [
      'subscribed',
      'fields are not told',
      { subscribed: { told: [{ id: BOT, name: null, fields: null }] } },
      'cannot-check',
    ],
    [
      'subscribed',
      'handovers are missing',
      { subscribed: { told: [{ id: BOT, name: null, fields: ['messages'] }] } },
      'wrong',
    ],
    ['label-terms', 'not accepted', { labels: { refusal: PASSING, subcode: 2018344 } }, 'wrong'],
    ['clock', 'a minute off', { clockOffset: 60_000 }, 'ok'],
    ['clock', 'two minutes slow', { clockOffset: 120_000 }, 'wrong'],
    ['clock', 'two minutes fast', { clockOffset: -120_000 }, 'wrong'],
    ['budget', '89 %', { budgetPercent: 89 }, 'ok'],
    ['budget', '90 %', { budgetPercent: 90 }, 'wrong'],
    ['owners-seen', 'none', { ownersSeen: [] }, 'not-tested'],
    ['host-access', 'withheld', { hostAccess: false }, 'wrong'],
  ])('%s, %s', (id, _, change, state) => {
    expect(stateOf(id, change)).toBe(state);
  });
});

test('whoever can mend a red one is named', () => {
  const all = [
    evidence({ hostAccess: false, clockOffset: 120_000, budgetPercent: 99, page: bot(null, null) }),
    evidence({ labels: { refusal: PASSING, subcode: 2018344 }, ...tokenWith({ scopes: [] }) }),
  ].flatMap(concludeChecks);
  const red = all.filter(({ state }) => state === 'wrong');
  expect(red.length).toBeGreaterThan(5);
  expect(red.filter(({ who }) => !who)).toEqual([]);
});
