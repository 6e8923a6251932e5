/** Makes public/icon/SIZE.png from public/icon/baton.svg in a real Chromium: `npx tsx test/components/gallery/icons.ts`. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const SIZES = [16, 32, 48, 96, 128] as const;

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../public/icon');
const drawing = await readFile(join(folder, 'baton.svg'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
    await page.screenshot({ path: `${folder}/${size}.png`, omitBackground: true });
  }
} finally {
  await browser.close();
}
