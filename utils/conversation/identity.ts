import type { KnownConversation, KnownList, KnownMessage } from './known';
import { SKEW_MS } from './match';
import type { SeenConversation, SeenMessage, SeenPage, SeenRow } from './seen';
import type { Candidate } from './view';
import { foldWords, previewShows } from './words';

/** A stored link from an id of the page's (`selected_item_id`, `threadID`) to a PSID. */
export interface Link {
  psid: string;
  /** The agent picked it; the evidence alone would not do. */
  chosen: boolean;
}

/** Looks up the link of an id of the page's; null where there is none. */
export type LinkLookup = (itemId: string) => Link | null;

/** Which Graph conversation is the one on screen. */
export type Identity =
  | {
      kind: 'linked';
      psid: string;
      /** The signals that agree, as words a person can read. */
      evidence: string[];
      reason: string;
      chosen: boolean;
      /** The page's own id of this customer, where it is beyond doubt: the link may be kept under it. Else null. */
      itemId: string | null;
    }
  | { kind: 'unmatched'; why: string; candidates: Candidate[] }
  /** The stored link under `itemId` is wrong and has to go. */
  | { kind: 'contradicted'; itemId: string; psid: string; why: string };

/** The conversations list, arranged so that nothing has to look at every conversation. */
export interface ConversationIndex {
  /** When the list was read, epoch ms; null where none was. */
  readAt: number | null;
  /** Read without a gap from `readAt` back to this time (epoch ms). */
  completeSince: number | null;
  byPsid: ReadonlyMap<string, KnownConversation>;
  /** By folded name. */
  byName: ReadonlyMap<string, readonly KnownConversation[]>;
  /** By decoded thread id. */
  byInstagramId: ReadonlyMap<string, KnownConversation>;
  /** Folded words that stand in several conversations: they tell less. */
  common: ReadonlySet<string>;
}

/** Equal names with equal words within this time are rivals, even where one of them fits better. */
const RIVAL_MS = 600_000;

/** Both clocks are read in whole seconds, so that one difference may look like two. */
const STEADY_MS = 2_000;

/** At most so many are offered to the agent. */
const MOST_CANDIDATES = 5;

const NAME = 'name';
const LAST = 'last message';
const UNREAD = 'The conversations list has not been read without a gap around this time.';

/** Arranges the conversations list for {@link identifyRow} and {@link identifyConversation}. */
export function buildIndex(list: KnownList | null): ConversationIndex {
  const byPsid = new Map<string, KnownConversation>();
  const byName = new Map<string, KnownConversation[]>();
  const byInstagramId = new Map<string, KnownConversation>();
  const said = new Set<string>();
  const common = new Set<string>();
  for (const conversation of list?.conversations ?? []) {
    byPsid.set(conversation.psid, conversation);
    const name = foldWords(conversation.name);
    byName.set(name, [...(byName.get(name) ?? []), conversation]);
    const instagramId = decodeInstagramId(conversation.threadId);
    if (instagramId !== null) byInstagramId.set(instagramId, conversation);
    const words = new Set(conversation.messages.map(({ text }) => foldWords(text)));
    for (const one of words) (said.has(one) ? common : said).add(one);
  }
  return {
    readAt: list?.readAt ?? null,
    completeSince: list?.completeSince ?? null,
    byPsid,
    byName,
    byInstagramId,
    common,
  };
}

/**
 * The Instagram thread id that the page's address carries, from Graph's conversation id (`aWdf…`); null where the id
 * is none. Graph writes base64 with ZA for Z, ZB for +, ZC for / and ZD for =.
 */
export function decodeInstagramId(graphId: string): string | null {
  if (!graphId.startsWith('aWdf')) return null;
  const letters: Readonly<Record<string, string>> = { ZA: 'Z', ZB: '+', ZC: '/', ZD: '=' };
  const base64 = graphId.replace(/Z[ABCD]/g, (pair) => letters[pair] ?? pair);
  try {
    return /^ig_dm:(\d+)$/.exec(atob(base64))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Which Graph conversation a row of the list is: by its link, else by name and last message, without a rival. */
export function identifyRow(row: SeenRow, index: ConversationIndex, links: LinkLookup): Identity {
  const itemId = trustedItemId(row);
  const at = row.lastActivity ?? (itemId === null ? null : (row.facts?.at ?? null));
  const namesakes = namesakesOf(row.name, index);
  if (isChanging(row)) return unmatched('The row is still changing to another conversation.', namesakes);
  const fitting = namesakes.filter((one) => one.messages.some((message) => showsMessage(row.preview, at, message)));

  const link = itemId === null ? null : links(itemId);
  const known = link === null ? undefined : index.byPsid.get(link.psid);
  // A link to a conversation that has not been read can't be held against anything.
  if (link !== null && itemId !== null && known !== undefined) {
    const stranger = !link.chosen && !hasName(known, row.name);
    const another = fitting.length > 0 && !fitting.includes(known);
    if (stranger || (another && isSettled(at ?? 0, index)))
      return contradicted(itemId, link, 'The row shows another customer’s name or words.');
    return remembered(link, itemId);
  }
  if (at === null) return unmatched('The row shows no time.', namesakes);
  if (!isSettled(at, index)) return unmatched(UNREAD, namesakes);
  const [only] = fitting;
  if (only === undefined) return unmatched('No conversation has this name and this last message.', namesakes);
  const rivals = namesakes.filter(
    (one) => one !== only && one.messages.some((message) => mayShow(row.preview, at, message)),
  );
  if (rivals.length > 0) return unmatched('Several customers of this name said the same at that time.', namesakes);
  return linked(only, [NAME, LAST], itemId);
}

/**
 * Which Graph conversation is open: by its link as long as nothing contradicts it, else by two independent signals of
 * name, last message, earlier messages and Instagram's id, without a rival over a list that has no gap.
 */
export function identifyConversation(
  conversation: SeenConversation,
  page: SeenPage,
  index: ConversationIndex,
  links: LinkLookup,
): Identity {
  const namesakes = namesakesOf(conversation.name, index);
  const instagram = page.selectedItemId === null ? undefined : index.byInstagramId.get(page.selectedItemId);
  const ids =
    instagram === undefined ? itemIdsOf(conversation, page) : { confirmed: page.selectedItemId, disagree: false };
  if (ids.disagree) return unmatched('The page is still changing to another conversation.', []);

  const sure = ids.confirmed;
  const itemId = sure ?? page.selectedItemId;
  const candidates = new Set(instagram === undefined ? namesakes : [instagram, ...namesakes]);
  const fits = [...candidates].map((one) => fitOf(conversation, one, index, instagram));

  const link = itemId === null ? null : links(itemId);
  if (link !== null && itemId !== null) {
    const checked = checkLink(link, itemId, conversation, index, {
      sure: sure !== null,
      besideMessages: instagram === undefined,
    });
    if (checked !== null) return checked;
  }
  const [best, ...others] = fits.filter(isEnough);
  if (best === undefined) return unmatched(whyUnmatched(fits), namesakes);
  if (others.length > 0) return unmatched('Several conversations fit.', namesakes);
  if (!best.anchored) return unmatched(UNREAD, namesakes);
  const twins = namesakes.filter((one) => one !== best.known);
  if (instagram === undefined && twins.length > 0 && sure === null) {
    return unmatched('Several customers have this name, and the page does not say which one it is.', namesakes);
  }
  return linked(best.known, best.signals, sure);
}

/** How well a known conversation fits what is on screen. */
interface Fit {
  known: KnownConversation;
  signals: string[];
  /** Messages on screen that Graph tells too; those that it should tell and does not; and the other way round. */
  matched: number;
  missed: number;
  unseen: number;
  /** What matches can't be stock phrases that coincide. */
  distinctive: boolean;
  /** One of the messages that match stands where the list has no gap. */
  anchored: boolean;
}

/** Two signals, the last message among them, no other name, and nothing that outweighs them. */
function isEnough(fit: Fit): boolean {
  const namedOtherwise = fit.known.name !== '' && !fit.signals.includes(NAME);
  return fit.signals.length >= 2 && !namedOtherwise && isOnScreen(fit);
}

/** Header and address may be ahead of the messages, so that the last of these must fit, and most of them. */
function isOnScreen({ signals, matched, missed, unseen, distinctive }: Fit): boolean {
  return signals.includes(LAST) && matched > missed + unseen && distinctive;
}

function fitOf(
  conversation: SeenConversation,
  known: KnownConversation,
  index: ConversationIndex,
  instagram?: KnownConversation,
): Fit {
  const isTold = (message: SeenMessage) => known.messages.some((told) => isSameMessage(message, told));
  const settled = conversation.messages.filter((message) => isSettledMessage(message, index));
  const matched = conversation.messages.filter(isTold);
  const missed = settled.filter((message) => !isTold(message) && shouldBeTold(message, known));
  const last = settled.findLast((message) => isTold(message) || !mayBeWordless(message, known));
  const signals = [
    ...(hasName(known, conversation.name) ? [NAME] : []),
    ...(last !== undefined && isTold(last) ? [LAST] : []),
    ...(matched.some((message) => message !== last) ? ['earlier messages'] : []),
    ...(known === instagram ? ['Instagram’s id'] : []),
  ];
  return {
    known,
    signals,
    matched: matched.length,
    missed: missed.length,
    distinctive: isDistinctive(matched, known, index),
    unseen: unseenOf(conversation.messages, known).length,
    anchored: matched.some(({ sentAt }) => sentAt !== null && isSettled(sentAt, index)),
  };
}

/**
 * Words that no other conversation has; or several messages, the customer's among them, that are all as far from
 * Graph's times, as they are where only the clocks differ.
 */
function isDistinctive(
  matched: readonly SeenMessage[],
  known: KnownConversation,
  { common }: ConversationIndex,
): boolean {
  if (matched.some(({ text }) => !common.has(foldWords(text)))) return true;
  const gaps = matched.map((message) => {
    const told = known.messages.find((one) => isSameMessage(message, one));
    return (told?.at ?? 0) - (message.sentAt ?? 0);
  });
  const steady = Math.max(...gaps) - Math.min(...gaps) <= STEADY_MS;
  return matched.length > 1 && steady && matched.some(({ direction }) => direction === 'customer');
}

/**
 * The stored link's answer; null where it neither holds nor is known to be wrong. `sure`: the id is beyond doubt;
 * `besideMessages`: it is the one that stands beside the messages, so that these are that customer's.
 */
function checkLink(
  link: Link,
  itemId: string,
  conversation: SeenConversation,
  index: ConversationIndex,
  { sure, besideMessages }: { sure: boolean; besideMessages: boolean },
): Identity | null {
  const known = index.byPsid.get(link.psid);
  if (known === undefined) return null;
  const fit = fitOf(conversation, known, index);
  const stranger = !link.chosen && !hasName(known, conversation.name);
  const otherWords = fit.matched === 0 && fit.missed >= (stranger ? 1 : 2);
  // The address and the header may lag behind the messages: only a confirmed id and other words prove a link wrong.
  if (sure && otherWords) return contradicted(itemId, link, 'The messages on screen are another customer’s.');
  if (stranger || otherWords) return null;
  const holds = (sure && besideMessages) || link.chosen || isOnScreen(fit);
  return holds ? remembered(link, sure ? itemId : null) : null;
}

/**
 * The customer's id as far as the page tells it. React's facts name it beside each message; the address may lag
 * behind, so that it alone confirms nothing.
 */
function itemIdsOf(conversation: SeenConversation, page: SeenPage): { confirmed: string | null; disagree: boolean } {
  // On Instagram the address carries a thread, and messages name people.
  if (page.threadType === 'IG_MESSAGE') return { confirmed: null, disagree: false };
  const senders = new Set(
    conversation.messages.flatMap(({ direction, facts }) => (direction === 'customer' ? (facts?.senderId ?? []) : [])),
  );
  const [sender] = senders;
  if (sender === undefined) return { confirmed: null, disagree: false };
  const disagree = senders.size > 1 || (page.selectedItemId !== null && page.selectedItemId !== sender);
  return { confirmed: disagree || page.selectedItemId === null ? null : sender, disagree };
}

/** React's facts are those of a customer who stood in this row before, or will stand in it next. */
function isChanging({ facts, name }: SeenRow): boolean {
  return facts !== null && facts.title !== null && foldWords(facts.title) !== foldWords(name);
}

/** React's id of a row, where its facts are those of what the row shows: rows are recycled, facts may lag. */
function trustedItemId({ facts, name, lastActivity }: SeenRow): string | null {
  if (facts === null || facts.title === null || foldWords(facts.title) !== foldWords(name)) return null;
  const late = facts.at !== null && lastActivity !== null && Math.abs(facts.at - lastActivity) >= 1_000;
  return late ? null : facts.userId;
}

function namesakesOf(name: string, index: ConversationIndex): readonly KnownConversation[] {
  return index.byName.get(foldWords(name)) ?? [];
}

function hasName(known: KnownConversation, name: string): boolean {
  return foldWords(known.name) === foldWords(name);
}

function showsMessage(preview: string, at: number | null, message: KnownMessage, within = SKEW_MS): boolean {
  if (at === null || message.unreadable || Math.abs(message.at - at) > within) return false;
  return previewShows(preview, message);
}

/** Whether a row can't be told from one that shows this message: the same words about then, or none just then. */
function mayShow(preview: string, at: number, message: KnownMessage): boolean {
  const isWordless = message.unreadable || message.text === '';
  return isWordless ? Math.abs(message.at - at) <= SKEW_MS : showsMessage(preview, at, message, RIVAL_MS);
}

function isSameMessage(seen: SeenMessage, told: KnownMessage): boolean {
  if (seen.sentAt === null || told.unreadable || seen.direction !== told.direction) return false;
  if (Math.abs(told.at - seen.sentAt) > SKEW_MS) return false;
  const words = foldWords(seen.text);
  return words !== '' && words === foldWords(told.text);
}

/** Whether a message on screen has words and was sent before the list was read. */
function isSettledMessage({ sentAt, text }: SeenMessage, { readAt }: ConversationIndex): boolean {
  return sentAt !== null && readAt !== null && foldWords(text) !== '' && sentAt + SKEW_MS <= readAt;
}

/** Whether Graph would tell of a message on screen, if it belonged to this conversation. */
function shouldBeTold(message: SeenMessage, known: KnownConversation): boolean {
  const oldest = known.messages.at(-1);
  if (message.sentAt === null || oldest === undefined || message.sentAt < oldest.at + SKEW_MS) return false;
  return !mayBeWordless(message, known);
}

/** Whether Graph tells of a message at that time without its words, as templates come. */
function mayBeWordless({ sentAt, direction }: SeenMessage, known: KnownConversation): boolean {
  const isWordless = (told: KnownMessage) => told.unreadable || (told.direction === direction && told.text === '');
  return sentAt !== null && known.messages.some((told) => isWordless(told) && Math.abs(told.at - sentAt) <= SKEW_MS);
}

/** Graph's messages that should stand on screen, if it showed this conversation: it shows the newest. */
function unseenOf(seen: readonly SeenMessage[], known: KnownConversation): KnownMessage[] {
  const oldest = seen.find((message) => message.sentAt !== null)?.sentAt ?? Infinity;
  const isShown = (told: KnownMessage) => seen.some((message) => isSameMessage(message, told));
  return known.messages.filter(
    (told) => !told.unreadable && foldWords(told.text) !== '' && told.at >= oldest + SKEW_MS && !isShown(told),
  );
}

/** Whether the list was read without a gap around a time, so that a rival would be in it. */
function isSettled(at: number, { readAt, completeSince }: ConversationIndex): boolean {
  return readAt !== null && completeSince !== null && completeSince <= at - SKEW_MS && at + SKEW_MS <= readAt;
}

function whyUnmatched(fits: readonly Fit[]): string {
  if (fits.length === 0) return 'No conversation of this name has been read from Meta.';
  return fits.some((fit) => fit.matched > 0)
    ? 'Too little fits to be sure.'
    : 'The messages on screen fit none of them.';
}

function linked(known: KnownConversation, evidence: string[], itemId: string | null): Identity {
  const reason = `Recognised by ${evidence.join(' and ')}.`;
  return { kind: 'linked', psid: known.psid, evidence, reason, chosen: false, itemId };
}

function remembered(link: Link, itemId: string | null): Identity {
  const reason = link.chosen ? 'You chose this conversation.' : 'Recognised before, and nothing contradicts it.';
  return { kind: 'linked', psid: link.psid, evidence: ['link'], reason, chosen: link.chosen, itemId };
}

function contradicted(itemId: string, link: Link, why: string): Identity {
  return { kind: 'contradicted', itemId, psid: link.psid, why };
}

function unmatched(why: string, known: readonly KnownConversation[]): Identity {
  const candidates = known.slice(0, MOST_CANDIDATES).map(({ psid, name, messages, updatedAt }) => ({
    psid,
    name,
    lastAt: messages[0]?.at ?? updatedAt,
  }));
  return { kind: 'unmatched', why, candidates };
}
