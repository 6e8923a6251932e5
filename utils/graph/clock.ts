/**
 * How far Meta's clock is ahead of the local one, ms, as bounds. An answer's `Date` is cut to whole seconds, so one
 * answer alone leaves a second open; each further one narrows it. What follows from a time is then the same from one
 * reading to the next.
 */
export interface ClockBounds {
  low: number;
  high: number;
}

/** What one answer tells: it was written within the second of `date`, between asking and receiving (epoch ms). */
export function boundsOf(date: number, startedAt: number, endedAt: number): ClockBounds {
  return { low: date - endedAt, high: date + 999 - startedAt };
}

/** Both bounds at once; the newer ones alone where they exclude each other. */
export function narrowed(known: ClockBounds | null, newer: ClockBounds): ClockBounds {
  if (!known || wasSet(known, newer)) return newer;
  return { low: Math.max(known.low, newer.low), high: Math.min(known.high, newer.high) };
}

/** Whether bounds exclude earlier ones: a clock was set between them. */
export function wasSet(known: ClockBounds, newer: ClockBounds): boolean {
  return Math.max(known.low, newer.low) > Math.min(known.high, newer.high);
}

/** The middle of the bounds: Meta's clock minus the local one, ms. */
export function offsetOf({ low, high }: ClockBounds): number {
  return Math.round((low + high) / 2);
}
