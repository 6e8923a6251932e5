import type { Feed, ThreadType } from '../feed';
import { keptVariants, type Variants } from '../variants';

/** The inbox's tabs by their path, in the page's order. Labels are attested in English alone. */
export const TABS = [
  { path: 'all', label: 'All messages', type: null },
  { path: 'messenger', label: 'Messenger', type: 'FB_MESSAGE' },
  { path: 'instagram_direct', label: 'Instagram', type: 'IG_MESSAGE' },
  { path: 'wec', label: 'WhatsApp', type: 'WA_MESSAGE' },
  { path: 'facebook', label: 'Facebook comments', type: null },
  { path: 'instagram', label: 'Instagram comments', type: null },
] as const satisfies readonly { path: string; label: string; type: ThreadType | null }[];

export type TabPath = (typeof TABS)[number]['path'] | 'automated_responses';

export interface Place {
  /** null: not the inbox but Business Suite's home. */
  tab: TabPath | null;
  selectedItemId: string | null;
  folder: 'inbox' | 'done';
}

/** A conversation as addresses name it. */
export interface Selection {
  userId: string;
  threadType: ThreadType;
}

const OTHER_TABS: readonly TabPath[] = ['automated_responses'];

/** What an address of this host asks for. An inbox without a tab is the one of all messages. */
export function readPlace(url: URL): Place {
  const [, , area, name] = url.pathname.split('/');
  const paths: readonly TabPath[] = [...TABS.map(({ path }) => path), ...OTHER_TABS];
  const query = url.searchParams;
  return {
    tab: area === 'inbox' ? (paths.find((path) => path === name) ?? 'all') : null,
    selectedItemId: query.get('selected_item_id'),
    folder: query.get('folder') === 'DONE' ? 'done' : 'inbox',
  };
}

/**
 * Where a tab's link leads. Each carries the selection of its own channel, and none if nothing is selected there;
 * "All messages" carries neither a mailbox nor a selection.
 */
export function tabHref(path: TabPath, page: Feed['page'], selected: Selection | null): string {
  const query = new URLSearchParams({
    asset_id: page.id,
    business_id: page.businessId,
    mailbox_id: mailbox(path, page),
  });
  if (selected) {
    query.set('selected_item_id', selected.userId);
    query.set('thread_type', selected.threadType);
  }
  return `/latest/inbox/${path}?${query}`;
}

function mailbox(path: TabPath, page: Feed['page']): string {
  if (path === 'instagram_direct' || path === 'instagram') return page.instagramMailboxId;
  return path === 'messenger' || path === 'facebook' ? page.id : '';
}

/** The same link with the visit's variants, which no link of the page shows. */
export function withVariants(href: string, current: URL): URL {
  const next = new URL(href, current);
  for (const [name, value] of keptVariants(current.searchParams)) next.searchParams.set(name, value);
  return next;
}

/** How soon the address follows a conversation that was opened, in ms; null where it never does. */
export function addressLag(variant: Variants['url']): number | null {
  return { drop: null, keep: 0, late: 2_000 }[variant];
}

/** The address with this conversation in it, or with none. */
export function withSelection(current: URL, selection: Selection | null): URL {
  const next = new URL(current);
  next.searchParams.delete('selected_item_id');
  next.searchParams.delete('thread_type');
  if (selection) {
    next.searchParams.set('selected_item_id', selection.userId);
    next.searchParams.set('thread_type', selection.threadType);
  }
  return next;
}
