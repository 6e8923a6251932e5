import { defineExtensionMessaging } from '@webext-core/messaging';
import { type Browser, browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import type { FromInbox, FromPopup, Requests, ToInbox, ToPopup } from '../utils/messages';
import { createServices } from '../utils/services/services';

/** The host whose pages may speak as an inbox. */
const INBOX_ORIGIN = 'https://business.facebook.com';

/** The two hosts that Baton may reach. */
const HOSTS = ['https://business.facebook.com/*', 'https://graph.facebook.com/*'];

/** A visible inbox calls the browser this often, so that the worker's timers outlive its 30 s of idleness. */
const KEEP_ALIVE_MS = 20_000;

export default defineBackground(() => {
  const popups = new Set<Browser.runtime.Port>();

  const services = createServices({
    fetch: (...request) => fetch(...request),
    session: {
      get: async (key) => (await browser.storage.session.get(key))[key],
      set: (key, value) => browser.storage.session.set({ [key]: value }),
      remove: (key) => browser.storage.session.remove(key),
    },
    clock: {
      now: () => Date.now(),
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    },
    hostAccess: () => browser.permissions.contains({ origins: HOSTS }),
    changed: () => void showPopups(),
  });

  async function showPopups(): Promise<void> {
    if (popups.size === 0) return;
    const { tabs, setup } = await services;
    const messages: ToPopup[] = [
      { type: 'conversation', view: await tabs.popupView() },
      { type: 'setup', view: await setup.view(tabs.currentPageId()) },
    ];
    for (const popup of popups) for (const message of messages) popup.postMessage(message);
  }

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === 'inbox' && isInbox(port.sender)) void serveInbox(port);
    else if (port.name === 'popup' && isOurPage(port.sender)) void servePopup(port);
    else port.disconnect();
  });

  async function serveInbox(port: Browser.runtime.Port): Promise<void> {
    const early: FromInbox[] = [];
    let handle = (message: FromInbox): void => void early.push(message);
    port.onMessage.addListener((message) => handle(message as FromInbox));
    let open = true;
    port.onDisconnect.addListener(() => {
      open = false;
    });

    const { tabs } = await services;
    if (!open) return;
    const tab = tabs.open((view) => open && port.postMessage({ type: 'view', view } satisfies ToInbox));
    port.onDisconnect.addListener(() => tab.close());
    handle = (message) => {
      if (message.type === 'seen') tab.saw(message.seen);
      else if (message.type === 'control') tab.press(message.key, message.wanted);
      else if (message.type === 'choose') tab.choose(message.key, message.psid);
      else if (message.type === 'read-again') tab.readAgain(message.key);
    };
    early.forEach(handle);
  }

  async function servePopup(port: Browser.runtime.Port): Promise<void> {
    popups.add(port);
    port.onDisconnect.addListener(() => popups.delete(port));
    port.onMessage.addListener(async (message) => {
      const said = message as FromPopup;
      const active = (await services).tabs.active();
      if (said.type === 'control') active?.press(said.key, said.wanted);
      else if (said.type === 'choose') active?.choose(said.key, said.psid);
      else if (said.type === 'read-again') active?.readAgain(said.key);
    });
    await showPopups();
  }

  const { onMessage } = defineExtensionMessaging<Requests>();
  onMessage('connectPage', async ({ data, sender }) => {
    if (!isOurPage(sender)) return REFUSED;
    return (await services).setup.connect(data);
  });
  onMessage('forgetPage', async ({ data, sender }) => {
    if (!isOurPage(sender)) return REFUSED;
    return (await services).setup.forget(data.pageId);
  });
  onMessage('checkAgain', async ({ data, sender }) => {
    if (!isOurPage(sender)) return REFUSED;
    return (await services).setup.check(data.pageId);
  });
  onMessage('tick', async ({ data, sender }) => {
    if (!isOurPage(sender)) return REFUSED;
    return (await services).setup.tick(data.pageId, data.check, data.on);
  });

  setInterval(async () => {
    if ((await services).tabs.anyVisible()) await browser.runtime.getPlatformInfo();
  }, KEEP_ALIVE_MS);
});

const REFUSED = { ok: false, sentence: 'Only Baton’s own pages may ask for this.' } as const;

type Sender = Pick<Browser.runtime.MessageSender, 'id' | 'url' | 'frameId' | 'tab'> | undefined;

function isInbox(sender: Sender): boolean {
  return (
    sender?.id === browser.runtime.id &&
    sender.tab !== undefined &&
    sender.frameId === 0 &&
    new URL(sender.url ?? 'about:blank').origin === INBOX_ORIGIN
  );
}

function isOurPage(sender: Sender): boolean {
  return sender?.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL('/popup.html'));
}
