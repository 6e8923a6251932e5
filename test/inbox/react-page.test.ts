import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWorld } from '../meta/inbox/fake-world';
import type { FeedMessage, FeedThread } from '../meta/inbox/feed';
import { createInboxServer } from '../meta/inbox/server';
import { canLayOut, openChromium } from './chromium';
import { playSteps } from './steps';

/** Against a page that React itself renders, in every cohort, judged by the state behind the page. */
describe.skipIf(!canLayOut)('on a page of React', () => {
  const world = createFakeWorld(40);
  const [story] = world.feed().threads as [FeedThread, ...FeedThread[]];
  const errors: string[] = [];

  let server: Server;
  let browser: Browser;
  let page: Page;
  let script: string;

  beforeAll(async () => {
    server = createServer(await createInboxServer(world));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ browser, page, script } = await openChromium());
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  async function open(query: string): Promise<void> {
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/latest/inbox/all?${query}`, { waitUntil: 'domcontentloaded' });
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

  describe.each([
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
  ])('of the cohort %j', (cohort) => {
    const withIds = !cohort.includes('ids=0');
    const seconds = (ms: number) => Math.floor(ms / 1000) * 1000;

    it('the list shows its conversations, top to bottom', async () => {
      await open(`delay=0&${cohort}`);
      const rows = await page.evaluate(() =>
        window.inbox.parseThreadRows(document).map(({ element: _, ...row }) => row),
      );
      const threads = world.feed().threads.slice(0, rows.length);
      expect(rows.length).toBeGreaterThanOrEqual(14);
      expect(rows.map(({ preview: _, ...row }) => row)).toEqual(
        threads.map(({ title, lastActivityAt, unread, channel }) => ({
          name: title,
          lastActivity: lastActivityAt,
          unread,
          channel,
        })),
      );
      const snippets = threads.map(({ snippet }) => snippet.replace(/\n/g, ' '));
      expect(rows.filter(({ preview }, index) => !preview.endsWith(snippets[index]!))).toEqual([]);
    });

    it('every bubble is on its side, with its words', async () => {
      await open(`delay=0&${cohort}`);
      await choose(story.title);
      const seen = await page.evaluate(() => ({
        messages: window.inbox
          .parseMessages(document)
          .map(({ messageId, direction, text, sentAt }) => ({ messageId, direction, text, sentAt })),
        notices: window.inbox.parseNotices(document).map(({ text }) => text),
      }));
      expect(seen.messages).toEqual(
        story.messages.flatMap(bubbles).map(({ mid, direction, text, at }) => ({
          messageId: withIds ? mid : null,
          direction,
          text,
          sentAt: withIds ? seconds(at) : null,
        })),
      );
      const system = story.messages.filter(({ direction }) => direction === 'system');
      expect(seen.notices).toEqual(system.map(({ text }) => text.trim()));
    });
  });

  it.each([
    ['delay=40', 300],
    ['delay=40&ids=0&list=pagelets&slots=ring', 60],
    ['delay=40&fiber=0&url=keep', 60],
    ['delay=40&url=late&list=surfaces&copies', 60],
  ])(
    'every mark is right after each step of %s',
    async (cohort, steps) => {
      await open(cohort);
      errors.length = 0;
      expect(await playSteps(page, world, steps, { judged: !cohort.includes('fiber=0') })).toEqual({
        wrong: [],
        unmarked: [],
        mixed: [],
        neverOpen: [],
      });
      expect(errors).toEqual([]);
    },
    120_000,
  );
});

/** What the page draws of one message: a picture with words is two bubbles. */
function bubbles(message: FeedMessage): FeedMessage[] {
  if (message.direction === 'system') return [];
  return message.kind === 'image' && message.text ? [{ ...message, text: '' }, message] : [message];
}
