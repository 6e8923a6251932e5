import { describe, expect, test } from 'vitest';
import {
  emptyMemory,
  type PageMemory,
  rememberClock,
  rememberList,
  rememberMessages,
  rememberReading,
} from '../../utils/services/memory';
import { conversationAt as at } from './given';

/** One page of the list: the cursor behind it is the time at which it ends. */
interface ReadPage {
  times: number[];
  older?: boolean;
  atEnd?: boolean;
}

function afterReading(...pages: ReadPage[]): PageMemory {
  const memory = emptyMemory();
  pages.forEach(({ times, older = false, atEnd = false }, index) => {
    rememberList(memory, times.map(at), { older, readAt: 1_000 + index, after: atEnd ? null : String(times.at(-1)) });
  });
  return memory;
}

describe('how far back the list is free of gaps, and where older pages go on', () => {
  const known = [{ times: [50, 40] }, { times: [30, 20], older: true }];
  const whole = [{ times: [50, 40] }, { times: [30, 20], older: true, atEnd: true }];
  const newest = { times: [90, 80] };
  const newer = { times: [190, 180] };
  const older = (...times: number[]) => ({ times, older: true });

  test.each<[string, ReadPage[], number | null, string | null]>([
    ['nothing read', [], null, null],
    ['one page', [{ times: [90, 80, 70] }], 70, '70'],
    ['one page that is all there is', [{ times: [90, 80, 70], atEnd: true }], 0, null],
    ['an older page joins', [{ times: [90, 80] }, older(70, 60)], 60, '60'],
    ['a newer page that overlaps joins', [{ times: [80, 70] }, { times: [90, 75] }], 70, '70'],
    ['one that ends in the newest’s own second leaves a gap', [{ times: [80, 70] }, { times: [90, 80] }], 80, '80'],
    ['one that overlaps the whole list leaves it whole', [...whole, { times: [60, 45] }], 0, null],
    ['one that does not reach the known ones leaves a gap', [...known, newest], 80, '80'],
    ['an older page within the gap narrows it', [...known, newest, older(70, 60)], 60, '60'],
    ['one that reaches only its end does not fill it', [...known, newest, older(70, 50)], 50, '50'],
    ['one that reaches beyond it joins all', [...known, newest, older(70, 45)], 20, '20'],
    ['so too where the list was whole', [...whole, newest, older(70, 45)], 0, null],
    ['one that reaches back further than all that was known', [...known, newest, older(70, 10)], 10, '10'],
    ['a second gap: the first pages after it fill that one', [...known, newest, newer, older(170, 90)], 90, '90'],
    ['and on to what was known before both', [...known, newest, newer, older(170, 90), older(80, 45)], 20, '20'],
    ['a joining page leaves the gap behind it', [...known, newest, { times: [95, 85, 80] }], 80, '80'],
    ['the oldest page ends it', [{ times: [90] }, { times: [70], older: true, atEnd: true }], 0, null],
    ['an empty Page is known whole', [{ times: [], atEnd: true }], 0, null],
    ['nothing with more behind it tells nothing', [...known, { times: [] }], 20, '20'],
  ])('%s', (_, pages, completeSince, listAfter) => {
    expect(afterReading(...pages)).toMatchObject({ list: { completeSince }, listAfter });
  });

  test('only a newest page moves the time of reading', () => {
    const memory = afterReading({ times: [90] }, { times: [70], older: true });
    expect(memory.list.readAt).toBe(1_000);
  });

  test('a conversation that moved stands once, at its new place', () => {
    const memory = emptyMemory();
    rememberList(memory, [at(80), at(70)], { older: false, readAt: 1, after: '70' });
    rememberList(memory, [{ ...at(70), updatedAt: 95 }, at(80)], { older: false, readAt: 2, after: '80' });
    expect(memory.list.conversations.map(({ psid, updatedAt }) => [psid, updatedAt])).toEqual([
      ['70', 95],
      ['80', 80],
    ]);
  });
});

describe('a conversation’s messages', () => {
  const message = (id: string, time: number) => ({
    id,
    at: time,
    direction: 'customer' as const,
    text: id,
    tags: [],
    template: false,
    unreadable: false,
  });

  test('are laid together by id, newest first', () => {
    const memory = emptyMemory();
    rememberMessages(memory, { ...at(5), messages: [message('b', 2), message('a', 1)] }, 2);
    rememberMessages(memory, { ...at(5), messages: [message('c', 3), message('b', 2)] }, 2);
    expect(memory.messages['5']?.messages.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  test.each([
    ['fewer came than were asked for: nothing older is left', 3, true],
    ['as many came as were asked for: there may be older ones', 2, false],
  ])('%s', (_, limit, complete) => {
    const memory = emptyMemory();
    rememberMessages(memory, { ...at(5), messages: [message('b', 2), message('a', 1)] }, limit);
    expect(memory.messages['5']?.complete).toBe(complete);
  });
});

describe('what was read, as Meta’s clock becomes known', () => {
  /** The bounds of an answer that tells of a clock ahead of the local one by so much, ms. */
  const ahead = (low: number, high: number) => ({ low, high });

  test.each<[string, ReturnType<typeof ahead>[], number]>([
    ['moves along with the first answer', [ahead(200, 400)], 300],
    ['and with any that narrows it', [ahead(0, 1_000), ahead(800, 1_500)], 900],
    ['not with one that narrows nothing', [ahead(200, 400), ahead(0, 1_000)], 300],
    ['nor where a clock was set: it was right before', [ahead(200, 400), ahead(60_000, 61_000)], 300],
  ])('%s', (_, told, moved) => {
    const memory = emptyMemory();
    rememberReading(memory, '1', { startedAt: 5_000, endedAt: 5_100, answer: { kind: 'empty' } });
    for (const bounds of told) rememberClock(memory, bounds);
    expect(memory.readings['1']).toEqual([
      { startedAt: 5_000 + moved, endedAt: 5_100 + moved, answer: { kind: 'empty' } },
    ]);
  });
});
