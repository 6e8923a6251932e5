import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { AppId } from '../conversation/apps';
import type { Declared } from '../conversation/declared';
import type { Outcome, Step, Wanted } from '../conversation/plan';
import type { OwnerSpan } from '../conversation/timeline';
import type { Sealed } from './sealing';
import type { VaultRecord } from './vault';

/** A connected Page. The token and the Page's name are sealed. */
export interface PageRecord {
  pageId: string;
  token: Sealed;
  name: Sealed;
  /** Null where the token could not be asked about itself. */
  tokenApp: AppId | null;
  botApp: AppId | null;
  /** Epoch ms. */
  connectedAt: number;
  /** Why work for this Page has stopped; null while it works. */
  stopped: string | null;
  /** About the bot's words; left out: nothing was. */
  declared?: Declared;
}

/** Who had a conversation when, as far as it was read. No name, no words. */
export interface SpansRecord {
  pageId: string;
  psid: string;
  spans: OwnerSpan[];
  /** Epoch ms of the newest reading: old records go by it. */
  updatedAt: number;
}

/** `selected_item_id` or React's `threadID` on one side, the PSID on the other, with why we believe it. */
export interface LinkRecord {
  pageId: string;
  itemId: string;
  psid: string;
  evidence: string[];
  /** The agent picked it. */
  chosen: boolean;
  linkedAt: number;
}

/** A control run, written before its first call and at each step, so that none is lost. */
export interface IntentRecord {
  id: string;
  pageId: string;
  psid: string;
  wanted: Wanted;
  steps: Step[];
  /** How many steps have been answered. */
  answered: number;
  /** The step that was sent and has no answer yet; null between steps. */
  sent: Step | null;
  /** Steps of a compensation under way. */
  compensating: boolean;
  /** The note that goes with take and pass, exactly as it is sent; null or left out: none. */
  metadata?: string | null;
  /** An answer was lost, and the owner could not be read since: it is still to be looked at. */
  ownerUnread?: boolean;
  /** Epoch ms on the server's clock. */
  startedAt: number;
  /** Null while the run is open. */
  outcome: Outcome | null;
}

/** A guided check's tick: an admin looked. Epoch ms. */
export interface TickRecord {
  pageId: string;
  check: string;
  at: number;
}

export interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  pages: { key: string; value: PageRecord };
  spans: { key: [pageId: string, psid: string]; value: SpansRecord; indexes: { byPage: string; byAge: number } };
  links: { key: [pageId: string, itemId: string]; value: LinkRecord; indexes: { byPage: string; byAge: number } };
  intents: { key: string; value: IntentRecord; indexes: { byPage: string; byAge: number } };
  ticks: { key: [pageId: string, check: string]; value: TickRecord; indexes: { byPage: string; byAge: number } };
  vault: { key: string; value: VaultRecord };
}

export type Database = IDBPDatabase<Schema>;

export const DATABASE_NAME = 'baton';
export const DATABASE_VERSION = 2;

/** The stored version is newer than this build knows: nothing is touched. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

/**
 * Opens the one database. Migrations run in order from the stored version; each only adds.
 * Rejects with {@link NewerDatabase} where a newer Baton wrote it.
 */
export async function openDatabase(name = DATABASE_NAME): Promise<Database> {
  try {
    return await openDB<Schema>(name, DATABASE_VERSION, {
      upgrade(database, from, _to, transaction) {
        if (from < 1) {
          database.createObjectStore('keys');
          database.createObjectStore('pages', { keyPath: 'pageId' });
          const spans = database.createObjectStore('spans', { keyPath: ['pageId', 'psid'] });
          spans.createIndex('byPage', 'pageId');
          spans.createIndex('byAge', 'updatedAt');
          const links = database.createObjectStore('links', { keyPath: ['pageId', 'itemId'] });
          links.createIndex('byPage', 'pageId');
          links.createIndex('byAge', 'linkedAt');
          const intents = database.createObjectStore('intents', { keyPath: 'id' });
          intents.createIndex('byPage', 'pageId');
          intents.createIndex('byAge', 'startedAt');
          const ticks = database.createObjectStore('ticks', { keyPath: ['pageId', 'check'] });
          ticks.createIndex('byPage', 'pageId');
        }
        if (from < 2) {
          database.createObjectStore('vault');
          transaction.objectStore('ticks').createIndex('byAge', 'at');
        }
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') throw new NewerDatabase();
    throw error;
  }
}
