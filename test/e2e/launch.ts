import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { type BrowserKind, findBrowser } from './browsers';
import { applyPolicy, homeWithPolicy, type Policy } from './policy';

/** Where the production builds lie; npm runs every script in the project's root. */
export const BUILDS: Record<BrowserKind, string> = {
  chromium: resolve('.output/chrome-mv3'),
  firefox: resolve('.output/firefox-mv3'),
};

/** Firefox gives each install a random id unless it is told one. */
const FIREFOX_UUID = 'f0b7a7c4-5d1e-4a4e-9d6b-0a6c3b9e1f20';
export const GECKO_ID = 'baton@baton.example';

export interface Launch {
  /** Loopback port that serves both of Meta's hosts over TLS. */
  port: number;
  /** base64 of the SHA-256 of the certificate's public key. */
  spki: string;
  headless: boolean;
  /** Do without the extension, for comparison. */
  bare?: boolean;
  width?: number;
  height?: number;
  dark?: boolean;
  /** A folder that outlives the browser: what an installed extension stores is there at the next start. */
  profile?: string;
  /** What the browser's policy sets for Baton. */
  policy?: Policy;
}

/** A real browser with the production build installed; Meta's hosts lead to loopback and nothing else resolves. */
export interface Driven {
  kind: BrowserKind;
  browser: Browser;
  /** Opens an address in a new tab, or in a window of its own beside the first. */
  open(url: string, where?: 'tab' | 'beside'): Promise<Page>;
  /** Opens Baton's popup over `inbox`: the real one in Chromium, the same page in a tab in Firefox. */
  popup(inbox: Page): Promise<Page>;
  /** Ends the background's worker, as the browser does when it is idle. */
  killWorker(): Promise<void>;
  close(): Promise<void>;
}

export async function drive(kind: BrowserKind, options: Launch): Promise<Driven> {
  const executablePath = findBrowser(kind);
  if (executablePath === null) throw new Error(`${kind} was not found.`);
  return kind === 'chromium' ? driveChromium(executablePath, options) : driveFirefox(executablePath, options);
}

async function driveChromium(executablePath: string, options: Launch): Promise<Driven> {
  const { port, spki, headless, bare = false, width = 1440, height = 900, dark = false, profile, policy } = options;
  const hosts = ['business.facebook.com', 'graph.facebook.com'].map((host) => `MAP ${host}:443 127.0.0.1:${port}`);
  const browser = await launch({
    executablePath,
    headless,
    pipe: true,
    enableExtensions: true,
    defaultViewport: headless ? { width, height } : null,
    // A window that a person plays with needs no bar that says who drives it.
    ignoreDefaultArgs: headless ? [] : ['--enable-automation'],
    ...(profile ? { userDataDir: profile } : {}),
    args: [
      `--host-resolver-rules=${[...hosts, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(',')}`,
      `--ignore-certificate-errors-spki-list=${spki}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--window-size=${width},${height}`,
      ...(dark ? ['--blink-settings=preferredColorScheme=0'] : []),
      '--test-type',
      '--lang=en-US',
      '--disable-gpu',
      '--disable-quic',
      '--disable-component-update',
      '--disable-background-networking',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const id = bare ? '' : await browser.installExtension(BUILDS.chromium);
  if (policy) await applyPolicy(browser, id, policy);

  return {
    kind: 'chromium',
    browser,
    open: (url, where) => open(browser, url, where, width),
    async popup(inbox) {
      await inbox.bringToFront();
      const extension = (await browser.extensions()).get(id);
      if (!extension) throw new Error('Baton is not installed.');
      const opened = browser.waitForTarget((target) => target.url().includes('/popup.html'), { timeout: 10_000 });
      await inbox.triggerExtensionAction(extension);
      return (await opened).asPage();
    },
    async killWorker() {
      const page = (await browser.pages())[0];
      if (!page) return;
      const dead = new Promise((resolve) => browser.once('targetdestroyed', resolve));
      const session = await page.createCDPSession();
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await dead;
      await session.detach();
    },
    close: () => browser.close(),
  };
}

async function driveFirefox(executablePath: string, options: Launch): Promise<Driven> {
  const { port, headless, bare = false, width = 1440, height = 900, dark = false, profile, policy } = options;
  const home = policy ? homeWithPolicy(GECKO_ID, policy) : null;
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless,
    acceptInsecureCerts: true,
    defaultViewport: headless ? { width, height } : null,
    ...(profile ? { userDataDir: profile } : {}),
    ...(home ? { env: { ...process.env, HOME: home } } : {}),
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'network.dns.forceResolve': '127.0.0.1',
      // Plain ports are kept for loopback pages such as the customer's.
      'network.socket.forcePort': `443=${port}`,
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: FIREFOX_UUID }),
      'extensions.webextOptionalPermissionPrompts': false,
      // Firefox takes what a test installs away when it closes, and with it what that has stored.
      'extensions.webextensions.keepStorageOnUninstall': profile !== undefined,
      // Firefox's own services would be led to Meta's port as well.
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'app.normandy.enabled': false,
      'intl.accept_languages': 'en-US',
      'ui.systemUsesDarkTheme': dark ? 1 : 0,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
    },
  });
  if (!bare) await browser.installExtension(BUILDS.firefox);

  return {
    kind: 'firefox',
    browser,
    open: (url, where) => open(browser, url, where, width),
    async popup() {
      const page = await browser.newPage();
      const url = `moz-extension://${FIREFOX_UUID}/popup.html`;
      // Firefox never reports that an extension's page has loaded.
      page.goto(url).catch(() => {});
      await until(() => page.evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url));
      return page;
    },
    async killWorker() {
      const policy = `WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)})`;
      await evaluateInFirefox(browser, `${policy}.extension.terminateBackground({})`);
    },
    async close() {
      await browser.close();
      if (home) rmSync(home, { recursive: true, force: true });
    },
  };
}

async function open(browser: Browser, url: string, where: 'tab' | 'beside' = 'tab', width: number): Promise<Page> {
  const bounds = { left: width, top: 0, width: 420, height: 720 };
  const page = await browser.newPage(where === 'beside' ? { type: 'window', windowBounds: bounds } : { type: 'tab' });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return page;
}

/**
 * Evaluates an expression with the browser's own rights, which WebDriver BiDi grants under
 * `--remote-allow-system-access`. Resolves to the text that it gives, else to an empty one.
 */
export async function evaluateInFirefox(browser: Browser, expression: string): Promise<string> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  const { result } = await connection.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  const [window] = result.contexts;
  if (!window) throw new Error('Firefox has no window.');
  const { result: answer } = await connection.send<Evaluated>('script.evaluate', {
    expression,
    target: { context: window.context },
    awaitPromise: true,
  });
  if (answer.type === 'exception') throw new Error(`Firefox: ${answer.exceptionDetails.text}`);
  return answer.result.value ?? '';
}

/** What WebDriver BiDi answers to `script.evaluate`. Source: W3C, WebDriver BiDi, 2026. */
type Evaluated =
  | { type: 'success'; result: { value?: string } }
  | { type: 'exception'; exceptionDetails: { text: string } };

/** What puppeteer keeps to itself: the line that WebDriver BiDi's commands go over. */
interface BidiConnection {
  send<Result>(command: string, params: Record<string, unknown>): Promise<{ result: Result }>;
}

/** Resolves once `holds` does; rejects with `what` after `timeoutMs`. A throwing probe counts as not yet. */
export async function until(holds: () => Promise<boolean>, what = 'the page', timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
