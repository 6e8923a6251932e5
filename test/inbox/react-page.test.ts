import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../e2e/browsers';
import { createFakeWorld } from '../meta/inbox/fake-world';
import type { FeedMessage, FeedThread } from '../meta/inbox/feed';
import { createInboxServer } from '../meta/inbox/server';
import { bundleInbox } from './page-bundle';

/** The parsers against a page that React itself renders, in every cohort, judged by the state behind the page. */

const world = createFakeWorld(40);
const [story] = world.feed().threads as [FeedThread, ...FeedThread[]];

const chromium = findBrowser('chromium');

let server: Server;
let browser: Browser;
let page: Page;
let script: string;

beforeAll(async () => {
  if (!chromium) return;
  script = await bundleInbox();
  server = createServer(await createInboxServer(world));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await puppeteer.launch({
    executablePath: chromium ?? '',
    headless: true,
    pipe: true,
    args: ['--no-sandbox'],
  });
  page = await browser.newPage();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function open(query: string): Promise<void> {
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/latest/inbox/all?delay=0&${query}`, {
    waitUntil: 'domcontentloaded',
  });
  await page.waitForSelector('._5_n1');
  await page.evaluate(script);
}

async function choose(name: string): Promise<void> {
  await page.evaluate((wanted) => {
    const row = window.inbox.parseThreadRows(document).find((candidate) => candidate.name === wanted);
    (row!.element as HTMLElement).click();
  }, name);
  await page.waitForFunction(
    (wanted) => window.inbox.parseHeader(document)?.name === wanted && document.querySelector('[role=region]'),
    {},
    name,
  );
}

const COHORTS = [
  '',
  'list=surfaces',
  'list=pagelets',
  'locale=en-gb',
  'locale=id',
  'locale=de',
  'locale=th',
  'locale=ar',
  'locale=ja',
  'system=note',
  'ids=0',
  'ids=0&list=surfaces&locale=id',
  'ids=0&list=pagelets&locale=ar',
  'fiber=0',
  'slots=ring',
  'runs=page',
  'dark',
  'dir=rtl',
  'copies',
  'copies&list=pagelets',
  'lookalikes',
  'lookalikes&list=pagelets&copies&ids=0&fiber=0&dir=rtl&locale=th',
];

describe.skipIf(!chromium && !process.env.CI).each(COHORTS)('the cohort %j', (cohort) => {
  const seconds = (ms: number) => Math.floor(ms / 1000) * 1000;

  it('shows the conversations of the list, top to bottom', async () => {
    await open(cohort);
    const rows = await page.evaluate(() => window.inbox.parseThreadRows(document).map(({ element: _, ...row }) => row));
    const threads = world.feed().threads.slice(0, rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(14);
    expect(rows.map(({ name, lastActivity, unread, channel }) => ({ name, lastActivity, unread, channel }))).toEqual(
      threads.map(({ title, lastActivityAt, unread, channel }) => ({
        name: title,
        lastActivity: lastActivityAt,
        unread,
        channel,
      })),
    );
    expect(
      rows.every(({ preview }, index) => preview.endsWith(threads[index]?.snippet.replace(/\n/g, ' ') ?? '?')),
    ).toBe(true);
  });

  it('shows every bubble, on its side, with its words', async () => {
    await open(cohort);
    await choose(story.title);
    const seen = await page.evaluate(() => ({
      messages: window.inbox.parseMessages(document).map(({ element: _, ...message }) => message),
      notices: window.inbox.parseNotices(document).map(({ text }) => text),
    }));
    const withIds = !cohort.includes('ids=0');
    expect(
      seen.messages.map(({ messageId, direction, text, sentAt }) => ({ messageId, direction, text, sentAt })),
    ).toEqual(
      story.messages
        .flatMap((message) => bubbles(message))
        .map(({ mid, direction, text, at }) => ({
          messageId: withIds ? mid : null,
          direction,
          text,
          sentAt: withIds ? seconds(at) : null,
        })),
    );
    expect(seen.notices).toEqual(
      story.messages.filter(({ direction }) => direction === 'system').map(({ text }) => text.trim()),
    );
  });
});

/** What the page draws of one message: a picture with words is two bubbles. */
function bubbles(message: FeedMessage): FeedMessage[] {
  if (message.direction === 'system') return [];
  return message.kind === 'image' && message.text ? [{ ...message, text: '' }, message] : [message];
}
