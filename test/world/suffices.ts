/**
 * When the evidence suffices for a claim: published here, from the truth and from what the world shows, apart from
 * whatever judges it. It says what *could* be told, so that silence has to be earned.
 */
import { type GraphReading, isTold } from './meta';
import { completeSince, listReadBy } from './schedule';
import type { OpenSight, RowSight, ScreenMessage } from './screen';
import { BOT_APP, HOUR, type TrueConversation, type TrueMessage, type World } from './truth';

/** Page and Graph are never assumed to agree better than this. */
const SKEW_MS = 30_000;
const MARGIN_MS = SKEW_MS + 1_500;
/** Namesakes who say the same within this time can't be told apart by it. */
const RIVAL_MS = 11 * 60_000;
const LINKED_MS = 59_900;
/** The list tells so many messages of each conversation. */
const IN_LIST = 10;

/** So much less than a day as page and Graph may be apart. */
const DAY_MS = 24 * HOUR - 300_000;

/** How sure one could be. */
export type Sufficing = 'certain' | 'likely';

/** A row is plain, its last message has words, the list is without a gap around it, and no namesake said the same. */
export function rowSuffices(world: World, sight: RowSight, at: number): boolean {
  const { last, kind, whose } = sight;
  if (kind !== 'plain' || whose === null || !hasWords(last)) return false;
  return clocksAgree(world) && inList(world, last, at) && !hasRival(world, whose, last, RIVAL_MS);
}

/**
 * An open conversation has settled, one of its newest messages, in a list without a gap, has
 * words of its own, or several do with the customer's among them, and no namesake could be
 * meant: there is none, or the page says beside the messages and in the address who it is.
 */
export function openSuffices(world: World, sight: OpenSight, at: number): boolean {
  const { whose } = sight;
  if (!isOfOne(sight) || whose === null || !clocksAgree(world)) return false;
  const named = sight.messages.some((message) => message.direction === 'customer' && message.facts !== null);
  const confirmed = sight.selectedItemId === whose.itemId && (whose.instagram || named);
  if (!confirmed && namesakesOf(world, whose).length > 0) return false;
  const newest = inListOf(world, whose, at);
  const ownWords = newest.some((message) => !isCommon(world, whose, message));
  const bothSpoke = newest.length > 1 && newest.some(({ writer }) => writer === 'customer');
  return (ownWords || bothSpoke) && newest.every((message) => !hasRival(world, whose, message, RIVAL_MS));
}

/** Header, messages and address are of one customer. */
export function isOfOne({ kind, whose, selectedItemId }: OpenSight): boolean {
  return kind === 'settled' && (selectedItemId === null || selectedItemId === whose?.itemId);
}

/** Graph named the owner within the last 60 s and has not taken it back since. */
export function ownerSuffices(readings: readonly GraphReading[], at: number): boolean {
  const newest = readings.findLast(({ answer }) => answer.kind !== 'token-app' || answer.owns);
  const last = readings.at(-1);
  if (newest === undefined || last === undefined || at - newest.endedAt > 59_000) return false;
  const overlapped = readings.some((other) => other !== newest && other.endedAt >= newest.startedAt);
  return (newest.answer.kind === 'named' || newest.answer.kind === 'token-app') && !overlapped;
}

/** The page names the person who wrote last, less than a day ago: in the inbox that takes control. */
export function ownerIsLikely(sight: OpenSight, at: number): boolean {
  const last = sight.messages.findLast(({ direction }) => direction === 'page');
  const message = last && sight.truth.get(last.key);
  const isPersons = last?.attribution?.kind === 'admin' || last?.facts?.creator?.type === 'direct_admin';
  return isPersons && message !== undefined && at - message.at < DAY_MS;
}

/** What can be told of a message of the bot's: enough to be certain, or to call it likely. */
export function authorSuffices(
  world: World,
  sight: OpenSight,
  message: TrueMessage,
  readings: readonly GraphReading[],
  at: number,
): Sufficing | null {
  const { traits } = world;
  const shown = sight.messages.find(({ key }) => key === message.id);
  // Without a connected Page nobody has said which app is the bot's, nor what signs its words.
  if (traits.tokenApp === null) return null;
  if (message.writer !== 'bot' || shown === undefined || sight.whose === null) return null;
  if (isSigned(world, message) || (shown.facts !== null && traits.namesApps)) return 'certain';

  const known = openSuffices(world, sight, at) && hasOwnMoment(sight, message);
  const owned = known && traits.routed && traits.tellsIsOwner && wasOwned(readings, message, world);
  const silent = shown.facts !== null && traits.namesPeople;
  if (owned && silent && traits.tagged && hasWords(message)) return 'certain';
  const silentFacts = shown.facts !== null;
  const fast = silentFacts && isFast(sight.messages, shown) && isQuickThroughout(sight.messages);
  const supports = [owned, known && message.form === 'template', fast, silentFacts && isStock(world, message)];
  return supports.filter(Boolean).length >= 2 ? 'likely' : null;
}

/** The page itself names who wrote a message, person or automation: under it, or in its data. */
export function authorIsNamed(sight: OpenSight, message: TrueMessage): boolean {
  const shown = sight.messages.find(({ key }) => key === message.id);
  const type = shown?.facts?.creator?.type ?? null;
  return (
    shown !== undefined && (shown.attribution !== null || type === 'direct_admin' || type === 'automated_response')
  );
}

/** A customer's message that can be read stands on screen or among what Graph tells. */
export function windowSuffices(messages: readonly TrueMessage[]): boolean {
  return messages.some((message) => message.writer === 'customer' && !message.unsupported && !message.deleted);
}

function hasWords(message: TrueMessage): boolean {
  return (
    message.form === 'words' &&
    message.writer !== 'notice' &&
    !message.unsupported &&
    /\p{L}|\p{N}|\p{S}/u.test(message.text)
  );
}

function clocksAgree({ traits }: World): boolean {
  return Math.abs(traits.skew) <= SKEW_MS - 2_000;
}

/** Read without a gap around a message, so that a namesake's would have been found. */
function inList(world: World, message: TrueMessage, at: number): boolean {
  const list = listReadBy(world, at);
  if (list === null || world.traits.tokenApp === null) return false;
  const shownAt = message.at + world.traits.skew;
  return shownAt + MARGIN_MS <= list.startedAt && shownAt - MARGIN_MS >= completeSince(world, at);
}

/** Messages with words that the list tells of a conversation and that can be compared by now. */
function inListOf(world: World, conversation: TrueConversation, at: number): TrueMessage[] {
  const readAt = listReadBy(world, at)?.startedAt ?? 0;
  const told = conversation.messages.filter((message) => isTold(message, readAt)).slice(-IN_LIST);
  return told.filter((message) => hasWords(message) && inList(world, message, at));
}

/** The others of a name, looked up once for each world. */
function namesakesOf(world: World, whose: TrueConversation): TrueConversation[] {
  const byName = NAMES.get(world) ?? groupByName(world);
  NAMES.set(world, byName);
  return (byName.get(nameKey(whose)) ?? []).filter((one) => one !== whose);
}

function groupByName({ conversations }: World): Map<string, TrueConversation[]> {
  const groups = new Map<string, TrueConversation[]>();
  for (const one of conversations) groups.set(nameKey(one), [...(groups.get(nameKey(one)) ?? []), one]);
  return groups;
}

const NAMES = new WeakMap<World, Map<string, TrueConversation[]>>();

function nameKey({ name }: TrueConversation): string {
  return name.normalize('NFKC').toLowerCase();
}

function hasRival(world: World, whose: TrueConversation, message: TrueMessage, within: number): boolean {
  const words = message.text.trim().toLowerCase();
  const isSame = ({ at, text }: TrueMessage) =>
    Math.abs(at - message.at) <= within && text.trim().toLowerCase() === words;
  return namesakesOf(world, whose).some(({ messages }) => messages.some(isSame));
}

function isCommon(world: World, whose: TrueConversation, message: TrueMessage): boolean {
  return world.conversations.some((one) => one !== whose && one.messages.some(({ text }) => text === message.text));
}

function isSigned({ traits }: World, message: TrueMessage): boolean {
  return traits.signature !== null && message.text.includes(traits.signature);
}

/**
 * Page and Graph can be matched: no other message of these words stands near, or one that stands alone tells how far
 * the clocks are apart and so which of them it is.
 */
function hasOwnMoment(sight: OpenSight, message: TrueMessage): boolean {
  const all = [...sight.truth.values()];
  const isAlone = (one: TrueMessage, within: number) =>
    all.every((other) => other === one || other.text !== one.text || Math.abs(other.at - one.at) > within);
  if (hasWords(message) && isAlone(message, 65_000)) return true;
  return isAlone(message, 3_500) && all.some((one) => hasWords(one) && isAlone(one, 65_000));
}

function wasOwned(readings: readonly GraphReading[], message: TrueMessage, world: World): boolean {
  const margin = 2_600 + Math.abs(world.traits.skew);
  const before = readings.findLast(({ endedAt }) => endedAt <= message.at - margin);
  const after = readings.find(({ startedAt }) => startedAt >= message.at + margin);
  if (before === undefined || after === undefined || after.startedAt - before.endedAt > LINKED_MS) return false;
  const between = readings.filter(({ endedAt }) => endedAt >= before.endedAt && endedAt <= after.endedAt);
  return between.every(({ answer }) => saysBot(answer, world));
}

function saysBot(answer: GraphReading['answer'], { traits }: World): boolean {
  if (answer.kind === 'named') return answer.appId === BOT_APP;
  return answer.kind === 'token-app' && answer.owns && traits.tokenApp === BOT_APP;
}

/** Within two seconds of the customer's last message, and too long to be typed in that time. */
function isFast(messages: readonly ScreenMessage[], shown: ScreenMessage): boolean {
  const delay = delayOf(messages, shown);
  return delay !== null && delay <= 2_000 && delay + 1_000 < shown.text.length * 70;
}

function delayOf(messages: readonly ScreenMessage[], shown: ScreenMessage): number | null {
  const asked = messages.slice(0, messages.indexOf(shown)).findLast(({ direction }) => direction === 'customer');
  return asked?.sentAt == null || shown.sentAt === null ? null : shown.sentAt - asked.sentAt;
}

/** All of nobody in particular came at once after what stood before, and two turns of the customer's were answered. */
function isQuickThroughout(messages: readonly ScreenMessage[]): boolean {
  const nobodys = messages.filter(
    ({ direction, attribution, facts }) => direction === 'page' && attribution === null && !facts?.creator,
  );
  const pauses = nobodys.map(
    (message) => (message.sentAt ?? 0) - (messages[messages.indexOf(message) - 1]?.sentAt ?? message.sentAt ?? 0),
  );
  const turns = new Set(
    nobodys.map((message) =>
      messages.slice(0, messages.indexOf(message)).findLast(({ direction }) => direction === 'customer'),
    ),
  );
  turns.delete(undefined);
  return turns.size > 1 && pauses.every((pause) => pause <= 2_000);
}

/** Words that stand in many conversations of the Page, more of them than are read at once. */
function isStock(world: World, message: TrueMessage): boolean {
  const saying = (one: TrueConversation) =>
    one.messages
      .slice(-5)
      .some((other) => other.writer === 'bot' && other.text === message.text && other.at < world.start);
  return message.text.length >= 12 && message.form === 'words' && world.conversations.filter(saying).length >= 5;
}
