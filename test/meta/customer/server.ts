import type { IncomingMessage, ServerResponse } from 'node:http';
import { bundlePage } from '../inbox/bundle';
import { answerPosted, type FeedSource, readPosted, streamFeed } from '../inbox/wire';

/** What the customer's page needs of the shared state. `userId` is the customer's global user id, as in the feed. */
export interface CustomerWorld extends FeedSource {
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
const HEADERS = { 'cache-control': 'no-store' };

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
    const [path = '/'] = (req.url ?? '/').split('?');
    const route = `${req.method} ${path}`;
    if (route === 'GET /') answer(res, 200, 'text/html', DOCUMENT);
    else if (route === 'GET /page.js') answer(res, 200, 'text/javascript', script);
    else if (route === 'GET /style.css') answer(res, 200, 'text/css', style);
    else if (route === 'GET /stream') streamFeed(world, res, HEADERS);
    else if (route === 'POST /say') void answerPosted(res, HEADERS, () => say(world, req));
    else answer(res, 404, 'text/plain', 'Not found');
  };
}

function answer(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}

/** Only a page of this address can speak for a customer: the content type forces a preflight that nobody answers. */
async function say(world: CustomerWorld, req: IncomingMessage): Promise<void> {
  if (req.headers['content-type'] !== 'application/json') throw new Error('Expected JSON.');
  const { userId, text } = await readPosted(req);
  if (typeof userId !== 'string' || typeof text !== 'string' || text.trim() === '') throw new Error('Malformed.');
  await world.customerSays(userId, text);
}
