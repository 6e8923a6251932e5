import type { AppId, Apps, Routing } from '../conversation/apps';
import { PAGE_INBOX } from '../conversation/apps';
import type { Creators } from '../conversation/author';
import type { KnownConversation, KnownList, KnownMessage } from '../conversation/known';
import type { OwnerReading } from '../conversation/owner';
import type { PageClock } from '../conversation/page-clock';
import type { CheckView } from '../conversation/view';
import { type ClockBounds, narrowed, offsetOf, wasSet } from '../graph/clock';
import type { ConnectedPage } from '../store/store';

/**
 * What is known of one Page while the browser runs. It outlives the worker in the browser's session storage, which
 * lies in memory alone: customers' words are in it, and they reach no disk.
 */
export interface PageMemory {
  routing: Routing;
  /** What proved it, for people; null while unknown. */
  routingReason: string | null;
  appNames: Record<AppId, string>;
  list: KnownList;
  /** Cursor behind the oldest conversation of the list's newest stretch; null: at the end, or nothing read yet. */
  listAfter: string | null;
  /** The stretch that was known before the newest page left a gap; null: there is none. */
  beyondGap: Stretch | null;
  /** Each conversation's readable messages, newest first, and whether nothing older is left. */
  messages: Record<string, { messages: KnownMessage[]; complete: boolean }>;
  readings: Record<string, OwnerReading[]>;
  /** When each kind of reading last succeeded, local epoch ms; the latter two by PSID. */
  listReadAt: number | null;
  ownerReadAt: Record<string, number>;
  conversationReadAt: Record<string, number>;
  /** The configuration checks as last made. */
  checks: CheckView[];
  /** How the last trial of take and pass ended; null: none was made in this browser session. */
  trial: CheckView | null;
  /** Meta's clock minus the local one, ms. */
  clockOffset: number;
  /** Where that offset comes from; null while Meta has not told. */
  clock: ClockBounds | null;
  /** Meta asked not to be called before this, local epoch ms; null: no such wish. */
  closedUntil: number | null;
  /** Graph named an owner other than the token's app: only the default app's token gets that. Epoch ms. */
  namedOtherAt: number | null;
  /** What the page's own data are known to tell of who pressed send. */
  creators: Creators;
  /** What the page's own times are known to be by Meta's clock. */
  pageClock: PageClock;
}

/** A part of the conversations list that is free of gaps, by the times (epoch ms) at its ends. */
interface Stretch {
  newest: number;
  completeSince: number;
  /** Cursor behind its oldest conversation; null: at the list's end. */
  listAfter: string | null;
}

const READINGS_KEPT = 24;
const MESSAGES_KEPT = 60;

export function emptyMemory(): PageMemory {
  return {
    routing: 'unknown',
    routingReason: null,
    appNames: {},
    list: { readAt: 0, completeSince: null, conversations: [] },
    listAfter: null,
    beyondGap: null,
    messages: {},
    readings: {},
    listReadAt: null,
    ownerReadAt: {},
    conversationReadAt: {},
    checks: [],
    trial: null,
    clockOffset: 0,
    clock: null,
    closedUntil: null,
    namedOtherAt: null,
    creators: 'unknown',
    pageClock: [],
  };
}

export function appsOf(page: Pick<ConnectedPage, 'tokenApp' | 'botApp'>): Apps {
  return { token: page.tokenApp, bot: page.botApp, inbox: PAGE_INBOX };
}

/**
 * Takes in what one answer tells of Meta's clock. What was read before moves along as the offset becomes known better,
 * so that readings stay in the order in which they were made; not where a clock was set, since it was right before.
 */
export function rememberClock(memory: PageMemory, told: ClockBounds): void {
  const { clock: known, clockOffset: before } = memory;
  memory.clock = narrowed(known, told);
  memory.clockOffset = offsetOf(memory.clock);
  const isBetterKnown = known === null || !wasSet(known, told);
  if (isBetterKnown && memory.clockOffset !== before) moveReadings(memory, memory.clockOffset - before);
}

function moveReadings(memory: PageMemory, ms: number): void {
  for (const [psid, readings] of Object.entries(memory.readings))
    memory.readings[psid] = readings.map((reading) => ({
      ...reading,
      startedAt: reading.startedAt + ms,
      endedAt: reading.endedAt + ms,
    }));
}

/** The readings of a conversation's owner that are kept, oldest first; none where none was made. */
export function readingsOf({ readings }: PageMemory, psid: string): readonly OwnerReading[] {
  return readings[psid] ?? [];
}

export function rememberReading(memory: PageMemory, psid: string, reading: OwnerReading): void {
  memory.readings[psid] = [...readingsOf(memory, psid), reading].slice(-READINGS_KEPT);
}

/** Forgets answers that named nobody: what they meant without routing they do not mean with it. */
export function forgetEmpty(memory: PageMemory): void {
  for (const [psid, readings] of Object.entries(memory.readings))
    memory.readings[psid] = readings.filter(({ answer }) => answer.kind !== 'empty');
}

/** Lays newly read messages over the known ones, by id. `limit`: how many were asked for. */
export function rememberMessages(memory: PageMemory, conversation: KnownConversation, limit: number): void {
  const known = memory.messages[conversation.psid];
  const byId = new Map(known?.messages.map((message) => [message.id, message]));
  for (const message of conversation.messages) byId.set(message.id, message);
  memory.messages[conversation.psid] = {
    messages: [...byId.values()].sort((a, b) => b.at - a.at).slice(0, MESSAGES_KEPT),
    complete: (known?.complete ?? false) || conversation.messages.length < limit,
  };
}

/**
 * Lays a page of the conversations list over the known list. The newest page begins a stretch that is free of gaps as
 * far back as it reaches; it joins what was known where it reaches beyond the newest of that, for several may share a
 * second. Else a gap lies between, which older pages fill: they extend the list backwards, until they reach what was
 * known before, and all is one stretch again.
 * `readAt`: epoch ms on the server's clock; `after`: the cursor behind the page, null at the list's end.
 */
export function rememberList(
  memory: PageMemory,
  read: KnownConversation[],
  { older, readAt, after }: { older: boolean; readAt: number; after: string | null },
): void {
  const { list, listAfter } = memory;
  // Nothing, and more behind it, is no answer.
  if (read.length === 0 && after !== null && !older) return;
  const oldestRead = after === null ? 0 : Math.min(...read.map((conversation) => conversation.updatedAt));
  const newest = list.conversations[0]?.updatedAt ?? 0;
  const knownSince = list.completeSince;
  const joins = knownSince !== null && (older || oldestRead < newest);
  if (knownSince !== null && !joins) memory.beyondGap ??= { newest, completeSince: knownSince, listAfter };

  const byPsid = new Map(list.conversations.map((conversation) => [conversation.psid, conversation]));
  for (const conversation of read) {
    const known = byPsid.get(conversation.psid);
    if (!known || known.updatedAt <= conversation.updatedAt) byPsid.set(conversation.psid, conversation);
  }
  memory.list = {
    readAt: older ? list.readAt : readAt,
    completeSince: joins ? Math.min(knownSince, oldestRead) : oldestRead,
    conversations: [...byPsid.values()].sort((a, b) => b.updatedAt - a.updatedAt),
  };
  // Behind a gap the older pages begin anew, so that they fill it.
  if (older || !joins) memory.listAfter = after;
  closeGap(memory);
}

/** Joins what was known before the gap, once older pages have reached it. */
function closeGap(memory: PageMemory): void {
  const { list, beyondGap } = memory;
  if (beyondGap === null || list.completeSince === null || list.completeSince >= beyondGap.newest) return;
  memory.beyondGap = null;
  if (list.completeSince <= beyondGap.completeSince) return;
  list.completeSince = beyondGap.completeSince;
  memory.listAfter = beyondGap.listAfter;
}
