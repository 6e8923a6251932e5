/** The parts of the page that Baton watches and lies over. */
import { commonAncestor, find, findShown } from './dom';
import { messageRegion } from './messages';
import { rowBoxes } from './row-boxes';
import type { At, Moved } from './rows';
import { SELECTORS, type Selectors } from './selectors';

export interface Regions {
  /** The thread list, or what holds all of its rows. */
  list: Element | null;
  /** May have no box of its own. */
  header: Element | null;
  /** The scroller of the open conversation. */
  region: Element | null;
  composer: Element | null;
  /** What holds the channel tabs' links. */
  tabs: Element | null;
}

export type Part = keyof Regions;

/** What moved since the last reading. */
export interface Touched extends Moved {
  header: readonly At[];
  region: readonly At[];
  tabs: readonly At[];
}

export const NOWHERE: Regions = { list: null, header: null, region: null, composer: null, tabs: null };

/** Looks for every part anew. Each is null where it is not on screen. */
export function findRegions(root: ParentNode, selectors: Selectors = SELECTORS): Regions {
  return {
    list: findShown(root, selectors.threadList) ?? aroundRows(root, selectors),
    header: findShown(root, selectors.header),
    region: messageRegion(root, selectors),
    composer: findShown(root, selectors.composer),
    tabs: commonAncestor(find(root, selectors.channelLinks)),
  };
}

/** For builds whose list bears no known name. */
function aroundRows(root: ParentNode, selectors: Selectors): Element | null {
  const boxes = [...rowBoxes(root, selectors)];
  return boxes.length > 1 ? commonAncestor(boxes) : (boxes[0]?.parentElement ?? null);
}
