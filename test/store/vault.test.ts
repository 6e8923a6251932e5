import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../utils/store/database';
import { KEY_NAME, VaultDamaged } from '../../utils/store/sealing';
import { type ConnectedPage, createStore } from '../../utils/store/store';
import { openVault, VaultLocked, type VaultMode } from '../../utils/store/vault';
import { sessionMemory } from '../services/session-memory';

const PASSPHRASE = 'nine bicycles in the rain';
const PAGE: ConnectedPage = {
  pageId: '104857600000017',
  name: 'Harbour Street Bikes',
  token: 'EAABcanary0123456789',
  tokenApp: '555000000000005',
  botApp: '555000000000005',
  connectedAt: 1_790_000_000_000,
  stopped: null,
};

let session: ReturnType<typeof sessionMemory>;
let database: Database;

/** The store as a background finds it at its start. */
async function start() {
  return createStore(database, await openVault(database, session));
}
/** The browser was closed: its disk stays, its memory does not. */
const closeBrowser = () => session.held.clear();

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  session = sessionMemory();
});

/** Everything on the disk, with bytes as text. */
async function onDisk(): Promise<string> {
  const stores = await Promise.all([...database.objectStoreNames].map((name) => database.getAll(name)));
  return JSON.stringify(stores, (_, value: unknown) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      ? Buffer.from(value instanceof ArrayBuffer ? value : value.buffer).toString('latin1')
      : value,
  );
}

describe.each<[VaultMode, { nextWorker: boolean; nextSession: boolean }]>([
  ['device', { nextWorker: true, nextSession: true }],
  ['passphrase', { nextWorker: true, nextSession: false }],
  ['session', { nextWorker: true, nextSession: false }],
])('kept by %s', (mode, opens) => {
  beforeEach(async () => {
    const store = await start();
    await store.putPage(PAGE);
    await store.changeVault(mode, PASSPHRASE);
    expect(await store.page(PAGE.pageId)).toEqual(PAGE);
  });

  test('neither token nor name is on the disk in the clear, nor a key that can be read', async () => {
    const disk = await onDisk();
    for (const secret of [PAGE.token, PAGE.name, PASSPHRASE]) expect(disk).not.toContain(secret);
    for (const raw of session.held.values()) expect(disk).not.toContain(String(raw));
    const key = await database.get('keys', KEY_NAME);
    expect(key?.extractable ?? 'none stored').toBe(mode === 'device' ? false : 'none stored');
  });

  test(`the next worker of this session ${opens.nextWorker ? 'opens' : 'does not open'} it`, async () => {
    expect(await (await start()).page(PAGE.pageId)).toEqual(PAGE);
  });

  test(`the browser’s next session ${opens.nextSession ? 'opens' : 'does not open'} it by itself`, async () => {
    closeBrowser();
    const store = await start();
    expect(store.vaultState()).toEqual({ mode, locked: !opens.nextSession });
    if (opens.nextSession) expect(await store.page(PAGE.pageId)).toEqual(PAGE);
    else await expect(store.page(PAGE.pageId)).rejects.toBeInstanceOf(VaultLocked);
  });

  test('it can be kept another way again', async () => {
    const store = await start();
    await store.changeVault('device', '');
    closeBrowser();
    expect(await (await start()).page(PAGE.pageId)).toEqual(PAGE);
  });
});

describe('a passphrase', () => {
  beforeEach(async () => {
    const store = await start();
    await store.putPage(PAGE);
    await store.changeVault('passphrase', PASSPHRASE);
    closeBrowser();
  });

  test.each([
    ['the right one', PASSPHRASE, true],
    ['the right one, composed of other signs that look the same', PASSPHRASE.normalize('NFD'), true],
    ['another one', 'nine bicycles in the sun', false],
    ['none', '', false],
    ['the right one in capitals', PASSPHRASE.toUpperCase(), false],
  ])('%s', async (_, typed, opens) => {
    const store = await start();
    expect(await store.unlock(typed)).toBe(opens);
    if (opens) expect(await store.page(PAGE.pageId)).toEqual(PAGE);
    else await expect(store.page(PAGE.pageId)).rejects.toBeInstanceOf(VaultLocked);
  });

  test('is given once a session: the next worker needs none', async () => {
    expect(await (await start()).unlock(PASSPHRASE)).toBe(true);
    expect((await start()).vaultState().locked).toBe(false);
  });

  test('while it is locked nothing can be connected, changed or lost', async () => {
    const before = await onDisk();
    const store = await start();
    await expect(store.putPage(PAGE)).rejects.toBeInstanceOf(VaultLocked);
    await expect(store.changeVault('device', '')).rejects.toBeInstanceOf(VaultLocked);
    expect(await onDisk()).toBe(before);
  });

  test('another session’s key does not open it', async () => {
    session.held.set('vault-key', Buffer.alloc(32, 7).toString('base64'));
    expect((await start()).vaultState().locked).toBe(true);
  });
});

test('two tokens alike are sealed unlike', async () => {
  const vault = await openVault(database, session);
  const [one, other] = [await vault.seal(PAGE.token), await vault.seal(PAGE.token)];
  expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(false);
});

test('a record whose bytes have changed is damaged, and stays as it is', async () => {
  const store = await start();
  await store.putPage(PAGE);
  const record = (await database.get('pages', PAGE.pageId))!;
  new Uint8Array(record.token.bytes)[3]! ^= 1;
  await database.put('pages', record);
  const before = await onDisk();
  await expect(store.page(PAGE.pageId)).rejects.toBeInstanceOf(VaultDamaged);
  await expect(store.changeVault('session', '')).rejects.toBeInstanceOf(VaultDamaged);
  expect(await onDisk()).toBe(before);
});
