import type { Feed, FeedThread } from '../../inbox/feed';

export interface Threads {
  pageName: string;
  byId: ReadonlyMap<string, FeedThread>;
}

export interface CustomerClient {
  subscribe(listener: (threads: Threads) => void): void;
  /** Resolves to null, or to why it could not be said. */
  say(userId: string, text: string): Promise<string | null>;
}

/** Follows the shared state. The browser reconnects by itself. */
export function connectFeed(): CustomerClient {
  const listeners = new Set<(threads: Threads) => void>();
  let threads: Threads | null = null;
  const change = (next: Threads) => {
    threads = next;
    for (const listener of listeners) listener(next);
  };

  const source = new EventSource('stream');
  source.addEventListener('feed', ({ data }: MessageEvent<string>) => {
    const feed = JSON.parse(data) as Feed;
    change({ pageName: feed.page.name, byId: new Map(feed.threads.map((thread) => [thread.userId, thread])) });
  });
  source.addEventListener('threads', ({ data }: MessageEvent<string>) => {
    if (!threads) return;
    const changed = (JSON.parse(data) as FeedThread[]).map((thread) => [thread.userId, thread] as const);
    change({ ...threads, byId: new Map([...threads.byId, ...changed]) });
  });

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (threads) listener(threads);
    },
    async say(userId, text) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('say', { method: 'POST', headers, body: JSON.stringify({ userId, text }) });
      if (answer.ok) return null;
      const { error } = (await answer.json()) as { error: string };
      return error;
    },
  };
}
