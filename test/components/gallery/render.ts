/**
 * Renders the gallery in a real Chromium, in each of the looks that a person can set, to PNGs in test/.artifacts/gallery.
 * `npx tsx test/components/gallery/render.ts [name …]` renders all looks, or those named.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type MediaFeature } from 'puppeteer-core';
import { createServer } from 'vite';

interface Look {
  name: string;
  query: string;
  /** CSS px. */
  width: number;
  /** 2 with half the width is what zooming to 200 % does. */
  zoom?: number;
  media?: MediaFeature[];
}

const DARK: MediaFeature = { name: 'prefers-color-scheme', value: 'dark' };

const LOOKS: readonly Look[] = [
  { name: 'overlay-light', query: 'sheet=overlay', width: 1440 },
  { name: 'overlay-dark', query: 'sheet=overlay', width: 1440, media: [DARK] },
  { name: 'overlay-rtl', query: 'sheet=overlay&dir=rtl', width: 1440 },
  { name: 'overlay-200', query: 'sheet=overlay', width: 720, zoom: 2 },
  {
    name: 'overlay-forced',
    query: 'sheet=overlay',
    width: 1440,
    media: [{ name: 'forced-colors', value: 'active' }, DARK],
  },
  {
    name: 'overlay-contrast',
    query: 'sheet=overlay',
    width: 1440,
    media: [{ name: 'prefers-contrast', value: 'more' }],
  },
  { name: 'popup-light', query: 'sheet=popup', width: 1680 },
  { name: 'popup-dark', query: 'sheet=popup', width: 1680, media: [DARK] },
  { name: 'popup-rtl', query: 'sheet=popup&dir=rtl', width: 1680 },
  { name: 'popup-200', query: 'sheet=popup', width: 840, zoom: 2 },
  {
    name: 'popup-forced',
    query: 'sheet=popup',
    width: 1680,
    media: [{ name: 'forced-colors', value: 'active' }, DARK],
  },
];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const out = join(root, 'test/.artifacts/gallery');

async function render(
  browser: Browser,
  address: string,
  { name, query, width, zoom = 1, media = [] }: Look,
): Promise<void> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(name, error));
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features: media });
  await page.setViewport({ width, height: 900, deviceScaleFactor: zoom });
  await page.goto(`${address}?${query}`);
  await page.waitForSelector('[data-ready]');
  await page.screenshot({ path: join(out, `${name}.png`) as `${string}.png`, fullPage: true });
  await page.close();
  console.log(`${name}.png`);
}

const named = process.argv.slice(2);
await mkdir(out, { recursive: true });
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { host: '127.0.0.1', port: 0, hmr: false },
  optimizeDeps: {
    noDiscovery: true,
    include: ['preact', 'preact/hooks', 'preact/jsx-runtime', 'preact/jsx-dev-runtime'],
  },
});
await server.listen();
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--lang=en-GB'],
  env: { ...process.env, TZ: 'UTC', LANGUAGE: 'en_GB' },
});
try {
  const address = `${server.resolvedUrls?.local[0]}test/components/gallery/index.html`;
  for (const look of LOOKS.filter(({ name }) => named.length === 0 || named.includes(name))) {
    await render(browser, address, look);
  }
} finally {
  await browser.close();
  await server.close();
}
