import { metadataFor } from '../conversation/note';
import type { Wanted } from '../conversation/plan';
import type { SeenPage, SeenRow } from '../conversation/seen';
import type { InboxView, PopupView } from '../conversation/view';
import type { Store } from '../store/store';
import { type Conclusion, concludeInbox } from './conclude';
import type { Control } from './control';
import type { Links } from './links';
import { appsOf } from './memory';
import { due, type Moves, type Reading, readingKey } from './pace';
import type { LivePage, Pages } from './pages';
import type { Reader } from './reader';
import type { Clock } from './session';

export interface TabsOptions {
  store: Pick<Store, 'spans' | 'vaultState'>;
  pages: Pick<Pages, 'of'>;
  reader: Pick<Reader, 'list' | 'owner' | 'conversation'>;
  control: Pick<Control, 'latest' | 'press'>;
  links: Pick<Links, 'of' | 'put' | 'drop' | 'choose'>;
  clock: Clock;
  /** Called after anything changed that the popup may show. */
  changed: () => void;
}

/** One inbox tab, from the port's opening to its end. */
export interface Tab {
  saw(seen: SeenPage): void;
  /** `note`: for the bot, as the agent wrote it. */
  press(key: string, wanted: Wanted, note?: string): void;
  choose(key: string, psid: string | null): void;
  readAgain(key: string): void;
  close(): void;
}

interface TabState {
  push: (view: InboxView) => void;
  seen: SeenPage;
  conclusion: Conclusion | null;
  moves: Moves;
  attempts: Map<string, { at: number; failed: boolean }>;
  /** Rows and messages that made Graph be asked already, so that one that it never tells does not do so for ever. */
  askedFor: Set<string>;
  /** Local epoch ms of when the tab was last seen visible and focused. */
  activeAt: number;
  cancel: () => void;
  /** Ends with the conclusion that is under way; never fails. */
  underWay: Promise<void>;
  /** The conclusion that comes next; null where what was begun last knew all that is known now. */
  next: Promise<void> | null;
}

const NOTHING_SEEN: SeenPage = {
  pageId: null,
  selectedItemId: null,
  threadType: null,
  tab: null,
  rows: [],
  conversation: null,
  factsReadable: false,
  visible: false,
  focused: false,
};

/** Answers each inbox tab with view models, and keeps the readings behind them fresh. */
export function createTabs({ store, pages, reader, control, links, clock, changed }: TabsOptions) {
  const tabs = new Set<TabState>();

  const livePage = async ({ pageId }: SeenPage): Promise<LivePage | null> => (pageId ? pages.of(pageId) : null);

  /**
   * Concludes anew and shows it, one conclusion after the other: none is shown after a newer one, and none is dropped
   * for a newer one either, or where much changes and concluding is slow nothing would be shown. What is new while one
   * is under way is all known to the next.
   */
  function refresh(tab: TabState): Promise<void> {
    tab.next ??= tab.underWay.then(() => {
      tab.next = null;
      const shown = conclude(tab);
      tab.underWay = shown.catch(() => {});
      return shown;
    });
    return tab.next;
  }

  /** Concludes and shows it, then plans what to read next. */
  async function conclude(tab: TabState): Promise<void> {
    // What is seen may be another Page by the time that this one is at hand.
    const { seen } = tab;
    const page = await livePage(seen);
    const isLocked = store.vaultState().locked;
    const conclusion = await concludeInbox({ seen, page, isLocked, store, links, control, now: clock.now() });
    if (!tabs.has(tab)) return;
    noteMoves(tab, conclusion);
    tab.conclusion = conclusion;
    tab.push(conclusion.view);
    changed();
    plan(tab, page);
  }

  function noteMoves(tab: TabState, conclusion: Conclusion): void {
    const now = clock.now();
    for (const key of conclusion.newerRows) {
      if (tab.askedFor.has(key)) continue;
      tab.askedFor.add(key);
      tab.moves.rows = now;
    }
    tab.moves.beyond = conclusion.rowsBeyond ? (tab.moves.beyond ?? now) : null;
    const { psid, newestMessage } = conclusion;
    if (psid === null || newestMessage === null) return;
    if (tab.moves.open?.psid !== psid) tab.moves.open = null;
    const before = tab.conclusion?.psid === psid ? tab.conclusion.newestMessage : null;
    const untold = !newestMessage.told && !tab.askedFor.has(newestMessage.key);
    if (untold) tab.askedFor.add(newestMessage.key);
    if (untold || (before !== null && before.key !== newestMessage.key)) tab.moves.open = { psid, at: now };
  }

  const duesOf = ({ seen, conclusion, moves, attempts }: TabState, { record, memory, budget }: LivePage) =>
    due({
      seen,
      psid: conclusion?.psid ?? null,
      memory,
      apps: appsOf(record),
      moves,
      attempts,
      slowdown: budget.slowdown,
      closedUntil: budget.closedUntil(clock.now()),
    });

  function plan(tab: TabState, page: LivePage | null): void {
    tab.cancel();
    if (!page || page.record.stopped !== null) return;
    const [next] = duesOf(tab, page);
    if (next) tab.cancel = clock.after(Math.max(0, next.at - clock.now()), () => void readDue(tab, page));
  }

  async function readDue(tab: TabState, page: LivePage): Promise<void> {
    const now = clock.now();
    const dues = duesOf(tab, page).filter(({ at }) => at <= now);
    await Promise.all(dues.map(({ reading }) => attempt(tab, page, reading)));
    await refreshPage(page.record.pageId);
  }

  async function attempt(tab: TabState, page: LivePage, reading: Reading): Promise<void> {
    const key = readingKey(reading);
    tab.attempts.set(key, { at: clock.now(), failed: false });
    const refusal = await perform(page, reading);
    tab.attempts.set(key, { at: clock.now(), failed: refusal !== null });
  }

  function perform(page: LivePage, reading: Reading) {
    switch (reading.what) {
      case 'list':
        return reader.list(page);
      case 'older':
        return reader.list(page, { older: true });
      case 'owner':
        return reader.owner(page, reading.psid);
      case 'conversation':
        return reader.conversation(page, reading.psid);
    }
  }

  /** Every tab of the Page shows what was read. */
  async function refreshPage(pageId: string): Promise<void> {
    await Promise.all([...tabs].filter((tab) => tab.seen.pageId === pageId).map(refresh));
  }

  /**
   * The guard: a button acts only on the conversation that this tab shows under this key, on the Page whose token
   * is connected, and only if it is linked.
   */
  async function guarded(tab: TabState, key: string): Promise<{ page: LivePage; psid: string } | null> {
    const page = await livePage(tab.seen);
    const { conclusion } = tab;
    const fits = conclusion?.view.conversation?.key === key && conclusion.pageId === page?.record.pageId;
    return page && fits && conclusion?.psid ? { page, psid: conclusion.psid } : null;
  }

  async function press(tab: TabState, key: string, wanted: Wanted, note = ''): Promise<void> {
    const target = await guarded(tab, key);
    if (!target) return;
    const run = control.press(target.page, target.psid, wanted, metadataFor(wanted, note));
    await refreshPage(target.page.record.pageId);
    await run;
    await refreshPage(target.page.record.pageId);
  }

  async function choose(tab: TabState, key: string, psid: string | null): Promise<void> {
    const { conclusion } = tab;
    if (conclusion?.view.conversation?.key !== key) return;
    // What is seen may be the next conversation by now: the choice is of the one that was shown.
    const page = await livePage(conclusion.seen);
    if (!page) return;
    await links.choose(page.record.pageId, conclusion.seen, psid, clock.now());
    await refresh(tab);
  }

  async function readAgain(tab: TabState, key: string): Promise<void> {
    const target = await guarded(tab, key);
    if (!target) return;
    await attempt(tab, target.page, { what: 'owner', psid: target.psid });
    await refreshPage(target.page.record.pageId);
  }

  const active = (): TabState | null => [...tabs].sort((a, b) => b.activeAt - a.activeAt)[0] ?? null;

  return {
    open(push: (view: InboxView) => void): Tab {
      const tab: TabState = {
        push,
        seen: NOTHING_SEEN,
        conclusion: null,
        moves: { open: null, rows: null, beyond: null },
        attempts: new Map(),
        askedFor: new Set(),
        activeAt: 0,
        cancel: () => {},
        underWay: Promise.resolve(),
        next: null,
      };
      tabs.add(tab);
      return {
        saw(seen) {
          tab.seen = seen;
          if (seen.visible && seen.focused) tab.activeAt = clock.now();
          void refresh(tab);
        },
        press: (key, wanted, note) => void press(tab, key, wanted, note),
        choose: (key, psid) => void choose(tab, key, psid),
        readAgain: (key) => void readAgain(tab, key),
        close() {
          tab.cancel();
          tabs.delete(tab);
          changed();
        },
      };
    },

    /** Whether any inbox is on screen: the worker is kept alive for it. */
    anyVisible: () => [...tabs].some((tab) => tab.seen.visible),

    /** The tab that was active last, for the popup's buttons. */
    active(): Pick<Tab, 'press' | 'choose' | 'readAgain'> | null {
      const tab = active();
      return (
        tab && {
          press: (key, wanted, note) => void press(tab, key, wanted, note),
          choose: (key, psid) => void choose(tab, key, psid),
          readAgain: (key) => void readAgain(tab, key),
        }
      );
    },

    /** What the popup's Conversation tab shows: the conversation of the inbox tab that was active last. */
    async popupView(): Promise<PopupView> {
      const tab = active();
      if (!tab) {
        return {
          clockOffset: 0,
          pageName: null,
          pageId: null,
          conversation: null,
          nothing: 'Open the inbox in Business Suite, and this shows the conversation on screen.',
        };
      }
      const page = await livePage(tab.seen);
      const conversation = tab.conclusion?.view.conversation ?? null;
      return {
        clockOffset: page?.memory.clockOffset ?? 0,
        pageName: page?.record.name ?? null,
        pageId: tab.seen.pageId,
        conversation,
        nothing: conversation ? null : 'No conversation is open in the inbox.',
      };
    },

    /** Messenger's rows that an open inbox of the Page shows. */
    rowsOnScreen(pageId: string): SeenRow[] {
      const tab = [...tabs].find(({ seen }) => seen.pageId === pageId);
      return tab?.seen.rows.filter(({ channel }) => channel === null || channel === 'messenger') ?? [];
    },

    currentPageId: () => active()?.seen.pageId ?? null,

    /** Shows anew what every tab shows: after a Page was connected or forgotten. */
    refreshAll: () => Promise.all([...tabs].map(refresh)),
  };
}

export type Tabs = ReturnType<typeof createTabs>;
