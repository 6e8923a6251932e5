import type { Feed, FeedThread } from '../feed';

/** The page's picture of the shared state. A thread's object changes exactly when the thread did. */
export interface Inbox {
  page: Feed['page'];
  viewer: Feed['viewer'];
  /** What to add to this browser's clock to have the host's, in ms. */
  skew: number;
  threads: ReadonlyMap<string, FeedThread>;
}

export type Act = 'send' | 'done' | 'assign' | 'read' | 'respond';

export interface FeedClient {
  /** null until the feed has arrived. */
  current(): Inbox | null;
  subscribe(listener: () => void): () => void;
  /** Resolves to whether the host did it. The state follows over the feed. */
  act(act: Act, body: { userId: string; text?: string; name?: string | null }): Promise<boolean>;
}

/** Connects to the feed under `path`. The browser reconnects by itself, and each connection begins with the whole feed. */
export function connectFeed(path: string): FeedClient {
  let inbox: Inbox | null = null;
  const listeners = new Set<() => void>();
  const change = (next: Inbox) => {
    inbox = next;
    for (const listener of listeners) listener();
  };

  const source = new EventSource(`${path}stream`);
  source.addEventListener('feed', ({ data }: MessageEvent<string>) => {
    const { page, viewer, now, threads } = JSON.parse(data) as Feed;
    change({
      page,
      viewer,
      skew: now - Date.now(),
      threads: new Map(threads.map((thread) => [thread.userId, thread])),
    });
  });
  source.addEventListener('threads', ({ data }: MessageEvent<string>) => {
    if (!inbox) return;
    const changed = JSON.parse(data) as FeedThread[];
    change({
      ...inbox,
      // The host's clock may have been moved since: it can't be earlier than what has happened.
      skew: Math.max(inbox.skew, ...changed.map(({ lastActivityAt }) => lastActivityAt - Date.now())),
      threads: new Map([...inbox.threads, ...changed.map((thread) => [thread.userId, thread] as const)]),
    });
  });

  return {
    current: () => inbox,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async act(act, body) {
      const answer = await fetch(path + act, {
        method: 'POST',
        body: JSON.stringify({ ...body, agent: inbox?.viewer.name }),
      });
      return answer.ok;
    },
  };
}

/** What one sees of a tab, newest first. */
export function listThreads(
  inbox: Inbox,
  type: FeedThread['threadType'] | null,
  folder: FeedThread['folder'],
): FeedThread[] {
  return [...inbox.threads.values()]
    .filter((thread) => thread.folder === folder && (type === null || thread.threadType === type))
    .sort((a, b) => b.lastActivityAt - a.lastActivityAt);
}
