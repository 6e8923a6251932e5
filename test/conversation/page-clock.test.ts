import { describe, expect, it } from 'vitest';
import { learnPageClock, offsetByClock, type PageClock } from '../../utils/conversation/page-clock';
import { known, NOW, SECOND, seen } from './given';

const at = (seconds: number) => NOW + seconds * SECOND;

/** What is known after messages that Graph's clock puts so many seconds later than the page's. */
function clockOf(...gaps: number[]): PageClock {
  return gaps.map((gap, index) => ({ id: `m_${index}`, gap: gap * SECOND }));
}

describe('how far page and Graph are apart', () => {
  it.each<[string, number[], number | null]>([
    ['is not known at first', [], null],
    ['nor from two messages, which may agree by chance', [7, 7], null],
    ['is known from three that agree', [7, 7, 7], 7],
    ['in whole seconds, which look like two neighbours', [7, 8, 8, 7, 8], 8],
    ['also where the page is ahead', [-20, -21, -20], -20],
    ['one that is false does not count', [0, 0, 0, 0, -12], 0],
    ['is not known where too many disagree', [0, 0, 0, -12, 5], null],
    ['nor where times are cut to minutes', [3, 41, 17, 58, 22, 9], null],
  ])('%s', (_, gaps, seconds) => {
    expect(offsetByClock(clockOf(...gaps))).toBe(seconds === null ? null : seconds * SECOND);
  });
});

describe('a linked conversation tells of it', () => {
  const words = ['Where is it?', 'Order 4711', 'Thank you'];
  const told = words.map((text, index) => known({ text, at: at(60 * index) }));
  const shown = words.map((text, index) => seen({ text, sentAt: at(60 * index - 7) + 400 }));

  it('by each message that can be only one of Graph’s, whatever the page adds to the second', () => {
    expect(offsetByClock(learnPageClock([], shown, told))).toBe(7 * SECOND);
  });

  it('by each message once, however often it is seen', () => {
    const once = learnPageClock([], shown.slice(0, 1), told);
    expect(learnPageClock(once, shown.slice(0, 1), told)).toBe(once);
  });

  it('not by words that were said twice about then', () => {
    const twice = [...told, known({ text: words[0]!, at: at(5) })];
    expect(learnPageClock([], shown.slice(0, 1), twice)).toEqual([]);
  });

  it('and a clock that was set is noticed, once most of the last forty agree on it', () => {
    const later = Array.from({ length: 40 }, (_, index) => ({ text: `number ${index}`, time: at(100 + 60 * index) }));
    const clock = learnPageClock(
      clockOf(...Array.from({ length: 40 }, () => 7)),
      later.map(({ text, time }) => seen({ text, sentAt: time })),
      later.map(({ text, time }) => known({ text, at: time })),
    );
    expect([clock.length, offsetByClock(clock)]).toEqual([40, 0]);
  });
});
