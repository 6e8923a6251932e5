/** `npm run meta -- --port N --json`: serves this Meta until it is interrupted, and prints where. */
import { readFile } from 'node:fs/promises';
import { commandLine } from '../setup/command-line';
import { startMeta } from './meta';
import type { SavedWorld } from './model';

const values = commandLine({
  port: { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  more: { type: 'string', default: '0' },
  world: { type: 'string' },
  'no-bot': { type: 'boolean', default: false },
});

const saved = values.world === undefined ? undefined : (JSON.parse(await readFile(values.world, 'utf8')) as SavedWorld);
const meta = await startMeta({
  port: Number(values.port),
  seed: Number(values.seed),
  moreConversations: Number(values.more),
  saved,
  bot: !values['no-bot'],
});
const { graph, inbox, customer, control, spki, pageId, apps, tokens } = meta;

if (values.json) console.log(JSON.stringify({ graph, inbox, customer, control, spki, pageId, apps, tokens }));
else {
  console.log(`Graph      ${graph}      (or https://localhost:${meta.port})`);
  console.log(`Inbox      ${inbox}/latest/inbox/all?asset_id=${pageId}`);
  console.log(`Customer   ${customer}`);
  console.log(`Control    ${control}`);
  console.log(`Key        ${spki}`);
  console.log(`Page       ${pageId}`);
  for (const [name, id] of Object.entries(apps)) console.log(`App        ${name.padEnd(16)} ${id}`);
  for (const [name, token] of Object.entries(tokens)) console.log(`Token      ${name.padEnd(16)} ${token}`);
}

const end = (): void => void meta.close().then(() => process.exit(0));
process.once('SIGINT', end);
process.once('SIGTERM', end);
