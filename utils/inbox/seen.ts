/** One reading of the page: what is seen, as plain data, and the elements that it was seen in. */
import type { SeenConversation, SeenMessage, SeenPage, SeenRow } from '../conversation/seen';
import { type Agreement, beginningOf, continues, NOTHING_YET, verdictOn } from './agreement';
import { find } from './dom';
import type { FactsOf } from './facts';
import { type InboxLocation, isConversationTab, readLocation } from './location';
import { type PageMessage, parseHeader, parseMessages, parseThreadRows, type ThreadRow } from './parse';
import { findRegions, type Regions } from './regions';
import { SELECTORS, type Selectors } from './selectors';

export interface Reading extends Regions {
  seen: SeenPage;
  /** By {@link SeenRow.key}; rows that look alike share one. Top to bottom. */
  rows: Map<string, Element[]>;
  /** By {@link SeenMessage.key}; empty while no conversation is accepted. */
  messages: Map<string, Element>;
  /** Header and messages could not be proved to belong together: read again soon, though nothing changes. */
  unsettled: boolean;
  /** For the next reading. */
  agreement: Agreement;
}

export interface ReadOptions {
  document: Document;
  url: string;
  factsOf: FactsOf;
  /** The page's parts, where they have just been found. */
  regions?: Regions;
  /** The reading before this one, if any. */
  before?: Reading | null;
  selectors?: Selectors;
}

/** Reads rows, header and messages. On tabs of comments and outside of the inbox nothing is seen. */
export function readPage({
  document,
  url,
  factsOf,
  before = null,
  selectors = SELECTORS,
  ...options
}: ReadOptions): Reading {
  const location = readLocation(url, document, selectors);
  if (!isConversationTab(location.tab)) return nothing(document, location);
  const regions = options.regions ?? findRegions(document, selectors);
  const rows = parseThreadRows(regions.list ?? document, selectors).map((row) => ({
    element: row.element,
    row: seenRow(row, factsOf),
  }));
  const messages = seenMessages(regions.region ? parseMessages(regions.region, selectors) : [], factsOf);
  const { conversation, agreement, unsettled } = accept({
    name: (regions.header && parseHeader(regions.header, selectors)?.name) ?? null,
    messages: messages.map(({ message }) => message),
    avatars: avatarsIn(regions.region, selectors),
    rows: rows.map(({ row }) => row),
    location,
    before: before?.agreement ?? NOTHING_YET,
  });
  return {
    ...regions,
    seen: {
      ...location,
      rows: rows.map(({ row }) => row),
      conversation,
      factsReadable: [...rows.map(({ row }) => row), ...messages.map(({ message }) => message)].some(
        ({ facts }) => facts !== null,
      ),
      ...attention(document),
    },
    rows: grouped(rows.map(({ element, row }) => [row.key, element])),
    messages: new Map(conversation ? messages.map(({ element, message }) => [message.key, element]) : []),
    unsettled,
    agreement,
  };
}

function nothing(document: Document, location: InboxLocation): Reading {
  return {
    list: null,
    header: null,
    region: null,
    composer: null,
    seen: { ...location, rows: [], conversation: null, factsReadable: false, ...attention(document) },
    rows: new Map(),
    messages: new Map(),
    unsettled: false,
    agreement: NOTHING_YET,
  };
}

function attention(document: Document): Pick<SeenPage, 'visible' | 'focused'> {
  return { visible: document.visibilityState === 'visible', focused: document.hasFocus() };
}

// ---- rows

/** Separates the parts of a fingerprint; no text on the page holds it. */
const SEPARATOR = '\u001f';

function seenRow({ element, ...row }: ThreadRow, factsOf: FactsOf): SeenRow {
  const key = [row.name, row.lastActivity, row.preview, row.channel].join(SEPARATOR);
  return { key, ...row, facts: rowFacts(element, key, row.name, factsOf) };
}

/** What was answered for a box, while it shows the same: rows are many and most stay. */
const knownRows = new WeakMap<Element, { key: string; facts: SeenRow['facts'] }>();

/** React's facts, if they are of the customer whom the row shows: a recycled box may still carry another's. */
function rowFacts(element: Element, key: string, name: string, factsOf: FactsOf): SeenRow['facts'] {
  const known = knownRows.get(element);
  if (known?.key === key && known.facts) return known.facts;
  const answer = factsOf.row(element);
  const facts = answer?.title === name ? answer : null;
  knownRows.set(element, { key, facts });
  return facts;
}

function grouped(entries: readonly (readonly [string, Element])[]): Map<string, Element[]> {
  const groups = new Map<string, Element[]>();
  for (const [key, element] of entries) groups.set(key, [...(groups.get(key) ?? []), element]);
  return groups;
}

// ---- messages

function seenMessages(
  messages: readonly PageMessage[],
  factsOf: FactsOf,
): { element: Element; message: SeenMessage }[] {
  const used = new Map<string, number>();
  return messages.map(({ element, ...message }) => {
    const facts = messageFacts(element, message.messageId, factsOf);
    const print =
      message.messageId ?? facts?.messageId ?? [message.direction, message.text, message.sentAt].join(SEPARATOR);
    const earlier = used.get(print) ?? 0;
    used.set(print, earlier + 1);
    return { element, message: { key: earlier > 0 ? [print, earlier].join(SEPARATOR) : print, ...message, facts } };
  });
}

/** Facts that name a creator do not change any more; those that name nobody may, since they can come late. */
const knownMessages = new WeakMap<Element, NonNullable<SeenMessage['facts']>>();

function messageFacts(element: Element, messageId: string | null, factsOf: FactsOf): SeenMessage['facts'] {
  const known = knownMessages.get(element);
  if (known && known.messageId === messageId) return known;
  const facts = factsOf.message(element);
  if (!facts || (messageId !== null && facts.messageId !== messageId)) return null;
  if (facts.creator) knownMessages.set(element, facts);
  return facts;
}

function avatarsIn(region: Element | null, selectors: Selectors): string[] {
  const names = region ? find(region, selectors.avatar).map((image) => image.getAttribute('alt') ?? '') : [];
  return [...new Set(names)].filter((name) => name !== '');
}

// ---- the conversation

interface Candidate {
  name: string | null;
  messages: SeenMessage[];
  avatars: string[];
  rows: SeenRow[];
  location: InboxLocation;
  before: Agreement;
}

type Acceptance = Pick<Reading, 'agreement' | 'unsettled'> & { conversation: SeenConversation | null };

/** Accepts what agrees; what nothing can tell, once it has been read twice alike. */
function accept({ name, messages, avatars, rows, location, before }: Candidate): Acceptance {
  if (name === null) return { conversation: null, agreement: { ...before, pending: null }, unsettled: false };
  const selectedUserId = location.threadType === 'FB_MESSAGE' ? location.selectedItemId : null;
  const verdict = verdictOn({ name, messages, avatars, rows, selectedUserId }, before);
  const print = [name, beginningOf(messages)].join(SEPARATOR);
  if (verdict === 'disagree') return { conversation: null, agreement: { ...before, pending: null }, unsettled: true };
  if (verdict === 'unknown' && before.pending !== print) {
    const known = before.accepted?.name === name && before.accepted.beginning === beginningOf(messages);
    if (!known) return { conversation: null, agreement: { ...before, pending: print }, unsettled: true };
  }
  const key = conversationKey(name, messages, location, before);
  const ids = new Set(messages.flatMap(({ messageId }) => messageId ?? []));
  const accepted = { key, name, beginning: beginningOf(messages), ids };
  return { conversation: { key, name, messages }, agreement: { accepted, pending: print }, unsettled: false };
}

/** The key of before while real message ids prove the same conversation; older messages may load above. */
function conversationKey(
  name: string,
  messages: readonly SeenMessage[],
  location: InboxLocation,
  { accepted }: Agreement,
): string {
  const proven = accepted !== null && accepted.name === name && accepted.ids.size > 0 && continues(accepted, messages);
  return proven ? accepted.key : [name, location.selectedItemId, beginningOf(messages)].join(SEPARATOR);
}
