import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Database, type IntentRecord, openDatabase } from '../../utils/store/database';
import { createStore, type Store } from '../../utils/store/store';
import { openVault } from '../../utils/store/vault';
import { sessionMemory } from '../services/session-memory';

const DAY = 86_400_000;
const NOW = 1_790_000_000_000;
const AGEING = ['spans', 'links', 'intents', 'ticks'] as const;

let database: Database;
let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  store = createStore(database, await openVault(database, sessionMemory()));
});

const intent = (pageId: string, startedAt: number): IntentRecord => ({
  id: `${pageId} ${startedAt}`,
  pageId,
  psid: '1',
  wanted: 'human',
  steps: [],
  answered: 0,
  sent: null,
  compensating: false,
  startedAt,
  outcome: null,
});

/** One record of each kind, of one age. */
async function fill(pageId: string, at: number): Promise<void> {
  await store.putPage({
    pageId,
    name: 'A Page',
    token: 'EAABx',
    tokenApp: null,
    botApp: null,
    connectedAt: at,
    stopped: null,
  });
  await database.put('spans', { pageId, psid: '1', spans: [], updatedAt: at });
  await store.putLink({ pageId, itemId: '2', psid: '1', evidence: ['the name'], chosen: false, linkedAt: at });
  await store.putIntent(intent(pageId, at));
  await store.putTick({ pageId, check: 'default-app', at });
}

const counts = () => Promise.all(AGEING.map((name) => database.count(name)));

describe('what is old goes', () => {
  test.each([
    ['one day', 1, 0, [1, 1, 1, 1]],
    ['30 days less a second', 30, 1_000, [1, 1, 1, 1]],
    ['30 days', 30, 0, [0, 0, 0, 0]],
    ['a year', 365, 0, [0, 0, 0, 0]],
  ])('after %s', async (_, days, short, left) => {
    await fill('7', NOW - days * DAY + short);
    await store.sweep(NOW);
    expect(await counts()).toEqual(left);
    expect(await store.page('7')).not.toBeNull();
  });

  test.each([
    [7, [0, 0, 0, 0]],
    [90, [1, 1, 1, 1]],
  ])('with %i days set', async (days, left) => {
    await fill('7', NOW - 30 * DAY);
    await store.sweep(NOW, days);
    expect(await counts()).toEqual(left);
  });
});

test('forgetting a Page leaves nothing of it, and all of another', async () => {
  await fill('7', NOW);
  await fill('8', NOW);
  await store.forgetPage('7');
  expect(await counts()).toEqual([1, 1, 1, 1]);
  expect(await store.page('7')).toBeNull();
  expect(await store.page('8')).not.toBeNull();
  const all = await Promise.all([...database.objectStoreNames].map((name) => database.getAll(name)));
  expect(JSON.stringify(all)).not.toContain('"pageId":"7"');
});

test('what comes for a Page that is forgotten comes too late', async () => {
  await fill('7', NOW);
  await store.forgetPage('7');
  await store.updateSpans('7', '1', (spans) => spans);
  await store.putLink({ pageId: '7', itemId: '2', psid: '1', evidence: [], chosen: false, linkedAt: NOW });
  await store.putTick({ pageId: '7', check: 'default-app', at: NOW });
  await store.putIntent(intent('7', NOW));
  await store.stopPage('7', 'The token has expired.');
  expect(await counts()).toEqual([0, 0, 0, 0]);
  expect(await store.pageIds()).toEqual([]);
});

test('a Page whose work has stopped keeps everything else', async () => {
  await fill('7', NOW);
  await store.stopPage('7', 'The token has expired.');
  expect(await store.page('7')).toMatchObject({ token: 'EAABx', stopped: 'The token has expired.' });
  expect(await counts()).toEqual([1, 1, 1, 1]);
});
