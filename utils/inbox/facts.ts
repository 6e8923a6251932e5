/**
 * Asks the page's own world for React's facts about an element.
 * Answers are page input, which anyone on the page could forge: every field is checked, nothing else is kept.
 */
import type { MessageFacts, RowFacts } from '../conversation/seen';
import { ANSWER, ASK, type Kind } from './facts-events';

/** Facts about one element; null where the page is silent or answers nonsense. */
export interface FactsOf {
  row(element: Element): RowFacts | null;
  message(element: Element): MessageFacts | null;
}

export const factsOf: FactsOf = {
  row: (element) => rowFactsFrom(ask(element, 'row')),
  message: (element) => messageFactsFrom(ask(element, 'message')),
};

/** For pages where reading React's facts is switched off. */
export const noFacts: FactsOf = { row: () => null, message: () => null };

/** No answer is longer than this in honest use. */
const LONGEST_ANSWER = 4096;

/** The answer that is being waited for. Asking and answering are one and the same turn, so there is only one. */
let heard: unknown = null;

/** Documents in which answers are listened for: once, since a question is asked for every row that changes. */
const listening = new WeakSet<Document>();

function ask(element: Element, kind: Kind): unknown {
  listen(element.ownerDocument);
  heard = null;
  element.dispatchEvent(new Event(ASK[kind]));
  const answer = heard;
  return typeof answer === 'string' && answer.length <= LONGEST_ANSWER ? parsed(answer) : null;
}

function listen(document: Document): void {
  if (listening.has(document)) return;
  listening.add(document);
  document.addEventListener(
    ANSWER,
    (event) => {
      heard = (event as CustomEvent<unknown>).detail;
    },
    true,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function rowFactsFrom(value: unknown): RowFacts | null {
  if (!isObject(value)) return null;
  const { userId, title, at } = value;
  if (!isId(userId) || !isTextOrNull(title) || !isTimeOrNull(at)) return null;
  return { userId, title, at };
}

function messageFactsFrom(value: unknown): MessageFacts | null {
  if (!isObject(value)) return null;
  const { messageId, senderId, at, creator } = value;
  if (typeof messageId !== 'string' || messageId === '' || !(senderId === null || isId(senderId)) || !isTimeOrNull(at))
    return null;
  if (creator === null) return { messageId, senderId, at, creator };
  if (!isObject(creator) || typeof creator.type !== 'string' || !isTextOrNull(creator.name)) return null;
  return { messageId, senderId, at, creator: { type: creator.type, name: creator.name } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,48}$/.test(value);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isTimeOrNull(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && value > 0);
}
