/** Chance and ids, repeatable: the same seed gives the same world. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A small seeded generator (mulberry32). `state` is a number, so that a saved world goes on where it stopped. */
export class Dice {
  constructor(public state: number) {}

  /** A number from 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.int(list.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }

  /** `count` decimal digits, the first never a zero. */
  digits(count: number): string {
    let text = String(1 + this.int(9));
    while (text.length < count) text += this.int(10);
    return text;
  }

  letters(count: number): string {
    let text = '';
    while (text.length < count) text += LETTERS[this.int(LETTERS.length)];
    return text;
  }
}

/** A person's id as one Page's apps see it: 17 digits, unrelated to the global id. */
export const newPsid = (dice: Dice): string => `2${dice.digits(16)}`;

/** A person's global Facebook user id, which the inbox page uses: 14 or 15 digits. */
export const newUserId = (dice: Dice): string => (dice.int(2) ? `1000${dice.digits(11)}` : dice.digits(14));

/** The thread id that the inbox page uses for an Instagram conversation: 39 digits. */
export const newInstagramThreadId = (dice: Dice): string => `340282366841710301244${dice.digits(18)}`;

export const newThreadId = (dice: Dice): string => `t_${dice.digits(17)}`;

/**
 * Graph's id of an Instagram conversation: `ig_dm:` and the page's thread id in base64,
 * with the four characters that a path cannot hold written as Z and a letter.
 */
export function instagramGraphId(threadId: string): string {
  const escapes: Record<string, string> = { Z: 'ZA', '+': 'ZB', '/': 'ZC', '=': 'ZD' };
  return Buffer.from(`ig_dm:${threadId}`)
    .toString('base64')
    .replace(/[Z+/=]/g, (c) => escapes[c] ?? c);
}

/** A message's id in Graph and webhooks. It tells nothing of the page's id of the same message. */
export const newMessageId = (dice: Dice): string => `m_${dice.letters(64)}`;

/** A message's id in the inbox page. */
export const newPageMid = (dice: Dice): string => `mid.$cAAB${dice.letters(26)}`;

export const newToken = (dice: Dice): string => `EAAB${dice.letters(120)}`;
