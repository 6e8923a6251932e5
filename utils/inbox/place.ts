/**
 * Our elements in Facebook's page. Each is named `baton-…` and is the last child of a host element; what lies in its
 * shadow root is the business of who draws it. Nothing of the host's is moved or changed: React may drop ours at any
 * time, and then it is put back.
 */

import { isRecent } from './recent';

export const OWN_TAGS = [
  'baton-row',
  'baton-banner',
  'baton-label',
  'baton-handover',
  'baton-timer',
  'baton-notice',
] as const;

export type OwnTag = (typeof OWN_TAGS)[number];

/** A page that drops an element again and again must not be fought: so often in so long, then peace. Milliseconds. */
const MOST_RETURNS = 10;
const WITHIN = 10_000;
const PEACE = 2_000;

interface Place {
  element: HTMLElement;
  parent: Parent;
  /** Under which of the parent's slots it is known. */
  slot: string;
  /** When it was put back, epoch ms. */
  returns: number[];
  resting: ReturnType<typeof setTimeout> | null;
}

const places = new Map<HTMLElement, Place>();

/**
 * What of ours is in an element, by tag and key. It lies on the element as this world alone sees it: rows are asked for
 * theirs in each frame, which a table could answer only by a search.
 */
const SLOTS = Symbol('slots');

type Parent = Element & { [SLOTS]?: Map<string, Place> };

/**
 * Our element of that tag in `parent`, made at the first call and put back as last child at every later one.
 * `key` tells several of one tag apart.
 */
export function placeIn(parent: Parent, tag: OwnTag, key = ''): HTMLElement {
  parent[SLOTS] ??= new Map();
  const slot = tag + key;
  const place = parent[SLOTS].get(slot);
  if (place?.element === parent.lastChild) return place.element;
  const settled = place ?? newPlace(parent, tag, slot);
  parent[SLOTS].set(slot, settled);
  settle(settled);
  return settled.element;
}

/** Removes our element of that tag from `parent`, if there is one, for good. */
export function removeFrom(parent: Parent, tag: OwnTag): void {
  const place = parent[SLOTS]?.get(tag);
  if (place) remove(place);
}

/** Removes all of ours but these, for good. */
export function keepOnly(wanted: ReadonlySet<HTMLElement>): void {
  for (const [element, place] of places) if (!wanted.has(element)) remove(place);
}

/** Goodbye: nothing of ours stays, not even what an earlier script of ours left behind. */
export function removeAll(document: Document): void {
  keepOnly(new Set());
  for (const orphan of document.querySelectorAll(OWN_TAGS.join(','))) orphan.remove();
}

function newPlace(parent: Parent, tag: OwnTag, slot: string): Place {
  return { element: parent.ownerDocument.createElement(tag), parent, slot, returns: [], resting: null };
}

function settle(place: Place): void {
  const isNew = !places.has(place.element);
  if (isNew) {
    places.set(place.element, place);
    place.parent.append(place.element);
  } else if (place.resting === null && !isLast(place)) {
    putBack(place);
  }
}

/** Last but for others of ours. */
function isLast({ element, parent }: Place): boolean {
  if (element.parentNode !== parent) return false;
  for (let next = element.nextSibling; next; next = next.nextSibling)
    if (!places.has(next as HTMLElement)) return false;
  return true;
}

function putBack(place: Place): void {
  const now = Date.now();
  place.returns = [...place.returns.filter((at) => isRecent(at, now, WITHIN)), now];
  if (place.returns.length > MOST_RETURNS) rest(place);
  else place.parent.append(place.element);
}

function rest(place: Place): void {
  place.resting = setTimeout(() => {
    place.resting = null;
    place.returns = [];
    if (!isLast(place)) place.parent.append(place.element);
  }, PEACE);
}

function remove(place: Place): void {
  if (place.resting !== null) clearTimeout(place.resting);
  place.element.remove();
  places.delete(place.element);
  place.parent[SLOTS]?.delete(place.slot);
}
