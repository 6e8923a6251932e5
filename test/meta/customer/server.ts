import type { IncomingMessage, ServerResponse } from 'node:http';
import { bundlePage } from '../inbox/bundle';
import type { Feed, FeedThread } from '../inbox/feed';

/** What the customer's page needs of the shared state. `userId` is the customer's global user id, as in the feed. */
export interface CustomerWorld {
  feed(): Feed;
  /** Calls back with the threads that changed, after they changed. Returns how to stop. */
  subscribe(listener: (changed: FeedThread[]) => void): () => void;
  customerSays(userId: string, text: string): unknown;
}

const DOCUMENT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Customer</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<script type="module" src="page.js"></script>
</head>
<body></body>
</html>
`;
const LONGEST_BODY = 100_000;

/**
 * The page on which one plays a customer: choose a conversation, see it live, write. A plain address of its own on
 * loopback, since no customer has the inbox's host.
 * @throws if the page does not build
 */
export async function createCustomerServer(
  world: CustomerWorld,
): Promise<(req: IncomingMessage, res: ServerResponse) => void> {
  const { script, style } = await bundlePage(new URL('./page/', import.meta.url));
  return (req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://localhost');
    const route = `${req.method} ${pathname}`;
    if (route === 'GET /') answer(res, 200, 'text/html', DOCUMENT);
    else if (route === 'GET /page.js') answer(res, 200, 'text/javascript', script);
    else if (route === 'GET /style.css') answer(res, 200, 'text/css', style);
    else if (route === 'GET /stream') streamFeed(world, res);
    else if (route === 'POST /say') void say(world, req, res);
    else answer(res, 404, 'text/plain', 'Not found');
  };
}

function answer(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body);
}

function streamFeed(world: CustomerWorld, res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  const send = (event: string, data: unknown) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  res.on(
    'close',
    world.subscribe((threads) => send('threads', threads)),
  );
  send('feed', world.feed());
}

/** Only a page of this address can speak for a customer: the content type forces a preflight that nobody answers. */
async function say(world: CustomerWorld, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const { userId, text } = await readWords(req);
    await world.customerSays(userId, text);
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

async function readWords(req: IncomingMessage): Promise<{ userId: string; text: string }> {
  if (req.headers['content-type'] !== 'application/json') throw new Error('Expected JSON.');
  let body = '';
  for await (const chunk of req) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new Error('Too long.');
  }
  const { userId, text } = JSON.parse(body) as { userId?: unknown; text?: unknown };
  if (typeof userId !== 'string' || typeof text !== 'string' || text.trim() === '') throw new Error('Malformed.');
  return { userId, text };
}
