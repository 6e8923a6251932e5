import { KNOWN_APPS } from '../conversation/apps';
import { Budget } from '../graph/budget';
import { createGraph, type Graph } from '../graph/graph';
import { explain, type Refusal } from '../graph/refusals';
import { createTransport } from '../graph/transport';
import type { Reply } from '../messages';
import type { ConnectedPage, Store } from '../store/store';
import { emptyMemory, type PageMemory } from './memory';
import type { Clock, Session } from './session';

/** A connected Page at work: its record, its Graph, what is known of it and what it may still ask. */
export interface LivePage {
  record: ConnectedPage;
  graph: Graph;
  memory: PageMemory;
  budget: Budget;
}

export interface PagesOptions {
  store: Store;
  session: Session;
  clock: Clock;
  fetch: typeof fetch;
}

/** What a token looks like, as far as that can be told without Meta: letters, digits and a few signs, long. */
const TOKEN = /^[\w|.~-]{20,2000}$/;

const memoryKey = (pageId: string) => `page:${pageId}`;

/** The connected Pages. The only place that holds a token in the clear. */
export function createPages({ store, session, clock, fetch }: PagesOptions) {
  const live = new Map<string, Promise<LivePage | null>>();

  function graphFor(token: string, pageId: string | null, budget: Budget): Graph {
    const turn = async () => {
      const wait = budget.reserveConversationCall(clock.now()) - clock.now();
      if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
    };
    return createGraph(createTransport({ fetch, token, now: clock.now }), pageId, turn);
  }

  async function open(pageId: string): Promise<LivePage | null> {
    const record = await store.page(pageId);
    if (!record) return null;
    const memory = (await session.get(memoryKey(pageId))) as PageMemory | undefined;
    // A worker that has just died may have called within this second.
    const budget = memory
      ? new Budget({ notBefore: clock.now() + 1_000, closedUntil: memory.closedUntil ?? 0 })
      : new Budget();
    return { record, graph: graphFor(record.token, pageId, budget), memory: { ...emptyMemory(), ...memory }, budget };
  }

  return {
    /** The Page at work; null where it is not connected. */
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

    list: () => store.pages(),

    /** Keeps what is known across the worker's death. */
    async save(page: LivePage): Promise<void> {
      page.memory.closedUntil = page.budget.closedUntil(clock.now());
      await session.set(memoryKey(page.record.pageId), page.memory);
    },

    /** Work for the Page stops: Meta no longer accepts the token. Nothing else is lost. */
    async stop(page: LivePage, refusal: Refusal): Promise<void> {
      page.record.stopped = refusal.next ? `${refusal.cause} ${refusal.next}` : refusal.cause;
      await store.stopPage(page.record.pageId, page.record.stopped);
    },

    /** Checks a token against Graph, then keeps it sealed. `botApp`: an id, a known name, or empty for the token's own app. */
    async connect(tokenText: string, botAppText: string): Promise<Reply<{ pageId: string; name: string }>> {
      const token = tokenText.trim();
      if (token === '') return { ok: false, sentence: 'Paste a Page access token first.' };
      if (!TOKEN.test(token))
        return { ok: false, sentence: 'This is not an access token: a token is one long run of letters and digits.' };
      const bot = botAppOf(botAppText);
      if (!bot.ok) return bot;

      try {
        const graph = graphFor(token, null, new Budget());
        const { body: me } = await graph.me();
        const facts = await graph.debugToken(token).then(
          ({ body }) => body,
          () => null,
        );
        if (facts?.type && facts.type !== 'PAGE') {
          return { ok: false, sentence: 'This token is not a Page’s. Baton needs a Page access token.' };
        }
        const tokenApp = facts?.appId ?? null;
        const page: ConnectedPage = {
          pageId: me.id,
          name: me.name ?? me.id,
          token,
          tokenApp,
          botApp: bot.value ?? tokenApp,
          connectedAt: clock.now(),
          stopped: null,
        };
        await session.remove(memoryKey(me.id));
        await store.putPage(page);
        live.delete(me.id);
        return { ok: true, value: { pageId: me.id, name: page.name } };
      } catch (error) {
        const { cause, next } = explain(error);
        return { ok: false, sentence: next ? `${cause} ${next}` : cause };
      }
    },

    /** Wipes everything about one Page. */
    async forget(pageId: string): Promise<void> {
      live.delete(pageId);
      await session.remove(memoryKey(pageId));
      await store.forgetPage(pageId);
    },
  };
}

export type Pages = ReturnType<typeof createPages>;

function botAppOf(text: string): Reply<string | null> {
  const typed = text.trim();
  if (typed === '') return { ok: true, value: null };
  const id = /\d{5,20}/.exec(typed)?.[0];
  if (id) return { ok: true, value: id };
  const known = Object.entries(KNOWN_APPS).find(([, name]) => name.toLowerCase() === typed.toLowerCase());
  if (known) return { ok: true, value: known[0] };
  return { ok: false, sentence: 'Baton does not know this bot app by name. Type its app id.' };
}
