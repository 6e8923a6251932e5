/**
 * What React knows about a row or a message, for the page's own world, where alone it can be read.
 * Read-only and silent: whatever the page has there, nothing is thrown and nothing is changed.
 * Depths and property names as public projects found them on the live page in September and October 2026.
 */
import type { MessageFacts, RowFacts } from '../conversation/seen';
import { ANSWER, ASK, type Kind } from './facts-events';

/** How far above the element's own fiber the props may lie. */
const ROW_RETURNS = 4;
const MESSAGE_RETURNS = 30;

type Json = Record<string, unknown>;

/** Answers questions about elements of `document` until the returned function is called. */
export function listenForFacts(document: Document): () => void {
  const stops = [listen(document, 'row', rowFacts), listen(document, 'message', messageFacts)];
  return () => {
    for (const stop of stops) stop();
  };
}

function listen(document: Document, kind: Kind, read: (element: Element) => unknown): () => void {
  const answer = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    const facts = quietly(() => read(target));
    if (facts) target.dispatchEvent(new CustomEvent(ANSWER, { detail: JSON.stringify(facts) }));
  };
  document.addEventListener(ASK[kind], answer, true);
  return () => document.removeEventListener(ASK[kind], answer, true);
}

/**
 * Facts about a row's box; null where React has none. React keeps an older twin of each fiber, in which a recycled box
 * still shows the customer before: of several threads the one counts whose name and time are on screen.
 */
export function rowFacts(box: Element): RowFacts | null {
  const threads = propsAbove(box, ROW_RETURNS).flatMap(({ thread }) => (isJson(thread) ? [thread] : []));
  const thread = threads.length > 1 ? onScreen(threads, box) : threads[0];
  const userId = text(thread?.threadID);
  return thread && userId ? { userId, title: text(thread.title), at: number(thread.timestamp) } : null;
}

function onScreen(threads: readonly Json[], box: Element): Json | undefined {
  const named = threads.filter(({ title }) => typeof title === 'string' && box.textContent?.includes(title));
  if (named.length < 2) return named[0] ?? threads.reduce(newer);
  const shownAt = Number(box.querySelector('[data-utime]')?.getAttribute('data-utime')) * 1000;
  const timed = named.find(({ timestamp }) => Math.abs((number(timestamp) ?? 0) - shownAt) < 1000);
  return timed ?? named.reduce(newer);
}

/** Facts about a message's element, or one within it; null where React has none, or where who pressed send cannot be read. */
export function messageFacts(element: Element): MessageFacts | null {
  const id = element.closest('[data-message-id]')?.getAttribute('data-message-id') ?? null;
  const messages = propsAbove(element, MESSAGE_RETURNS).flatMap(({ message }) => (isJson(message) ? [message] : []));
  const message = messages.find(({ messageID }) => (id === null ? text(messageID) !== null : messageID === id));
  const messageId = text(message?.messageID);
  if (!message || !messageId || !('creatorInfo' in message)) return null;
  const creator = creatorOf(message.creatorInfo);
  if (creator === undefined) return null;
  const sender = isJson(message.sender) ? text(message.sender.userID) : null;
  return { messageId, senderId: sender, at: number(message.timestamp), creator };
}

/** Null: named by nobody. Undefined: there, but not in a shape that is known. */
function creatorOf(info: unknown): MessageFacts['creator'] | undefined {
  if (info === null || info === undefined) return null;
  const type = isJson(info) ? text(info.creatorType) : null;
  return isJson(info) && type ? { type, name: text(info.creatorName) } : undefined;
}

/** Props of the element's fiber and of those above it, nearest first, each followed by its twin's. */
function propsAbove(element: Element, returns: number): Json[] {
  const key = Object.keys(element).find((name) => name.startsWith('__reactFiber$'));
  const props: Json[] = [];
  let fiber = key ? (element as unknown as Json)[key] : null;
  for (let hops = 0; isJson(fiber) && hops <= returns; hops += 1, fiber = fiber.return) {
    if (isJson(fiber.memoizedProps)) props.push(fiber.memoizedProps);
    if (isJson(fiber.alternate) && isJson(fiber.alternate.memoizedProps)) props.push(fiber.alternate.memoizedProps);
  }
  return props;
}

function newer(a: Json, b: Json): Json {
  return (number(a.timestamp) ?? 0) >= (number(b.timestamp) ?? 0) ? a : b;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Epoch ms; Facebook gives numbers, and strings in some builds. */
function number(value: unknown): number | null {
  const ms = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : null;
}

function quietly<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    // The page may have proxies or getters there; a fact that cannot be read is no fact.
    return null;
  }
}
