/** The background's entrypoint in this process, under as much of a browser's API as it calls, and a Meta behind it. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { SeenPage } from '../../utils/conversation/seen';
import type { Requests } from '../../utils/messages';
import type { Sender } from '../../utils/services/senders';
import { type Meta, startMeta } from '../meta/meta';
import { fetchOver } from './over-meta';
import { seenBy } from './page-sight';

const ID = 'abcdefghijklmnop';
const POPUP = `chrome-extension://${ID}/popup.html`;

/** One end of a port, as the other side has it. */
export interface Line {
  post(message: object): void;
  /** Everything that the background has sent, oldest first. */
  received: unknown[];
  closed(): boolean;
}

/** Another context of the extension's. */
export interface Context {
  connect(name: string): Line;
  ask<Name extends keyof Requests>(name: Name, data: Parameters<Requests[Name]>[0]): Promise<unknown>;
}

export interface Extension {
  meta: Meta;
  /** A page of Baton's own. */
  ownPage: Context;
  /** The content script in the top frame of an inbox. */
  inbox: Context;
  /** The inbox with its newest conversation open. */
  seen(): SeenPage;
  close(): Promise<void>;
}

type Listener = (...args: never[]) => unknown;

/** One of the browser's events. */
function event() {
  const listeners: Listener[] = [];
  return {
    addListener: (listener: Listener) => void listeners.push(listener),
    fire: (...args: unknown[]) => listeners.map((listener) => (listener as (...all: unknown[]) => unknown)(...args)),
  };
}

/** An area of the browser's storage. */
function area() {
  const held: Record<string, unknown> = {};
  return {
    get: async (key?: string) => structuredClone(key === undefined ? held : { [key]: held[key] }),
    set: async (given: object) => void Object.assign(held, structuredClone(given)),
    remove: async (key: string) => void delete held[key],
  };
}

/** Starts the background as the browser does. */
export async function openExtension(): Promise<Extension> {
  globalThis.indexedDB = new IDBFactory();
  const meta = await startMeta({ pages: false, bot: false });
  meta.world.setDoubt('conversation-rate', 'unenforced');
  const [onConnect, onMessage, onInstalled] = [event(), event(), event()];
  const api = {
    runtime: {
      id: ID,
      onConnect,
      onMessage,
      onInstalled,
      getURL: (path: string) => `chrome-extension://${ID}${path}`,
      getPlatformInfo: async () => ({}),
    },
    storage: { local: area(), session: area(), managed: area() },
    permissions: { contains: async () => true },
  };
  vi.stubGlobal('browser', api);
  vi.stubGlobal('chrome', api);
  vi.stubGlobal('fetch', fetchOver(meta).fetch);
  vi.resetModules();
  const { default: background } = await import('../../entrypoints/background');
  const started = vi.spyOn(globalThis, 'setInterval');
  background.main();
  const timers = started.mock.results.map(({ value }) => value as NodeJS.Timeout);
  started.mockRestore();

  const context = (sender: Sender): Context => ({
    connect(name) {
      const [toBackground, ended] = [event(), event()];
      const received: unknown[] = [];
      let isClosed = false;
      onConnect.fire({
        name,
        sender,
        onMessage: toBackground,
        onDisconnect: ended,
        // A port takes what JSON can hold, as a copy.
        postMessage: (message: object) => void received.push(JSON.parse(JSON.stringify(message))),
        disconnect: () => {
          isClosed = true;
        },
      });
      return { post: (message) => void toBackground.fire(message), received, closed: () => isClosed };
    },
    async ask(name, data) {
      const answer = await new Promise((resolve) => {
        onMessage.fire({ id: 1, type: name, data, timestamp: Date.now() }, sender, resolve);
      });
      return (answer as { res: unknown }).res;
    },
  });

  return {
    meta,
    ownPage: context({ id: ID, url: POPUP }),
    inbox: context({ id: ID, url: 'https://business.facebook.com/latest/inbox/all', frameId: 0, tab: { id: 1 } }),
    seen() {
      const feed = meta.world.feed();
      return seenBy({ open: feed.threads[0]?.userId ?? null, facts: true, footers: true, visible: true }, feed);
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      vi.unstubAllGlobals();
      await meta.close();
    },
  };
}
