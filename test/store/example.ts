/** A store of one schema version as plain data, so that it can be kept as a file and laid out again as it was. */
export interface Example {
  version: number;
  stores: {
    name: string;
    keyPath: string | string[] | null;
    indexes: { name: string; keyPath: string | string[] }[];
    /** Keys only where the records do not hold them. */
    records: { key?: string; value: unknown }[];
  }[];
}

/** Bytes, and keys of WebCrypto, as JSON can hold them. */
interface Wrapped {
  $bytes?: string;
  $buffer?: string;
  $key?: string;
}

/** Reads a whole database. `rawKey`: base64 of the one key in it, which WebCrypto does not give out. */
export async function takeExample(name: string, rawKey: string): Promise<Example> {
  const database = await promised(indexedDB.open(name));
  const stores = [...database.objectStoreNames].map(async (storeName) => {
    const store = database.transaction(storeName).objectStore(storeName);
    const [values, keys] = await Promise.all([promised(store.getAll()), promised(store.getAllKeys())]);
    return {
      name: storeName,
      keyPath: store.keyPath,
      indexes: [...store.indexNames].map((index) => ({ name: index, keyPath: store.index(index).keyPath })),
      records: values.map((value, at) => ({
        ...(store.keyPath === null ? { key: String(keys[at]) } : {}),
        value: wrap(value, rawKey),
      })),
    };
  });
  const example = { version: database.version, stores: await Promise.all(stores) };
  database.close();
  return example;
}

/** Lays an example out as the database of that name. */
export async function layOut(name: string, example: Example): Promise<void> {
  const unwrapped = await Promise.all(
    example.stores.map(async (store) => ({
      ...store,
      records: await Promise.all(store.records.map(async ({ key, value }) => ({ key, value: await unwrap(value) }))),
    })),
  );
  const opening = indexedDB.open(name, example.version);
  opening.onupgradeneeded = () => {
    for (const { name: storeName, keyPath, indexes } of example.stores) {
      const store = opening.result.createObjectStore(storeName, { keyPath });
      for (const index of indexes) store.createIndex(index.name, index.keyPath);
    }
  };
  const database = await promised(opening);
  for (const { name: storeName, records } of unwrapped) {
    const store = database.transaction(storeName, 'readwrite').objectStore(storeName);
    for (const { key, value } of records) await promised(store.put(value, key));
  }
  database.close();
}

export function promised<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function wrap(value: unknown, rawKey: string): unknown {
  if (value instanceof CryptoKey) return { $key: rawKey };
  if (value instanceof ArrayBuffer) return { $buffer: base64(new Uint8Array(value)) };
  if (value instanceof Uint8Array) return { $bytes: base64(value) };
  if (Array.isArray(value)) return value.map((one) => wrap(one, rawKey));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, wrap(one, rawKey)]));
}

async function unwrap(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(unwrap));
  if (typeof value !== 'object' || value === null) return value;
  const { $key, $bytes, $buffer } = value as Wrapped;
  if ($bytes !== undefined) return new Uint8Array(Buffer.from($bytes, 'base64'));
  if ($buffer !== undefined) return new Uint8Array(Buffer.from($buffer, 'base64')).buffer;
  if ($key !== undefined)
    return crypto.subtle.importKey('raw', Buffer.from($key, 'base64'), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const entries = Object.entries(value).map(async ([name, one]) => [name, await unwrap(one)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
