import { type Browser, browser } from 'wxt/browser';
import type { SeenPage } from '../../utils/conversation/seen';
import type { InboxView } from '../../utils/conversation/view';
import type { FromInbox, ToInbox } from '../../utils/messages';

/** After the background's worker has died, until there is an answer again: ms. */
const RETRY_MS = [0, 200, 1_000, 5_000, 30_000] as const;

/** Rows that rush by are told at most this often, ms. */
const ROWS_EVERY_MS = 250;

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
  /** Whether it was told; it may not have arrived where not. */
  let isTold = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rowsTimer: ReturnType<typeof setTimeout> | undefined;

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
    forgetRows();
    if (!seen) return;
    isTold = true;
    toldAt = performance.now();
    post({ type: 'seen', seen });
  }

  function forgetRows(): void {
    clearTimeout(rowsTimer);
    rowsTimer = undefined;
  }

  function tellRows(): void {
    if (rowsTimer !== undefined) return;
    const wait = toldAt + ROWS_EVERY_MS - performance.now();
    if (wait <= 0) tell();
    else rowsTimer = setTimeout(tell, wait);
  }

  function post(message: FromInbox): void {
    open()?.postMessage(message);
  }

  return {
    /** Tells what is seen, if it is news; says whether it was. */
    saw(page: SeenPage): boolean {
      const before = seen;
      seen = page;
      const isElsewhere = !before || !isSameBesideRows(before, page);
      const isNews = isElsewhere || !hasSameRows(before, page);
      if (isElsewhere || !isTold || !port) tell();
      else if (isNews) tellRows();
      return isNews;
    },

    /** Tells soon of a page on which rows are news, and nothing else. */
    sawRows(page: SeenPage): void {
      seen = page;
      tellRows();
    },

    send(message: FromInbox): void {
      post(message);
    },

    /** The page is hidden: the background need not read for it. */
    sleep(): void {
      clearTimeout(timer);
      forgetRows();
      isTold = false;
      if (seen && port) post({ type: 'seen', seen: { ...seen, visible: false, focused: false } });
    },

    close(): void {
      clearTimeout(timer);
      forgetRows();
      const closing = port;
      port = null;
      closing?.disconnect();
    },
  };
}

/** A row that shows the same is the same object. */
function hasSameRows({ rows: before }: SeenPage, { rows }: SeenPage): boolean {
  return rows.length === before.length && rows.every((row, place) => row === before[place]);
}

/** A conversation that was read again is another object, and may be the same. */
function isSameBesideRows(before: SeenPage, page: SeenPage): boolean {
  const names = Object.keys(page) as (keyof SeenPage)[];
  return names.every(
    (name) =>
      name === 'rows' ||
      before[name] === page[name] ||
      (name === 'conversation' && JSON.stringify(before[name]) === JSON.stringify(page[name])),
  );
}

export type Link = ReturnType<typeof connect>;
