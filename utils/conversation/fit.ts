import { type ConversationIndex, isSettled } from './conversation-index';
import type { KnownConversation, KnownMessage } from './known';
import { SKEW_MS } from './match';
import type { SeenConversation, SeenMessage } from './seen';
import { foldWords, wordsOf } from './words';

/** Signals, as words a person can read. */
export const NAME = 'name';
export const LAST = 'last message';

/** Both clocks are read in whole seconds, so that one difference may look like two. */
const STEADY_MS = 2_000;

/** How well a known conversation fits what is on screen. */
export interface Fit {
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
export function isEnough(fit: Fit): boolean {
  const namedOtherwise = fit.known.name !== '' && !fit.signals.includes(NAME);
  return fit.signals.length >= 2 && !namedOtherwise && isOnScreen(fit);
}

/** Header and address may be ahead of the messages, so that the last of these must fit, and most of them. */
export function isOnScreen({ signals, matched, missed, unseen, distinctive }: Fit): boolean {
  return signals.includes(LAST) && matched > missed + unseen && distinctive;
}

/** Holds what is on screen against a known conversation. `instagram`: the one whose decoded id is in the address. */
export function fitOf(
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
  if (matched.some((message) => !common.has(wordsOf(message)))) return true;
  const gaps = matched.map((message) => {
    const told = known.messages.find((one) => isSameMessage(message, one));
    return (told?.at ?? 0) - (message.sentAt ?? 0);
  });
  const steady = Math.max(...gaps) - Math.min(...gaps) <= STEADY_MS;
  return matched.length > 1 && steady && matched.some(({ direction }) => direction === 'customer');
}

/** Whether names are the same but for case, width and invisible characters. */
export function hasName(known: KnownConversation, name: string): boolean {
  return foldWords(known.name) === foldWords(name);
}

function isSameMessage(seen: SeenMessage, told: KnownMessage): boolean {
  if (seen.sentAt === null || told.unreadable || seen.direction !== told.direction) return false;
  if (Math.abs(told.at - seen.sentAt) > SKEW_MS) return false;
  const words = wordsOf(seen);
  return words !== '' && words === wordsOf(told);
}

/** Whether a message on screen has words and was sent before the list was read. */
function isSettledMessage(message: SeenMessage, { readAt }: ConversationIndex): boolean {
  const { sentAt } = message;
  return sentAt !== null && readAt !== null && wordsOf(message) !== '' && sentAt + SKEW_MS <= readAt;
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
    (told) => !told.unreadable && wordsOf(told) !== '' && told.at >= oldest + SKEW_MS && !isShown(told),
  );
}
