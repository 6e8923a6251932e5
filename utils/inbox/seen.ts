/** One reading of the page: what is seen, as plain data, and the elements that it was seen in. */
import type { SeenConversation, SeenMessage, SeenPage, SeenRow } from '../conversation/seen';
import { type Agreement, beginningOf, continues, NOTHING_YET, verdictOn } from './agreement';
import { find } from './dom';
import type { FactsOf } from './facts';
import { type InboxLocation, isConversationTab, readLocation } from './location';
import { type PageMessage, parseHeader, parseMessages, parseThreadRows, type ThreadRow } from './parse';
import { findRegions, NOWHERE, type Regions, type Touched } from './regions';
import { boxOf, type RowBox } from './row-box';
import { keyOf } from './row-key';
import { parseMovedRows, rewordedRows } from './rows';
import { SELECTORS, type Selectors } from './selectors';
import { SEPARATOR } from './text';

export interface Reading extends Regions {
  url: string;
  seen: SeenPage;
  /** The rows of `seen` in the same places, with their elements. */
  parsed: readonly ThreadRow[];
  /** What is known of the elements of `parsed`, in the same order. */
  boxes: ReadonlySet<RowBox>;
  /** By {@link SeenMessage.key}; empty while no conversation is accepted. */
  messages: Map<string, Element>;
  /** Header and messages are not proved to belong together, or rows not asked for facts: read again once it is quiet. */
  unsettled: boolean;
  /** For the next reading. */
  agreement: Agreement;
  /** Messages' facts that do not change any more, for the next reading. */
  facts: KnownFacts;
}

export interface ReadOptions {
  document: Document;
  url: string;
  factsOf: FactsOf;
  /** The page's parts, where they have just been found. */
  regions?: Regions;
  /** Where something moved since `before`; anywhere by default. The rest is taken over as it was. */
  touched?: Touched | null;
  /** The reading before this one, if any. */
  before?: Reading | null;
  selectors?: Selectors;
}

/** Reads rows, header and messages. On tabs of comments and outside of the inbox nothing is seen. */
export function readPage(options: ReadOptions): Reading {
  const { document, url, factsOf, before = null, selectors = SELECTORS } = options;
  const { touched } = options;
  const same = (...names: (keyof Touched)[]) => touched != null && names.every((name) => touched[name].length === 0);
  const isHere = before?.url === url;
  const location = before && isHere && same('tabs') ? locationOf(before) : readLocation(url, document, selectors);
  if (!isConversationTab(location.tab)) return nothing(document, url, location);
  const regions = options.regions ?? findRegions(document, selectors);
  const list = before && same('words', 'rows') ? listOf(before) : readList(options, regions);
  const { seen: rows } = list;
  const isOpen = isHere && before?.seen.conversation && same('header', 'region', 'tabs');
  const detail = isOpen ? detailOf(before) : readDetail({ regions, rows, location, last: before, factsOf, selectors });
  const { conversation } = detail;
  return {
    ...regions,
    url,
    seen: {
      ...location,
      rows,
      conversation,
      factsReadable: rows.some(hasFacts) || (conversation?.messages.some(hasFacts) ?? false),
      ...attention(document),
    },
    parsed: list.parsed,
    boxes: list.boxes,
    messages: detail.elements,
    unsettled: detail.unsettled || rows.some((row) => !asked.has(row)),
    agreement: detail.agreement,
    facts: detail.facts,
  };
}

/**
 * The rows that show something else after words and times alone have changed in the list: so much is read while rows
 * rush by. The reading itself follows with {@link caughtUp}, their order and hidden copies with the next whole one.
 * Null where a whole one is needed now. `now`: epoch ms.
 */
export function readWords(
  { boxes }: Reading,
  words: Touched['words'],
  now: number,
  selectors: Selectors = SELECTORS,
): ThreadRow[] | null {
  return rewordedRows(boxes, words, now, selectors);
}

/** The reading with its rows as {@link readWords} found them last. */
export function caughtUp(reading: Reading): Reading {
  const parsed = [...reading.boxes].flatMap(({ row }) => row ?? []);
  return { ...reading, parsed, seen: { ...reading.seen, rows: parsed.map((row) => seenRow(row, null)) } };
}

function nothing(document: Document, url: string, location: InboxLocation): Reading {
  return {
    ...NOWHERE,
    url,
    seen: { ...location, rows: [], conversation: null, factsReadable: false, ...attention(document) },
    parsed: [],
    boxes: new Set(),
    messages: new Map(),
    unsettled: false,
    agreement: NOTHING_YET,
    facts: NO_FACTS,
  };
}

function hasFacts({ facts }: SeenRow | SeenMessage): boolean {
  return facts !== null;
}

function locationOf({ seen: { pageId, selectedItemId, threadType, tab } }: Reading): InboxLocation {
  return { pageId, selectedItemId, threadType, tab };
}

function attention(document: Document): Pick<SeenPage, 'visible' | 'focused'> {
  return { visible: document.visibilityState === 'visible', focused: document.hasFocus() };
}

// ---- rows

interface List {
  parsed: readonly ThreadRow[];
  boxes: ReadonlySet<RowBox>;
  seen: SeenRow[];
}

function listOf({ parsed, boxes, seen }: Reading): List {
  return { parsed, boxes, seen: seen.rows };
}

/** Only the rows in which something moved, if that is known; React is asked when all are read. */
function readList({ document, factsOf, before, touched, selectors = SELECTORS }: ReadOptions, { list }: Regions): List {
  return touched && list && before?.list === list
    ? listFrom(parseMovedRows(list, before.boxes, touched, selectors), null, selectors)
    : listFrom(parseThreadRows(list ?? document, selectors), factsOf, selectors);
}

function listFrom(parsed: readonly ThreadRow[], factsOf: FactsOf | null, selectors: Selectors): List {
  return {
    parsed,
    boxes: new Set(parsed.map(({ element }) => boxOf(element, selectors))),
    seen: parsed.map((row) => seenRow(row, factsOf)),
  };
}

/** What was seen of a parsed row, which is the same object while it shows the same: rows are many and most stay. */
const seenRows = new WeakMap<ThreadRow, SeenRow>();
/** Rows that React has been asked about. */
const asked = new WeakSet<SeenRow>();

/** Without `factsOf` nothing is asked: rows that rush by are not worth it. */
function seenRow(parsed: ThreadRow, factsOf: FactsOf | null): SeenRow {
  const known = seenRows.get(parsed);
  if (known && (factsOf === null || known.facts)) return known;
  const { element, ...shown } = parsed;
  const facts = factsOf && rowFacts(element, shown.name, factsOf);
  const seen = known && facts === null ? known : { key: keyOf(shown), ...shown, facts };
  if (factsOf) asked.add(seen);
  seenRows.set(parsed, seen);
  return seen;
}

/** React's facts, if they are of the customer whom the row shows: a recycled box may still carry another's. */
function rowFacts(element: Element, name: string, factsOf: FactsOf): SeenRow['facts'] {
  const answer = factsOf.row(element);
  return answer?.title === name ? answer : null;
}

// ---- messages

type Facts = NonNullable<SeenMessage['facts']>;
type KnownFacts = ReadonlyMap<Element, Facts>;
const NO_FACTS: KnownFacts = new Map();

interface FoundMessage {
  element: Element;
  message: SeenMessage;
}

function seenMessages(messages: readonly PageMessage[], factsOf: FactsOf, known: KnownFacts): FoundMessage[] {
  const used = new Map<string, number>();
  return messages.map(({ element, ...message }) => {
    const facts = messageFacts(element, message.messageId, factsOf, known);
    const print =
      message.messageId ?? facts?.messageId ?? [message.direction, message.text, message.sentAt].join(SEPARATOR);
    const earlier = used.get(print) ?? 0;
    used.set(print, earlier + 1);
    return { element, message: { key: earlier > 0 ? [print, earlier].join(SEPARATOR) : print, ...message, facts } };
  });
}

/** Facts that name a creator do not change any more; those that name nobody may, since they can come late. */
function lastingFacts(found: readonly FoundMessage[]): KnownFacts {
  return new Map(found.flatMap(({ element, message: { facts } }) => (facts?.creator ? [[element, facts]] : [])));
}

function messageFacts(element: Element, messageId: string | null, factsOf: FactsOf, known: KnownFacts): Facts | null {
  const before = known.get(element);
  if (before && before.messageId === messageId) return before;
  const facts = factsOf.message(element);
  return facts && (messageId === null || facts.messageId === messageId) ? facts : null;
}

function avatarsIn(region: Element | null, selectors: Selectors): string[] {
  const names = region ? find(region, selectors.avatar).map((image) => image.getAttribute('alt') ?? '') : [];
  return [...new Set(names)].filter((name) => name !== '');
}

// ---- the conversation

interface Detail {
  conversation: SeenConversation | null;
  elements: Map<string, Element>;
  unsettled: boolean;
  agreement: Agreement;
  facts: KnownFacts;
}

function detailOf({ seen, messages, unsettled, agreement, facts }: Reading): Detail {
  return { conversation: seen.conversation, elements: messages, unsettled, agreement, facts };
}

interface DetailOptions {
  regions: Regions;
  rows: SeenRow[];
  location: InboxLocation;
  last: Reading | null;
  factsOf: FactsOf;
  selectors: Selectors;
}

/** So often in a row is read again what disagrees. After that only a change on the page gives reason to. */
const MOST_REFUSALS = 20;

/** Accepts what agrees; what nothing can tell, once it has been read twice alike. */
function readDetail({ regions, rows, location, last, factsOf, selectors }: DetailOptions): Detail {
  const before = last?.agreement ?? NOTHING_YET;
  let facts = NO_FACTS;
  const refused = (unsettled: boolean, pending: string | null, refusals: number): Detail => ({
    conversation: null,
    elements: new Map(),
    unsettled,
    agreement: { ...before, pending, refusals },
    facts,
  });
  const name = regions.header && parseHeader(regions.header, selectors)?.name;
  if (!name) return refused(false, null, 0);
  const parsed = regions.region ? parseMessages(regions.region, selectors) : [];
  const found = seenMessages(parsed, factsOf, last?.facts ?? NO_FACTS);
  facts = lastingFacts(found);
  const messages = found.map(({ message }) => message);
  const avatars = avatarsIn(regions.region, selectors);
  const selectedUserId = location.threadType === 'FB_MESSAGE' ? location.selectedItemId : null;
  const beginning = beginningOf(messages);
  const print = [name, beginning].join(SEPARATOR);
  const verdict = verdictOn({ name, messages, avatars, rows, selectedUserId }, before);
  if (verdict === 'disagree') return refused(before.refusals < MOST_REFUSALS, null, before.refusals + 1);
  if (verdict === 'unknown' && before.pending !== print && !wasAccepted(before, name, beginning))
    return refused(true, print, 0);
  const key = conversationKey(name, messages, location, before);
  const ids = new Set(messages.flatMap(({ messageId }) => messageId ?? []));
  return {
    conversation: { key, name, messages },
    elements: new Map(found.map(({ element, message }) => [message.key, element])),
    unsettled: false,
    agreement: { accepted: { key, name, beginning, ids }, pending: print, refusals: 0 },
    facts,
  };
}

function wasAccepted({ accepted }: Agreement, name: string, beginning: string): boolean {
  return accepted?.name === name && accepted.beginning === beginning;
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
