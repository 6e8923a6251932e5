import type { AppId } from '../conversation/apps';
import { type Declared, NOTHING_DECLARED, whyNotDeclared } from '../conversation/declared';
import type { DeclaredView, Reply } from '../conversation/view';
import { Budget } from '../graph/budget';
import { GraphRefusal } from '../graph/errors';
import { createGraph, type Graph } from '../graph/graph';
import { explain, type Refusal } from '../graph/refusals';
import { createTransport } from '../graph/transport';
import type { ConnectReply } from '../messages';
import { VaultDamaged } from '../store/sealing';
import type { ConnectedPage, Store } from '../store/store';
import { VaultLocked } from '../store/vault';
import { emptyMemory, type PageMemory } from './memory';
import { botAppOf, tokenOf } from './pasted';
import type { Clock, Session } from './session';
import type { SettingsService } from './settings';

/** A connected Page at work: its record, its Graph, what is known of it and what it may still ask. */
export interface LivePage {
  record: ConnectedPage;
  graph: Graph;
  memory: PageMemory;
  budget: Budget;
  /** About the bot's words: a policy's before the admin's own. */
  declared: DeclaredView;
}

export interface PagesOptions {
  store: Store;
  session: Session;
  settings: SettingsService;
  clock: Clock;
  fetch: typeof fetch;
}

/** What an admin asks for. Of a token's Pages it is the picked one, else the one on screen, else the only one. */
export interface Wish {
  token: string;
  /** An id, a known name, or empty for the token's own app. */
  botApp: string;
  /** The Page that was picked from an earlier reply; null: none was. */
  picked: string | null;
  /** The Page on screen; null: no inbox is open. */
  onScreen: string | null;
}

type Found = Pick<ConnectedPage, 'pageId' | 'name' | 'token' | 'tokenApp'>;

const memoryKey = (pageId: string) => `page:${pageId}`;

/** The connected Pages. The only place that holds a token in the clear. */
export function createPages({ store, session, settings, clock, fetch }: PagesOptions) {
  const live = new Map<string, Promise<LivePage | null>>();
  /** Pages that this worker has connected and not opened yet: no other one has called for them. */
  const connectedHere = new Set<string>();
  const damaged = new Set<string>();

  function graphFor(token: string, pageId: string | null, budget: Budget, over = fetch): Graph {
    const turn = async () => {
      const wait = budget.reserveConversationCall(clock.now()) - clock.now();
      if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
    };
    return createGraph(createTransport({ fetch: over, token, now: clock.now }), pageId, turn);
  }

  /** Whether the Page is neither forgotten nor connected anew: what is still on its way for it must not be kept. */
  async function isAtWork(page: LivePage): Promise<boolean> {
    return (await live.get(page.record.pageId)) === page;
  }

  async function recordOf(pageId: string): Promise<ConnectedPage | null> {
    damaged.delete(pageId);
    try {
      return await store.page(pageId);
    } catch (error) {
      if (error instanceof VaultDamaged) damaged.add(pageId);
      else if (!(error instanceof VaultLocked)) throw error;
      return null;
    }
  }

  async function open(pageId: string): Promise<LivePage | null> {
    const record = await recordOf(pageId);
    if (!record) return null;
    const memory = (await session.get(memoryKey(pageId))) as PageMemory | undefined;
    // A worker that has just died may have called within this second, even if an update took what it remembered.
    const budget = new Budget({
      notBefore: connectedHere.delete(pageId) ? 0 : clock.now() + 1_000,
      closedUntil: memory?.closedUntil ?? 0,
    });
    return {
      record,
      graph: graphFor(record.token, pageId, budget),
      memory: { ...emptyMemory(), ...memory },
      budget,
      declared: await declaredFor(record),
    };
  }

  async function declaredFor({ pageId, declared }: Pick<ConnectedPage, 'pageId' | 'declared'>): Promise<DeclaredView> {
    const { policy } = await settings.declared(pageId);
    const byPolicy = (['signature', 'handBackPhrase'] as const).filter((name) => name in policy);
    return { ...NOTHING_DECLARED, ...declared, ...policy, byPolicy };
  }

  /** The Page that a token is for, with its own token. */
  async function findPage(token: string, wish: Wish): Promise<ConnectReply<Found>> {
    const graph = graphFor(token, null, new Budget());
    const facts = await graph.debugToken(token).then(
      ({ body }) => body,
      () => null,
    );
    if (facts?.type === 'APP')
      return { ok: false, sentence: 'This is an app’s own token. Baton needs a token of the Page.' };
    if (facts?.type === 'USER') return ofUser(graph, token, wish);
    const me = await graph.me().catch(async (error: unknown) => {
      // Only a user has Pages: where the token tells nothing of itself, that shows whose it is.
      if (!(error instanceof GraphRefusal && error.code === 100)) throw error;
      return null;
    });
    if (!me) return ofUser(graph, token, wish);
    const page = { pageId: me.body.id, name: me.body.name ?? me.body.id, token, tokenApp: facts?.appId ?? null };
    return fitting([page], wish);
  }

  /** A user's token, which is asked for the tokens of its Pages and never stored. */
  async function ofUser(graph: Graph, token: string, wish: Wish): Promise<ConnectReply<Found>> {
    const accounts = await graph.accounts().catch((error: unknown) => {
      if (explain(error).trouble !== 'permission') throw error;
      return null;
    });
    const pages = (accounts?.body.data ?? []).flatMap(({ id, name, access_token }) =>
      access_token ? [{ pageId: id, name: name || id, token: access_token, tokenApp: null }] : [],
    );
    if (pages.length === 0) {
      return {
        ok: false,
        sentence:
          'This is a person’s token, and it reaches no Page. Make it again with pages_show_list, for your Page.',
      };
    }
    const found = fitting(pages, wish);
    if (!found.ok || found.value.token === token) return found;
    const own = graphFor(found.value.token, null, new Budget());
    const tokenApp = await own.debugToken(found.value.token).then(
      ({ body: facts }) => facts.appId,
      () => null,
    );
    return { ok: true, value: { ...found.value, tokenApp } };
  }

  async function keep({ pageId, name, token, tokenApp }: Found, typedBot: string | null): Promise<ConnectReply> {
    const { pages } = await settings.get();
    const expected = pages.find(({ id }) => id === pageId);
    if ((await settings.policy()).pages && !expected)
      return { ok: false, sentence: 'Your organisation has set Baton up for other Pages than this one.' };
    const botApp = typedBot ?? expected?.botApp ?? tokenApp;
    // Whoever renews a token has declared nothing else about the bot.
    const declared = (await store.declared(pageId)) ?? {
      ...NOTHING_DECLARED,
      ...(await settings.declared(pageId)).own,
    };
    await session.remove(memoryKey(pageId));
    await store.putPage({ pageId, name, token, tokenApp, botApp, connectedAt: clock.now(), stopped: null, declared });
    connectedHere.add(pageId);
    live.delete(pageId);
    return { ok: true, value: { pageId, name } };
  }

  return {
    /** The Page at work; null where it is not connected, or its record cannot be opened now. */
    of(pageId: string): Promise<LivePage | null> {
      let page = live.get(pageId);
      if (!page) {
        page = open(pageId);
        live.set(pageId, page);
        page.then(
          (opened) => opened ?? live.delete(pageId),
          () => live.delete(pageId),
        );
      }
      return page;
    },

    /** The Page's Graph within the same budget, with every exchange seen by `watch`. */
    watchedGraph: ({ record, budget }: LivePage, watch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch) =>
      graphFor(record.token, record.pageId, budget, watch(fetch)),

    ids: () => store.pageIds(),

    /** Whether the Page is connected and its record cannot be opened: it is damaged, or sealed with a key that is gone. */
    isDamaged: (pageId: string): boolean => damaged.has(pageId),

    /** Keeps what is known across the worker's death. */
    async save(page: LivePage): Promise<void> {
      if (!(await isAtWork(page))) return;
      page.memory.closedUntil = page.budget.closedUntil(clock.now());
      await session.set(memoryKey(page.record.pageId), page.memory);
    },

    /** Work for the Page stops: Meta no longer accepts the token. Nothing else is lost. */
    async stop(page: LivePage, refusal: Refusal): Promise<void> {
      page.record.stopped = refusal.next ? `${refusal.cause} ${refusal.next}` : refusal.cause;
      await store.stopPage(page.record.pageId, page.record.stopped);
    },

    /** Work goes on: Meta accepts the token again. */
    async resume(page: LivePage): Promise<void> {
      page.record.stopped = null;
      await store.stopPage(page.record.pageId, null);
    },

    /** Meta has shown which app the token belongs to. Where no bot was named, that app is the bot's. */
    async learnTokenApp(page: LivePage, appId: AppId): Promise<void> {
      if (!(await isAtWork(page))) return;
      page.record.tokenApp = appId;
      page.record.botApp ??= appId;
      await store.putPage(page.record);
    },

    /**
     * Checks a token against Graph, then keeps a Page's sealed. A user's is exchanged for a Page's and dropped.
     * Nothing is stored unless the reply is ok.
     */
    async connect(wish: Wish): Promise<ConnectReply> {
      const token = tokenOf(wish.token);
      if (!token.ok) return token;
      const bot = botAppOf(wish.botApp);
      if (!bot.ok) return bot;
      if (store.vaultState().locked)
        return { ok: false, sentence: 'Baton is locked. Unlock it with your passphrase first.' };

      try {
        const found = await findPage(token.value, wish);
        return found.ok ? await keep(found.value, bot.value) : found;
      } catch (error) {
        const { cause, next } = explain(error);
        return { ok: false, sentence: next ? `${cause} ${next}` : cause };
      }
    },

    /** Names another bot app for a connected Page, without its token. */
    async setBotApp(pageId: string, typed: string): Promise<ConnectReply> {
      const bot = botAppOf(typed);
      const record = await store.page(pageId);
      if (!bot.ok) return bot;
      if (!record || !bot.value) return { ok: false, sentence: 'Paste a Page access token first.' };
      await store.putPage({ ...record, botApp: bot.value });
      live.delete(pageId);
      return { ok: true, value: { pageId, name: record.name } };
    },

    /**
     * Keeps what the admin declares about the bot's words; null removes it, and what is absent stays. A policy's own
     * words go before these. Nothing is kept unless all of it can be used.
     */
    async declare(page: LivePage, wished: Partial<Declared>): Promise<Reply<null>> {
      const sentence = whyNotDeclared(wished);
      if (sentence !== null) return { ok: false, sentence };
      const { record } = page;
      const declared = { ...NOTHING_DECLARED, ...record.declared, ...wished };
      await store.declare(record.pageId, declared);
      record.declared = declared;
      page.declared = await declaredFor(record);
      return { ok: true, value: null };
    },

    /** Nothing of any Page is at hand any more: the vault was unlocked or changed. */
    drop: () => live.clear(),

    /** Wipes everything about one Page. */
    async forget(pageId: string): Promise<void> {
      live.delete(pageId);
      await session.remove(memoryKey(pageId));
      await store.forgetPage(pageId);
    },
  };
}

export type Pages = ReturnType<typeof createPages>;

/** The Page that was meant; else the ones that could be, for the admin to pick. */
function fitting(pages: readonly Found[], { picked, onScreen }: Wish): ConnectReply<Found> {
  const meant = pages.find(({ pageId }) => pageId === (picked ?? onScreen));
  if (meant) return { ok: true, value: meant };
  const [only] = pages;
  if (only && pages.length === 1 && onScreen === null) return { ok: true, value: only };
  return {
    ok: false,
    sentence:
      onScreen === null
        ? 'This token reaches several Pages. Pick one.'
        : 'This token is not for the Page on screen. Nothing has been stored.',
    pages: pages.map(({ pageId, name }) => ({ pageId, name })),
  };
}
