import { describe, expect, it } from 'vitest';
import {
  concludeWindow,
  endsOf,
  runningClocks,
  type WindowClaim,
  type WindowEvidence,
  windowStateAt,
} from '../../utils/conversation/window';
import { DAY, HOUR, known, MINUTE, NOW, SECOND, seen } from './given';

const NOTHING: WindowEvidence = { known: null, seen: null, pageOffset: null, completeBack: false };

const customer = { direction: 'customer', text: 'hello' } as const;

function claimOf(lastCustomerAt: number | null): WindowClaim {
  return { value: { lastCustomerAt }, source: 'graph', observedAt: NOW, certainty: 'certain', reason: '' };
}

describe('the customer’s last message', () => {
  const asked = known({ ...customer, at: NOW - HOUR });
  it.each([
    ['is the newest of Graph’s', { known: [asked, known({ ...customer, at: NOW - DAY })] }, NOW - HOUR],
    ['in any order', { known: [known({ ...customer, at: NOW - DAY }), asked] }, NOW - HOUR],
    [
      'not one of the Page’s, nor a notice, which comes as the Page’s',
      { known: [known({ at: NOW, text: 'Ana replied to an ad.' }), asked] },
      NOW - HOUR,
    ],
    ['not one that can’t be read', { known: [known({ ...customer, at: NOW, unreadable: true }), asked] }, NOW - HOUR],
    ['on screen, where Graph was not asked', { seen: [seen({ ...customer, sentAt: NOW - MINUTE })] }, NOW - MINUTE],
    [
      'on screen, where Graph has not told it yet',
      { known: [asked], seen: [seen({ ...customer, text: 'still there?', sentAt: NOW })] },
      NOW,
    ],
    [
      'by Graph’s clock, not by the page’s',
      { known: [asked], seen: [seen({ ...customer, sentAt: asked.at + 20 * SECOND })] },
      NOW - HOUR,
    ],
    [
      'on screen, where it repeats words that Graph has told once',
      {
        known: [asked],
        seen: [seen({ ...customer, sentAt: asked.at }), seen({ ...customer, sentAt: asked.at + SECOND })],
      },
      NOW - HOUR + SECOND,
    ],
    [
      'on screen alone, set to Graph’s clock where that is known',
      {
        known: [asked],
        seen: [
          seen({ ...customer, sentAt: asked.at - 7 * SECOND }),
          seen({ ...customer, text: 'still there?', sentAt: NOW - 7 * SECOND }),
        ],
        pageOffset: 7 * SECOND,
      },
      NOW,
    ],
    [
      'on screen, in the same words within half a minute, where the clocks’ difference tells them apart',
      { known: [asked], seen: [seen({ ...customer, sentAt: asked.at + 20 * SECOND })], pageOffset: 0 },
      NOW - HOUR + 20 * SECOND,
    ],
    [
      'not an older one on screen that Graph leaves out',
      {
        known: [asked],
        seen: [seen({ ...customer, text: 'taken back', sentAt: NOW - HOUR - 10 * SECOND })],
        pageOffset: 0,
      },
      NOW - HOUR,
    ],
  ])('%s', (_, evidence, at) => {
    const claim = concludeWindow({ ...NOTHING, ...evidence }, NOW);
    expect(claim?.value.lastCustomerAt).toBe(at);
  });

  it('is unknown where none was found, and none where all was read', () => {
    const evidence = { known: [known()], seen: [seen()] };
    expect(concludeWindow({ ...NOTHING, ...evidence }, NOW)).toBeNull();
    expect(concludeWindow({ ...NOTHING, ...evidence, completeBack: true }, NOW)?.value).toEqual({
      lastCustomerAt: null,
    });
  });

  const shown = [seen({ ...customer })];
  it.each<[string, Partial<WindowEvidence>, string]>([
    ['certain where Graph tells it', { known: [asked] }, 'certain graph'],
    ['likely on screen alone, by the page’s own time', { seen: shown }, 'likely page'],
    ['likely on screen alone, set to Graph’s clock', { seen: shown, pageOffset: SECOND }, 'likely inferred'],
  ])('is %s, and says so', (_, evidence, expected) => {
    const claim = concludeWindow({ ...NOTHING, ...evidence }, NOW);
    expect(`${claim?.certainty} ${claim?.source}`).toBe(expected);
    expect(claim?.reason.includes('the page’s own time')).toBe(expected === 'likely page');
    expect(claim?.reason.includes('set to Meta’s clock')).toBe(expected === 'likely inferred');
  });
});

describe('the state of the window', () => {
  it.each([
    ['at once', 0, 'open'],
    ['with 2 h left', 22 * HOUR, 'open'],
    ['with less', 22 * HOUR + 1, 'ending'],
    ['a moment before the end', DAY - 1, 'ending'],
    ['at the end', DAY, 'human-agent'],
    ['a moment before 7 days', 7 * DAY - 1, 'human-agent'],
    ['after 7 days', 7 * DAY, 'closed'],
  ])('%s', (_, passed, state) => {
    expect(windowStateAt(claimOf(NOW), NOW + passed)).toBe(state);
  });

  it('is closed without any customer message, unknown without a claim', () => {
    expect([windowStateAt(claimOf(null), NOW), windowStateAt(null, NOW)]).toEqual(['closed', 'unknown']);
  });
});

describe('the clocks that run', () => {
  const clocks = { window: claimOf(NOW), controlEndsAt: NOW + HOUR };
  it.each([
    ['all at first', 0, ['standard', 'human-agent', 'control']],
    ['control has ended', HOUR, ['standard', 'human-agent']],
    ['the standard window too', DAY, ['human-agent']],
    ['all', 7 * DAY, []],
  ])('%s', (_, passed, names) => {
    expect(runningClocks(clocks, NOW + passed).map(({ clock }) => clock)).toEqual(names);
  });

  it('carry their ends', () => {
    const { standard, humanAgent } = endsOf(NOW);
    expect(runningClocks(clocks, NOW).map(({ endsAt }) => endsAt)).toEqual([standard, humanAgent, NOW + HOUR]);
    expect([standard, humanAgent]).toEqual([NOW + DAY, NOW + 7 * DAY]);
  });

  it('are none where nothing is known', () => {
    expect(runningClocks({ window: null, controlEndsAt: null }, NOW)).toEqual([]);
  });
});
