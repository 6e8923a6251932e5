/** Baton's background against a Meta in the same process: one clock for both, and a page that shows that Meta's world. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Wanted } from '../../utils/conversation/plan';
import type { ConversationView, InboxView } from '../../utils/conversation/view';
import { createServices, type Services } from '../../utils/services/services';
import type { Given } from '../../utils/services/settings';
import type { DoubtId } from '../meta/doubts';
import { type Meta, startMeta } from '../meta/meta';
import type { Thread } from '../meta/model';
import type { World } from '../meta/world';
import { falseClaims, type History, keepHistory } from './false-claims';
import { type MovedClock, movedClock } from './moved-clock';
import { fetchOver } from './over-meta';
import { type Eyes, seenBy } from './page-sight';
import { sessionMemory } from './session-memory';

export type Degree = 1 | 2 | 3 | 4;

export interface StageOptions {
  /** How much Meta tells; 4, the token of the default app, where absent. */
  degree?: Degree;
  /** A token by its name in the emulator, in place of the degree's. */
  token?: string;
  doubt?: { id: DoubtId; reading: string };
  /** Whether the facts that the page's own code holds can be read; true where absent. */
  facts?: boolean;
  /** Whether the page's lines under messages can be read; true where absent. */
  footers?: boolean;
  /** What the browser's policy sets; nothing where absent. */
  policy?: Given;
}

export interface Stage {
  meta: Meta;
  /** What Baton's own pages may ask of the background. */
  services: Services;
  /** Everything that the inbox was told, oldest first. */
  told: readonly InboxView[];
  world: World;
  clock: MovedClock;
  /** The conversation that is open. */
  thread: Thread;
  /** What is shown of it now. */
  shown(): ConversationView;
  /** Every claim that was shown and was not true when it was observed, in words. */
  wrong(): readonly string[];
  /** What the configuration checks found that is not as it should be, or could not be told. */
  troubles(): Promise<string[]>;
  /** Leaves the inbox for so long, in ms: nothing is read meanwhile. */
  away(ms: number): Promise<void>;
  /** Connects the Page with the stage's token, as an admin does. @returns why not, or null */
  connect(): Promise<string | null>;
  /** Presses a button, with a note for the bot. */
  press(wanted: Wanted, note?: string): Promise<void>;
  close(): Promise<void>;
}

const CUSTOMER = 'Maja Lindqvist';
const START = Date.parse('2026-11-20T10:00:00.250Z');
const THINKS_MS = 1_800;
/** How long an answer of Meta's is on its way. */
const TRAVELS_MS = 120;
/** A control run looks three times, the last time after 4 s. */
const RUN_MS = 8_000;

/** Opens the inbox on one conversation. Nothing is connected yet. */
export async function openStage({
  degree = 4,
  token,
  doubt,
  facts = true,
  footers = true,
  policy = {},
}: StageOptions = {}): Promise<Stage> {
  globalThis.indexedDB = new IDBFactory();
  let underWay = 0;
  const busy = (): boolean => underWay > 0 || meta.bot?.busy === true || meta.deliverer.busy;
  const clock = movedClock(START, busy);
  const meta = await startMeta({ pages: false, now: clock.now, after: clock.after, botDelayMs: THINKS_MS });
  const { world } = meta;
  if (degree === 3) world.setRouting('messenger', { defaultApp: meta.apps.rival });
  if (doubt) world.setDoubt(doubt.id, doubt.reading);
  const thread = world.threadWith(CUSTOMER);

  const over = fetchOver(meta).fetch;
  const services = await createServices({
    fetch: async (...request) => {
      underWay += 1;
      const answer = await over(...request).finally(() => {
        underWay -= 1;
      });
      await new Promise<void>((arrived) => clock.after(TRAVELS_MS, arrived));
      return answer;
    },
    session: sessionMemory(),
    settings: { local: { get: async () => ({}), set: async () => {} }, managed: { get: async () => policy } },
    clock,
    hostAccess: async () => true,
    changed: () => {},
  });

  const history: History = keepHistory(world);
  const wrong = new Set<string>();
  const told: InboxView[] = [];
  const tab = services.tabs.open((view) => {
    told.push(view);
    for (const claim of falseClaims(view, world, history)) wrong.add(claim);
  });
  const eyes: Eyes = { open: thread.userId, facts, footers, visible: true };
  const see = () => tab.saw(seenBy(eyes, world.feed()));
  const stopSeeing = world.subscribe(see);

  see();

  const conversation = (): ConversationView => {
    const shown = told.at(-1)?.conversation;
    if (!shown) throw new RangeError('No conversation is shown');
    return shown;
  };

  return {
    meta,
    services,
    told,
    world,
    clock,
    thread,
    shown: conversation,
    wrong: () => [...wrong],
    async troubles() {
      const { pages } = await services.setup.view(null);
      const checks = pages.flatMap((page) => page.checks);
      return checks
        .filter(({ state }) => state === 'wrong' || state === 'cannot-check')
        .map(({ id, state }) => `${id} ${state}`);
    },
    async away(ms) {
      eyes.visible = false;
      see();
      await clock.advance(ms);
      eyes.visible = true;
      see();
    },
    async connect() {
      const reply = await clock.until(
        services.setup.connect({ token: meta.tokens[token ?? String(degree)] ?? '', botApp: meta.apps.bot ?? '' }),
      );
      await clock.advance(5_000);
      return reply.ok ? null : reply.sentence;
    },
    async press(wanted, note) {
      tab.press(conversation().key, wanted, note);
      await clock.advance(RUN_MS);
    },
    async close() {
      stopSeeing();
      tab.close();
      await meta.close();
    },
  };
}
