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

function afterReading(...pages: { times: number[]; older?: boolean; atEnd?: boolean }[]): PageMemory {
  const memory = emptyMemory();
  pages.forEach(({ times, older = false, atEnd = false }, index) => {
    rememberList(memory, times.map(at), { older, readAt: 1_000 + index, atEnd });
  });
  return memory;
}

describe('how far back the list is free of gaps', () => {
  test.each<[string, Parameters<typeof afterReading>, number | null]>([
    ['nothing read', [], null],
    ['one page', [{ times: [90, 80, 70] }], 70],
    ['one page that is all there is', [{ times: [90, 80, 70], atEnd: true }], 0],
    ['an older page joins', [{ times: [90, 80] }, { times: [70, 60], older: true }], 60],
    ['a newer page that overlaps joins', [{ times: [80, 70] }, { times: [90, 80] }], 70],
    ['a newer page that does not reach the known ones leaves a gap', [{ times: [50, 40] }, { times: [90, 80] }], 80],
    ['the oldest page ends it', [{ times: [90] }, { times: [70], older: true, atEnd: true }], 0],
    ['an empty Page is known whole', [{ times: [], atEnd: true }], 0],
  ])('%s', (_, pages, expected) => {
    expect(afterReading(...pages).list.completeSince).toBe(expected);
  });

  test('only a newest page moves the time of reading', () => {
    const memory = afterReading({ times: [90] }, { times: [70], older: true });
    expect(memory.list.readAt).toBe(1_000);
  });

  test('a conversation that moved stands once, at its new place', () => {
    const memory = emptyMemory();
    rememberList(memory, [at(80), at(70)], { older: false, readAt: 1, atEnd: false });
    rememberList(memory, [{ ...at(70), updatedAt: 95 }, at(80)], { older: false, readAt: 2, atEnd: false });
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
