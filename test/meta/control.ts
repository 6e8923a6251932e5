/** The control address: how tests and people move this world. Plain HTTP, JSON in and out, apart from Meta's hosts. */
import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bot } from './bot';
import type { CallLog } from './calls';
import { connectWebhook, type Deliverer } from './delivery';
import { doubtIds, doubts } from './doubts';
import type { Fault, Faults } from './faults';
import type { Limits } from './graph/limits';
import type { App, Entry, Platform, Routing, SavedWorld } from './model';
import type { CustomerInput, World } from './world';

export interface Controls {
  world: World;
  log: CallLog;
  faults: Faults;
  limits: Limits;
  deliverer: Deliverer;
  /** Null where the emulator runs without its bot. */
  bot: Bot | null;
  /** PEM. */
  certificate: string;
}

type Body = Record<string, unknown>;
/** A route's parts in parentheses arrive as `parts`. */
type Route = readonly [
  method: string,
  path: RegExp,
  run: (controls: Controls, body: Body, ...parts: string[]) => unknown,
];

const routes: readonly Route[] = [
  ['GET', /^\/state$/, ({ world }) => describe(world)],
  ['GET', /^\/calls$/, ({ log }) => log.list()],
  ['DELETE', /^\/calls$/, ({ log }) => log.clear()],
  ['GET', /^\/webhooks$/, ({ deliverer }) => deliverer.list()],
  ['GET', /^\/certificate$/, ({ certificate }) => certificate],

  [
    'POST',
    /^\/clock$/,
    ({ world }, body) => {
      if (body.set !== undefined) world.setClock(Number(body.set));
      else world.advance(Number(body.advance));
      return { now: world.now() };
    },
  ],
  [
    'POST',
    /^\/routing$/,
    ({ world }, { platform, ...change }) => {
      world.setRouting(platformIn(platform), routingChange(world.routing(platformIn(platform)), change));
      return world.routing(platformIn(platform));
    },
  ],
  [
    'POST',
    /^\/default-app$/,
    ({ world }, { app, platform }) => {
      const defaultApp = app === null ? null : appIn(world, app).id;
      world.setRouting(platformIn(platform), { defaultApp, ...(defaultApp === null ? {} : { on: true }) });
      return world.routing(platformIn(platform));
    },
  ],
  [
    'POST',
    /^\/toggle$/,
    ({ world }, { app, on }) => publicApp(world.changeApp(appIn(world, app).id, { takeControl: on === true })),
  ],
  // What the app's dashboard shows its developer: the secret is among it.
  ['GET', /^\/apps\/([^/]+)$/, ({ world }, _, app) => appIn(world, app)],
  [
    'POST',
    /^\/apps$/,
    ({ world }, { app, ...change }) => publicApp(world.changeApp(appIn(world, app).id, appChange(change))),
  ],
  [
    'POST',
    /^\/webhooks$/,
    async ({ world }, { app, url, verifyToken }) => {
      await connectWebhook(world, appIn(world, app).id, String(url), String(verifyToken));
      return { connected: true };
    },
  ],
  ['POST', /^\/page$/, ({ world }, { labelTermsAccepted }) => world.acceptLabelTerms(labelTermsAccepted === true)],

  ['GET', /^\/doubts$/, ({ world }) => doubtIds.map((id) => ({ id, ...doubts[id], reading: world.doubts[id] }))],
  [
    'POST',
    /^\/doubts$/,
    ({ world }, body) => {
      for (const [id, reading] of Object.entries(body)) world.setDoubt(id, reading);
      return world.doubts;
    },
  ],
  [
    'POST',
    /^\/fault$/,
    ({ faults }, body) => {
      faults.add(body as unknown as Fault);
      return faults.list();
    },
  ],
  ['GET', /^\/fault$/, ({ faults }) => faults.list()],
  ['DELETE', /^\/fault$/, ({ faults }) => faults.clear()],
  ['GET', /^\/fault\/held$/, ({ faults }) => faults.held()],
  ['POST', /^\/fault\/let-go$/, ({ faults }) => faults.letGo()],
  [
    'POST',
    /^\/usage$/,
    ({ limits }, { percent }) => {
      limits.percent = percent === null ? null : Number(percent);
    },
  ],

  [
    'POST',
    /^\/customers$/,
    ({ world }, { name, channel }) =>
      briefly(world.addCustomer(String(name), channel === 'instagram' ? 'instagram' : 'messenger')),
  ],
  ['POST', /^\/customers\/([^/]+)\/say$/, ({ world }, body, id) => world.customerSays(id, customerInput(body))],
  ['POST', /^\/customers\/([^/]+)\/block$/, ({ world }, { on }, id) => world.block(id, on !== false)],
  [
    'POST',
    /^\/agents\/send$/,
    ({ world }, { thread, text, agent, device }) =>
      world.sendAsInbox(
        String(thread),
        String(text),
        String(agent ?? world.state.viewer),
        device === 'mobile' ? 'mobile' : 'desktop',
      ),
  ],
  ['POST', /^\/threads\/([^/]+)\/mark-done$/, ({ world }, _, id) => world.markDone(id)],
  ['POST', /^\/threads\/([^/]+)\/move-to-main$/, ({ world }, _, id) => world.moveToMain(id)],
  [
    'POST',
    /^\/threads\/([^/]+)\/assign$/,
    ({ world }, { name }, id) => world.assign(id, typeof name === 'string' ? name : null),
  ],
  [
    'POST',
    /^\/threads\/([^/]+)\/meta-ai$/,
    ({ world }, { on, text }, id) =>
      typeof text === 'string' ? world.metaAiSays(id, text) : world.setMetaAi(id, on !== false),
  ],
  ['POST', /^\/threads\/([^/]+)\/automation$/, ({ world }, { text }, id) => world.automationSays(id, String(text))],

  [
    'POST',
    /^\/bot$/,
    ({ bot }, { on }) => {
      if (!bot) throw new RangeError('This emulator runs without a bot');
      bot.on = on === true;
      return { on: bot.on };
    },
  ],
  [
    'POST',
    /^\/save$/,
    async ({ world }, { file }) => {
      if (typeof file !== 'string') return world.save();
      await writeFile(file, JSON.stringify(world.save(), null, 2));
      return { saved: file };
    },
  ],
  [
    'POST',
    /^\/load$/,
    async ({ world }, body) => {
      world.load(
        typeof body.file === 'string'
          ? (JSON.parse(await readFile(body.file, 'utf8')) as SavedWorld)
          : (body as unknown as SavedWorld),
      );
      return { loaded: world.state.threads.length };
    },
  ],
];

/** Answers one request: 200 with what the route returns, 400 with a sentence, 404. */
export async function serveControl(controls: Controls, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = new URL(req.url ?? '/', 'http://control').pathname;
  const route = routes.find(([method, pattern]) => method === req.method && pattern.test(path));
  if (!route) return reply(res, 404, { error: `There is no ${req.method} ${path} here` });
  try {
    const parts = (route[1].exec(path) ?? []).slice(1).map(decodeURIComponent);
    reply(res, 200, (await route[2](controls, await readJson(req), ...parts)) ?? { ok: true });
  } catch (error) {
    reply(res, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function reply(res: ServerResponse, status: number, content: unknown): void {
  const text = typeof content === 'string';
  res
    .writeHead(status, { 'Content-Type': text ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' })
    .end(text ? content : JSON.stringify(content));
}

async function readJson(req: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const value: unknown = text === '' ? {} : JSON.parse(text);
  if (!isBody(value)) throw new RangeError('The body must be a JSON object');
  return value;
}

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything, without tokens and secrets; each thread's owner as of now. */
function describe(world: World) {
  const { tokens: _, apps, threads, dice: __, ...rest } = world.state;
  return {
    now: world.now(),
    ...rest,
    apps: apps.map(publicApp),
    threads: threads.map((thread) => ({ ...thread, owner: world.owner(thread) })),
  };
}

const publicApp = ({ secret: _, ...app }: App): Omit<App, 'secret'> => app;

const ENTRIES: readonly Entry[] = ['direct', 'ad', 'link', 'social'];

/** What a customer does, of the right types; anything else in the body is left aside. */
function customerInput({ text, sticker, image, postback, reaction, replyTo, entry }: Body): CustomerInput {
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(sticker === true ? { sticker } : {}),
    ...(image === true ? { image } : {}),
    ...(isBody(postback) ? { postback: { title: String(postback.title), payload: String(postback.payload) } } : {}),
    ...(isBody(reaction) ? { reaction: customerReaction(reaction) } : {}),
    ...(typeof replyTo === 'string' ? { replyTo } : {}),
    entry: ENTRIES.find((known) => known === entry) ?? 'direct',
  };
}

const customerReaction = ({ reaction, messageId }: Body): NonNullable<CustomerInput['reaction']> => ({
  reaction: String(reaction),
  ...(typeof messageId === 'string' ? { messageId } : {}),
});

const briefly = ({ id, psid, userId, name }: { id: string; psid: string; userId: string; name: string }) => ({
  id,
  psid,
  userId,
  name,
});

const platformIn = (value: unknown): Platform => (value === 'instagram' ? 'instagram' : 'messenger');

/** By id or by name. */
function appIn(world: World, value: unknown): App {
  const app = world.state.apps.find(({ id, name }) => id === String(value) || name === value);
  if (!app) throw new RangeError(`No app ${String(value)}`);
  return app;
}

const APP_KEYS = [
  'connected',
  'takeControl',
  'advancedAccess',
  'humanAgent',
  'profileAccess',
  'subscribedFields',
  'name',
] as const;

function appChange(change: Body): Partial<App> {
  const unknown = Object.keys(change).find((key) => !(APP_KEYS as readonly string[]).includes(key));
  if (unknown !== undefined) throw new RangeError(`An app has no ${unknown}`);
  return change as Partial<App>;
}

/** `on`, `adControlDays` (1 to 30) and `entries` {ad, link, social}: app ids or null. */
function routingChange(before: Routing, change: Body): Partial<Routing> {
  const days = change.adControlDays === undefined ? before.adControlDays : Number(change.adControlDays);
  if (!(days >= 1 && days <= 30)) throw new RangeError('adControlDays goes from 1 to 30');
  const entries = (change.entries ?? {}) as Partial<Record<Exclude<Entry, 'direct'>, string | null>>;
  return {
    on: change.on === undefined ? before.on : change.on === true,
    adControlDays: days,
    entries: { ...before.entries, ...entries },
  };
}
