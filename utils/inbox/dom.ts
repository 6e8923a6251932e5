/** The few questions that every parser asks of the DOM. Read-only. */

/** `root` itself, if it matches, and what matches within it, in document order. */
export function matching(root: ParentNode, css: string): Element[] {
  const within = [...root.querySelectorAll(css)];
  return isElement(root) && root.matches(css) ? [root, ...within] : within;
}

/** What the first alternative finds that finds anything at all. */
export function find(root: ParentNode, alternatives: readonly string[]): Element[] {
  for (const css of alternatives) {
    const found = matching(root, css);
    if (found.length > 0) return found;
  }
  return [];
}

/** The first element on screen, alternative by alternative. */
export function findShown(root: ParentNode, alternatives: readonly string[]): Element | null {
  for (const css of alternatives) {
    const shown = matching(root, css).find(isShown);
    if (shown) return shown;
  }
  return null;
}

const joined = new WeakMap<readonly string[], string>();

/** All alternatives as one selector, for `closest` and `matches`. */
export function any(...lists: readonly (readonly string[])[]): string {
  return lists.map(joinedOnce).join(',');
}

function joinedOnce(alternatives: readonly string[]): string {
  const css = joined.get(alternatives) ?? alternatives.join(',');
  joined.set(alternatives, css);
  return css;
}

/** Computed style, or null in a document that has none (parsed, not shown). */
export function styleOf(element: Element): CSSStyleDeclaration | null {
  return element.ownerDocument.defaultView?.getComputedStyle(element) ?? null;
}

/**
 * False for what is not rendered or invisible: Facebook keeps hidden copies of rows, shells and composers.
 * A wrapper without a box of its own (`display: contents`) is as visible as what it lies in.
 */
export function isShown(element: Element): boolean {
  const canTell = element.ownerDocument.defaultView !== null && typeof element.checkVisibility === 'function';
  if (!canTell) return !element.closest(HIDDEN_BY_MARKUP);
  if (element.checkVisibility({ visibilityProperty: true })) return true;
  return styleOf(element)?.display === 'contents' && element.parentElement !== null && isShown(element.parentElement);
}

const HIDDEN_BY_MARKUP =
  '[hidden], [style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"]';

/** Baton's own elements, which no parser may read. */
export function isOwn(node: Node): boolean {
  return isElement(node) && node.localName.startsWith('baton-');
}

/** Epoch ms of a `data-utime` in seconds, as integer or float; null where it is none. */
export function timeOf(utime: string | null | undefined): number | null {
  const seconds = Number(utime || Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : null;
}

/** The innermost element that holds all of them; null for none. */
export function commonAncestor(elements: readonly Element[]): Element | null {
  let common: Element | null = elements[0] ?? null;
  for (const element of elements) while (common && !common.contains(element)) common = common.parentElement;
  return common;
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}
