import { defineExtensionMessaging } from '@webext-core/messaging';
import { type Browser, browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import type { FromInbox, FromPopup, Requests, ToInbox, ToPopup } from '../utils/messages';
import { whyNot } from '../utils/services/failure';
import { isInbox, isOurPage, type Sender } from '../utils/services/senders';
import { createServices, type Services } from '../utils/services/services';

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
    settings: {
      local: { get: () => browser.storage.local.get(), set: (given) => browser.storage.local.set(given) },
      managed: { get: () => browser.storage.managed.get() },
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
    const messages = await services.then(views, failure);
    for (const popup of popups) for (const message of messages) popup.postMessage(message);
  }

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === 'inbox' && isInbox(port.sender, browser.runtime.id)) void serveInbox(port);
    else if (port.name === 'popup' && fromOurPage(port.sender)) void servePopup(port);
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

    const working = await services.catch(() => null);
    if (!open || !working) return;
    const { tabs } = working;
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
      const active = (await services.catch(() => null))?.tabs.active();
      if (said.type === 'control') active?.press(said.key, said.wanted, said.note);
      else if (said.type === 'choose') active?.choose(said.key, said.psid);
      else if (said.type === 'read-again') active?.readAgain(said.key);
    });
    await showPopups();
  }

  // Firefox puts the scripts of a new version into open pages by itself.
  if (!import.meta.env.FIREFOX) browser.runtime.onInstalled.addListener(takeOver);

  const { onMessage } = defineExtensionMessaging<Requests>();

  /** Answers a request of Baton's own pages, and of nobody else. */
  function ours<Data, Done>(answer: (services: Services, data: Data) => Promise<Done>) {
    return async ({ data, sender }: { data: Data; sender: Sender }): Promise<Done | Refused> => {
      if (!fromOurPage(sender)) return REFUSED;
      return services.then(
        (working) => answer(working, data),
        (error: unknown) => ({ ok: false, sentence: whyNot(error) }),
      );
    };
  }

  onMessage(
    'connectPage',
    ours(({ setup }, request) => setup.connect(request)),
  );
  onMessage(
    'forgetPage',
    ours(({ setup }, { pageId }) => setup.forget(pageId)),
  );
  onMessage(
    'checkAgain',
    ours(({ setup }, { pageId }) => setup.check(pageId)),
  );
  onMessage(
    'checkCalls',
    ours(({ setup }, { pageId }) => setup.checkCalls(pageId)),
  );
  onMessage(
    'declare',
    ours(({ setup }, request) => setup.declare(request)),
  );
  onMessage(
    'tick',
    ours(({ setup }, { pageId, check, on }) => setup.tick(pageId, check, on)),
  );
  onMessage(
    'trial',
    ours(({ setup }, { pageId, psid }) => setup.trial(pageId, psid)),
  );
  onMessage(
    'unlock',
    ours(({ options }, { passphrase }) => options.unlock(passphrase)),
  );
  onMessage(
    'forgetAll',
    ours(({ options }) => options.forgetAll()),
  );
  onMessage(
    'changeVault',
    ours(({ options }, request) => options.changeVault(request)),
  );
  onMessage(
    'changeSettings',
    ours(({ options }, request) => options.changeSettings(request)),
  );
  onMessage(
    'exportSettings',
    ours(({ options }) => options.exportSettings()),
  );
  onMessage(
    'importSettings',
    ours(({ options }, { text }) => options.importSettings(text)),
  );
  onMessage(
    'report',
    ours(({ setup }) => setup.report()),
  );

  setInterval(async () => {
    if ((await services.catch(() => null))?.tabs.anyVisible()) await browser.runtime.getPlatformInfo();
  }, KEEP_ALIVE_MS);
});

/** The inboxes that are open get the script of this version, which clears away what the one before has left. */
async function takeOver(): Promise<void> {
  for (const { id } of await browser.tabs.query({ url: 'https://business.facebook.com/latest/*' }))
    if (id !== undefined)
      await browser.scripting.executeScript({ target: { tabId: id }, files: ['/content-scripts/inbox.js'] });
}

type Refused = { ok: false; sentence: string };

const REFUSED: Refused = { ok: false, sentence: 'Only Baton’s own pages may ask for this.' };

async function views({ tabs, setup }: Services): Promise<ToPopup[]> {
  return [
    { type: 'conversation', view: await tabs.popupView() },
    { type: 'setup', view: await setup.view(tabs.currentPageId()) },
  ];
}

function failure(error: unknown): ToPopup[] {
  return [{ type: 'failed', sentence: whyNot(error) }];
}

function fromOurPage(sender: Sender | undefined): boolean {
  return isOurPage(sender, browser.runtime.id, browser.runtime.getURL('/popup.html'));
}
