import type { IDBPTransaction, StoreNames } from 'idb';
import type { AppId } from '../conversation/apps';
import type { Declared } from '../conversation/declared';
import type { OwnerSpan } from '../conversation/timeline';
import type { Database, IntentRecord, LinkRecord, PageRecord, Schema, TickRecord } from './database';
import { KEY_NAME } from './sealing';
import { VAULT, type Vault, type VaultMode } from './vault';

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
  declared?: Declared;
}

const DAY_MS = 86_400_000;

/** Everything about a Page besides its own record; all of it goes with time. */
const AGEING = ['spans', 'links', 'intents', 'ticks'] as const;

/** Nothing is kept about a Page that is not connected: what was on its way when it was forgotten comes too late. */
async function isConnected<Stores extends StoreNames<Schema>>(
  transaction: IDBPTransaction<Schema, ('pages' | Stores)[], 'readwrite'>,
  pageId: string,
): Promise<boolean> {
  return (await transaction.objectStore('pages').count(pageId)) > 0;
}

/** What Baton keeps, and nothing besides. Customers' words are never among it. */
export function createStore(database: Database, vault: Vault) {
  const opened = async ({ token, name, ...record }: PageRecord): Promise<ConnectedPage> => ({
    ...record,
    token: await vault.open(token),
    name: await vault.open(name),
  });

  /** Changes a part of a Page's record in one transaction; of a Page that is not connected nothing. */
  async function patchPage(pageId: string, part: Partial<PageRecord>): Promise<void> {
    const transaction = database.transaction('pages', 'readwrite');
    const record = await transaction.store.get(pageId);
    if (record) await transaction.store.put({ ...record, ...part });
    await transaction.done;
  }

  return {
    /** While it is locked no Page can be opened and none connected. */
    vaultState: (): { mode: VaultMode; locked: boolean } => ({ mode: vault.mode, locked: vault.locked }),

    /** Whether the passphrase was the right one. */
    unlock: (passphrase: string): Promise<boolean> => vault.unlock(passphrase),

    pageIds: (): Promise<string[]> => database.getAllKeys('pages'),

    /** Null where it is not connected. Rejects with `VaultLocked` or `VaultDamaged` where it cannot be opened. */
    async page(pageId: string): Promise<ConnectedPage | null> {
      const record = await database.get('pages', pageId);
      return record ? opened(record) : null;
    },

    async putPage({ token, name, ...page }: ConnectedPage): Promise<void> {
      const record = { ...page, token: await vault.seal(token), name: await vault.seal(name) };
      await database.put('pages', record);
    },

    /**
     * Keeps the vault's key another way, and seals everything anew with it: in one transaction, so that either all
     * or nothing has changed. Rejects with `VaultLocked`.
     */
    async changeVault(mode: VaultMode, passphrase: string): Promise<void> {
      const next = await vault.prepare(mode, passphrase);
      const resealed = new Map<string, PageRecord>();
      for (const record of await database.getAll('pages')) {
        const { token, name } = await opened(record);
        resealed.set(record.pageId, { ...record, token: await next.seal(token), name: await next.seal(name) });
      }
      const transaction = database.transaction(['pages', 'vault', 'keys'], 'readwrite');
      const pages = transaction.objectStore('pages');
      for (const current of await pages.getAll()) {
        const sealed = resealed.get(current.pageId);
        // Connected anew meanwhile: what was sealed above is not its token any more.
        if (sealed?.connectedAt !== current.connectedAt) {
          transaction.abort();
          await transaction.done.catch(() => {});
          return this.changeVault(mode, passphrase);
        }
        await pages.put({ ...current, token: sealed.token, name: sealed.name });
      }
      await transaction.objectStore('vault').put(next.record, VAULT);
      if (next.storedKey) await transaction.objectStore('keys').put(next.storedKey, KEY_NAME);
      else await transaction.objectStore('keys').delete(KEY_NAME);
      await transaction.done;
      await vault.adopt(next);
    },

    /** Work for the Page stops with a reason, or goes on (null). Nothing else changes. */
    stopPage: (pageId: string, stopped: string | null): Promise<void> => patchPage(pageId, { stopped }),

    /** What the admin has declared about the bot's words; undefined where nothing. It can be read while locked. */
    async declared(pageId: string): Promise<Declared | undefined> {
      return (await database.get('pages', pageId))?.declared;
    },

    /** Keeps what the admin declares about the bot's words. Nothing else changes. */
    declare: (pageId: string, declared: Declared): Promise<void> => patchPage(pageId, { declared }),

    /** Wipes everything about one Page. */
    async forgetPage(pageId: string): Promise<void> {
      const transaction = database.transaction(['pages', ...AGEING], 'readwrite');
      await transaction.objectStore('pages').delete(pageId);
      for (const name of AGEING) {
        for await (const cursor of transaction.objectStore(name).index('byPage').iterate(pageId)) await cursor.delete();
      }
      await transaction.done;
    },

    async spans(pageId: string, psid: string): Promise<OwnerSpan[]> {
      return (await database.get('spans', [pageId, psid]))?.spans ?? [];
    },

    /** Changes the spans of one conversation in one transaction and resolves to what now stands. */
    async updateSpans(pageId: string, psid: string, change: (spans: OwnerSpan[]) => OwnerSpan[]): Promise<OwnerSpan[]> {
      const transaction = database.transaction(['pages', 'spans'], 'readwrite');
      const stored = transaction.objectStore('spans');
      const spans = change((await stored.get([pageId, psid]))?.spans ?? []);
      if (await isConnected(transaction, pageId))
        await stored.put({ pageId, psid, spans, updatedAt: spans.at(-1)?.to ?? 0 });
      await transaction.done;
      return spans;
    },

    async links(pageId: string): Promise<LinkRecord[]> {
      return database.getAllFromIndex('links', 'byPage', pageId);
    },

    async putLink(link: LinkRecord): Promise<void> {
      const transaction = database.transaction(['pages', 'links'], 'readwrite');
      if (await isConnected(transaction, link.pageId)) await transaction.objectStore('links').put(link);
      await transaction.done;
    },

    async dropLink(pageId: string, itemId: string): Promise<void> {
      await database.delete('links', [pageId, itemId]);
    },

    async putIntent(intent: IntentRecord): Promise<void> {
      // Not in one transaction with the Page: while the disk is slow nothing else may wait for a control run.
      await database.put('intents', intent);
      const isForgotten = (await database.getKey('pages', intent.pageId)) === undefined;
      if (isForgotten) await database.delete('intents', intent.id);
    },

    async intents(pageId: string): Promise<IntentRecord[]> {
      return database.getAllFromIndex('intents', 'byPage', pageId);
    },

    /** Runs that a worker left open, and those whose conversation nobody could look at since an answer was lost. */
    async openIntents(): Promise<IntentRecord[]> {
      const intents = await database.getAll('intents');
      return intents.filter(({ outcome, ownerUnread }) => outcome === null || ownerUnread === true);
    },

    async putTick(tick: TickRecord): Promise<void> {
      const transaction = database.transaction(['pages', 'ticks'], 'readwrite');
      if (await isConnected(transaction, tick.pageId)) await transaction.objectStore('ticks').put(tick);
      await transaction.done;
    },

    async dropTick(pageId: string, check: string): Promise<void> {
      await database.delete('ticks', [pageId, check]);
    },

    async ticks(pageId: string): Promise<TickRecord[]> {
      return database.getAllFromIndex('ticks', 'byPage', pageId);
    },

    /** Drops what is older than `days`: spans, links, control runs and ticks. `now`: epoch ms. */
    async sweep(now: number, days = 30): Promise<void> {
      const before = IDBKeyRange.upperBound(now - days * DAY_MS);
      const transaction = database.transaction(AGEING, 'readwrite');
      for (const name of AGEING) {
        for await (const cursor of transaction.objectStore(name).index('byAge').iterate(before)) await cursor.delete();
      }
      await transaction.done;
    },
  };
}

export type Store = ReturnType<typeof createStore>;
