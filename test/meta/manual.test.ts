/** The manual, taken at its word: its bot runs, its commands run, its tables are complete. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { doubtIds, doubts } from './doubts';
import { type Meta, startMeta } from './meta';

/** Servers and processes start here: on a busy computer that takes its time. */
vi.setConfig({ testTimeout: 30_000 });

const manual = readFileSync(fileURLToPath(new URL('../../docs/meta-emulator.md', import.meta.url)), 'utf8');

/** The one code block of a language. */
function block(language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(manual)?.[1];
  if (code === undefined) throw new Error(`The manual has no ${language}`);
  return code;
}

let meta: Meta;
let folder: string;
let children: ChildProcess[];
beforeEach(async () => {
  meta = await startMeta({ pages: false, bot: false });
  folder = mkdtempSync(join(tmpdir(), 'manual-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true });
  await meta.close();
});

const post = (path: string, body: unknown) =>
  fetch(meta.control + path, { method: 'POST', body: JSON.stringify(body) }).then(
    (answer) => answer.json() as Promise<Record<string, string>>,
  );

/** Starts the manual's bot as a process of its own. @returns its address */
async function startManualBot(): Promise<string> {
  writeFileSync(join(folder, 'bot.mjs'), block('js'));
  writeFileSync(join(folder, 'meta.pem'), await (await fetch(`${meta.control}/certificate`)).text());
  const app = (await (await fetch(`${meta.control}/apps/${meta.apps.bot}`)).json()) as { secret: string };
  const bot = spawn(process.execPath, ['bot.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      GRAPH: `https://localhost:${meta.port}/v25.0`,
      TOKEN: meta.tokens.bot,
      SECRET: app.secret,
      INBOX: meta.apps.inbox,
      PORT: '0',
      NODE_EXTRA_CA_CERTS: join(folder, 'meta.pem'),
    },
  });
  children.push(bot);
  for await (const line of createInterface({ input: bot.stdout })) return line;
  throw new Error('The bot did not start');
}

describe('the manual’s bot', () => {
  test('has forty lines or so', () => {
    expect(block('js').trim().split('\n').length).toBeLessThanOrEqual(45);
  });

  test('answers, hands over, keeps silent while the inbox has it, and answers again', async () => {
    await post('/webhooks', { app: meta.apps.bot, url: await startManualBot(), verifyToken: 'mine' });
    const { psid = '', userId = '' } = await post('/customers', { name: 'Ana Example' });
    const thread = meta.world.thread(psid);
    const said = () => thread.messages.map(({ author, text }) => `${author.kind}: ${text}`);
    const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

    await post(`/customers/${psid}/say`, { text: 'Grüezi' });
    await until(() => expect(said()).toEqual(['customer: Grüezi', 'app: You said: Grüezi']));

    await post(`/customers/${psid}/say`, { text: 'Can I talk to a person?' });
    await until(() => expect(meta.world.owner(thread)).toBe(meta.apps.inbox));
    expect(said().at(-1)).toBe('app: I am passing you to a colleague.');

    await post(`/customers/${psid}/say`, { text: 'Hello?' });
    await post('/agents/send', { thread: userId, text: 'Frida here.' });
    await until(() => expect(meta.deliverer.list().every(({ deliveredAt }) => deliveredAt !== null)).toBe(true));
    expect(said().slice(4)).toEqual(['customer: Hello?', 'human: Frida here.']);

    meta.world.advance(25 * 3_600_000);
    await post(`/customers/${psid}/say`, { postback: { title: 'Prices', payload: 'PRICES' } });
    await until(() => expect(said().at(-1)).toBe('app: You said: Prices'));
    // It never even tried while the inbox had the conversation.
    expect(
      meta.log
        .list()
        .filter(({ path }) => path === '/me/messages')
        .map(({ status }) => status),
    ).toEqual([200, 200, 200]);
  });
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe.runIf(hasCurl)('the manual’s commands', () => {
  test('play a handover, line by line', async () => {
    const { graph, control, tokens, apps } = meta;
    writeFileSync(join(folder, 'meta.json'), JSON.stringify({ graph, control, tokens, apps }));
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', block('sh').replace(/^curl .*$/gm, '$&; echo')], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(shell);
    const lines: unknown[] = [];
    for await (const line of createInterface({ input: shell.stdout })) if (line !== '') lines.push(JSON.parse(line));
    expect(lines).toMatchObject([
      { kind: 'text' },
      { data: [{ thread_owner: { app_id: apps.bot } }] },
      { message_id: expect.any(String) as string },
      { success: true },
      { error: { code: 10, error_subcode: 2018300 } },
      { success: true },
      { now: expect.any(Number) as number },
      { data: [] },
    ]);
  });
});

describe('the manual’s tables', () => {
  test.each(doubtIds)('tell of the doubt %s and its readings', (id) => {
    const readings = doubts[id].readings.map((reading) => `\`${reading}\``).join(' · ');
    expect(manual).toContain(`| \`${id}\` | ${doubts[id].asks} | ${readings} |`);
  });

  test('name every token and app', () => {
    for (const name of [
      ...Object.keys(meta.tokens).filter((label) => !label.startsWith('degree-')),
      ...Object.keys(meta.apps),
    ])
      expect(manual).toContain(`\`${name}\``);
  });
});
