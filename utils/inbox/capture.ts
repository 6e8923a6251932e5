/**
 * A picture of the page's structure without anything that a customer or a Page could be known by: tags, and attributes
 * that are on the list below. Every text, id, number and address is replaced. What a stranger can send us.
 */
import { isElement, isOwn, isShown, styleOf } from './dom';
import { emojiOf } from './text';
import { isDateLine } from './words';

/** Attributes whose values are Facebook's own vocabulary. */
const KEPT: ReadonlySet<string> = new Set([
  'role',
  'class',
  'dir',
  'tabindex',
  'hidden',
  'type',
  'width',
  'height',
  'data-surface',
  'data-surface-wrapper',
  'data-pagelet',
  'data-lexical-editor',
  'contenteditable',
  'aria-haspopup',
  'aria-expanded',
  'aria-hidden',
  'aria-selected',
  'aria-current',
  'aria-multiselectable',
]);

/** Attributes of which only matters that they are there. */
const BLANKED: ReadonlySet<string> = new Set([
  'aria-label',
  'aria-placeholder',
  'placeholder',
  'title',
  'data-message-id',
  'data-utime',
  'href',
  'lang',
]);

/** Alternative texts that name a channel rather than a person. */
const CHANNELS: ReadonlySet<string> = new Set(['Messenger', 'Instagram', 'WhatsApp']);

/** Elements that show nothing or could hold anything. */
const LEFT_OUT =
  'script, style, link, meta, template, noscript, iframe, object, embed, svg, video, audio, canvas, head';

/** Layout that direction, order and visibility are read from; it lies in stylesheets that a capture cannot take along. */
const STYLES = [
  'display',
  'visibility',
  'justify-content',
  'flex-direction',
  'font-weight',
  'position',
  'top',
  'overflow-y',
] as const;

/** The censored page as HTML. Throws nothing and changes nothing. */
export function capture(root: Element): string {
  const counters = new Map<string, number>();
  return `<!doctype html>\n${elementIn(root, counters)}\n`;
}

function elementIn(element: Element, counters: Map<string, number>): string {
  if (isOwn(element) || element.matches(LEFT_OUT)) return '';
  const tag = /^[a-z][a-z0-9]*$/.test(element.localName) ? element.localName : 'div';
  const attributes = [...element.attributes].flatMap(({ name, value }) =>
    name === 'alt' ? `alt="${alternativeTo(element, value)}"` : (attributeIn(name, value, counters) ?? []),
  );
  const open = `<${[tag, ...attributes, styleIn(element)].filter(Boolean).join(' ')}>`;
  if (VOID.has(tag)) return open;
  const inner = [...element.childNodes].map((node) => (isElement(node) ? elementIn(node, counters) : textIn(node)));
  return `${open}${inner.join('')}</${tag}>`;
}

const VOID: ReadonlySet<string> = new Set(['img', 'br', 'input', 'hr', 'wbr']);

function attributeIn(name: string, value: string, counters: Map<string, number>): string | null {
  if (name === 'class') return `class="${escaped(value.split(/\s+/).filter(isVocabulary).join(' '))}"`;
  if (KEPT.has(name)) return `${name}="${escaped(withoutIds(value))}"`;
  return BLANKED.has(name) ? `${name}="${standIn(name, counters)}"` : null;
}

/** Emoji stay emoji and badges badges, since parsers tell them from pictures of people. */
function alternativeTo(image: Element, alt: string): string {
  if (CHANNELS.has(alt) || alt === '') return alt;
  return emojiOf(image) ? '🙂' : 'NAME';
}

/** A class is a name that Facebook's build gave: no digits in a row that an id could hide in. */
function isVocabulary(name: string): boolean {
  return /^[\w-]{1,40}$/.test(name) && !/\d{6}/.test(name);
}

/** Positions in a list may stay; longer numbers could be somebody. */
function withoutIds(value: string): string {
  return value.replace(/\d{5,}/g, '0');
}

/** Different where the page's were, and in the shape that the parsers look for, so that the capture parses alike. */
function standIn(name: string, counters: Map<string, number>): string {
  const count = (counters.get(name) ?? 0) + 1;
  counters.set(name, count);
  if (name === 'data-utime') return String(1_700_000_000 + count * 60);
  if (name === 'data-message-id') return `mid.$${count}`;
  return name === 'href' ? '#' : '…';
}

function styleIn(element: Element): string {
  const style = styleOf(element);
  if (!style) return '';
  const told = STYLES.filter((name) => isTelling(name, style.getPropertyValue(name), element));
  return told.length > 0
    ? `style="${told.map((name) => `${name}:${escaped(style.getPropertyValue(name))}`).join(';')}"`
    : '';
}

/** Only what differs from how an element is without any style. */
function isTelling(name: string, value: string, element: Element): boolean {
  if (name === 'display') return /flex|grid|contents|none/.test(value);
  if (name === 'visibility') return value === 'hidden' && !isShown(element);
  if (name === 'font-weight') return Number(value) >= 700;
  if (name === 'top') return /^-?[1-9]/.test(value);
  return value !== '' && !['normal', 'row', 'static', 'visible'].includes(value);
}

const MOST_WORDS = 12;

/** As many words as there were, all alike; of a date's words only that they are a date's. */
function textIn(node: Node): string {
  const text = node.nodeType === 3 ? (node.nodeValue ?? '').trim() : '';
  if (text === '') return '';
  if (isDateLine(text)) return 'word 00:00';
  const count = Math.min(text.split(/\s+/).length, MOST_WORDS);
  return Array.from({ length: count }, () => 'word').join(' ');
}

function escaped(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
