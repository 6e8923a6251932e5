import type { Page } from 'puppeteer-core';
import { type Driven, evaluateInFirefox, GECKO_ID } from './launch';

/**
 * Evaluates an expression in the realm of Baton's content script in `inbox`, where the page itself cannot look.
 * @returns what it gives, or resolves to, as text
 */
export async function inContentScript({ kind, browser }: Driven, inbox: Page, expression: string): Promise<string> {
  if (kind === 'firefox') return evaluateInFirefox(browser, inSandbox(inbox.url(), expression));
  const [realm] = inbox.extensionRealms();
  if (!realm) throw new Error('The inbox has no content script.');
  return String(await realm.evaluate(expression));
}

/** Firefox lets its own code alone into a content script's sandbox, by a script in the tab's process. */
function inSandbox(url: string, expression: string): string {
  const script = `(async () => {
    const { ExtensionContent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionContent.sys.mjs');
    const { sandbox } = ExtensionContent.getContextByExtensionId(${JSON.stringify(GECKO_ID)}, content);
    return String(await Cu.evalInSandbox(${JSON.stringify(expression)}, sandbox));
  })().then(
    (value) => sendAsyncMessage('baton:evaluated', { value }),
    (error) => sendAsyncMessage('baton:evaluated', { error: String(error) }),
  )`;
  return `new Promise((resolve, reject) => {
    const tab = gBrowser.browsers.find(({ currentURI }) => currentURI.spec === ${JSON.stringify(url)});
    tab.messageManager.addMessageListener('baton:evaluated', function hear({ data: { value, error } }) {
      tab.messageManager.removeMessageListener('baton:evaluated', hear);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    });
    tab.messageManager.loadFrameScript('data:text/javascript,' + encodeURIComponent(${JSON.stringify(script)}), false);
  })`;
}

/**
 * Records everything that reaches the content script from now on: by its line to the background, as a message, as a
 * change of what is stored. Its line is cut and laid anew, so that no message passes by an earlier listener alone.
 */
export async function tapContentScript(driven: Driven, inbox: Page): Promise<void> {
  await inContentScript(driven, inbox, `(${tap})()`);
  await driven.killWorker();
}

/** What was recorded, oldest first. */
export async function heardByContentScript(driven: Driven, inbox: Page): Promise<unknown[]> {
  return JSON.parse(await inContentScript(driven, inbox, 'JSON.stringify(globalThis.heard)'));
}

/** As much of a browser's own API as is listened to. */
interface Extension {
  runtime: { connect(options: object): { onMessage: Event }; onMessage: Event };
  storage: { onChanged: Event };
}

interface Event {
  addListener(listener: (message: unknown) => void): void;
}

/** Runs in the content script's realm. */
function tap(): void {
  const scope = globalThis as unknown as { browser?: Extension; chrome: Extension; heard: unknown[] };
  const { runtime, storage } = scope.browser ?? scope.chrome;
  const { connect } = runtime;
  scope.heard = [];
  // Of a buffer JSON keeps nothing, so it is kept as a list of its bytes.
  const note = (message: unknown) => {
    const text = JSON.stringify(message, (_, value) => {
      if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
      return ArrayBuffer.isView(value) ? [...new Uint8Array(value.buffer)] : value;
    });
    scope.heard.push(JSON.parse(text));
  };
  runtime.connect = (options) => {
    const port = connect.call(runtime, options);
    port.onMessage.addListener(note);
    return port;
  };
  runtime.onMessage.addListener(note);
  storage.onChanged.addListener(note);
}
