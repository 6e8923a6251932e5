import { isInbox, KNOWN_APPS } from '../conversation/apps';
import type { Degree, PageView, SetupView } from '../conversation/view';
import type { Reply, Requests } from '../messages';
import type { Store } from '../store/store';
import { concludeChecks, GUIDED_IDS, gatherEvidence, guidedChecks } from './checks';
import type { LivePage, Pages } from './pages';
import type { Reader } from './reader';
import type { Clock } from './session';

export interface SetupOptions {
  store: Store;
  pages: Pages;
  reader: Reader;
  clock: Clock;
  /** Whether the browser lets Baton at the two hosts. */
  hostAccess: () => Promise<boolean>;
  /** Called after a Page was connected, forgotten or checked. */
  changed: () => void;
}

/** Connecting Pages, and whether the handover is configured so that it can work. */
export function createSetup({ store, pages, reader, clock, hostAccess, changed }: SetupOptions) {
  async function check(page: LivePage): Promise<void> {
    const { memory, budget, record } = page;
    const evidence = await gatherEvidence(page.graph, record, {
      at: clock.now() + memory.clockOffset,
      ownersSeen: ownersSeen(page),
      clockOffset: memory.clockOffset,
      budgetPercent: budget.percent,
      hostAccess: await hostAccess(),
    });
    if ('told' in evidence.token && evidence.token.told.appId && evidence.token.told.appName) {
      memory.appNames[evidence.token.told.appId] = evidence.token.told.appName;
    }
    if (record.botApp && evidence.botName) memory.appNames[record.botApp] = evidence.botName;
    memory.checks = concludeChecks(evidence);
    await pages.save(page);
    changed();
  }

  async function pageView(pageId: string): Promise<PageView | null> {
    const page = await pages.of(pageId);
    if (!page) return null;
    const { record, memory } = page;
    const app = (id: string | null) => id && { id, name: memory.appNames[id] ?? KNOWN_APPS[id] ?? null };
    const botName = app(record.botApp) || null;
    return {
      pageId,
      name: record.name,
      tokenApp: app(record.tokenApp) || null,
      botApp: botName,
      ...degreeOf(page),
      checks: [...memory.checks, ...guidedChecks(await store.ticks(pageId), botName?.name ?? 'The bot')],
      stopped: record.stopped,
    };
  }

  return {
    async connect({
      token,
      botApp,
    }: Parameters<Requests['connectPage']>[0]): Promise<Reply<{ pageId: string; name: string }>> {
      const reply = await pages.connect(token, botApp);
      if (!reply.ok) return reply;
      const page = await pages.of(reply.value.pageId);
      if (page) {
        await reader.list(page);
        void check(page);
      }
      changed();
      return reply;
    },

    async forget(pageId: string): Promise<Reply<null>> {
      await pages.forget(pageId);
      changed();
      return { ok: true, value: null };
    },

    async check(pageId: string): Promise<Reply<null>> {
      const page = await pages.of(pageId);
      if (!page) return { ok: false, sentence: 'This Page is not connected.' };
      await check(page);
      return { ok: true, value: null };
    },

    /** An admin has looked at what no API tells, or takes that back. */
    async tick(pageId: string, checkId: string, on: boolean): Promise<Reply<null>> {
      if (!GUIDED_IDS.includes(checkId)) return { ok: false, sentence: 'There is no such check.' };
      if (on) await store.putTick({ pageId, check: checkId, at: clock.now() });
      else await store.dropTick(pageId, checkId);
      changed();
      return { ok: true, value: null };
    },

    async view(currentPageId: string | null): Promise<SetupView> {
      const records = await pages.list();
      const views = await Promise.all(records.map(({ pageId }) => pageView(pageId)));
      return { clockOffset: 0, pages: views.filter((view) => view !== null), currentPageId };
    },
  };
}

export type Setup = ReturnType<typeof createSetup>;

/** Owners that Meta has named, for people. */
function ownersSeen({ memory, record }: LivePage): string[] {
  const ids = Object.values(memory.readings).flatMap((readings) =>
    readings.flatMap(({ answer }) => (answer.kind === 'named' ? [answer.appId] : [])),
  );
  return [...new Set(ids)].map((id) => {
    if (id === record.botApp) return memory.appNames[id] ?? 'the bot app';
    return isInbox(id) ? 'the Page inbox' : (memory.appNames[id] ?? KNOWN_APPS[id] ?? `app ${id}`);
  });
}

/** How much Meta tells, from what it did tell: never from what a token should be able to. */
function degreeOf({ record, memory }: LivePage): { degree: Degree; degreeAt: number | null } {
  if (memory.namedOtherAt !== null) return { degree: 4, degreeAt: memory.namedOtherAt };
  const at = memory.list.readAt || null;
  return { degree: record.tokenApp !== null && record.tokenApp === record.botApp ? 3 : 2, degreeAt: at };
}
