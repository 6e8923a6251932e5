import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../utils/services/session';

/** So many turns of the event loop without a call under way, and everything that could happen by itself has happened. */
const CALM_TURNS = 400;

export interface MovedClock extends Clock {
  /** Goes on by `ms`. Every timer on the way rings in its turn, and what it set off comes to rest before the next. */
  advance(ms: number): Promise<void>;
  /** Goes from timer to timer until the work is done. */
  until<Value>(work: Promise<Value>): Promise<Value>;
}

/**
 * A clock that stands still while anything is under way, and then jumps.
 * @param now epoch ms at the start
 * @param busy whether a call is under way that moves on without this clock
 */
export function movedClock(now: number, busy: () => boolean): MovedClock {
  const timers = new Set<{ at: number; ring: () => void }>();

  async function calm(): Promise<void> {
    for (let turns = 0; turns < CALM_TURNS; turns += 1) {
      await turn();
      if (busy()) turns = 0;
    }
  }

  /** Rings the next timer, if it is due by `end`. */
  async function ringNext(end: number): Promise<boolean> {
    const [timer] = [...timers].sort((a, b) => a.at - b.at);
    if (!timer || timer.at > end) return false;
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.ring();
    await calm();
    return true;
  }

  return {
    now: () => now,
    after(ms, ring) {
      const timer = { at: now + ms, ring };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      await calm();
      while (await ringNext(end));
      now = end;
    },
    async until(work) {
      let done = false;
      const settled = () => {
        done = true;
      };
      work.then(settled, settled);
      for (await calm(); !done; await calm()) if (!(await ringNext(Number.POSITIVE_INFINITY))) await sleep(1);
      return work;
    },
  };
}
