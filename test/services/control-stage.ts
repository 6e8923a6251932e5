/**
 * Control runs without a browser, against a Meta of our own: the true services over a true IndexedDB implementation,
 * with a clock that runs by itself whenever somebody waits.
 */
import 'fake-indexeddb/auto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concludeOwner, type OwnerClaim } from '../../utils/conversation/owner';
import type { Outcome, Wanted } from '../../utils/conversation/plan';
import { type Control, createControl } from '../../utils/services/control';
import { appsOf } from '../../utils/services/memory';
import { createPages, type LivePage, type Pages } from '../../utils/services/pages';
import { createReader, type Reader } from '../../utils/services/reader';
import type { Clock, Session } from '../../utils/services/session';
import { createSettings } from '../../utils/services/settings';
import { type Database, openDatabase } from '../../utils/store/database';
import { createStore, type Store } from '../../utils/store/store';
import { openVault } from '../../utils/store/vault';
import { CallLog } from '../meta/calls';
import { Faults } from '../meta/faults';
import { GraphApi } from '../meta/graph/api';
import { serveGraph } from '../meta/graph/http';
import { Limits } from '../meta/graph/limits';
import type { Call, Thread, WorldState } from '../meta/model';
import { appIds, PAGE_ID, seedWorld } from '../meta/seed';
import { World } from '../meta/world';
import { sessionMemory } from './session-memory';

export { appIds, PAGE_ID };
export type Degree = 2 | 3 | 4;

const START = Date.parse('2026-11-23T10:00:00Z');
/** One way over the network, ms. */
const TRAVEL_MS = 20;
const SEED: WorldState = seedWorld(START);

/** Time that moves only where it is told to, and by as much as somebody waits for. */
export class TestClock implements Clock {
  #now = START;
  now = (): number => this.#now;
  advance(ms: number): void {
    this.#now += ms;
  }
  after = (ms: number, callback: () => void): (() => void) => {
    const timer = setImmediate(() => {
      this.advance(Math.max(0, ms));
      callback();
    });
    return () => clearImmediate(timer);
  };
}

/** Meta as one conversation's test needs it. */
export interface MetaSide {
  world: World;
  faults: Faults;
  clock: TestClock;
  thread: Thread;
  fetch: typeof fetch;
  /** Control calls, oldest first: `pass 555…` and what Meta said: 200, 0 for no answer, or the code of its refusal. */
  writes(): string[];
  calls(): readonly Call[];
  /** Gives control to an app, by the rules of nobody. */
  give(app: string | null): void;
  owner(): string | null;
  token(degree: Degree): string;
}

export function metaSide(clock = new TestClock()): MetaSide {
  const world = new World(structuredClone(SEED), clock.now);
  world.setDoubt('conversation-rate', 'unenforced');
  const log = new CallLog();
  const faults = new Faults();
  const api = new GraphApi(world, log, faults, new Limits(world));
  const thread = world.addCustomer('Ana Example', 'messenger');
  world.customerSays(thread.psid, 'Hello');
  return {
    world,
    faults,
    clock,
    thread,
    fetch: inProcess(api, clock),
    calls: () => log.list(),
    writes: () =>
      log
        .list()
        .filter(({ method, path }) => method === 'POST' && path.endsWith('_thread_control'))
        .map(({ path, params, status, code }) => {
          const name = /(\w+?)_thread_control/.exec(path)?.[1];
          const target = params.target_app_id === undefined ? '' : ` ${String(params.target_app_id)}`;
          return `${name}${target}: ${code ?? status}`;
        }),
    give: (app) => world.give(thread, app),
    owner: () => world.owner(thread),
    token: (degree) => world.state.tokens.find(({ label }) => label === `degree-${degree}`)?.value ?? '',
  };
}

/** Graph answered without a network. A call that Meta never answers runs into Baton's own limit at once. */
function inProcess(api: GraphApi, clock: TestClock): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(String(input));
    const body = init.body instanceof URLSearchParams ? Object.fromEntries(init.body) : {};
    const authorization = new Headers(init.headers).get('authorization') ?? undefined;
    clock.advance(TRAVEL_MS);
    await Promise.resolve();
    const {
      status,
      headers,
      body: text,
      fault,
    } = api.answer({
      method: init.method ?? 'GET',
      url: url.pathname + url.search,
      body,
      headers: authorization === undefined ? {} : { authorization },
    });
    await Promise.resolve();
    clock.advance(TRAVEL_MS);
    switch (fault?.kind) {
      case 'hang':
        throw new DOMException('The operation timed out.', 'TimeoutError');
      case 'reset':
      case 'lost-answer':
        throw new TypeError('Failed to fetch');
      case 'not-json':
        return new Response(fault.body ?? '<html></html>', { status: fault.status ?? 502 });
      case 'truncated':
        return new Response(text.slice(0, Math.floor(text.length / 2)), { status, headers });
      default:
        return new Response(text, { status, headers });
    }
  };
}

/**
 * Meta answers its n-th list at once, from 1, and what it says arrives only when the owner is asked after a control call.
 */
export function listComesLate(meta: MetaSide, nth: number): typeof fetch {
  let asked = 0;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return async (input, init) => {
    const { pathname, searchParams } = new URL(String(input));
    if (pathname.endsWith('thread_owner') && meta.writes().length > 0) {
      meta.clock.advance(1);
      arrive();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const answer = await meta.fetch(input, init);
    const isList = pathname.endsWith('/conversations') && !searchParams.has('user_id');
    if (isList && ++asked === nth) await arrived;
    return answer;
  };
}

/** Graph over HTTP on loopback. */
export async function overHttp(meta: Pick<MetaSide, 'world' | 'faults' | 'clock'>, log = new CallLog()) {
  const api = new GraphApi(meta.world, log, meta.faults, new Limits(meta.world));
  const server = createServer((req, res) => void serveGraph(api, req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const overLoopback: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    meta.clock.advance(TRAVEL_MS);
    return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, init);
  };
  return {
    fetch: overLoopback,
    log,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What outlives the worker: the disk, and the browser's memory. */
export interface Kept {
  database: string;
  session: Map<string, unknown>;
}

export const newKept = (): Kept => ({ database: `baton-${crypto.randomUUID()}`, session: new Map() });

/** One life of the background's worker. */
export interface Life {
  store: Store;
  reader: Reader;
  control: Control;
  page: LivePage;
  psid: string;
  press(wanted: Wanted): Promise<Outcome>;
  settle(): Promise<void>;
  /** Whom Baton shows as the owner now. */
  shown(): OwnerClaim;
  close(): void;
}

export interface LifeOptions {
  meta: MetaSide;
  degree: Degree;
  kept?: Kept;
  fetch?: typeof fetch;
  clock?: Clock;
  /** Wraps what the run waits for. */
  wrap?: {
    store?(store: Store): Store;
    session?(session: Session): Session;
    database?(database: Database): Database;
    pageOf?(pageOf: Pages['of']): Pages['of'];
  };
}

/** Begins a life of the worker over what an earlier one left; connects the Page where none is. */
export async function live({
  meta,
  degree,
  kept = newKept(),
  fetch = meta.fetch,
  clock: given = meta.clock,
  wrap = {},
}: LifeOptions): Promise<Life> {
  let ended = false;
  const clock: Clock = { now: given.now, after: (ms, callback) => given.after(ms, () => ended || callback()) };
  const { psid } = meta.thread;
  const plain = sessionMemory(kept.session);
  const session = wrap.session?.(plain) ?? plain;
  const database = await openDatabase(kept.database);
  const own = createStore(wrap.database?.(database) ?? database, await openVault(database, plain));
  if ((await own.page(PAGE_ID)) === null)
    await own.putPage({
      pageId: PAGE_ID,
      name: 'Harbour Street Bikes',
      token: meta.token(degree),
      tokenApp: degree === 2 ? appIds.desk : appIds.bot,
      botApp: appIds.bot,
      connectedAt: clock.now(),
      stopped: null,
    });
  const store = wrap.store?.(own) ?? own;
  const settings = createSettings({
    local: { get: async () => ({}), set: async () => {} },
    managed: { get: async () => ({}) },
  });
  const pages = createPages({ store, session, settings, clock, fetch });
  const reader = createReader({ store, pages, clock });
  const control = createControl({ store, reader, clock });
  const page = await pages.of(PAGE_ID);
  if (!page) throw new Error('The Page did not open.');
  return {
    store,
    reader,
    control,
    page,
    psid,
    press: (wanted) => control.press(page, psid, wanted),
    settle: () => control.settleAll(wrap.pageOf?.(pages.of) ?? pages.of),
    shown: () => {
      const { readings, routing, appNames } = page.memory;
      return concludeOwner(
        { readings: readings[psid] ?? [], apps: appsOf(page.record), routing, appNames },
        clock.now() + page.memory.clockOffset,
      );
    },
    close: () => {
      ended = true;
      database.close();
    },
  };
}

/** The token of degree 3 is the bot's, and the default app is another. */
export function setDegree(meta: MetaSide, degree: Degree): void {
  if (degree === 3) meta.world.setRouting('messenger', { defaultApp: appIds.desk });
}
