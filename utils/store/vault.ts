import type { Database } from './database';

/** AES-GCM: a fresh IV for every text. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** The sealed text cannot be opened: the key is another one, or the bytes are damaged. */
export class VaultDamaged extends Error {
  override readonly name = 'VaultDamaged';
}

const KEY_NAME = 'vault';

/**
 * Seals texts with a key that WebCrypto made and will not give out: it lies in IndexedDB as a non-extractable
 * CryptoKey. What that protects from, and what not, stands in docs/security.md.
 */
export interface Vault {
  seal(text: string): Promise<Sealed>;
  /** Rejects with {@link VaultDamaged}. */
  open(sealed: Sealed): Promise<string>;
}

export async function openVault(database: Database): Promise<Vault> {
  const key = await keyOf(database);
  return {
    async seal(text) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)) };
    },
    async open({ iv, bytes }) {
      try {
        return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes));
      } catch {
        throw new VaultDamaged();
      }
    },
  };
}

async function keyOf(database: Database): Promise<CryptoKey> {
  const stored = await database.get('keys', KEY_NAME);
  if (stored) return stored;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Another context may have made one meanwhile: the first one stored is the key.
  const transaction = database.transaction('keys', 'readwrite');
  const existing = await transaction.store.get(KEY_NAME);
  if (!existing) await transaction.store.put(made, KEY_NAME);
  await transaction.done;
  return existing ?? made;
}
