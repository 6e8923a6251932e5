import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Feed, FeedThread } from './feed';

/** What both pages, the inbox and the customer's, follow. */
export interface FeedSource {
  feed(): Feed;
  /** Calls back with the threads that changed, after they changed. Returns how to stop. */
  subscribe(listener: (changed: FeedThread[]) => void): () => void;
}

const LONGEST_BODY = 100_000;

/** Server-sent events: `feed` once, whole; then `threads` with those that changed, until the page goes. */
export function streamFeed(source: FeedSource, res: ServerResponse, headers: Record<string, string>): void {
  res.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (event: string, data: unknown) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  res.on(
    'close',
    source.subscribe((threads) => send('threads', threads)),
  );
  send('feed', source.feed());
}

/**
 * The JSON object that a page posted.
 * @throws if it is longer than 100 kB, no JSON, or no object
 */
export async function readPosted(req: IncomingMessage): Promise<Record<string, unknown>> {
  let body = '';
  for await (const chunk of req) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new Error('Too long.');
  }
  const posted: unknown = JSON.parse(body);
  if (typeof posted !== 'object' || posted === null) throw new Error('Malformed.');
  return { ...posted };
}

/** The answer to what was posted, done or refused, as both pages read it. */
export async function answerPosted(
  res: ServerResponse,
  headers: Record<string, string>,
  perform: () => unknown,
): Promise<void> {
  const type = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  try {
    await perform();
    res.writeHead(200, type).end('{}');
  } catch (error) {
    res.writeHead(400, type).end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}
