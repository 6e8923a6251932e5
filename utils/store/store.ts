import type { AppId } from '../conversation/apps';
import type { OwnerSpan } from '../conversation/timeline';
import type { Database, IntentRecord, LinkRecord, PageRecord, TickRecord } from './database';
import type { Vault } from './vault';

/** A connected Page, opened. */
export interface ConnectedPage {
  pageId: string;
  name: string;
  token: string;
  /** Null where the token could not be asked about itself. */
  tokenApp: AppId | null;
  botApp: AppId | null;
  connectedAt: number;
  stopped: string | null;
}

const DAY_MS = 86_400_000;

/** What Baton keeps, and nothing besides. Customers' words are never among it. */
export function createStore(database: Database, vault: Vault) {
  const opened = async ({ token, name, ...record }: PageRecord): Promise<ConnectedPage> => ({
    ...record,
    token: await vault.open(token),
    name: await vault.open(name),
  });

  return {
    async pages(): Promise<ConnectedPage[]> {
      return Promise.all((await database.getAll('pages')).map(opened));
    },

    async page(pageId: string): Promise<ConnectedPage | null> {
      const record = await database.get('pages', pageId);
      return record ? opened(record) : null;
    },

    async putPage({ token, name, ...page }: ConnectedPage): Promise<void> {
      const record = { ...page, token: await vault.seal(token), name: await vault.seal(name) };
      await database.put('pages', record);
    },

    /** Work for the Page stops with a reason, or goes on (null). Nothing else changes. */
    async stopPage(pageId: string, stopped: string | null): Promise<void> {
      const transaction = database.transaction('pages', 'readwrite');
      const record = await transaction.store.get(pageId);
      if (record) await transaction.store.put({ ...record, stopped });
      await transaction.done;
    },

    /** Wipes everything about one Page. */
    async forgetPage(pageId: string): Promise<void> {
      const stores = ['spans', 'links', 'intents', 'ticks'] as const;
      const transaction = database.transaction(['pages', ...stores], 'readwrite');
      await transaction.objectStore('pages').delete(pageId);
      for (const name of stores) {
        for await (const cursor of transaction.objectStore(name).index('byPage').iterate(pageId)) await cursor.delete();
      }
      await transaction.done;
    },

    async spans(pageId: string, psid: string): Promise<OwnerSpan[]> {
      return (await database.get('spans', [pageId, psid]))?.spans ?? [];
    },

    /** Changes the spans of one conversation in one transaction and resolves to what now stands. */
    async updateSpans(pageId: string, psid: string, change: (spans: OwnerSpan[]) => OwnerSpan[]): Promise<OwnerSpan[]> {
      const transaction = database.transaction('spans', 'readwrite');
      const spans = change((await transaction.store.get([pageId, psid]))?.spans ?? []);
      await transaction.store.put({ pageId, psid, spans, updatedAt: spans.at(-1)?.to ?? 0 });
      await transaction.done;
      return spans;
    },

    async links(pageId: string): Promise<LinkRecord[]> {
      return database.getAllFromIndex('links', 'byPage', pageId);
    },

    async putLink(link: LinkRecord): Promise<void> {
      await database.put('links', link);
    },

    async dropLink(pageId: string, itemId: string): Promise<void> {
      await database.delete('links', [pageId, itemId]);
    },

    async putIntent(intent: IntentRecord): Promise<void> {
      await database.put('intents', intent);
    },

    async intents(pageId: string): Promise<IntentRecord[]> {
      return database.getAllFromIndex('intents', 'byPage', pageId);
    },

    async openIntents(): Promise<IntentRecord[]> {
      return (await database.getAll('intents')).filter((intent) => intent.outcome === null);
    },

    async putTick(tick: TickRecord): Promise<void> {
      await database.put('ticks', tick);
    },

    async dropTick(pageId: string, check: string): Promise<void> {
      await database.delete('ticks', [pageId, check]);
    },

    async ticks(pageId: string): Promise<TickRecord[]> {
      return database.getAllFromIndex('ticks', 'byPage', pageId);
    },

    /** Drops what is older than `days`: spans, links that nobody chose, ended control runs. `now`: epoch ms. */
    async sweep(now: number, days = 30): Promise<void> {
      const before = IDBKeyRange.upperBound(now - days * DAY_MS);
      const transaction = database.transaction(['spans', 'links', 'intents'], 'readwrite');
      for (const name of ['spans', 'links', 'intents'] as const) {
        for await (const cursor of transaction.objectStore(name).index('byAge').iterate(before)) await cursor.delete();
      }
      await transaction.done;
    },
  };
}

export type Store = ReturnType<typeof createStore>;
