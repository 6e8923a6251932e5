import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { findBrowser } from '../e2e/browsers';
import { bundle } from './extension';

export const STEPS = 300;

/** What one run told. Times in ms of CPU, heap in bytes. */
export interface Figures {
  scriptCpu: number;
  hostTask: number;
  layouts: number;
  recalcs: number;
}

/** What is the same in every run. */
export interface Counted {
  calls: number;
  heap: number;
  /** Nodes that native queries walked over. */
  visited: number;
  mismarked: number;
}

export async function serveHost(): Promise<{ url: string; server: Server }> {
  const script = await bundle('host.ts');
  const html = readFileSync(new URL('host.html', import.meta.url), 'utf8');
  const server = createServer((request, response) => {
    const isScript = request.url === '/host.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest/inbox/all`, server };
}

/** @throws where no Chromium is found */
export async function launchWith(extension: string | null): Promise<Browser> {
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Error('The bench needs Chromium: install it, or name it in CHROME_PATH.');
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    pipe: true,
    enableExtensions: true,
    args: ['--no-sandbox', '--disable-gpu', '--window-size=1280,900'],
  });
  if (extension) await browser.installExtension(extension);
  return browser;
}

async function openHost(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.host !== undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  return page;
}

const play = (page: Page) => page.evaluate((steps) => window.host.play(steps), STEPS);

/** The host's page as an agent has it, open all day: what is measured is not how it starts. */
export async function openWarm(browser: Browser, url: string): Promise<Page> {
  const page = await openHost(browser, url);
  await play(page);
  return page;
}

/** CPU of the extension's scripts from a trace, and what the page's own counters say. */
export async function measureRun(page: Page): Promise<Figures> {
  const before = await page.metrics();
  await page.tracing.start({ categories: ['devtools.timeline'] });
  await play(page);
  const trace = await page.tracing.stop();
  const after = await page.metrics();
  const grown = (name: 'LayoutCount' | 'RecalcStyleCount' | 'TaskDuration') => (after[name] ?? 0) - (before[name] ?? 0);
  return {
    scriptCpu: extensionCpu(JSON.parse(new TextDecoder().decode(trace)) as Trace),
    hostTask: grown('TaskDuration') * 1000,
    layouts: grown('LayoutCount'),
    recalcs: grown('RecalcStyleCount'),
  };
}

interface TraceEvent {
  name: string;
  ph: string;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: { data?: { url?: string } };
}

interface Trace {
  traceEvents: TraceEvent[];
}

/** Of calls into the extension's scripts, the outermost ones: what they call in turn is theirs as well. */
function extensionCpu({ traceEvents }: Trace): number {
  const calls = traceEvents
    .filter(
      ({ name, ph, args }) => name === 'FunctionCall' && ph === 'X' && args.data?.url?.startsWith('chrome-extension:'),
    )
    .sort((a, b) => a.ts - b.ts);
  const endOf = new Map<number, number>();
  let total = 0;
  for (const { tid, ts, dur = 0, tdur = dur } of calls) {
    if (ts < (endOf.get(tid) ?? 0)) continue;
    endOf.set(tid, ts + dur);
    total += tdur;
  }
  return total / 1000;
}

/** Calls, nodes walked and heap, each in a tab of its own. */
export async function count(browser: Browser, url: string): Promise<Counted> {
  return {
    calls: await countCalls(browser, url),
    ...(await countHeap(browser, url)),
    visited: await countVisited(browser, url),
  };
}

async function countCalls(browser: Browser, url: string): Promise<number> {
  const page = await openHost(browser, url);
  const session = await page.createCDPSession();
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  await play(page);
  const { result } = await session.send('Profiler.takePreciseCoverage');
  await page.close();
  const functions = result
    .filter((script) => script.url.startsWith('chrome-extension:'))
    .flatMap((script) => script.functions);
  return functions.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
}

async function countHeap(browser: Browser, url: string): Promise<{ heap: number; mismarked: number }> {
  const page = await openHost(browser, url);
  const session = await page.createCDPSession();
  const before = await heapOf(page, session);
  await play(page);
  const mismarked = await page.evaluate(() => window.host.mismarked().length);
  const heap = (await heapOf(page, session)) - before;
  await page.close();
  return { heap, mismarked };
}

async function heapOf(page: Page, session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await page.metrics()).JSHeapUsedSize ?? 0;
}

/** Counted in the extension's own world, so that the page's walks do not count. */
async function countVisited(browser: Browser, url: string): Promise<number> {
  const page = await openHost(browser, url);
  const realm = page.extensionRealms()[0];
  await realm?.evaluate(await bundle('walks.ts'));
  await play(page);
  const walked = await realm?.evaluate(() => (globalThis as typeof globalThis & { walked: number }).walked);
  await page.close();
  return walked ?? 0;
}
