/** The open conversation: its bubbles, who each is from, and the lines that nobody wrote. */
import type { Attribution } from '../conversation/seen';
import { any, find, findShown, isOwn, isShown, matching, styleOf, timeOf } from './dom';
import { SELECTORS, type Selectors } from './selectors';
import { emojiOf, hasOwnText, lineOf, textOf } from './text';
import { attributionIn, isDateLine } from './words';

export type Direction = 'customer' | 'page';

export interface PageMessage {
  /** The innermost wrapper that holds the whole bubble. */
  element: Element;
  /** `mid.$…`; null in builds whose markup has none. Several bubbles may share one. */
  messageId: string | null;
  direction: Direction;
  /** Emoji from `alt`, `<br>` as a line break, `''` for a sticker. */
  text: string;
  /** Epoch ms; null in builds whose markup has none. */
  sentAt: number | null;
  /** Whom the page's own footer under this bubble names. */
  attribution: Attribution | null;
}

export interface Notice {
  element: Element;
  text: string;
}

/** The scroller of the open conversation; null where none is open. */
export function messageRegion(root: ParentNode, selectors: Selectors): Element | null {
  return findShown(root, selectors.region);
}

/**
 * The bubbles on screen, oldest first. A bubble whose side cannot be told is left out, since a label on the wrong
 * side misleads. Quoted messages inside of a bubble belong to its quote, not to its text.
 */
export function parseMessages(root: ParentNode, selectors: Selectors = SELECTORS): PageMessage[] {
  const region = messageRegion(root, selectors);
  if (!region) return [];
  const bubbles = bubblesIn(region, selectors);
  const footers = footersIn(region, bubbles, selectors);
  return bubbles.map((bubble) => ({
    element: bubble.element,
    messageId: bubble.message?.getAttribute('data-message-id') ?? null,
    direction: bubble.direction,
    text: textOf(bubble.element, isNotBubbleText(bubble)),
    sentAt: sentAt(bubble.element, region),
    attribution: footers.get(bubble) ?? null,
  }));
}

/** System lines between the messages, such as assignments; neither dates nor footers. */
export function parseNotices(root: ParentNode, selectors: Selectors = SELECTORS): Notice[] {
  const region = messageRegion(root, selectors);
  if (!region) return [];
  const bubbles = bubblesIn(region, selectors);
  const lines = [...flatList(region, bubbles).children].filter((line) => isNoticeLine(line, bubbles, selectors));
  return lines
    .map((line) => ({ element: line, text: lineOf(line, isControl) }))
    .filter(({ text }) => isNoticeText(text));
}

interface Bubble {
  element: Element;
  direction: Direction;
  /** The element with the id, in builds that have one. */
  message: Element | null;
  /** What it quotes: no words of its own. */
  quotes: readonly Element[];
}

function bubblesIn(region: Element, selectors: Selectors): Bubble[] {
  const messages = matching(region, any(selectors.message)).filter((message) => !isQuoted(message, selectors));
  const bubbles =
    messages.length > 0
      ? messages.flatMap((message) => bubblesOf(message, region, selectors))
      : bubblesByLayout(region, selectors);
  return bubbles.filter(({ element }) => isShown(element));
}

/** Lies inside of another message: a quote. */
function isQuoted(message: Element, selectors: Selectors): boolean {
  return message.parentElement?.closest(any(selectors.message)) != null;
}

function bubblesOf(message: Element, region: Element, selectors: Selectors): Bubble[] {
  const quotes = [...message.querySelectorAll(any(selectors.message))];
  const direction = sideAround(message, region, selectors);
  if (direction) return parted({ element: message, direction, message, quotes }, bubbleBox(message, selectors));
  const wrappers = wrappersIn(message, selectors);
  if (wrappers.length === 1) return wrappers.map((wrapper) => ({ ...wrapper, element: message, message, quotes }));
  return wrappers.map((wrapper) => ({ ...wrapper, message, quotes }));
}

/** Without ids, a bubble is known by the flex wrapper that pushes it to its side. */
function bubblesByLayout(region: Element, selectors: Selectors): Bubble[] {
  return wrappersIn(region, selectors)
    .filter(({ element }) => !isFooterAlone(element, selectors))
    .flatMap(({ element, direction }) => {
      const box = bubbleBox(element, selectors);
      const parts = parted({ element: box, direction, message: null, quotes: [] }, box);
      // A message's words lie in one block. Without ids, a block of words before it can only be what it answers.
      return parts.length > 1 ? parts : parts.map((bubble) => ({ ...bubble, quotes: blocksIn(box, []).slice(0, -1) }));
    });
}

/** A picture with words is two bubbles under one id; so is a link with its preview. */
function parted(bubble: Bubble, box: Element): Bubble[] {
  const blocks = blocksIn(box, bubble.quotes);
  if (blocks.length < 2 || !blocks.some(hasPicture)) return [bubble];
  return blocks.map((element) => ({ ...bubble, element }));
}

function blocksIn(box: Element, quotes: readonly Element[]): Element[] {
  const holdsQuote = (block: Element) => quotes.some((quote) => block.contains(quote));
  return [...box.children].filter(
    (block) => isBlock(block) && !isOwn(block) && !isControl(block) && !holdsQuote(block) && !isBlank(block),
  );
}

function isBlank(block: Element): boolean {
  return lineOf(block) === '' && !hasPicture(block);
}

/** An image that is no word of a sentence, as emoji are. */
function hasPicture(block: Element): boolean {
  return [...block.querySelectorAll('img')].some((image) => emojiOf(image) === '');
}

/** Down from the flex wrapper, past the avatar and empty cells, to the parent of the innermost block with everything in it. */
function bubbleBox(wrapper: Element, selectors: Selectors): Element {
  const cells = [...wrapper.children].filter((cell) => cell.firstElementChild && !isAvatarCell(cell, selectors));
  const [only] = cells;
  if (!only || cells.length > 1 || !isBlock(only) || !isBlock(only.firstElementChild)) return wrapper;
  return bubbleBox(only, selectors);
}

function isBlock(element: Element | null): boolean {
  return element?.localName === 'div';
}

function isAvatarCell(cell: Element, selectors: Selectors): boolean {
  return lineOf(cell) === '' && find(cell, selectors.avatar).length > 0;
}

// ---- sides

/** The nearest flex row around a message that pushes to one side. */
function sideAround(message: Element, region: Element, selectors: Selectors): Direction | null {
  for (let at = message.parentElement; at && at !== region; at = at.parentElement) {
    const side = sideOf(at, selectors);
    if (side) return side;
  }
  return null;
}

const DEEPEST_WRAPPER = 10;

/** The outermost side-pushing rows under `root`; a row around several of them is none itself. */
function wrappersIn(
  root: Element,
  selectors: Selectors,
  depth = DEEPEST_WRAPPER,
): { element: Element; direction: Direction }[] {
  if (depth === 0) return [];
  return [...root.children].flatMap((child) => {
    if (isOwn(child) || child.localName === 'img' || !child.firstElementChild) return [];
    const direction = sideOf(child, selectors);
    const inner = wrappersIn(child, selectors, direction ? Math.min(depth - 1, 3) : depth - 1);
    return direction && inner.length < 2 ? [{ element: child, direction }] : inner;
  });
}

/** The side that one element pushes its content to. Logical, so it holds right to left as well. */
function sideOf(element: Element, selectors: Selectors): Direction | null {
  const style = styleOf(element);
  const side = style ? computedSide(style) : null;
  if (side) return side;
  if (element.matches(any(selectors.pageSide))) return 'page';
  return element.matches(any(selectors.customerSide)) ? 'customer' : null;
}

function computedSide({ display, flexDirection, justifyContent }: CSSStyleDeclaration): Direction | null {
  if (!display.endsWith('flex') || flexDirection.startsWith('column')) return null;
  const atEnd = /^(flex-)?end$/.test(justifyContent);
  if (!atEnd && !/^(flex-)?start$/.test(justifyContent)) return null;
  const reversed = flexDirection === 'row-reverse' && justifyContent.startsWith('flex-');
  return atEnd !== reversed ? 'page' : 'customer';
}

// ---- text, time, footers

/** Quotes and things to press are no words of the message. */
function isNotBubbleText({ quotes }: Bubble): (element: Element) => boolean {
  return (element) => isControl(element) || quotes.includes(element);
}

function isControl(element: Element): boolean {
  return element.matches('button, [role="button"], [role="toolbar"]');
}

/** Of the nearest element that carries a time, up to the list. */
function sentAt(bubble: Element, region: Element): number | null {
  const around = bubble.closest('[data-utime]');
  const timed = around && region.contains(around) ? around : bubble.querySelector('[data-utime]');
  return timeOf(timed?.getAttribute('data-utime'));
}

/** The attribution under each bubble: what follows it, before the next bubble, in the same group or right after it. */
function footersIn(region: Element, bubbles: readonly Bubble[], selectors: Selectors): Map<Bubble, Attribution> {
  const found = new Map<Bubble, Attribution>();
  let at = -1;
  for (const element of region.querySelectorAll('*')) {
    while (bubbles[at + 1]?.element === element) at += 1;
    const bubble = bubbles[at];
    if (bubble?.direction !== 'page' || found.has(bubble) || isOwn(element) || !canBeFooter(element, bubble, selectors))
      continue;
    const attribution = attributionIn(lineOf(element));
    if (attribution) found.set(bubble, attribution);
  }
  return found;
}

/** Inside of the bubble only what can be pressed: the customer and the bot choose the words there. */
function canBeFooter(element: Element, bubble: Bubble, selectors: Selectors): boolean {
  if (!hasOwnText(element) || element.closest(any(selectors.activityLine))) return false;
  return !bubble.element.contains(element) || element.closest('[role="button"], button') !== null;
}

/** A side-pushing row that holds nothing but a footer's words. */
function isFooterAlone(wrapper: Element, selectors: Selectors): boolean {
  return (
    find(wrapper, selectors.avatar).length === 0 &&
    attributionIn(lineOf(wrapper)) !== null &&
    wrapper.previousElementSibling !== null
  );
}

// ---- lines between the messages

/** How deep the flat list of groups, dates and lines lies in its scroller. Capture of April 2026. */
const LIST_DEPTH = 2;

/** The element whose children are groups, dates and lines: down as long as one child holds every bubble. */
function flatList(region: Element, bubbles: readonly Bubble[]): Element {
  let at = region;
  for (let depth = 0; ; depth += 1) {
    const next = [...at.children].find((child) => holdsAll(child, bubbles));
    if (!next || (depth >= LIST_DEPTH && at.childElementCount > 1)) return at;
    at = next;
  }
}

function holdsAll(element: Element, bubbles: readonly Bubble[]): boolean {
  if (bubbles.length === 0) return lineOf(element) !== '';
  return bubbles.every((bubble) => element !== bubble.element && element.contains(bubble.element));
}

function isNoticeLine(line: Element, bubbles: readonly Bubble[], selectors: Selectors): boolean {
  if (isOwn(line) || !isShown(line)) return false;
  return find(line, selectors.message).length === 0 && !bubbles.some(({ element }) => line.contains(element));
}

function isNoticeText(text: string): boolean {
  return text !== '' && !isDateLine(text) && attributionIn(text) === null;
}
