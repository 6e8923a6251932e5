/** Starts the whole: Graph and the inbox over TLS, the customer's page, the control address, and the bot. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Bot, startBot } from './bot';
import { CallLog } from './calls';
import { serveControl } from './control';
import { createCustomerServer } from './customer/server';
import { connectWebhook, Deliverer } from './delivery';
import { Faults } from './faults';
import { GraphApi } from './graph/api';
import { serveGraph } from './graph/http';
import { Limits } from './graph/limits';
import { createInboxServer } from './inbox/server';
import type { SavedWorld } from './model';
import { appIds, seedWorld } from './seed';
import { makeCertificate } from './tls';
import { World } from './world';

export interface MetaOptions {
  /** The TLS port; 0 or absent: a free one. */
  port?: number;
  seed?: number;
  /** So many plain conversations besides the seeded ones, for tests of size. */
  moreConversations?: number;
  /** A saved world in place of a seeded one. */
  saved?: SavedWorld;
  /** Epoch ms of real time; the world's clock starts from it. */
  now?: () => number;
  /** The timer that the bot thinks by; real time's where absent. Returns how to cancel. */
  after?: (ms: number, callback: () => void) => () => void;
  /** Whether the Page has its bot; true where absent. */
  bot?: boolean;
  /** How long the bot thinks, ms; between 1.6 and 2 s where absent. */
  botDelayMs?: number;
  /** Before a webhook is tried again, ms. */
  webhookRetryMs?: number;
  /** Whether to serve the inbox's and the customer's pages, which takes a bundler's second; true where absent. */
  pages?: boolean;
}

export interface Meta {
  world: World;
  log: CallLog;
  faults: Faults;
  limits: Limits;
  deliverer: Deliverer;
  bot: Bot | null;
  /** The TLS port that both of Meta's hosts share. */
  port: number;
  /** `https://graph.facebook.com:PORT` and `https://business.facebook.com:PORT`: names to be mapped to loopback. */
  graph: string;
  inbox: string;
  /** `http://127.0.0.1:…` */
  customer: string;
  control: string;
  /** SHA-256 of the certificate's key, base64. */
  spki: string;
  /** PEM. */
  certificate: string;
  pageId: string;
  apps: Record<string, string>;
  /** Page tokens by degree (2, 3, 4) and by label. */
  readonly tokens: Record<string, string>;
  close(): Promise<void>;
}

const HOSTS = ['business.facebook.com', 'graph.facebook.com', 'localhost', '127.0.0.1'];
const VERIFY_TOKEN = 'spoke';
const nothing: RequestListener = (_, res) => void res.writeHead(404).end();

export async function startMeta(options: MetaOptions = {}): Promise<Meta> {
  const now = options.now ?? Date.now;
  const world = new World(seedWorld(now(), options.seed, options.moreConversations), now);
  if (options.saved) world.load(options.saved);
  const certificate = makeCertificate(HOSTS);
  const log = new CallLog();
  const faults = new Faults();
  const limits = new Limits(world);
  const deliverer = new Deliverer(world, { retryAfter: options.webhookRetryMs ?? 500, attempts: 5 });
  const api = new GraphApi(world, log, faults, limits);
  const pages = options.pages ?? true;
  const [inbox, customerPage] = pages
    ? await Promise.all([createInboxServer(world), createCustomerServer(world)])
    : [nothing, nothing];

  const tls = createTlsServer({ key: certificate.key, cert: certificate.cert }, (req, res) => {
    if (isInboxHost(req)) inbox(req, res);
    else serveGraph(api, req, res).catch((error: unknown) => fail(error, res));
  });
  const port = await listen(tls, options.port ?? 0);
  const bot = options.bot === false ? null : await connectBot(world, port, certificate.cert, options);
  const controls = { world, log, faults, limits, deliverer, bot, certificate: certificate.cert };
  const control = createServer((req, res) => void serveControl(controls, req, res));
  const customer = createServer(customerPage);
  const [controlPort, customerPort] = [await listen(control, 0), await listen(customer, 0)];

  return {
    world,
    log,
    faults,
    limits,
    deliverer,
    bot,
    port,
    graph: `https://graph.facebook.com:${port}`,
    inbox: `https://business.facebook.com:${port}`,
    customer: `http://127.0.0.1:${customerPort}`,
    control: `http://127.0.0.1:${controlPort}`,
    spki: certificate.spki,
    certificate: certificate.cert,
    pageId: world.state.page.id,
    apps: { ...appIds },
    get tokens() {
      return namedTokens(world);
    },
    close: async () => {
      deliverer.close();
      await bot?.close();
      await Promise.all([tls, control, customer].map(stop));
    },
  };
}

/** One port serves both hosts. Whatever is not the inbox's name is Graph, so that `localhost` works for bots. */
function isInboxHost(req: IncomingMessage): boolean {
  const name = (req.headers.host ?? '').split(':')[0];
  return name === 'business.facebook.com' || name === 'www.facebook.com';
}

function fail(error: unknown, res: Parameters<RequestListener>[1]): void {
  console.error(error);
  if (!res.headersSent) res.writeHead(500, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify({ error: { message: 'The emulator itself failed', type: 'OAuthException', code: 1 } }));
}

async function connectBot(
  world: World,
  port: number,
  cert: string,
  { botDelayMs, after = inRealTime }: MetaOptions,
): Promise<Bot> {
  const app = world.app(appIds.bot);
  if (!app) throw new RangeError('This world has no bot app');
  const bot = await startBot({
    graph: { port, cert },
    token: () => namedTokens(world).bot ?? '',
    appSecret: () => world.app(app.id)?.secret ?? '',
    verifyToken: VERIFY_TOKEN,
    inboxAppId: appIds.inbox,
    delay: () => botDelayMs ?? 1600 + Math.random() * 400,
    after,
  });
  await connectWebhook(world, app.id, bot.url, VERIFY_TOKEN);
  return bot;
}

function inRealTime(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/** By label, and the three with a degree by its number too. */
function namedTokens(world: World): Record<string, string> {
  const named = Object.fromEntries(world.state.tokens.map(({ label, value }) => [label, value]));
  return { '2': named['degree-2'] ?? '', '3': named['degree-3'] ?? '', '4': named['degree-4'] ?? '', ...named };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
