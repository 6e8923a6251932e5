import type { Claim } from '../../utils/conversation/claim';

/** What an element of ours carries in the page, for tests and for people who look; null: it does not carry it. */
export type Attributes = Record<string, string | null>;

/** Gives an element these attributes. What stays is not written again: the browser would look for its style anew. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const name in attributes) {
    const value = attributes[name] ?? null;
    if (element.getAttribute(name) === value) continue;
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}

/** How far a claim can be trusted, and since when. */
export function claimAttributes({ certainty, observedAt }: Claim<unknown>): Attributes {
  return { 'data-certainty': certainty, 'data-observed-at': String(observedAt) };
}
