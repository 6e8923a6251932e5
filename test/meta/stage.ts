/** A stage for tests: an emulator without pages and bot, one new customer, and an app's server that hears webhooks. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type CallOptions, graphCall } from './client';
import { connectWebhook } from './delivery';
import { type Meta, type MetaOptions, startMeta } from './meta';
import type { Platform, Thread } from './model';
import { appIds } from './seed';

/** The seeded tokens by label, and the three degrees. */
export type TokenName = string;

export interface Hook {
  headers: IncomingHttpHeaders;
  raw: string;
  list: 'messaging' | 'standby';
  item: Record<string, unknown>;
}

export interface HookServer {
  url: string;
  /** What arrived so far. */
  heard: Hook[];
  /** How many of the next posts to fail. */
  failing: number;
  close(): Promise<void>;
}

export interface Stage {
  meta: Meta;
  /** A conversation in which nobody has written yet. */
  thread: Thread;
  apps: typeof appIds;
  get(path: string, token: TokenName, params?: Record<string, unknown>, options?: CallOptions): Promise<Answer>;
  post(path: string, token: TokenName, params?: Record<string, unknown>, options?: CallOptions): Promise<Answer>;
  del(path: string, token: TokenName, params?: Record<string, unknown>): Promise<Answer>;
  /** A control call for the customer, as the app of the token. */
  control(
    action: 'pass' | 'take' | 'request' | 'release' | 'extend',
    token: TokenName,
    params?: Record<string, unknown>,
  ): Promise<Answer>;
  /** A text through the Send API. */
  send(token: TokenName, params?: Record<string, unknown>): Promise<Answer>;
  owner(): string | null;
  /** Gives control to an app, by the rules of nobody. */
  give(app: string | null): void;
  routingOff(platform?: Platform): void;
  /** A server for one app's webhooks. */
  hooks(app: string): Promise<HookServer>;
  /** Waits until everything on its way is delivered. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(options: MetaOptions & { platform?: Platform } = {}): Promise<Stage> {
  const meta = await startMeta({ pages: false, bot: false, webhookRetryMs: 10, ...options });
  const { world } = meta;
  const thread = world.addCustomer('Ana Example', options.platform ?? 'messenger');
  const servers: HookServer[] = [];
  const call = (method: string, path: string, token: TokenName, params?: Record<string, unknown>, more?: CallOptions) =>
    graphCall({ port: meta.port, certificate: meta.certificate }, method, path, params, {
      token: meta.tokens[token],
      ...more,
    });
  const recipient = { id: thread.psid };
  const stage: Stage = {
    meta,
    thread,
    apps: appIds,
    get: (path, token, params, more) => call('GET', path, token, params, more),
    post: (path, token, params, more) => call('POST', path, token, params, more),
    del: (path, token, params) => call('DELETE', path, token, params),
    control: (action, token, params) => call('POST', `/me/${action}_thread_control`, token, { recipient, ...params }),
    send: (token, params) =>
      call('POST', '/me/messages', token, { recipient, message: { text: 'Hello from an app' }, ...params }),
    owner: () => world.owner(thread),
    give: (app) => world.give(thread, app),
    routingOff: (platform = 'messenger') => world.setRouting(platform, { on: false }),
    hooks: async (app) => {
      const server = await startHookServer();
      servers.push(server);
      await connectWebhook(world, app, server.url, 'known');
      return server;
    },
    settle: async () => {
      while (meta.deliverer.busy) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: async () => {
      await meta.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
  return stage;
}

async function startHookServer(): Promise<HookServer> {
  const server = createServer((req, res) => {
    let raw = '';
    req.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
    req.on('end', () => {
      const challenge = new URL(req.url ?? '/', 'http://hook').searchParams.get('hub.challenge');
      if (req.method === 'GET') return void res.end(challenge);
      if (hooks.failing > 0) {
        hooks.failing -= 1;
        return void res.writeHead(500).end();
      }
      const { entry } = JSON.parse(raw) as { entry: [Record<string, unknown>] };
      for (const list of ['messaging', 'standby'] as const) {
        for (const item of (entry[0][list] ?? []) as Record<string, unknown>[])
          hooks.heard.push({ headers: req.headers, raw, list, item });
      }
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hooks: HookServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard: [],
    failing: 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return hooks;
}

/** Whether the call was refused with this code and, where given, subcode. */
export function refused(answer: Answer, code: number, subcode?: number): boolean {
  const error = (answer.body as { error?: { code?: number; error_subcode?: number } }).error;
  return error?.code === code && (subcode === undefined || error.error_subcode === subcode);
}
