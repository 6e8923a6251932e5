import type { IncomingMessage, ServerResponse } from 'node:http';
import { bundlePage } from './bundle';
import { ASSETS, inboxDocument, STRICT_HEADERS } from './document';
import type { Feed, FeedThread } from './feed';

/** What the inbox needs of the shared state. `userId` is the customer's global user id, as in the feed. */
export interface InboxWorld {
  feed(): Feed;
  /** Calls back with the threads that changed, after they changed. Returns how to stop. */
  subscribe(listener: (changed: FeedThread[]) => void): () => void;
  /** An agent answers in the inbox: the inbox takes control by itself. */
  sendAsInbox(userId: string, text: string, agent: string): unknown;
  markDone(userId: string): unknown;
  /** `name` null takes the assignment back. */
  assign(userId: string, name: string | null): unknown;
  markRead(userId: string): unknown;
  /** The agent takes the chat from Meta's own AI. Without it the button does nothing. */
  respondYourself?(userId: string, agent: string): unknown;
}

/** Below this path lie what Facebook's page would get over its private channels: the feed, and the agent's acts. */
export const FEED_PATH = '/inbox-feed/';

const PAGES =
  /^\/latest\/(home|inbox(\/(all|messenger|instagram_direct|instagram|facebook|wec|automated_responses))?)\/?$/;
const LONGEST_BODY = 100_000;

/** What an agent can do, as the page posts it. */
interface Act {
  userId: string;
  text: string;
  agent: string;
  name: string | null;
}

const ACTS: Record<string, (world: InboxWorld, act: Act) => unknown> = {
  send: (world, { userId, text, agent }) => world.sendAsInbox(userId, text, agent),
  done: (world, { userId }) => world.markDone(userId),
  assign: (world, { userId, name }) => world.assign(userId, name),
  read: (world, { userId }) => world.markRead(userId),
  respond: (world, { userId, agent }) => world.respondYourself?.(userId, agent),
};

/**
 * Answers for business.facebook.com: the inbox's pages, their parts, the feed and the agent's acts.
 * It looks at the path alone, so that any host name can lead to it.
 * @throws if the page does not build
 */
export async function createInboxServer(
  world: InboxWorld,
): Promise<(req: IncomingMessage, res: ServerResponse) => void> {
  const { script, style } = await bundlePage(new URL('./page/', import.meta.url));
  return (req, res) => {
    const url = new URL(req.url ?? '/', 'https://business.facebook.com');
    if (req.method === 'POST' && url.pathname.startsWith(FEED_PATH))
      void performAct(world, url.pathname.slice(FEED_PATH.length), req, res);
    else if (req.method !== 'GET') answer(res, 405, 'text/plain', 'Method not allowed');
    else if (url.pathname === `${FEED_PATH}stream`) streamFeed(world, res);
    else if (url.pathname === `${ASSETS}page.js`) answer(res, 200, 'text/javascript', script);
    else if (url.pathname === `${ASSETS}style.css`) answer(res, 200, 'text/css', style);
    else if (PAGES.test(url.pathname)) answer(res, 200, 'text/html', inboxDocument(url.searchParams));
    else answer(res, 404, 'text/plain', 'Not found');
  };
}

function answer(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { ...STRICT_HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}

/** Server-sent events: `feed` once, whole; then `threads` with those that changed. */
function streamFeed(world: InboxWorld, res: ServerResponse): void {
  res.writeHead(200, { ...STRICT_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (event: string, data: unknown) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const stop = world.subscribe((threads) => send('threads', threads));
  res.on('close', stop);
  send('feed', world.feed());
}

async function performAct(world: InboxWorld, name: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const perform = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (!perform) return answer(res, 404, 'text/plain', 'Not found');
  try {
    await perform(world, await readAct(req));
    answer(res, 200, 'application/json', '{}');
  } catch (error) {
    answer(
      res,
      400,
      'application/json',
      JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
    );
  }
}

async function readAct(req: IncomingMessage): Promise<Act> {
  let body = '';
  for await (const chunk of req) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new Error('Too long.');
  }
  const { userId, text = '', agent = '', name = null } = JSON.parse(body) as Partial<Act>;
  if (typeof userId !== 'string' || typeof text !== 'string' || typeof agent !== 'string')
    throw new Error('Malformed.');
  return { userId, text, agent, name: typeof name === 'string' ? name : null };
}
