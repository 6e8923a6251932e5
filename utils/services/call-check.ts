import * as v from 'valibot';
import type { CallCheck } from '../conversation/view';
import { GraphLost } from '../graph/errors';
import type { Graph } from '../graph/graph';
import { explain } from '../graph/refusals';
import { errorSchema } from '../graph/schemas';
import type { Answer } from '../graph/transport';
import type { LivePage, Pages } from './pages';
import { LIST_LIMIT, LIST_MESSAGES, type Reader } from './reader';

interface Given {
  page: LivePage;
  /** The newest conversation; null where none is known. */
  psid: string | null;
}

type Call = (graph: Graph, given: Given) => Promise<Answer<unknown>> | null;

/** Every call of Baton's that only reads, by name; null where there is nothing to ask about. */
const CALLS: Readonly<Record<string, Call>> = {
  me: (graph) => graph.me(),
  debug_token: (graph, { page }) => graph.debugToken(page.record.token),
  conversations: (graph) => graph.conversations({ limit: LIST_LIMIT, after: null, messages: LIST_MESSAGES }),
  messages: (graph, { psid }) => (psid ? graph.conversationWith(psid) : null),
  thread_owner: (graph, { psid }) => (psid ? graph.threadOwner(psid) : null),
  subscribed_apps: (graph) => graph.subscribedApps(),
  secondary_receivers: (graph) => graph.secondaryReceivers('MESSENGER'),
  custom_labels: (graph) => graph.customLabels(),
  app: (graph, { page: { record } }) => (record.botApp ? graph.app(record.botApp) : null),
};

/** Types of errors that public samples of Meta's answers show. Another one could say anything, and is not told. */
const ERROR_TYPES = ['OAuthException', 'GraphMethodException', 'IGApiException', 'FacebookApiException'];

/** Codes and subcodes have at most seven digits; what is longer could be somebody's id. */
const MOST_OF_A_CODE = 9_999_999;
const MOST_KEYS = 200;
const DEEPEST = 8;

interface Tools {
  pages: Pick<Pages, 'watchedGraph'>;
  reader: Pick<Reader, 'mind'>;
  /** Local epoch ms. */
  now: () => number;
}

/**
 * Makes every call that only reads, once, and tells how each went: an exchange a line, since a call that Meta refuses
 * may be made in another way. Never rejects.
 */
export async function checkCalls(page: LivePage, tools: Tools): Promise<CallCheck[]> {
  const given = { page, psid: page.memory.list.conversations[0]?.psid ?? null };
  const checked = await Promise.all(Object.entries(CALLS).map(([name, call]) => checkCall(name, call, given, tools)));
  return checked.flat();
}

async function checkCall(name: string, call: Call, given: Given, { pages, reader, now }: Tools): Promise<CallCheck[]> {
  const { page } = given;
  const exchanges: CallCheck[] = [];
  const graph = pages.watchedGraph(page, (fetch) => watched(fetch, name, exchanges));
  try {
    const answer = await call(graph, given);
    if (answer === null) return [nothingYet(name, 'GET', 'header', 'not-made')];
    page.budget.heed(answer.usage, now());
  } catch (error) {
    const refusal = explain(error);
    if (refusal.trouble === 'throttle') await reader.mind(page, refusal);
    const last = exchanges.at(-1);
    if (last && error instanceof GraphLost) last.state = lostState(error, last);
  }
  return exchanges;
}

/** The transport tells a time-out from a broken line, and an answer that it cannot use from one that it can. */
function lostState({ why }: GraphLost, { state }: CallCheck): CallCheck['state'] {
  if (why !== 'unreadable') return why;
  return state === 'no-json' ? 'no-json' : 'odd';
}

/** The same `fetch`, which lays down how each exchange went. */
function watched(fetch: typeof globalThis.fetch, call: string, exchanges: CallCheck[]): typeof globalThis.fetch {
  return async (input, init) => {
    const tokenBy = new Headers(init?.headers).has('authorization') ? 'header' : 'parameter';
    const exchange = nothingYet(call, init?.method ?? 'GET', tokenBy, 'network');
    exchanges.push(exchange);
    const response = await fetch(input, init);
    exchange.status = response.status;
    Object.assign(exchange, readAnswer(await response.clone().text()));
    return response;
  };
}

function nothingYet(call: string, method: string, tokenBy: CallCheck['tokenBy'], state: CallCheck['state']): CallCheck {
  return { call, method, tokenBy, state, status: null, code: null, subcode: null, type: null, keys: [], count: null };
}

const typed = v.object({ error: v.object({ type: v.string() }) });
const listed = v.object({ data: v.array(v.unknown()) });

/** What an answer's text shows of itself without telling what it says. */
export function readAnswer(text: string): Pick<CallCheck, 'state' | 'code' | 'subcode' | 'type' | 'keys' | 'count'> {
  const json = parse(text);
  if (json === undefined) return { state: 'no-json', code: null, subcode: null, type: null, keys: [], count: null };
  const refused = v.safeParse(errorSchema, json);
  const type = v.safeParse(typed, json);
  const list = v.safeParse(listed, json);
  const { code, error_subcode: subcode } = refused.success ? refused.output.error : {};
  return {
    state: refused.success ? 'refused' : 'answered',
    code: codeOf(code),
    subcode: codeOf(subcode),
    type: type.success ? typeOf(type.output.error.type) : null,
    keys: keysIn(json),
    count: list.success ? list.output.data.length : null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(code: number | undefined): number | null {
  return code !== undefined && Number.isInteger(code) && Math.abs(code) <= MOST_OF_A_CODE ? code : null;
}

function typeOf(type: string): string {
  return ERROR_TYPES.includes(type) ? type : 'other';
}

function keysIn(json: unknown): string[] {
  const found = new Set<string>();
  collect(json, '', 0, found);
  return [...found].slice(0, MOST_KEYS);
}

function collect(value: unknown, path: string, depth: number, found: Set<string>): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) {
    if (path !== '') found.add(path);
  } else if (Array.isArray(value)) {
    if (value.length === 0) found.add(`${path}[]`);
    for (const item of value) collect(item, `${path}[]`, depth + 1, found);
  } else {
    for (const [key, inner] of Object.entries(value))
      collect(inner, path === '' ? nameOf(key) : `${path}.${nameOf(key)}`, depth + 1, found);
  }
}

/** A field has a name of Meta's making. A key of another make could be a person or an id. */
function nameOf(key: string): string {
  return /^[a-z][a-z_]*(?:\d{1,2}[a-z_]*)?$/.test(key) && key.length <= 40 ? key : '…';
}
