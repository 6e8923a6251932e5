import {
  type AuthorClaim,
  type AuthorEvidence,
  type AuthorKind,
  concludeAuthors,
  learnCreators,
  namedByPage,
} from '../conversation/author';
import {
  buildIndex,
  type ConversationIndex,
  type Identity,
  identifyConversation,
  identifyRow,
  type LinkLookup,
} from '../conversation/identity';
import { type KnownList, type KnownMessage, SECOND_MS } from '../conversation/known';
import { matchMessages } from '../conversation/match';
import {
  concludeOwner,
  controlEndIn,
  type LastWriter,
  type Owner,
  type OwnerClaim,
  type OwnerEvidence,
  type OwnerKind,
} from '../conversation/owner';
import { learnPageClock, offsetByClock } from '../conversation/page-clock';
import { offersFor, offersWithoutPage } from '../conversation/plan';
import { repeatedWords } from '../conversation/repeated';
import type { SeenConversation, SeenMessage, SeenPage, SeenRow } from '../conversation/seen';
import { type Handover, handovers, transferredSince, type Writer } from '../conversation/timeline';
import type { ConversationView, HandoverView, IdentityView, InboxView, LabelView, RowView } from '../conversation/view';
import { concludeWindow } from '../conversation/window';
import type { Store } from '../store/store';
import type { Control, Latest } from './control';
import type { Links } from './links';
import { appsOf, emptyMemory, type PageMemory, readingsOf } from './memory';
import type { LivePage } from './pages';

/** What was concluded for one reading of the page, and what it tells about what to read next. */
export interface Conclusion {
  view: InboxView;
  /** The page as it was then; another one may have been seen since. */
  seen: SeenPage;
  /** The connected Page it was concluded with; null without one. */
  pageId: string | null;
  /** PSID of the open conversation; null where it is not linked. */
  psid: string | null;
  /** Whom each row belongs to, by its key, or why that can't be told. */
  rows: { key: string; identity: Identity }[];
  /** The newest message on screen, and whether Graph has told it yet; null where none is. */
  newestMessage: { key: string; told: boolean } | null;
  /** Keys of rows that are newer than the list. */
  newerRows: string[];
  /** A row lies beyond the oldest conversation read. */
  rowsBeyond: boolean;
}

interface ConcludeOptions {
  seen: SeenPage;
  /** Null where the Page on screen is not connected, or waits for the passphrase: then the page alone tells. */
  page: LivePage | null;
  /** The passphrase has not been given in this browser session. */
  isLocked?: boolean;
  store: Pick<Store, 'spans'>;
  links: Pick<Links, 'of' | 'put' | 'drop'>;
  control: Pick<Control, 'latest'>;
  /** Local epoch ms. */
  now: number;
}

const NO_LINKS: LinkLookup = () => null;
const NO_RUN: Latest = { running: null, outcome: null, passed: null };

/** Concludes what to show for what is seen, from all that is known: at every degree by the same way. */
export async function concludeInbox({
  seen,
  page,
  isLocked = false,
  store,
  links,
  control,
  now: localNow,
}: ConcludeOptions): Promise<Conclusion> {
  const memory = page?.memory ?? emptyMemory();
  const now = localNow + memory.clockOffset;
  const index = indexOf(memory.list);
  const linkOf = page ? await lookup(links, page.record.pageId) : NO_LINKS;
  const rows = seen.rows.map((row) => ({ row, identity: identifyRow(row, index, linkOf) }));
  const open = seen.conversation && openOf(seen.conversation, seen, index, linkOf, memory);
  if (page) await keepLinks(links, page.record.pageId, [...rows, ...(open ? [open] : [])], localNow);

  if (open) learnClock(memory, open);
  const pageOffset = offsetByClock(memory.pageClock);

  const world = {
    memory,
    page,
    remedy: isLocked ? 'Unlock Baton in Setup' : 'Connect the Page in Setup',
    pageOffset,
    now,
  };
  return {
    view: {
      clockOffset: memory.clockOffset,
      rows: rows.flatMap(({ row, identity }) =>
        identity.kind === 'linked' ? [rowView(row, identity.psid, world)] : [],
      ),
      conversation: open && (await conversationView(open, seen, world, store, control)),
    },
    seen,
    pageId: page?.record.pageId ?? null,
    psid: open?.psid ?? null,
    rows: rows.map(({ row, identity }) => ({ key: row.key, identity })),
    newestMessage: open && newestOf(open),
    newerRows: rows
      .filter(({ row, identity }) => identity.kind !== 'linked' && isNewer(row, world))
      .map(({ row }) => row.key),
    rowsBeyond: rows.some(({ row, identity }) => identity.kind !== 'linked' && isBeyond(row, world)),
  };
}

interface World {
  memory: PageMemory;
  page: LivePage | null;
  /** What is to be done where there is no Page. */
  remedy: string;
  /** What to add to the page's times to have them by Meta's clock, ms; null where that is not known yet. */
  pageOffset: number | null;
  /** Epoch ms on the server's clock. */
  now: number;
}

/** What one conversation tells of the page's clock holds for the Page; not one that only the agent has recognised. */
function learnClock(memory: PageMemory, { identity, messages, told }: Open): void {
  if (identity.kind !== 'linked' || identity.chosen) return;
  memory.pageClock = learnPageClock(memory.pageClock, messages, told);
}

/** By Meta's clock, as far as that is known, epoch ms; null where the page tells no time. */
function byMetasClock(at: number | null, { pageOffset }: World): number | null {
  return at === null ? null : at + (pageOffset ?? 0);
}

// ---- rows

function rowView(row: SeenRow, psid: string, world: World): RowView {
  const { memory, now } = world;
  const known = memory.messages[psid];
  return {
    key: row.key,
    owner: ownerClaim(psid, world),
    window: concludeWindow(
      {
        known: known?.messages ?? null,
        seen: null,
        pageOffset: null,
        completeBack: known?.complete ?? false,
        observedAt: memory.list.readAt || now,
      },
      now,
    ),
  };
}

/** Newer than anything the list knows, which counts in whole seconds: the list has to be read again. */
function isNewer({ lastActivity }: SeenRow, world: World): boolean {
  const at = byMetasClock(lastActivity, world);
  return at !== null && at >= (world.memory.list.conversations[0]?.updatedAt ?? 0) + 1_000;
}

function isBeyond({ lastActivity }: SeenRow, world: World): boolean {
  const { completeSince } = world.memory.list;
  const at = byMetasClock(lastActivity, world);
  return at !== null && completeSince !== null && at < completeSince;
}

// ---- the open conversation

/** The open conversation as it is seen, and what Meta has told of it. */
interface Open {
  conversation: SeenConversation;
  messages: SeenMessage[];
  identity: Identity;
  /** Null where it is not linked. */
  psid: string | null;
  told: readonly KnownMessage[];
  /** Nothing older than what was told is left. */
  complete: boolean;
  /** Meta's record of messages on screen, by {@link SeenMessage.key}. */
  known: ReadonlyMap<string, KnownMessage>;
}

function openOf(
  conversation: SeenConversation,
  seen: SeenPage,
  index: ConversationIndex,
  linkOf: LinkLookup,
  memory: PageMemory,
): Open {
  const { messages } = conversation;
  const identity = identifyConversation(conversation, seen, index, linkOf);
  const psid = identity.kind === 'linked' ? identity.psid : null;
  const { messages: told, complete } = (psid !== null && memory.messages[psid]) || { messages: [], complete: false };
  return { conversation, messages, identity, psid, told, complete, known: matchMessages(messages, told) };
}

async function conversationView(
  { conversation, messages, identity, psid, told, complete, known }: Open,
  seen: SeenPage,
  world: World,
  store: ConcludeOptions['store'],
  control: ConcludeOptions['control'],
): Promise<ConversationView> {
  const { memory, page, pageOffset, now } = world;
  const spans = psid !== null && page ? await store.spans(page.record.pageId, psid) : [];
  const timeOf: TimeOf = (message) => known.get(message.key)?.at ?? byMetasClock(message.sentAt, world);
  const { labels, writers, lastWriter } = authorsOf(
    { messages, known, spans, factsReadable: seen.factsReadable },
    timeOf,
    world,
  );
  const { passed, ...run } = psid !== null && page ? await control.latest(page, psid) : NO_RUN;
  // Another customer's messages under this one's name tell nothing of when to answer, nor of who has it.
  const isMixed = identity.kind === 'unmatched' && identity.mixed;
  const claim = ownerClaim(psid, world, { lastWriter: isMixed ? null : lastWriter, passed });
  const isWorking = page !== null && page.record.stopped === null;
  const owner = isWorking && identity.kind !== 'linked' ? because(claim, identity.why) : claim;
  const closedUntil = page?.budget.closedUntil(now - memory.clockOffset) ?? null;
  return {
    key: conversation.key,
    name: conversation.name,
    channel: seen.threadType,
    identity: identityView(identity, page),
    owner,
    transferred: transferredSince(spans, writers),
    clocks: {
      window: concludeWindow(
        {
          known: told,
          seen: isMixed ? null : messages,
          pageOffset,
          completeBack: complete,
          observedAt: now,
        },
        now,
      ),
      controlEndsAt: psid === null ? null : controlEndIn(readingsOf(memory, psid)),
    },
    labels,
    handovers: handovers(spans).map((handover) => handoverView(handover, { messages, labels, timeOf })),
    ...offersIn(psid, owner, world),
    handBackPhrase: page?.declared.handBackPhrase ?? null,
    slow: closedUntil === null ? null : { why: 'Meta asks for fewer calls.', nextAt: closedUntil + memory.clockOffset },
    ...run,
  };
}

/** What can be pressed; nothing before it is known whose conversation this is. */
function offersIn(psid: string | null, owner: OwnerClaim, { memory, page, remedy, now }: World) {
  if (page === null) return offersWithoutPage(remedy);
  return psid === null ? { offers: [], sentence: null } : offersFor(owner, memory.routing, appsOf(page.record), now);
}

function newestOf({ messages, known }: Open): Conclusion['newestMessage'] {
  const newest = messages.at(-1);
  return newest ? { key: newest.key, told: known.has(newest.key) } : null;
}

/** When a message was sent, epoch ms on Meta's clock as far as that is known; null where nothing tells. */
type TimeOf = (message: SeenMessage) => number | null;

function authorsOf(
  shown: Pick<AuthorEvidence, 'known' | 'spans' | 'factsReadable'> & { messages: SeenMessage[] },
  timeOf: TimeOf,
  { memory, page, now }: World,
): { labels: LabelView[]; writers: Writer[]; lastWriter: LastWriter | null } {
  const { messages } = shown;
  const evidence: AuthorEvidence = {
    ...shown,
    apps: page ? appsOf(page.record) : NO_APPS,
    routing: memory.routing,
    appNames: memory.appNames,
    signature: page?.declared.signature ?? null,
    isRepeated: repeatedIn(memory.list),
    observedAt: now,
    creators: memory.creators,
  };
  const authors = concludeAuthors(evidence);
  // What one conversation teaches of the page's creator data holds for the Page.
  memory.creators = learnCreators(evidence);
  const named = namedByPage(messages);
  const ours = messages.flatMap((message) => {
    const author = authors.get(message.key);
    return author ? [{ message, author }] : [];
  });
  const newest = ours.at(-1);
  return {
    labels: ours.map(({ message, author }) => ({ key: message.key, author, shownByPage: named.has(message.key) })),
    writers: ours.flatMap(({ message, author }) => writerAt(timeOf(message), author.value.kind)),
    lastWriter: (newest && writerAt(timeOf(newest.message), certainKind(newest.author))[0]) ?? null,
  };
}

function ownerClaim(
  psid: string | null,
  { memory, page, remedy, now }: World,
  signs: Pick<OwnerEvidence, 'lastWriter' | 'passed'> = {},
): OwnerClaim {
  const evidence: OwnerEvidence = {
    readings: psid === null ? [] : readingsOf(memory, psid),
    apps: page ? appsOf(page.record) : NO_APPS,
    routing: memory.routing,
    appNames: memory.appNames,
    ...signs,
  };
  const claim = concludeOwner(evidence, now);
  if (page === null && claim.value.kind === 'unknown') return because(claim, `${remedy} to read who has it.`);
  if (page?.record.stopped) return because(claim, page.record.stopped);
  return claim;
}

function because(claim: OwnerClaim, why: string): OwnerClaim {
  const owner: Owner = { kind: 'unknown', why };
  return claim.value.kind === 'unknown' ? { ...claim, value: owner, reason: why } : claim;
}

/** Whoever writes while an owner of this kind has the conversation. */
const WRITES: Partial<Record<OwnerKind, AuthorKind>> = { bot: 'chatbot', inbox: 'human' };

/**
 * A change stands under the last message that was there before it was seen. Of what was sent in the very second in
 * which it was seen, the new owner's own words came after it.
 */
function handoverView(
  { from, to, at, after }: Handover,
  { messages, labels, timeOf }: { messages: SeenMessage[]; labels: LabelView[]; timeOf: TimeOf },
): HandoverView {
  const ofNewOwner = new Set(labels.flatMap(({ key, author }) => (author.value.kind === WRITES[to.kind] ? [key] : [])));
  const before = messages.findLast((message) => {
    const sent = timeOf(message) ?? Infinity;
    return sent <= at && !(ofNewOwner.has(message.key) && at <= sent + SECOND_MS);
  });
  return {
    afterKey: before?.key ?? null,
    from: from?.kind ?? null,
    to: to.kind,
    fromName: from?.kind === 'app' ? (from.name ?? from.appId) : null,
    toName: to.kind === 'app' ? (to.name ?? to.appId) : null,
    at,
    after,
  };
}

function identityView(identity: Identity, page: LivePage | null): IdentityView {
  if (identity.kind === 'linked')
    return { kind: 'linked', psid: identity.psid, reason: identity.reason, chosen: identity.chosen };
  const candidates = identity.kind === 'unmatched' && page ? identity.candidates : [];
  return { kind: 'unmatched', why: identity.why, candidates };
}

function writerAt(at: number | null, kind: AuthorKind): Writer[] {
  return at === null ? [] : [{ kind, at }];
}

/** An author who is only likely counts as not known. */
function certainKind({ value, certainty }: AuthorClaim): AuthorKind {
  return certainty === 'certain' ? value.kind : 'unknown';
}

// ---- links

async function lookup(links: ConcludeOptions['links'], pageId: string): Promise<LinkLookup> {
  const known = await links.of(pageId);
  return (itemId) => known.get(itemId) ?? null;
}

/** Keeps what was newly recognised, and drops what was contradicted. */
async function keepLinks(
  links: ConcludeOptions['links'],
  pageId: string,
  found: readonly { identity: Identity }[],
  now: number,
): Promise<void> {
  const known = await links.of(pageId);
  for (const { identity } of found) {
    if (identity.kind === 'contradicted') await links.drop(pageId, identity.itemId);
    if (identity.kind !== 'linked' || identity.itemId === null || known.has(identity.itemId)) continue;
    const { itemId, psid, evidence, chosen } = identity;
    await links.put({ pageId, itemId, psid, evidence, chosen, linkedAt: now });
  }
}

// ---- what is derived from the list, once for each list

const NO_APPS = { token: null, bot: null, inbox: '' };

const indexOf = perList<ConversationIndex>(buildIndex);
const repeatedIn = perList((list) => repeatedWords(list.conversations));

function perList<Value>(derive: (list: KnownList) => Value): (list: KnownList) => Value {
  const derived = new WeakMap<KnownList, Value>();
  return (list) => {
    const known = derived.get(list) ?? derive(list);
    derived.set(list, known);
    return known;
  };
}
