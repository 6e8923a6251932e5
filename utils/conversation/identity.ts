import { type ConversationIndex, isSettled } from './conversation-index';
import { type Fit, fitOf, hasName, isEnough, isOnScreen, LAST, NAME } from './fit';
import type { KnownConversation, KnownMessage } from './known';
import { SKEW_MS } from './match';
import type { SeenConversation, SeenPage, SeenRow } from './seen';
import type { Candidate } from './view';
import { foldWords, previewShows } from './words';

export { buildIndex, type ConversationIndex, decodeInstagramId } from './conversation-index';

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
  /** `mixed`: what is on screen is of several customers, as it is for a moment when another one is opened. */
  | { kind: 'unmatched'; why: string; candidates: Candidate[]; mixed: boolean }
  /** The stored link under `itemId` is wrong and has to go. */
  | { kind: 'contradicted'; itemId: string; psid: string; why: string };

/** Equal names with equal words within this time are rivals, even where one of them fits better. */
const RIVAL_MS = 600_000;

/** At most so many are offered to the agent. */
const MOST_CANDIDATES = 5;

const UNREAD = 'The conversations list has not been read without a gap around this time.';

/** Which Graph conversation a row of the list is: by its link, else by name and last message, without a rival. */
export function identifyRow(row: SeenRow, index: ConversationIndex, links: LinkLookup): Identity {
  const itemId = trustedItemId(row);
  const at = row.lastActivity ?? (itemId === null ? null : (row.facts?.at ?? null));
  const namesakes = namesakesOf(row.name, index);
  if (isChanging(row)) return unmatched('The row is still changing to another conversation.', namesakes);
  const fitting = namesakes.filter((one) => newestOf(one).some((message) => showsMessage(row.preview, at, message)));

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
  if (ids.disagree) return unmatched('The page is still changing to another conversation.', [], true);

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
  // An Instagram address that lags names a thread, and never this one.
  const isAddressed = instagram === undefined || instagram === best.known;
  return linked(best.known, best.signals, isAddressed ? sure : null);
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

/** The newest message, with those of the same moment: a row shows no other, or lags behind. */
function newestOf({ messages }: KnownConversation): KnownMessage[] {
  const at = messages[0]?.at ?? 0;
  return messages.filter((message) => at - message.at <= 1_000);
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

function unmatched(why: string, known: readonly KnownConversation[], mixed = false): Identity {
  const candidates = known.slice(0, MOST_CANDIDATES).map(({ psid, name, messages, updatedAt }) => ({
    psid,
    name,
    lastAt: messages[0]?.at ?? updatedAt,
  }));
  return { kind: 'unmatched', why, candidates, mixed };
}
