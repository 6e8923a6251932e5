import { type Browser, browser } from 'wxt/browser';
import type { SeenPage } from '../../utils/conversation/seen';
import type { InboxView } from '../../utils/conversation/view';
import type { FromInbox, ToInbox } from '../../utils/messages';

/** After the background's worker has died, until there is an answer again: ms. */
const RETRY_MS = [0, 200, 1_000, 5_000, 30_000] as const;

export interface LinkOptions {
  /** Whether this script still belongs to a living extension. */
  isAlive: () => boolean;
  onView: (view: InboxView) => void;
  /** The extension was updated or removed. */
  onGone: () => void;
}

/**
 * The line to the background. The worker behind it may die at any time; then the line is laid anew and what is seen
 * is told again. While the page is hidden there is none.
 */
export function connect({ isAlive, onView, onGone }: LinkOptions) {
  let port: Browser.runtime.Port | null = null;
  let seen: SeenPage | null = null;
  let told = '';
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): Browser.runtime.Port | null {
    if (!isAlive()) {
      onGone();
      return null;
    }
    if (port) return port;
    const opened = browser.runtime.connect({ name: 'inbox' });
    port = opened;
    opened.onMessage.addListener((message) => {
      failures = 0;
      clearTimeout(timer);
      onView((message as ToInbox).view);
    });
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return;
      port = null;
      if (document.visibilityState === 'visible') retry();
    });
    return opened;
  }

  /** Chrome lets a line be laid to an extension that is just going, and tells nobody that it leads nowhere. */
  function retry(): void {
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      retry();
      tell();
    }, wait);
  }

  function tell(): void {
    if (seen) post({ type: 'seen', seen });
  }

  function post(message: FromInbox): void {
    open()?.postMessage(message);
  }

  return {
    /** Tells what is seen, if it is news; says whether it was. */
    saw(page: SeenPage): boolean {
      const print = JSON.stringify(page);
      if (print === told && port) return false;
      const news = print !== told;
      told = print;
      seen = page;
      tell();
      return news;
    },

    send(message: FromInbox): void {
      post(message);
    },

    /** The page is hidden: the background need not read for it. */
    sleep(): void {
      clearTimeout(timer);
      told = '';
      if (seen && port) post({ type: 'seen', seen: { ...seen, visible: false, focused: false } });
    },

    close(): void {
      clearTimeout(timer);
      const closing = port;
      port = null;
      closing?.disconnect();
    },
  };
}

export type Link = ReturnType<typeof connect>;
