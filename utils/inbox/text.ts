/** Text as a person reads it, out of markup as React writes it. */
import { isElement, isOwn } from './dom';

/** Emoji as the browser knows them, and those that a font or an older page writes otherwise. */
const EMOJI = /^[\p{RGI_Emoji}\p{Extended_Pictographic}\u200d\ufe0f]+$/v;

/** Words with one blank between them, as nearly every text of a row: nothing is to be made of it. */
const ON_ONE_LINE = /^\S+(?: \S+)*$/;

/** Separates the parts of a fingerprint; no text on the page holds it. */
export const SEPARATOR = '\u001f';

/**
 * The words under `element`: emoji images by their `alt`, `<br>` as a line break; what `skip` names is left out,
 * and so is Baton's own. Indentation of the source is no text.
 */
export function textOf(element: Element, skip: (element: Element) => boolean = () => false): string {
  return words(element, skip).trim();
}

/** The same on one line. */
export function lineOf(element: Element, skip?: (element: Element) => boolean): string {
  const text = element.firstElementChild ? textOf(element, skip) : (element.textContent ?? '');
  return ON_ONE_LINE.test(text) ? text : text.trim().replace(/\s+/g, ' ');
}

/** Whether a text lies in the element itself, not only in one within it. */
export function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
}

function words(node: Node, skip: (element: Element) => boolean): string {
  let text = '';
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === 3) text += indentation(child.nodeValue ?? '') ? '' : (child.nodeValue ?? '');
    else if (isElement(child) && !isOwn(child) && !skip(child)) text += wordsOfElement(child, skip);
  }
  return text;
}

function wordsOfElement(element: Element, skip: (element: Element) => boolean): string {
  if (element.localName === 'br') return '\n';
  if (element.localName === 'img') return emojiOf(element);
  return words(element, skip);
}

/** An emoji's `alt` is a word of the message; stickers, photos and avatars have names there, and give `''`. */
export function emojiOf(image: Element): string {
  const alt = image.getAttribute('alt') ?? '';
  return EMOJI.test(alt) ? alt : '';
}

function indentation(text: string): boolean {
  return text.includes('\n') && text.trim() === '';
}
