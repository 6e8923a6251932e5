/** When Baton asks Meta, and which answers are lost on their way. */
import { randomFrom } from './random';
import { shownAt } from './screen';
import type { TrueConversation, World } from './truth';

const LIST_EVERY_MS = 60_000;
const OWNER_EVERY_MS = 15_000;
/** After a new message on screen. */
const FOLLOW_UPS_MS = [300, 2_300, 6_300];
const SHORTEST_GAP_MS = 1_000;

/** One call: when it was asked, what moment the answer tells of, and when it was received, on Meta's clock. */
export interface Exchange {
  startedAt: number;
  answeredAt: number;
  endedAt: number;
}

/** The readings of the newest conversations that came through, once for each world. */
export function listReads(world: World): readonly Exchange[] {
  const reads = READS.get(world) ?? planListReads(world);
  READS.set(world, reads);
  return reads;
}

const READS = new WeakMap<World, readonly Exchange[]>();

/** The newest of them that had been received at a moment; null where none had. */
export function listReadBy(world: World, at: number): Exchange | null {
  return listReads(world).findLast(({ endedAt }) => endedAt <= at) ?? null;
}

/** Back to this time the list was read without a gap: what happened while Meta did not answer may be missing. */
export function completeSince({ traits: { outage } }: World, at: number): number {
  return outage !== null && at >= outage.to ? outage.to : 0;
}

/** Readings of the owner while a conversation is open: again and again, and after each message that appears. */
export function ownerReads(world: World, conversation: TrueConversation): Exchange[] {
  const { from, to } = conversation.opened;
  const random = randomFrom(Number(conversation.psid.slice(-9)) + world.seed);
  const lostFrom = random.chance(0.05) ? random.between(from, to) : to;
  const moves = shownAt(conversation, to)
    .flatMap(({ at }) => FOLLOW_UPS_MS.map((after) => at + after))
    .filter((at) => at > from)
    .sort((a, b) => a - b);
  const reads: Exchange[] = [];
  for (let next = from + 700; next < to; ) {
    const exchange = exchangeAt(next, random.between(80, 1_100), random.next());
    const lost = random.chance(0.02) || (next > lostFrom && next < lostFrom + 45_000);
    if (!lost) reads.push(exchange);
    const soonest = Math.max(exchange.endedAt, next + SHORTEST_GAP_MS);
    next = Math.min(exchange.endedAt + OWNER_EVERY_MS, moves.find((at) => at >= soonest) ?? Infinity);
  }
  return reads;
}

function planListReads({ traits: { outage }, seed, start, end }: World): Exchange[] {
  const random = randomFrom(seed + 77);
  const reads: Exchange[] = [];
  for (let at = start; at < end; at += LIST_EVERY_MS) {
    const exchange = exchangeAt(at, random.between(300, 2_500), random.next());
    const lost = random.chance(0.02) || (outage !== null && at >= outage.from && at < outage.to);
    if (!lost || at === start) reads.push(exchange);
  }
  return reads;
}

/** `when`: from 0 to 1, where between asking and receiving the answer tells of. */
function exchangeAt(startedAt: number, takes: number, when: number): Exchange {
  return { startedAt, answeredAt: startedAt + when * takes, endedAt: startedAt + takes };
}
