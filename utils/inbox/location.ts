/** Which Page, tab and conversation: from the address, and from the channel tabs' links where the address is silent. */
import { find } from './dom';
import { SELECTORS, type Selectors } from './selectors';

export interface InboxLocation {
  /** Page id; null where unknown or where sources disagree. */
  pageId: string | null;
  /** Global user id (Messenger) or thread id (Instagram); never a PSID. Null where unknown or where sources disagree. */
  selectedItemId: string | null;
  /** `FB_MESSAGE`, `IG_MESSAGE`, or what comments carry. */
  threadType: string | null;
  /** `all`, `messenger`, `instagram_direct`, `instagram` (comments), `facebook` (comments), `wec`, …; null elsewhere. */
  tab: string | null;
}

/** Tabs that list conversations. The others (comments, leads, contacts) are none of Baton's business. */
const CONVERSATION_TABS: ReadonlySet<string> = new Set(['all', 'messenger', 'instagram_direct', 'wec']);

/** Whether the tab lists conversations. Unknown ones do not. */
export function isConversationTab(tab: string | null): boolean {
  return tab !== null && CONVERSATION_TABS.has(tab);
}

/**
 * Reads the address and, where `root` is given, the channel tabs' links in it.
 * Each link carries its own channel's selection, so a link counts for the tab that is open; on the tab of all
 * channels a selection counts if it is the only one, or if the address names it too.
 */
export function readLocation(url: string, root?: ParentNode, selectors: Selectors = SELECTORS): InboxLocation {
  const address = readAddress(url);
  if (!address) return { pageId: null, selectedItemId: null, threadType: null, tab: null };
  const links = root ? linksIn(root, url, selectors) : [];
  const selection = agreed(address, links);
  return {
    pageId: same([address, ...links].flatMap(({ pageIds }) => pageIds)),
    selectedItemId: selection?.id ?? null,
    threadType: selection ? selection.threadType : address.selection ? null : address.threadType,
    tab: address.tab,
  };
}

interface Selection {
  id: string;
  threadType: string | null;
}

interface Address {
  tab: string | null;
  pageIds: string[];
  threadType: string | null;
  selection: Selection | null;
}

function readAddress(href: string, base?: string): Address | null {
  if (!URL.canParse(href, base)) return null;
  const { pathname, searchParams } = new URL(href, base);
  const number = (name: string) => /^\d+$/.exec(searchParams.get(name) ?? '')?.[0] ?? null;
  const threadType = /^[A-Z_]+$/.exec(searchParams.get('thread_type') ?? '')?.[0] ?? null;
  const id = number('selected_item_id');
  return {
    tab: /^\/latest\/inbox\/([a-z_]+)/.exec(pathname)?.[1] ?? null,
    pageIds: [number('asset_id'), number('page_id')].filter((pageId) => pageId !== null),
    threadType,
    selection: id ? { id, threadType } : null,
  };
}

function linksIn(root: ParentNode, url: string, selectors: Selectors): Address[] {
  return find(root, selectors.channelLinks).flatMap((link) => readAddress(link.getAttribute('href') ?? '', url) ?? []);
}

function agreed(address: Address, links: readonly Address[]): Selection | null {
  const selections = selectionsFor(address.tab, links);
  if (!address.selection) return same(selections.map(({ id }) => id)) ? (selections[0] ?? null) : null;
  const { id, threadType } = address.selection;
  const agreeing = selections.find((selection) => selection.id === id);
  if (agreeing) return { id, threadType: threadType ?? agreeing.threadType };
  const contradicting = selections.filter(
    (selection) => !threadType || !selection.threadType || selection.threadType === threadType,
  );
  return contradicting.length > 0 ? null : address.selection;
}

/** The open tab's own link goes first; another channel's tells something only on the tab of all channels. */
function selectionsFor(tab: string | null, links: readonly Address[]): Selection[] {
  const own = links.filter((link) => link.tab === tab).flatMap(({ selection }) => selection ?? []);
  if (own.length > 0 || tab !== 'all') return own;
  return links.flatMap(({ selection }) => selection ?? []);
}

/** The one value that all of them are; null for none or several. */
function same(values: readonly string[]): string | null {
  return new Set(values).size === 1 ? (values[0] ?? null) : null;
}
