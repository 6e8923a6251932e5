import type { VaultMode } from '../conversation/view';
import type { Database } from './database';
import { deviceKey, generateRaw, importKey, open, PASSPHRASE_ITERATIONS, type Sealed, seal, stretch } from './sealing';

/**
 * How the vault's key is kept.
 * `device`: in IndexedDB, as a CryptoKey that WebCrypto will not give out.
 * `passphrase`: nowhere; it is derived anew once a browser session.
 * `session`: in the browser's memory alone, and what it sealed is lost with it.
 * What each protects from, and what not, stands in docs/security.md.
 */
export type { VaultMode };

/** How the key is kept, and a sealed word that tells whether a key is the right one. */
export interface VaultRecord {
  mode: VaultMode;
  /** For `passphrase`; null otherwise. */
  salt: Uint8Array<ArrayBuffer> | null;
  iterations: number | null;
  probe: Sealed;
}

/** A key that lives as long as the browser's session, in memory: `browser.storage.session` behind three verbs. */
export interface KeyHolder {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The vault is locked: its passphrase has not been given in this browser session, or its session has ended. */
export class VaultLocked extends Error {
  override readonly name = 'VaultLocked';
}

/** A key made ready, with what has to be stored for it. It holds from {@link Vault.adopt} on. */
export interface PreparedKey {
  record: VaultRecord;
  /** Stored for `device` alone. */
  storedKey: CryptoKey | null;
  /** Base64, for the browser's session memory; null for `device`. */
  sessionKey: string | null;
  seal(text: string): Promise<Sealed>;
}

export interface Vault {
  readonly mode: VaultMode;
  readonly locked: boolean;
  /** Rejects with {@link VaultLocked}. */
  seal(text: string): Promise<Sealed>;
  /** Rejects with {@link VaultLocked} or `VaultDamaged`. */
  open(sealed: Sealed): Promise<string>;
  /** Whether the passphrase was the right one. */
  unlock(passphrase: string): Promise<boolean>;
  /** Makes the key for another way of keeping it. Nothing is stored yet. */
  prepare(mode: VaultMode, passphrase: string): Promise<PreparedKey>;
  /** Takes over a key whose record has been stored. */
  adopt(prepared: PreparedKey): Promise<void>;
}

export const VAULT = 'vault';
const SESSION_KEY = 'vault-key';
const PROBE = 'Baton';

/**
 * Opens the vault as it was left. A CryptoKey cannot lie in the browser's session memory, so for `passphrase` and
 * `session` its bytes do: content scripts cannot read there, and nothing of it reaches the disk.
 */
export async function openVault(database: Database, session: KeyHolder): Promise<Vault> {
  let record = (await database.get('vault', VAULT)) ?? null;
  let key =
    record === null || record.mode === 'device' ? await deviceKey(database) : await keyInMemory(record, session);

  const keyOrReject = (): CryptoKey => {
    if (!key) throw new VaultLocked();
    return key;
  };

  return {
    get mode() {
      return record?.mode ?? 'device';
    },
    get locked() {
      return key === null;
    },
    seal: async (text) => seal(keyOrReject(), text),
    open: async (sealed) => open(keyOrReject(), sealed),

    async unlock(passphrase) {
      if (record?.mode !== 'passphrase' || !record.salt || !record.iterations) return key !== null;
      const raw = await stretch(passphrase, record.salt, record.iterations);
      const derived = await importKey(raw);
      if (!(await fits(derived, record))) return false;
      await session.set(SESSION_KEY, raw);
      key = derived;
      return true;
    },

    async prepare(mode, passphrase) {
      const salt = mode === 'passphrase' ? crypto.getRandomValues(new Uint8Array(16)) : null;
      const iterations = salt && PASSPHRASE_ITERATIONS;
      const raw = salt ? await stretch(passphrase, salt, PASSPHRASE_ITERATIONS) : generateRaw();
      const made = await importKey(raw);
      return {
        record: { mode, salt, iterations, probe: await seal(made, PROBE) },
        storedKey: mode === 'device' ? made : null,
        sessionKey: mode === 'device' ? null : raw,
        seal: (text) => seal(made, text),
      };
    },

    async adopt(prepared) {
      record = prepared.record;
      if (prepared.sessionKey === null) await session.remove(SESSION_KEY);
      else await session.set(SESSION_KEY, prepared.sessionKey);
      key = prepared.sessionKey === null ? prepared.storedKey : await importKey(prepared.sessionKey);
    },
  };
}

/** The key that this browser session still remembers; null where it remembers none, or another one. */
async function keyInMemory(record: VaultRecord, session: KeyHolder): Promise<CryptoKey | null> {
  const raw = await session.get(SESSION_KEY);
  if (typeof raw !== 'string') return null;
  const key = await importKey(raw);
  return (await fits(key, record)) ? key : null;
}

async function fits(key: CryptoKey, { probe }: VaultRecord): Promise<boolean> {
  return open(key, probe).then(
    (word) => word === PROBE,
    () => false,
  );
}
