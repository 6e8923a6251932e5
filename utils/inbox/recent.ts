/**
 * Whether something was less than `within` ago; all in ms, the times since the epoch. The wall clock is several times
 * as cheap to ask as the page's own, and unlike that one it can be set: what lies ahead of `now` is over, so that
 * nothing lasts for hours.
 */
export function isRecent(at: number, now: number, within: number): boolean {
  return now >= at && now - at < within;
}
