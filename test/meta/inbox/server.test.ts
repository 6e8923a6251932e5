import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomerServer } from '../customer/server';
import { createFakeWorld } from './fake-world';
import type { FeedThread } from './feed';
import { createInboxServer } from './server';

const world = createFakeWorld(4);
const [customer] = world.feed().threads as [FeedThread, ...FeedThread[]];
const servers: Server[] = [];
let inbox = '';
let customerPage = '';

beforeAll(async () => {
  inbox = await listen(createServer(await createInboxServer(world)));
  customerPage = await listen(createServer(await createCustomerServer(world)));
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

/** Reads `count` events, then lets the stream go. */
async function readEvents(
  url: string,
  count: number,
  meanwhile: () => void,
): Promise<{ event: string; data: unknown }[]> {
  const response = await fetch(url);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (text.split('\n\n').length <= count) {
    text += (await reader.read()).value ?? '';
    if (text.split('\n\n').length === 2) meanwhile();
  }
  await reader.cancel();
  return text
    .split('\n\n')
    .slice(0, count)
    .map((block) => {
      const [event = '', data = ''] = block.split('\n').map((line) => line.replace(/^(event|data): /, ''));
      return { event, data: JSON.parse(data) };
    });
}

describe('addresses', () => {
  it.each([
    ['/latest/inbox/all', 200, 'text/html'],
    ['/latest/inbox/messenger?list=surfaces', 200, 'text/html'],
    ['/latest/inbox', 200, 'text/html'],
    ['/latest/home', 200, 'text/html'],
    ['/inbox-assets/page.js', 200, 'text/javascript'],
    ['/inbox-assets/style.css', 200, 'text/css'],
    ['/latest/inbox/elsewhere', 404, 'text/plain'],
    ['/latest/settings', 404, 'text/plain'],
    ['/', 404, 'text/plain'],
    ['//', 404, 'text/plain'],
  ])('%s', async (path, status, type) => {
    const response = await fetch(inbox + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`]);
  });

  it.each([
    ['', '<html lang="en" id="facebook">'],
    ['?locale=ar&dark', '<html lang="ar" id="facebook" dir="rtl" class="zq-dark">'],
    ['?locale=en-gb&dir=rtl', '<html lang="en-GB" id="facebook" dir="rtl">'],
  ])('the document for %j', async (query, tag) => {
    expect(await (await fetch(`${inbox}/latest/inbox/all${query}`)).text()).toContain(tag);
  });
});

describe('a strict host', () => {
  it.each([
    "script-src 'self'",
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "default-src 'none'",
  ])('says %s', async (directive) => {
    const policy = (await fetch(`${inbox}/latest/inbox/all`)).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toContain(directive);
    expect(policy).not.toContain('unsafe');
  });

  it('keeps to it in its own document', async () => {
    const html = await (await fetch(`${inbox}/latest/inbox/all`)).text();
    expect(html).not.toMatch(/<style|style=|<script>|\son\w+=/);
  });
});

describe("the agent's acts", () => {
  it.each([
    ['send', { text: 'Hello', agent: 'Ida Novak' }, () => world.thread(customer.userId).messages.at(-1)?.text, 'Hello'],
    ['assign', { name: 'Ben Achter' }, () => world.thread(customer.userId).assignedTo, 'Ben Achter'],
    ['assign', { name: null }, () => world.thread(customer.userId).assignedTo, null],
    ['done', {}, () => world.thread(customer.userId).folder, 'done'],
    ['read', {}, () => world.thread(customer.userId).unread, false],
    ['respond', { agent: 'Ida Novak' }, () => world.thread(customer.userId).heldByMetaAi, false],
  ])('%s %j', async (act, body, effect, expected) => {
    const response = await post(`${inbox}/inbox-feed/${act}`, { userId: customer.userId, ...body });
    expect(response.status).toBe(200);
    expect(world.acts.at(-1)).toBe(`${act} ${customer.userId}`);
    expect(effect()).toBe(expected);
  });

  it.each([
    ['an unknown act', 'fly', { userId: customer.userId }, 404],
    ["a name of JavaScript's own", 'constructor', { userId: customer.userId }, 404],
    ['an unknown customer', 'send', { userId: '1', text: 'Hello' }, 400],
    ['no customer', 'send', { text: 'Hello' }, 400],
    ['no JSON', 'send', 'Hello', 400],
    ['too much', 'send', { userId: customer.userId, text: 'x'.repeat(100_001) }, 400],
  ])('refuses %s', async (_, act, body, status) => {
    const before = world.feed().threads;
    expect((await post(`${inbox}/inbox-feed/${act}`, body)).status).toBe(status);
    expect(world.feed().threads).toEqual(before);
  });
});

describe('the feed', () => {
  it.each([
    ['the inbox', () => `${inbox}/inbox-feed/stream`],
    ["the customer's page", () => `${customerPage}/stream`],
  ])('of %s begins whole and goes on with what changed', async (_, url) => {
    const events = await readEvents(url(), 2, () => world.say(customer.userId, { text: 'Live' }));
    const all = world.feed().threads.map(({ userId }) => expect.objectContaining({ userId }));
    expect(events).toEqual([
      { event: 'feed', data: expect.objectContaining({ threads: all }) },
      { event: 'threads', data: [expect.objectContaining({ userId: customer.userId, snippet: 'Live' })] },
    ]);
  });
});

describe("the customer's page", () => {
  const json = { 'content-type': 'application/json' };
  it('says what the customer says', async () => {
    const response = await post(`${customerPage}/say`, { userId: customer.userId, text: 'Talk to a human' }, json);
    expect(response.status).toBe(200);
    expect(world.thread(customer.userId).messages.at(-1)).toMatchObject({
      direction: 'customer',
      text: 'Talk to a human',
    });
  });

  it.each([
    ['an unknown customer', { userId: '1', text: 'Hello' }, json],
    ['nothing', { userId: customer.userId, text: ' ' }, json],
    [
      'what another site can post without asking',
      { userId: customer.userId, text: 'Hello' },
      { 'content-type': 'text/plain' },
    ],
  ])('refuses %s', async (_, body, headers) => {
    const before = world.thread(customer.userId).messages.length;
    expect((await post(`${customerPage}/say`, body, headers)).status).toBe(400);
    expect(world.thread(customer.userId).messages).toHaveLength(before);
  });
});
