/**
 * Keeps an example of the store as today's code writes it: run once for each new schema version, before it is out.
 *
 *   npx tsx test/store/keep-example.ts
 */
import 'fake-indexeddb/auto';
import { writeFile } from 'node:fs/promises';
import { openDatabase } from '../../utils/store/database';
import { createStore } from '../../utils/store/store';
import { openVault } from '../../utils/store/vault';
import { sessionMemory } from '../services/session-memory';
import { takeExample } from './example';
import { INTENT, LINK, PAGE, SPANS, TICK } from './kept';

const raw = crypto.getRandomValues(new Uint8Array(32));
const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
const database = await openDatabase();
await database.put('keys', key, 'vault');
const store = createStore(database, await openVault(database, sessionMemory()));
await store.putPage(PAGE);
await database.put('spans', SPANS);
await store.putLink(LINK);
await store.putIntent(INTENT);
await store.putTick(TICK);
database.close();

const example = await takeExample('baton', Buffer.from(raw).toString('base64'));
const file = new URL(`examples/v${example.version}.json`, import.meta.url);
await writeFile(file, `${JSON.stringify(example, null, 2)}\n`);
console.log(`Kept ${file.pathname}.`);
