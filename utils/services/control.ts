import type { Passed } from '../conversation/owner';
import type { Outcome, Wanted } from '../conversation/plan';
import type { IntentRecord } from '../store/database';
import * as outcomes from './outcomes';
import type { LivePage } from './pages';
import { createRuns, type RunOptions } from './run';

/** For so long the end of a run is shown. */
const NEWS_MS = 120_000;
/** After a lost answer the owner is looked at again and again, the last gap for ever. */
const LOOK_ON_MS = [2_000, 5_000, 15_000, 60_000] as const;

export interface ControlOptions extends RunOptions {
  /** A run that was under way without anybody waiting for it has ended. */
  changed?: () => void;
}

/** The control runs of all Pages: one per conversation at a time, whichever tab, window or button asked. */
export function createControl({ changed = () => {}, ...options }: ControlOptions) {
  const { store, clock } = options;
  const runs = createRuns(options);
  const running = new Map<string, { wanted: Wanted; promise: Promise<Outcome> }>();
  const ended = new Map<string, Outcome>();
  /** Cancels the next look at a conversation whose owner could not be read. */
  const looks = new Map<string, () => void>();
  /** Pages whose earlier outcomes were fetched from the store. */
  const recalled = new Set<string>();

  const conversationOf = ({ pageId, psid }: Pick<IntentRecord, 'pageId' | 'psid'>) => `${pageId} ${psid}`;
  const keyOf = ({ record: { pageId } }: LivePage, psid: string) => conversationOf({ pageId, psid });
  const serverNow = (page: LivePage) => clock.now() + page.memory.clockOffset;

  function run(page: LivePage, psid: string, wanted: Wanted, start: () => Promise<Outcome>): Promise<Outcome> {
    const key = keyOf(page, psid);
    const joined = running.get(key);
    if (joined) return joined.promise;
    looks.get(key)?.();
    looks.delete(key);
    ended.delete(key);
    const promise = toItsEnd(page, key, wanted, start);
    running.set(key, { wanted, promise });
    return promise;
  }

  /** Never rejects: what fails before the intent is written has called nothing. */
  async function toItsEnd(page: LivePage, key: string, wanted: Wanted, start: () => Promise<Outcome>) {
    try {
      return keepNewest(key, await start());
    } catch {
      return keepNewest(key, outcomes.failed({ wanted, at: serverNow(page) }, 'refused'));
    } finally {
      running.delete(key);
    }
  }

  function keepNewest<Result extends Outcome | null>(key: string, outcome: Result): Result {
    if (outcome !== null && outcome.at >= (ended.get(key)?.at ?? 0)) ended.set(key, outcome);
    return outcome;
  }

  /** Does a thing once nothing is under way for a conversation, before anything else can begin there. */
  async function onceFree<Value>(key: string, then: () => Promise<Value>): Promise<Value> {
    while (running.has(key)) await running.get(key)?.promise;
    return then();
  }

  /** Settles one run, and goes on looking for as long as Meta cannot be asked. */
  async function settle(page: LivePage, intent: IntentRecord, looked = 0): Promise<void> {
    const { psid, wanted } = intent;
    // It has to be settled itself: to join what was pressed meanwhile would leave it open.
    await onceFree(keyOf(page, psid), () => run(page, psid, wanted, () => runs.settle(page, intent)));
    changed();
    if (intent.ownerUnread) lookOn(page, intent, looked);
  }

  function lookOn(page: LivePage, intent: IntentRecord, looked: number): void {
    if (page.record.stopped !== null) return;
    const soonest = page.budget.closedUntil(clock.now()) ?? 0;
    const wait = LOOK_ON_MS[Math.min(looked, LOOK_ON_MS.length - 1)] ?? 0;
    const again = () => void settle(page, intent, looked + 1);
    looks.set(keyOf(page, intent.psid), clock.after(Math.max(wait, soonest - clock.now()), again));
  }

  /** After a press: what it left unread is looked at. */
  async function followUp(page: LivePage, psid: string): Promise<void> {
    const open = await store.openIntents();
    const unread = open.find((intent) => intent.psid === psid && intent.pageId === page.record.pageId);
    if (unread && !running.has(keyOf(page, psid))) lookOn(page, unread, 0);
  }

  return {
    /**
     * Presses a button for a person. A second press joins the first. Never rejects. `metadata`: the note that goes
     * with take and pass, exactly as it is sent; null: none.
     */
    async press(page: LivePage, psid: string, wanted: Wanted, metadata: string | null = null): Promise<Outcome> {
      const outcome = await run(page, psid, wanted, () => runs.begin(page, psid, wanted, metadata));
      await followUp(page, psid).catch(() => {});
      return outcome;
    },

    /**
     * Settles every run that was left open, by an earlier worker or by a Page that could not be asked; those of one
     * conversation one after the other, and after what is under way there. Never rejects: what cannot be read from the
     * disk now is settled the next time.
     */
    async settleAll(pageOf: (pageId: string) => Promise<LivePage | null>): Promise<void> {
      const open = await store.openIntents().catch(() => []);
      const intents = open.sort((a, b) => a.startedAt - b.startedAt);
      const conversations = new Set(intents.map(conversationOf));
      const settleOne = async (conversation: string) => {
        for (const intent of intents.filter((one) => conversationOf(one) === conversation)) {
          const stillOpen = await onceFree(conversation, () => store.openIntents().catch(() => []));
          const page = stillOpen.some(({ id }) => id === intent.id) && (await pageOf(intent.pageId).catch(() => null));
          if (page) await settle(page, intent);
        }
      };
      await Promise.all([...conversations].map(settleOne));
    },

    /** The run under way for a conversation; how the last one ended, for as long as that is news; and what it passed. */
    async latest(page: LivePage, psid: string): Promise<Latest> {
      const key = keyOf(page, psid);
      if (!recalled.has(page.record.pageId)) {
        recalled.add(page.record.pageId);
        for (const intent of await store.intents(page.record.pageId))
          keepNewest(keyOf(page, intent.psid), intent.outcome);
      }
      const outcome = ended.get(key) ?? null;
      const isNews = outcome !== null && serverNow(page) - outcome.at < NEWS_MS;
      return {
        running: running.get(key)?.wanted ?? null,
        outcome: isNews ? outcome : null,
        passed: outcome && passedBy(outcome),
      };
    },
  };
}

export type Control = ReturnType<typeof createControl>;

export interface Latest {
  running: Wanted | null;
  outcome: Outcome | null;
  /** To whom the last run passed control, as far as Meta accepted it; null where it passed none. */
  passed: Passed | null;
}

function passedBy({ kind, wanted, at }: Outcome): Passed | null {
  if (kind !== 'accepted' || (wanted !== 'human' && wanted !== 'bot')) return null;
  return { to: wanted === 'human' ? 'inbox' : 'bot', at };
}
