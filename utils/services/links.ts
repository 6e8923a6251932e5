import type { SeenPage } from '../conversation/seen';
import type { LinkRecord } from '../store/database';
import type { Store } from '../store/store';

/** The stored pairs of a page's item id and a PSID, kept at hand. */
export function createLinks(store: Pick<Store, 'links' | 'putLink' | 'dropLink'>) {
  const cache = new Map<string, Promise<Map<string, LinkRecord>>>();

  function of(pageId: string): Promise<Map<string, LinkRecord>> {
    let links = cache.get(pageId);
    if (!links) {
      links = store.links(pageId).then((records) => new Map(records.map((record) => [record.itemId, record])));
      cache.set(pageId, links);
    }
    return links;
  }

  async function put(link: LinkRecord): Promise<void> {
    (await of(link.pageId)).set(link.itemId, link);
    await store.putLink(link);
  }

  async function drop(pageId: string, itemId: string): Promise<void> {
    (await of(pageId)).delete(itemId);
    await store.dropLink(pageId, itemId);
  }

  return {
    of,
    put,
    drop,

    /** The agent says who is on screen; null takes it back. Without an item id the page gives nothing to hold on to. */
    async choose(pageId: string, seen: SeenPage, psid: string | null, now: number): Promise<void> {
      const itemId = seen.selectedItemId;
      if (itemId === null) return;
      if (psid === null) await drop(pageId, itemId);
      else await put({ pageId, itemId, psid, evidence: ['The agent picked it.'], chosen: true, linkedAt: now });
    },

    forget: (pageId: string) => cache.delete(pageId),
  };
}

export type Links = ReturnType<typeof createLinks>;
