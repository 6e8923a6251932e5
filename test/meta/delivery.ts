/** Brings webhook events to the apps' servers: signed, in order, tried again. Meta, Webhooks. */
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HookEvent } from './hooks';
import { keepNewest } from './kept';
import type { World } from './world';

export interface Delivery {
  seq: number;
  at: number;
  app: string;
  list: HookEvent['list'];
  item: Record<string, unknown>;
  attempts: number;
  /** Null until the app's server accepted it. */
  deliveredAt: number | null;
}

interface Options {
  /** Before the second attempt, ms; doubled each time. */
  retryAfter: number;
  attempts: number;
}

const PATIENCE = 5000;

export class Deliverer {
  private readonly queues = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();
  private readonly stopListening: () => void;
  private entries: Delivery[] = [];
  private seq = 0;

  constructor(
    private readonly world: World,
    private readonly options: Options = { retryAfter: 500, attempts: 5 },
  ) {
    this.stopListening = world.onHook((event) => this.enqueue(event));
  }

  /** Oldest first; the newest 20,000. */
  list(): readonly Delivery[] {
    return this.entries;
  }

  /** Whether anything is on its way that an app's server may still accept. */
  get busy(): boolean {
    return this.entries.some(({ deliveredAt, attempts }) => deliveredAt === null && attempts < this.options.attempts);
  }

  close(): void {
    this.stopListening();
    this.stop.abort();
  }

  /** One queue an app, so that its server hears things in the order in which they happened. */
  private enqueue(event: HookEvent): void {
    const entry: Delivery = {
      seq: ++this.seq,
      at: event.at,
      app: event.appId,
      list: event.list,
      item: event.item,
      attempts: 0,
      deliveredAt: null,
    };
    keepNewest(this.entries, entry);
    const before = this.queues.get(event.appId) ?? Promise.resolve();
    this.queues.set(
      event.appId,
      before.then(() => this.deliver(event, entry)),
    );
  }

  private async deliver(event: HookEvent, entry: Delivery): Promise<void> {
    const body = JSON.stringify({
      object: event.object,
      entry: [{ id: event.pageId, time: event.at, [event.list]: [event.item] }],
    });
    for (
      let wait = this.options.retryAfter;
      entry.attempts < this.options.attempts && !this.stop.signal.aborted;
      wait *= 2
    ) {
      entry.attempts += 1;
      if (await this.post(event.appId, body)) {
        entry.deliveredAt = this.world.now();
        return;
      }
      await sleep(wait, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  /** Whether the app's server said 200. */
  private async post(appId: string, body: string): Promise<boolean> {
    const app = this.world.app(appId);
    if (!app?.webhook) return false;
    const signature = (algorithm: string): string => createHmac(algorithm, app.secret).update(body).digest('hex');
    try {
      const answer = await fetch(app.webhook, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Hub-Signature': `sha1=${signature('sha1')}`,
          'X-Hub-Signature-256': `sha256=${signature('sha256')}`,
        },
        body,
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(PATIENCE)]),
      });
      await answer.body?.cancel();
      return answer.status === 200;
    } catch {
      return false;
    }
  }
}

/**
 * Connects an app's server, as Meta does: the address must be on loopback and must give the challenge back.
 * @throws RangeError where it is not or does not
 */
export async function connectWebhook(world: World, appId: string, address: string, verifyToken: string): Promise<void> {
  const url = new URL(address);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) throw new RangeError('Webhooks go to loopback only');
  const challenge = randomBytes(8).toString('hex');
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.verify_token', verifyToken);
  url.searchParams.set('hub.challenge', challenge);
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).then(
    (response) => response.text(),
    () => '',
  );
  if (answer.trim() !== challenge) throw new RangeError('The address did not give the challenge back');
  world.changeApp(appId, { webhook: address });
}
