/** The seed story at Meta's side: customer, bot, inbox, and an app that passes and takes. All of it over HTTP. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { graphCall } from './client';
import { type Meta, startMeta } from './meta';
import type { Message } from './model';
import { seedWorld } from './seed';
import { World } from './world';

/** Servers and processes start here: on a busy computer that takes its time. */
vi.setConfig({ testTimeout: 30_000 });

let meta: Meta;
beforeEach(async () => {
  meta = await startMeta({ pages: false, botDelayMs: 5 });
});
afterEach(() => meta.close());

const at = (path: string, init?: RequestInit) =>
  fetch(meta.control + path, init).then((answer) => answer.json() as Promise<unknown>);
const post = (path: string, body: unknown = {}) => at(path, { method: 'POST', body: JSON.stringify(body) });
const graph = (method: string, path: string, params: Record<string, unknown> = {}) =>
  graphCall({ port: meta.port, certificate: meta.certificate }, method, path, params, {
    token: meta.tokens['4'],
    tokenBy: 'header',
  });

interface StateThread {
  psid: string;
  userId: string;
  owner: string | null;
  messages: Message[];
}

async function newCustomer(): Promise<StateThread> {
  return (await post('/customers', { name: 'Ana Example' })) as StateThread;
}
async function threadOf({ psid }: StateThread): Promise<StateThread> {
  const { threads } = (await at('/state')) as { threads: StateThread[] };
  const thread = threads.find((candidate) => candidate.psid === psid);
  if (!thread) throw new Error(`No conversation ${psid}`);
  return thread;
}
const authors = async (customer: StateThread) => (await threadOf(customer)).messages.map(({ author }) => author.kind);
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

describe('the seed story', () => {
  test('bot, human, bot again, human again', async () => {
    const { bot, inbox } = meta.apps;
    const ana = await newCustomer();
    const recipient = { id: ana.psid };
    const say = (text: string) => post(`/customers/${ana.psid}/say`, { text });

    await say('Are you open on Sunday?');
    await until(async () => expect(await authors(ana)).toEqual(['customer', 'app']));
    expect((await threadOf(ana)).owner).toBe(bot);

    await say('I want to talk to a human');
    await until(async () => expect((await threadOf(ana)).owner).toBe(inbox));
    expect(meta.log.list().find(({ path }) => path === '/me/pass_thread_control')).toMatchObject({
      token: 'bot',
      params: { target_app_id: inbox },
    });

    await say('Hello?');
    await post('/agents/send', { thread: ana.userId, text: 'Hi, this is Frida.' });
    expect(await authors(ana)).toEqual(['customer', 'app', 'customer', 'app', 'customer', 'human']);
    expect((await threadOf(ana)).owner).toBe(inbox);

    expect(await graph('POST', '/me/take_thread_control', { recipient })).toMatchObject({ body: { success: true } });
    await say('What does a repair cost?');
    await until(async () => expect((await authors(ana)).slice(6)).toEqual(['customer', 'app']));

    expect(await graph('POST', '/me/pass_thread_control', { recipient, target_app_id: inbox })).toMatchObject({
      body: { success: true },
    });
    expect(await graph('GET', '/me/thread_owner', { recipient: ana.psid })).toMatchObject({
      body: { data: [{ thread_owner: { app_id: inbox } }] },
    });
  });

  test('the bot leaves its own echoes alone', async () => {
    const ana = await newCustomer();
    await post(`/customers/${ana.psid}/say`, { text: 'hello' });
    await until(async () => expect(await authors(ana)).toEqual(['customer', 'app']));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(meta.log.list().map(({ path, status }) => [path, status])).toEqual([['/me/messages', 200]]);
  });

  test('the bot goes on in another world', async () => {
    const other = new World(seedWorld(Date.now(), 99));
    await post('/load', other.save());
    const ana = await newCustomer();
    await post(`/customers/${ana.psid}/say`, { text: 'hello' });
    await until(async () => expect(await authors(ana)).toEqual(['customer', 'app']));
  });

  test('a tapped button reaches the bot with its payload', async () => {
    const ana = await newCustomer();
    await post(`/customers/${ana.psid}/say`, { postback: { title: 'Talk to a human', payload: 'HUMAN' } });
    await until(async () => expect((await threadOf(ana)).owner).toBe(meta.apps.inbox));
  });

  test('a bot that is off says nothing', async () => {
    await post('/bot', { on: false });
    const ana = await newCustomer();
    await post(`/customers/${ana.psid}/say`, { text: 'hello' });
    await until(async () =>
      expect((await at('/webhooks')) as unknown[]).toMatchObject([{ deliveredAt: expect.any(Number) }]),
    );
    // Ten times what the bot takes to answer.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await authors(ana)).toEqual(['customer']);
  });
});
