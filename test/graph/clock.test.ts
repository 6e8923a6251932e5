import { describe, expect, test } from 'vitest';
import { boundsOf, type ClockBounds, narrowed, offsetOf } from '../../utils/graph/clock';

/** An answer written at `server` (ms) while the local clock stood between `asked` and `received`. */
const told = (server: number, asked: number, received: number) =>
  boundsOf(Math.floor(server / 1000) * 1000, asked, received);

describe('Meta’s clock', () => {
  test.each([0, 250, 999, 7_400, -3_600_000])('is known to half a second after one answer, ahead by %i ms', (ahead) => {
    const bounds = told(50_000 + ahead + 20, 50_000, 50_040);
    expect(Math.abs(offsetOf(bounds) - ahead)).toBeLessThanOrEqual(540);
  });

  test('is known better with each further one, and never outside of what was told', () => {
    const ahead = 4_321;
    let bounds: ClockBounds | null = null;
    for (let local = 50_000; local < 60_000; local += 730) {
      bounds = narrowed(bounds, told(local + ahead + 15, local, local + 30));
      expect(ahead).toBeGreaterThanOrEqual(bounds.low);
      expect(ahead).toBeLessThanOrEqual(bounds.high);
    }
    expect(Math.abs(offsetOf(bounds ?? { low: 0, high: 0 }) - ahead)).toBeLessThanOrEqual(100);
  });

  test('is learned anew after one of the clocks was set', () => {
    const before = told(50_000, 50_000, 50_010);
    expect(offsetOf(narrowed(before, told(200_000, 51_000, 51_010)))).toBeGreaterThan(148_000);
  });
});
