import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../e2e/browsers';
import { bundleInbox } from './page-bundle';

/** Whether tests that need real layout can run. With `CI` set they run, and fail, where no Chromium is found. */
export const canLayOut = findBrowser('chromium') !== null || Boolean(process.env.CI);

/** A page in real Chromium with the inbox's modules in `window.inbox`. @throws where no Chromium is found */
export async function openChromium(): Promise<{ browser: Browser; page: Page; script: string }> {
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Error('Chromium was not found: name it in CHROME_PATH.');
  const [script, browser] = await Promise.all([
    bundleInbox(),
    puppeteer.launch({ executablePath, headless: true, pipe: true, args: ['--no-sandbox', '--disable-gpu'] }),
  ]);
  const page = await browser.newPage();
  await page.evaluate(script);
  return { browser, page, script };
}
