import { describe, expect, it, test } from 'vitest';
import { Budget, CONVERSATION_CALL_GAP_MS } from '../../utils/graph/budget';

describe('the budget of one Page', () => {
  test('conversation calls go out one after the other, never two within the gap', () => {
    const budget = new Budget();
    const times = [0, 0, 0, 5_000].map((now) => budget.reserveConversationCall(now));
    expect(times).toEqual([0, CONVERSATION_CALL_GAP_MS, 2 * CONVERSATION_CALL_GAP_MS, 5_000]);
  });

  test('the gap keeps below Meta’s two a second', () => {
    expect(1_000 / CONVERSATION_CALL_GAP_MS).toBeLessThan(2);
  });

  it.each([
    [0, 1],
    [60, 1],
    [77.5, 4.5],
    [95, 8],
    [120, 8],
  ])('at %i %% readings are %d times slower', (percent, slower) => {
    const budget = new Budget();
    budget.heed({ percent, waitMs: null }, 0);
    expect(budget.slowdown).toBe(slower);
  });

  test('closes for as long as Meta asks, and the longer wish counts', () => {
    const budget = new Budget();
    budget.heed({ percent: 100, waitMs: 60_000 }, 1_000);
    budget.close(1_000, 5_000);
    expect(budget.closedUntil(1_000)).toBe(61_000);
    expect(budget.closedUntil(61_000)).toBeNull();
  });

  test('keeps the wishes of an earlier worker', () => {
    const budget = new Budget({ notBefore: 700, closedUntil: 9_000 });
    expect(budget.reserveConversationCall(0)).toBe(700);
    expect(budget.closedUntil(0)).toBe(9_000);
  });

  test('no headers change nothing', () => {
    const budget = new Budget();
    budget.heed({ percent: 80, waitMs: null }, 0);
    budget.heed(null, 1);
    expect(budget.percent).toBe(80);
  });
});
