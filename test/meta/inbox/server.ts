import type { IncomingMessage, ServerResponse } from 'node:http';
import { bundlePage } from './bundle';
import { ASSETS, inboxDocument, STRICT_HEADERS } from './document';
import { answerPosted, type FeedSource, readPosted, streamFeed } from './wire';

/** What the inbox needs of the shared state. `userId` is the customer's global user id, as in the feed. */
export interface InboxWorld extends FeedSource {
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

/** What an agent can do, as the page posts it. */
interface Act {
  userId: string;
  text: string;
  agent: string;
  name: string | null;
}

const ACTS = new Map<string, (world: InboxWorld, act: Act) => unknown>([
  ['send', (world, { userId, text, agent }) => world.sendAsInbox(userId, text, agent)],
  ['done', (world, { userId }) => world.markDone(userId)],
  ['assign', (world, { userId, name }) => world.assign(userId, name)],
  ['read', (world, { userId }) => world.markRead(userId)],
  ['respond', (world, { userId, agent }) => world.respondYourself?.(userId, agent)],
]);

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
    const [path = '/', query = ''] = (req.url ?? '/').split('?', 2);
    if (req.method === 'POST') performAct(world, path, req, res);
    else if (req.method !== 'GET') answer(res, 405, 'text/plain', 'Method not allowed');
    else if (path === `${FEED_PATH}stream`) streamFeed(world, res, STRICT_HEADERS);
    else if (path === `${ASSETS}page.js`) answer(res, 200, 'text/javascript', script);
    else if (path === `${ASSETS}style.css`) answer(res, 200, 'text/css', style);
    else if (PAGES.test(path)) answer(res, 200, 'text/html', inboxDocument(new URLSearchParams(query)));
    else answer(res, 404, 'text/plain', 'Not found');
  };
}

function performAct(world: InboxWorld, path: string, req: IncomingMessage, res: ServerResponse): void {
  const perform = path.startsWith(FEED_PATH) ? ACTS.get(path.slice(FEED_PATH.length)) : undefined;
  if (perform) void answerPosted(res, STRICT_HEADERS, async () => perform(world, await readAct(req)));
  else answer(res, 404, 'text/plain', 'Not found');
}

function answer(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { ...STRICT_HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}

async function readAct(req: IncomingMessage): Promise<Act> {
  const { userId, text = '', agent = '', name = null } = await readPosted(req);
  if (typeof userId !== 'string' || typeof text !== 'string' || typeof agent !== 'string')
    throw new Error('Malformed.');
  return { userId, text, agent, name: typeof name === 'string' ? name : null };
}
