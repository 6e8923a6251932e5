import { isInbox, KNOWN_APPS } from '../conversation/apps';
import type { CallCheck, CheckView, Degree, PageView, Reply, SetupView } from '../conversation/view';
import type { ConnectReply, Requests } from '../messages';
import type { Store } from '../store/store';
import { checkCalls } from './call-check';
import { concludeChecks } from './checks';
import type { Control } from './control';
import { type CheckEvidence, gatherEvidence, type RowOnScreen } from './evidence';
import { GUIDED_IDS, guidedChecks } from './guided';
import type { Options } from './options';
import type { LivePage, Pages } from './pages';
import type { Reader } from './reader';
import { writeReport } from './report';
import type { Clock } from './session';
import type { SettingsService } from './settings';
import { findTokenApp } from './token-app';
import { NO_TRIAL, tryControl } from './trial';

export interface SetupOptions {
  store: Store;
  pages: Pages;
  reader: Reader;
  control: Control;
  settings: SettingsService;
  ownOptions: Options;
  clock: Clock;
  /** Whether the browser lets Baton at the two hosts. */
  hostAccess: () => Promise<boolean>;
  /** The Page of the inbox that was active last; null without one. */
  currentPageId: () => string | null;
  /** Messenger's rows that an open inbox of the Page shows. */
  rowsOnScreen: (pageId: string) => RowOnScreen[];
  /** Wipes everything about one Page. */
  forgetPage: (pageId: string) => Promise<void>;
  /** Called after anything changed that is shown. */
  changed: () => void;
}

const TRIAL_CANDIDATES = 10;
/** Conversations whose owner is asked for to measure the degree. */
const PROBES = 3;
/** Nothing was typed. Spaces of another width may be part of a marker. */
const BLANK = /^ *$/;
const DONE: Reply<null> = { ok: true, value: null };
const refused = (sentence: string): Reply<never> & { ok: false } => ({ ok: false, sentence });
const NOT_CONNECTED = refused('This Page is not connected.');

/** Connecting Pages, and whether handover is configured so that it can work. */
export function createSetup(options: SetupOptions) {
  const { store, pages, reader, control, settings, ownOptions, clock, changed } = options;

  /** Only the default app is told who else has a conversation, so a few are asked for, until one is named. */
  async function measureDegree(page: LivePage): Promise<void> {
    for (const psid of notOwned(page).slice(0, PROBES)) {
      if (page.memory.namedOtherAt !== null) return;
      await reader.owner(page, psid);
    }
  }

  /** A token that may not be asked about itself is known by what its app owns. */
  async function learnTokenApp(page: LivePage): Promise<void> {
    const found = page.record.tokenApp === null ? await findTokenApp(page.graph, page.memory) : null;
    if (found !== null) await pages.learnTokenApp(page, found);
  }

  async function check(page: LivePage): Promise<void> {
    const { memory, record } = page;
    await learnTokenApp(page);
    await measureDegree(page);
    const evidence = await gatherEvidence(
      page.graph,
      record,
      {
        ownersSeen: ownersSeen(page),
        hostAccess: await options.hostAccess(),
        rows: options.rowsOnScreen(record.pageId),
      },
      clock.now,
    );
    learn(page, evidence);
    await heedToken(page, evidence);
    memory.checks = concludeChecks(evidence);
    await pages.save(page);
    changed();
  }

  /** A dead token stops the work; one that lives again lets it go on. */
  async function heedToken(page: LivePage, { me }: CheckEvidence): Promise<void> {
    if ('refusal' in me && me.refusal.trouble === 'token') await pages.stop(page, me.refusal);
    if ('told' in me && page.record.stopped !== null) await pages.resume(page);
  }

  async function pageView(pageId: string): Promise<PageView | null> {
    const page = await pages.of(pageId);
    if (!page) return pages.isDamaged(pageId) ? damagedView(pageId) : null;
    const { record, memory } = page;
    const app = (id: string | null) =>
      id === null ? null : { id, name: memory.appNames[id] ?? KNOWN_APPS[id] ?? null };
    const botApp = app(record.botApp);
    return {
      pageId,
      name: record.name,
      tokenApp: app(record.tokenApp),
      botApp,
      apps: Object.entries(memory.appNames).map(([id, name]) => ({ id, name })),
      trialCandidates: memory.list.conversations
        .slice(0, TRIAL_CANDIDATES)
        .map(({ psid, name, updatedAt }) => ({ psid, name, lastAt: updatedAt })),
      declared: page.declared,
      ...degreeOf(page),
      checks: [
        ...memory.checks,
        ...(memory.checks.length > 0 ? [memory.trial ?? NO_TRIAL] : []),
        ...guidedChecks(await store.ticks(pageId), botApp?.name ?? 'The bot'),
      ],
      stopped: record.stopped,
    };
  }

  return {
    async connect({ token, botApp, pageId }: Parameters<Requests['connectPage']>[0]): Promise<ConnectReply> {
      if ((await settings.policy()).vault === 'passphrase' && store.vaultState().mode !== 'passphrase')
        return refused('Your organisation asks for a passphrase. Set one below, then connect the Page.');
      const onScreen = options.currentPageId();
      const reply =
        token === '' && pageId !== undefined
          ? await pages.setBotApp(pageId, botApp)
          : await pages.connect({ token, botApp, picked: pageId ?? null, onScreen });
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
      await options.forgetPage(pageId);
      changed();
      return DONE;
    },

    async check(pageId: string): Promise<Reply<null>> {
      const page = await pages.of(pageId);
      if (!page) return NOT_CONNECTED;
      await check(page);
      return DONE;
    },

    /** Every call that only reads, once: what a stranger can send to whoever mends Baton. */
    async checkCalls(pageId: string): Promise<Reply<CallCheck[]>> {
      const page = await pages.of(pageId);
      if (!page) return NOT_CONNECTED;
      if (page.budget.closedUntil(clock.now()) !== null)
        return refused('Meta asks Baton to wait before it calls again. Try it later.');
      return { ok: true, value: await checkCalls(page, { pages, reader, now: clock.now }) };
    },

    /** Keeps what is declared about the bot's words; what is blank is removed, what is absent stays. */
    async declare({ pageId, ...words }: Parameters<Requests['declare']>[0]): Promise<Reply<null>> {
      const page = await pages.of(pageId);
      if (!page) return NOT_CONNECTED;
      const wished = Object.fromEntries(
        Object.entries(words).map(([name, text]) => [name, BLANK.test(text) ? null : text]),
      );
      const reply = await pages.declare(page, wished);
      changed();
      return reply;
    },

    /** An admin has looked at what no API tells, or takes that back. */
    async tick(pageId: string, checkId: string, on: boolean): Promise<Reply<null>> {
      if (!GUIDED_IDS.includes(checkId)) return refused('There is no such check.');
      if (on) await store.putTick({ pageId, check: checkId, at: clock.now() });
      else await store.dropTick(pageId, checkId);
      changed();
      return DONE;
    },

    async trial(pageId: string, psid: string): Promise<Reply<null>> {
      const page = await pages.of(pageId);
      if (!page) return NOT_CONNECTED;
      page.memory.trial = await tryControl(page, psid, {
        reader,
        control,
        now: () => clock.now() + page.memory.clockOffset,
      });
      await pages.save(page);
      changed();
      return DONE;
    },

    async report(): Promise<Reply<string>> {
      const { pages: views, options: own } = await this.view(null);
      return { ok: true, value: writeReport(views, own ?? null, clock.now()) };
    },

    async view(currentPageId: string | null): Promise<SetupView> {
      const views = await Promise.all((await pages.ids()).map(pageView));
      return {
        clockOffset: 0,
        options: await ownOptions.view(),
        pages: views.filter((view) => view !== null),
        currentPageId,
      };
    },
  };
}

export type Setup = ReturnType<typeof createSetup>;

/** Names of apps that Meta told along the way. */
function learn({ memory, record }: LivePage, { token, subscribed, receivers, botName }: CheckEvidence): void {
  const listed = [subscribed, receivers].flatMap((asked) => ('told' in asked ? asked.told : []));
  const own = 'told' in token && token.told.appId ? [{ id: token.told.appId, name: token.told.appName }] : [];
  const bot = record.botApp ? [{ id: record.botApp, name: botName }] : [];
  for (const { id, name } of [...listed, ...own, ...bot]) if (name) memory.appNames[id] = name;
}

function damagedView(pageId: string): PageView {
  return {
    pageId,
    name: `Page ${pageId}`,
    tokenApp: null,
    botApp: null,
    degree: 1,
    degreeAt: null,
    checks: [] satisfies CheckView[],
    stopped: 'What is stored about this Page is damaged and cannot be opened. Connect it again, or forget it.',
  };
}

/** The newest conversations that, as Meta last said, the token's app does not own. */
function notOwned({ memory }: LivePage): string[] {
  const disowned = (psid: string) => {
    const last = memory.readings[psid]?.at(-1)?.answer;
    return last?.kind === 'token-app' && !last.owns;
  };
  return memory.list.conversations.map(({ psid }) => psid).filter(disowned);
}

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
  const at = memory.list.readAt || null;
  if (record.stopped !== null || at === null) return { degree: 1, degreeAt: at };
  if (memory.namedOtherAt !== null) return { degree: 4, degreeAt: memory.namedOtherAt };
  const tellsOfBot = record.tokenApp !== null && record.tokenApp === record.botApp && memory.routing === 'on';
  return { degree: tellsOfBot ? 3 : 2, degreeAt: at };
}
