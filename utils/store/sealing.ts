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

/** Rounds of PBKDF2 with SHA-256: about half a second on a small computer. Source: OWASP, Password Storage, 2023. */
export const PASSPHRASE_ITERATIONS = 600_000;

export async function seal(key: CryptoKey, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)) };
}

/** Rejects with {@link VaultDamaged}. */
export async function open(key: CryptoKey, { iv, bytes }: Sealed): Promise<string> {
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes));
  } catch {
    throw new VaultDamaged();
  }
}

/** The bytes of a new key, base64. */
export function generateRaw(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(32)));
}

/** The bytes of the key that a passphrase gives, base64. */
export async function stretch(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, 256);
  return toBase64(new Uint8Array(bits));
}

/** From here on the key can be used and not be read. */
export function importKey(raw: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(raw), (sign) => sign.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** The name of the vault's key in the store of keys. */
export const KEY_NAME = 'vault';

/** The key that lies in IndexedDB; made there where none does. */
export async function deviceKey(database: Database): Promise<CryptoKey> {
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

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
