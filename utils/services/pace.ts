import type { Apps } from '../conversation/apps';
import { disputedReading } from '../conversation/owner';
import type { SeenPage } from '../conversation/seen';
import { type PageMemory, readingsOf } from './memory';

/** The reading times that agents can rely on. */
export const OWNER_EVERY_MS = 15_000;
export const ROWS_EVERY_MS = 60_000;
/** A reading takes its time: so long before an owner grows older than agents rely on, it is begun. */
const READ_WITHIN_MS = 2_000;
/** A bot often speaks first and passes control a moment later: after a move the owner is read again this often. */
const FOLLOW_UPS_MS = [0, 2_000, 6_000] as const;
/** A new row is settled once the list was read after any difference of the clocks: see `identifyRow`. */
const ROW_FOLLOW_UPS_MS = [0, 3_000, 33_000] as const;
/** Between two attempts at the same reading, whatever asks for it. */
const ATTEMPT_GAP_MS = 1_000;
/** After a failed attempt. */
const FAILED_GAP_MS = 10_000;

export type Reading =
  | { what: 'list' }
  | { what: 'older' }
  | { what: 'owner'; psid: string }
  | { what: 'conversation'; psid: string };

/** A reading and when it is due, local epoch ms. */
export interface Due {
  reading: Reading;
  at: number;
}

/** What happened on the page that makes a reading due before its time, local epoch ms. */
export interface Moves {
  /** The open conversation's newest message changed. Of one that is no longer open nothing is due. */
  open: { psid: string; at: number } | null;
  /** A row is newer than anything the list knows. */
  rows: number | null;
  /** A row lies beyond the oldest conversation read. */
  beyond: number | null;
}

export interface PaceEvidence {
  seen: SeenPage;
  /** PSID of the open conversation; null where it is not linked. */
  psid: string | null;
  memory: PageMemory;
  apps: Apps;
  moves: Moves;
  /** When each reading was last attempted, and whether that failed, by {@link readingKey}. */
  attempts: ReadonlyMap<string, { at: number; failed: boolean }>;
  slowdown: number;
  /** Meta asks not to be called before this, local epoch ms; null: no such wish. */
  closedUntil: number | null;
}

export function readingKey(reading: Reading): string {
  return 'psid' in reading ? `${reading.what} ${reading.psid}` : reading.what;
}

/** What is to be read for one tab, and when; soonest first. Nothing while the page is hidden. */
export function due({ seen, psid, memory, apps, moves, attempts, slowdown, closedUntil }: PaceEvidence): Due[] {
  if (!seen.visible) return [];
  const dues: Due[] = [];
  const add = (reading: Reading, at: number) => {
    const attempt = attempts.get(readingKey(reading));
    const notBefore = attempt ? attempt.at + (attempt.failed ? FAILED_GAP_MS : ATTEMPT_GAP_MS) : 0;
    dues.push({ reading, at: Math.max(at, notBefore, closedUntil ?? 0) });
  };

  const listAt = memory.listReadAt === null ? 0 : memory.listReadAt + ROWS_EVERY_MS * slowdown;
  add({ what: 'list' }, soonest(listAt, followUp(moves.rows, memory.listReadAt, ROW_FOLLOW_UPS_MS)));
  if (moves.beyond !== null && memory.listAfter !== null) add({ what: 'older' }, moves.beyond);

  if (psid !== null) {
    const movedAt = moves.open?.psid === psid ? moves.open.at : null;
    const every = (seen.focused ? OWNER_EVERY_MS - READ_WITHIN_MS : ROWS_EVERY_MS) * slowdown;
    const readAt = memory.ownerReadAt[psid];
    const ownerMoves = [movedAt, disputedAt(psid, memory, apps)].map((at) => followUp(at, readAt ?? null));
    add({ what: 'owner', psid }, soonest(readAt === undefined ? 0 : readAt + every, ...ownerMoves));
    const conversationAt = memory.conversationReadAt[psid];
    if (conversationAt === undefined) add({ what: 'conversation', psid }, 0);
    else {
      const moved = followUp(movedAt, conversationAt);
      if (moved !== null) add({ what: 'conversation', psid }, moved);
    }
  }
  return dues.sort((a, b) => a.at - b.at);
}

/** When the owner was last read, local epoch ms, where an answer that was on its way at the time says otherwise; else null. */
function disputedAt(psid: string, memory: PageMemory, apps: Apps): number | null {
  const disputed = disputedReading(readingsOf(memory, psid), apps);
  return disputed && disputed.endedAt - memory.clockOffset;
}

/** The next follow-up of a move that has not been read since; null where all were. */
function followUp(
  movedAt: number | null,
  readAt: number | null,
  after: readonly number[] = FOLLOW_UPS_MS,
): number | null {
  if (movedAt === null) return null;
  const times = after.map((ms) => movedAt + ms);
  return times.find((time) => readAt === null || readAt < time) ?? null;
}

function soonest(at: number, ...others: (number | null)[]): number {
  return Math.min(at, ...others.map((other) => other ?? at));
}
