import { createGraph, type Graph } from '../../utils/graph/graph';
import { createTransport } from '../../utils/graph/transport';

export const TOKEN = 'EAAGexampletokenofthepage0123456789';
export const PAGE_ID = '104857600000017';
export const PSID = '24681012141618201';
export const BOT = '555000000000005';

/** One answer of a make-believe Meta: a body as text or as JSON, or an error to fail with. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** As it is, in place of `body`. */
  text?: string;
  fails?: Error;
  /** Never answers, and heeds only the caller's giving up. */
  hangs?: boolean;
}

export interface Sent {
  url: URL;
  method: string;
  headers: Headers;
  form: URLSearchParams;
}

/** A `fetch` that gives these answers one after the other, the last one for ever, and keeps what was sent. */
export function answering(...replies: Reply[]): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    sent.push({
      url: new URL(String(input)),
      method: init.method ?? 'GET',
      headers: new Headers(init.headers),
      form: new URLSearchParams(init.body instanceof URLSearchParams ? init.body : undefined),
    });
    const {
      status = 200,
      headers = {},
      body,
      text,
      fails,
      hangs,
    } = replies[Math.min(sent.length, replies.length) - 1] as Reply;
    if (fails) throw fails;
    if (hangs)
      await new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    return new Response(text ?? JSON.stringify(body), { status, headers });
  };
  return { fetch, sent };
}

export function graphOver(
  fetch: typeof globalThis.fetch,
  { now = () => 0, timeoutMs = 1_000 }: { now?: () => number; timeoutMs?: number } = {},
): Graph {
  return createGraph(createTransport({ fetch, token: TOKEN, now, timeoutMs }), PAGE_ID, async () => {});
}

/** Every call that Baton makes, by name. */
export const CALLS: Readonly<Record<string, (graph: Graph) => Promise<unknown>>> = {
  me: (graph) => graph.me(),
  debugToken: (graph) => graph.debugToken(TOKEN),
  conversations: (graph) => graph.conversations({ limit: 25, after: null, messages: 10 }),
  conversationWith: (graph) => graph.conversationWith(PSID),
  threadOwner: (graph) => graph.threadOwner(PSID),
  take: (graph) => graph.control(PSID, { call: 'take' }, null),
  pass: (graph) => graph.control(PSID, { call: 'pass', to: BOT }, null),
  request: (graph) => graph.control(PSID, { call: 'request' }, null),
  release: (graph) => graph.control(PSID, { call: 'release' }, null),
  extend: (graph) => graph.control(PSID, { call: 'extend', seconds: 604_800 }, null),
  subscribedApps: (graph) => graph.subscribedApps(),
  secondaryReceivers: (graph) => graph.secondaryReceivers('MESSENGER'),
  customLabels: (graph) => graph.customLabels(),
  app: (graph) => graph.app(BOT),
  accounts: (graph) => graph.accounts(),
};
