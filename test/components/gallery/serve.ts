import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser } from 'puppeteer-core';
import { createServer } from 'vite';

/** The project's root. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Gallery {
  browser: Browser;
  /** Without a query. */
  address: string;
  close(): Promise<void>;
}

/** Serves the gallery on loopback and opens a real Chromium for it. */
export async function openGallery(): Promise<Gallery> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    server: { host: '127.0.0.1', port: 0, hmr: false },
    optimizeDeps: { noDiscovery: true, include: ['preact', 'preact/hooks', 'preact/jsx-runtime'] },
  });
  await server.listen();
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--lang=en-GB'],
    env: { ...process.env, TZ: 'UTC', LANGUAGE: 'en_GB' },
  });
  return {
    browser,
    address: `${server.resolvedUrls?.local[0]}test/components/gallery/index.html`,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
