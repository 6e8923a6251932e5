import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { whyNot } from '../../utils/services/failure';
import { DATABASE_NAME, DATABASE_VERSION, NewerDatabase, openDatabase } from '../../utils/store/database';
import { createStore } from '../../utils/store/store';
import { openVault } from '../../utils/store/vault';
import { sessionMemory } from '../services/session-memory';
import { type Example, layOut, promised, takeExample } from './example';
import { INTENT, LINK, PAGE, SPANS, TICK } from './kept';

const FOLDER = new URL('examples/', import.meta.url);
const EXAMPLES = readdirSync(FOLDER).map((file): [string, Example] => [
  file,
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')),
]);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('there is an example of every schema version', () => {
  expect(EXAMPLES.map(([, { version }]) => version).sort()).toEqual(
    Array.from({ length: DATABASE_VERSION }, (_, at) => at + 1),
  );
});

describe.each(EXAMPLES)('the kept store %s', (_, example) => {
  test('opens in today’s, with everything in it', async () => {
    await layOut(DATABASE_NAME, example);
    const database = await openDatabase();
    const store = createStore(database, await openVault(database, sessionMemory()));
    expect(database.version).toBe(DATABASE_VERSION);
    expect(await store.page(PAGE.pageId)).toEqual(PAGE);
    expect(await store.links(PAGE.pageId)).toEqual([LINK]);
    expect(await store.ticks(PAGE.pageId)).toEqual([TICK]);
    expect((await store.openIntents())[0]).toMatchObject({ id: INTENT.id, steps: INTENT.steps });
    expect(await database.get('spans', [SPANS.pageId, SPANS.psid])).toMatchObject({ updatedAt: SPANS.updatedAt });
  });

  test('has then the same shape as a new one', async () => {
    await layOut(DATABASE_NAME, example);
    (await openDatabase()).close();
    (await openDatabase('new')).close();
    const shape = async (name: string) =>
      (await takeExample(name, '')).stores.map(({ records: _records, ...store }) => store);
    expect(await shape(DATABASE_NAME)).toEqual(await shape('new'));
  });
});

describe('what today’s code cannot open says so and loses nothing', () => {
  test('a store of a newer version', async () => {
    const [, newest] = EXAMPLES.at(-1)!;
    const newer = { ...newest, version: DATABASE_VERSION + 1 };
    await layOut(DATABASE_NAME, newer);
    const before = await takeExample(DATABASE_NAME, '');
    const error = await openDatabase().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NewerDatabase);
    expect(whyNot(error)).toBe(
      'A newer Baton has written what is stored here. Nothing was changed. Update Baton, and it works again.',
    );
    expect(await takeExample(DATABASE_NAME, '')).toEqual(before);
  });

  test('a store that the browser itself cannot open', () => {
    expect(whyNot(new DOMException('Internal error', 'UnknownError'))).toContain('Nothing was changed.');
  });

  test('one whose key is another: the Page says that it is damaged, and its bytes stay', async () => {
    const [, newest] = EXAMPLES.at(-1)!;
    await layOut(DATABASE_NAME, newest);
    const database = await openDatabase();
    const other = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await database.put('keys', other, 'vault');
    const sealed = await database.get('pages', PAGE.pageId);
    const store = createStore(database, await openVault(database, sessionMemory()));
    await expect(store.page(PAGE.pageId)).rejects.toThrow();
    expect(await store.pageIds()).toEqual([PAGE.pageId]);
    expect(await database.get('pages', PAGE.pageId)).toEqual(sealed);
    await promised(indexedDB.open(DATABASE_NAME)).then((opened) => opened.close());
  });
});
