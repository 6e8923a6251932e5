import { describe, expect, test } from 'vitest';
import type { OwnerReading } from '../../utils/conversation/owner';
import type { SeenPage } from '../../utils/conversation/seen';
import { emptyMemory, type PageMemory } from '../../utils/services/memory';
import { due, type Moves, type PaceEvidence, readingKey } from '../../utils/services/pace';

const NOW = 1_000_000;
const PSID = '21000000000000001';

const seen: SeenPage = {
  pageId: '1',
  selectedItemId: null,
  threadType: 'FB_MESSAGE',
  tab: 'all',
  rows: [],
  conversation: null,
  factsReadable: true,
  visible: true,
  focused: true,
};
const still: Moves = { open: null, rows: null, beyond: null };
const read: PageMemory = {
  ...emptyMemory(),
  listReadAt: NOW,
  ownerReadAt: { [PSID]: NOW },
  conversationReadAt: { [PSID]: NOW },
};

/** When each reading is due, in seconds from now; what is long overdue stands at its own time. */
function dues(change: Partial<PaceEvidence>): Record<string, number> {
  const evidence = {
    seen,
    psid: PSID,
    memory: read,
    apps: { token: 'bot', bot: 'bot', inbox: 'inbox' },
    moves: still,
    attempts: new Map(),
    slowdown: 1,
    closedUntil: null,
  };
  const planned = due({ ...evidence, ...change });
  return Object.fromEntries(planned.map(({ reading, at }) => [reading.what, (at - NOW) / 1000]));
}

describe('when something is read next', () => {
  test.each<[string, Partial<PaceEvidence>, Record<string, number>]>([
    ['the open conversation of the focused window within 15 s, rows every 60 s', {}, { owner: 13, list: 60 }],
    ['every 60 s where the window is not focused', { seen: { ...seen, focused: false } }, { owner: 60, list: 60 }],
    ['nothing while the page is hidden', { seen: { ...seen, visible: false } }, {}],
    ['rows alone where the open conversation is not linked', { psid: null }, { list: 60 }],
    ['slower as Meta’s allowance runs out', { slowdown: 4 }, { owner: 52, list: 240 }],
    ['not before Meta wants to be called again', { closedUntil: NOW + 90_000 }, { owner: 90, list: 90 }],
  ])('%s', (_, change, expected) => {
    expect(dues(change)).toEqual(expected);
  });

  test('everything at once where nothing has been read', () => {
    expect(Object.keys(dues({ memory: emptyMemory() })).sort()).toEqual(['conversation', 'list', 'owner']);
    expect(Math.max(...Object.values(dues({ memory: emptyMemory() })))).toBe(-NOW / 1000);
  });
});

describe('after something has moved on the page', () => {
  const readAfter = (ms: number): PageMemory => ({
    ...read,
    ownerReadAt: { [PSID]: NOW + ms },
    conversationReadAt: { [PSID]: NOW + ms },
    listReadAt: NOW + ms,
  });

  test.each<[string, number, number, number]>([
    ['not read since', -1, 0, 0],
    ['read at once', 100, 2, 2],
    ['read again', 2_000, 6, 6],
    ['read as often as a move asks for', 6_000, 19, Number.NaN],
  ])('the owner and the words of the open conversation, %s', (_, readAt, owner, conversation) => {
    const planned = dues({ moves: { ...still, open: { psid: PSID, at: NOW } }, memory: readAfter(readAt) });
    expect([planned.owner, planned.conversation ?? Number.NaN]).toEqual([owner, conversation]);
  });

  test.each<[string, number, number]>([
    ['two seconds on', 0, 2],
    ['and once more', 2_000, 6],
    ['then as usual', 6_000, 19],
  ])('the owner, where an answer under way meanwhile said otherwise: %s', (_, readAt, owner) => {
    const readings: OwnerReading[] = [
      { startedAt: NOW - 300, endedAt: NOW, answer: { kind: 'named', appId: 'inbox', expiresAt: null } },
      { startedAt: NOW - 900, endedAt: NOW + 100, answer: { kind: 'token-app', owns: true } },
    ];
    const planned = dues({ memory: { ...readAfter(readAt), readings: { [PSID]: readings } } });
    expect(planned.owner).toBe(owner);
  });

  test('nothing more than usual of a conversation that is no longer open', () => {
    const planned = dues({ moves: { ...still, open: { psid: 'another', at: NOW } }, memory: readAfter(100) });
    expect([planned.owner, planned.conversation]).toEqual([13.1, undefined]);
  });

  test.each([
    ['not read since', -1, 0],
    ['read at once', 100, 3],
    ['read again', 3_000, 33],
    ['settled', 33_000, 93],
  ])('the rows, %s', (_, readAt, list) => {
    expect(dues({ moves: { ...still, rows: NOW }, memory: readAfter(readAt) }).list).toBe(list);
  });

  test('older conversations while rows lie beyond what was read, and there are more', () => {
    const moves = { ...still, beyond: NOW };
    expect(dues({ moves, memory: { ...read, listAfter: 'cursor' } }).older).toBe(0);
    expect(dues({ moves }).older).toBeUndefined();
  });
});

describe('an attempt', () => {
  const attempted = (failed: boolean) => new Map([[readingKey({ what: 'list' }), { at: NOW, failed }]]);
  const overdue = { ...read, listReadAt: null };

  test.each([
    ['is not repeated within a second', false, 1],
    ['that failed is not repeated within ten', true, 10],
  ])('%s', (_, failed, list) => {
    expect(dues({ memory: overdue, attempts: attempted(failed) }).list).toBe(list);
  });
});
