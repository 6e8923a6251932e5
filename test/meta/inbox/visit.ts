import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Page } from 'puppeteer-core';
import { findBrowser } from '../../e2e/browsers';
import { createFakeWorld, type FakeWorld } from './fake-world';
import type { FeedThread } from './feed';
import { createInboxServer } from './server';

/** Where a Chromium lies; null where none is installed. */
export const chromiumPath = findBrowser('chromium');

export interface Visit {
  world: FakeWorld;
  /** As they were at first, newest first, as the list has them. */
  threads: FeedThread[];
}

/** A browser with one page on the inbox. One page and one address for all visits, since both are slow to make; a world for each. */
export interface Visitor {
  page: Page;
  /** What the browser complained of since the visit began: errors, warnings, and `policy …` for what a policy forbade. */
  problems: string[];
  visit(path: string, count?: number): Promise<Visit>;
  /** Opens a conversation by its row's box, as public scripts do: the mouse could hit what lies over it. */
  open(thread: FeedThread): Promise<void>;
  close(): Promise<void>;
}

/** @throws if there is no Chromium */
export async function createVisitor(): Promise<Visitor> {
  if (!chromiumPath) throw new Error('No Chromium found. Set CHROME_PATH to one.');
  const browser = await puppeteer.launch({
    executablePath: chromiumPath,
    headless: true,
    pipe: true,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 940 });
  const problems = await watch(page);

  let answer: RequestListener = (_, res) => res.end();
  const server = createServer((req, res) => answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    page,
    problems,
    async visit(path, count = 40) {
      const world = createFakeWorld(count);
      answer = await createInboxServer(world);
      await page.goto('about:blank');
      problems.length = 0;
      await page.goto(origin + path);
      return { world, threads: world.feed().threads };
    },
    open: ({ title }) =>
      page.$$eval(
        '.zq-scroll [role="presentation"]',
        (boxes, name) => {
          const box = boxes.find((each) => each.querySelector('.zq-name')?.textContent === name);
          if (box instanceof HTMLElement) box.click();
        },
        title,
      ),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function watch(page: Page): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error ${String(error)}`));
  page.on('console', (message) => {
    if (message.text().startsWith('policy ')) problems.push(message.text());
    else if (message.type() === 'error' || message.type() === 'warn') problems.push(`console ${message.text()}`);
  });
  await page.evaluateOnNewDocument(() =>
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      console.info(`policy ${effectiveDirective}`),
    ),
  );
  return problems;
}
