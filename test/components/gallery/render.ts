/**
 * Renders the gallery in a real Chromium, in each of the looks that a person can set, to PNGs in test/.artifacts/gallery,
 * and has axe-core look at each, contrast included; what it finds is printed, and the script then ends with 1.
 * `npx tsx test/components/gallery/render.ts [name …]` renders all looks, or those named.
 */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, MediaFeature, Page } from 'puppeteer-core';
import { openGallery, ROOT } from './serve';

interface Look {
  name: string;
  query: string;
  /** CSS px. */
  width: number;
  /** 2 with half the width is what zooming to 200 % does. */
  zoom?: number;
  media?: MediaFeature[];
  /** The pointer rests on this; the picture is of what lies around it. */
  hover?: string;
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
  { name: 'tip-row', query: 'sheet=overlay', width: 1440, hover: '.fb-row >>> .mark' },
  { name: 'tip-row-rtl', query: 'sheet=overlay&dir=rtl', width: 1440, hover: '.fb-row >>> .mark' },
  { name: 'tip-claim', query: 'sheet=overlay', width: 1440, hover: 'baton-banner >>> .title' },
  { name: 'tip-button', query: 'sheet=overlay', width: 1440, hover: 'baton-banner >>> .btn' },
  { name: 'tip-timer', query: 'sheet=overlay', width: 1440, media: [DARK], hover: 'baton-banner >>> baton-timer' },
  { name: 'tip-label', query: 'sheet=overlay', width: 1440, hover: 'baton-label[data-certainty=likely] >>> .label' },
  { name: 'tip-handover', query: 'sheet=overlay', width: 1440, hover: 'baton-handover >>> .said' },
  { name: 'popup-light', query: 'sheet=popup', width: 1680 },
  { name: 'popup-dark', query: 'sheet=popup', width: 1680, media: [DARK] },
  { name: 'popup-200', query: 'sheet=popup', width: 840, zoom: 2 },
  {
    name: 'popup-forced',
    query: 'sheet=popup',
    width: 1680,
    media: [{ name: 'forced-colors', value: 'active' }, DARK],
  },
];

/** Broken by the sheet alone, on which twenty popups lie side by side. */
const PAGE_RULES = [
  'duplicate-id-aria',
  'landmark-no-duplicate-banner',
  'landmark-no-duplicate-main',
  'landmark-unique',
];

const out = join(ROOT, 'test/.artifacts/gallery');

/** Renders one look and returns what axe-core found in it. */
async function render(browser: Browser, address: string, look: Look): Promise<string[]> {
  const { name, query, width, zoom = 1, media = [], hover } = look;
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features: media });
  await page.setViewport({ width, height: 900, deviceScaleFactor: zoom });
  await page.goto(`${address}?${query}`);
  await page.waitForSelector('[data-ready]');
  await picture(page, join(out, `${name}.png`), hover);
  const found = [...errors, ...(await violations(page))];
  await page.close();
  console.log(`${name}.png`, found.length === 0 ? 'ok' : found.join('\n  '));
  return found;
}

async function picture(page: Page, path: string, hover?: string): Promise<void> {
  if (!hover) return void (await page.screenshot({ path: path as `${string}.png`, fullPage: true }));
  const element = await page.waitForSelector(hover);
  await element?.hover();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const box = await element?.boundingBox();
  if (!box) throw new Error(`${hover} has no box`);
  const top = box.y + (await page.evaluate(() => scrollY));
  const clip = {
    x: Math.max(0, box.x - 320),
    y: Math.max(0, top - 120),
    width: box.width + 640,
    height: box.height + 240,
  };
  await page.screenshot({ path: path as `${string}.png`, clip, captureBeyondViewport: false });
}

/** Only what is ours: the model of the host keeps the host's own pale blues. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const found = (await page.evaluate(`axe.run(
    { include: [['baton-row'], ['baton-banner'], ['baton-label'], ['baton-handover'], ['baton-notice'], ['.popup']] },
    { rules: { ${PAGE_RULES.map((rule) => `'${rule}': { enabled: false }`).join(', ')} } },
  )`)) as AxeResults;
  return found.violations.map(
    ({ id, nodes }) => `${id} ${nodes.length}: ${nodes[0]?.html} ${nodes[0]?.any[0]?.message ?? ''}`,
  );
}

const named = process.argv.slice(2);
await mkdir(out, { recursive: true });
const { browser, address, close } = await openGallery();
try {
  for (const look of LOOKS.filter(({ name }) => named.length === 0 || named.includes(name))) {
    if ((await render(browser, address, look)).length > 0) process.exitCode = 1;
  }
} finally {
  await close();
}
