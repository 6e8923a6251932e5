import { concludeOwner, isFresh, type Owner, type OwnerClaim } from '../conversation/owner';
import {
  compensation,
  type Outcome,
  type OutcomeKind,
  planControl,
  type Step,
  type Wanted,
  wantedOwnerReached,
} from '../conversation/plan';
import { performedSince } from '../conversation/timeline';
import { GraphRefusal } from '../graph/errors';
import { explain, type Refusal } from '../graph/refusals';
import type { IntentRecord } from '../store/database';
import type { Store } from '../store/store';
import { appsOf } from './memory';
import type { LivePage } from './pages';
import type { Reader } from './reader';
import type { Clock } from './session';

/** A reading this young is fresh enough to plan on. */
const FRESH_MS = 5_000;
/** After a `success` that no reading shows yet, the owner is read again this often. */
const LOOK_AGAIN_MS = [1_000, 3_000] as const;
/** The server's clock is known to about a second. */
const CLOCK_SLACK_MS = 1_000;
/** For so long the end of a run is shown. */
const NEWS_MS = 120_000;

/**
 * Runs control plans. Each run is an intent in the store, written before its first call and at every step, so that a
 * run that was cut off is settled at the next start: by reading the owner, never by repeating a call blindly.
 */
export function createControl({ store, reader, clock }: { store: Store; reader: Reader; clock: Clock }) {
  const runs = new Map<string, { wanted: Wanted; promise: Promise<Outcome> }>();
  const outcomes = new Map<string, Outcome>();
  /** Pages whose earlier outcomes were fetched from the store. */
  const recalled = new Set<string>();
  const runKey = (page: LivePage, psid: string) => `${page.record.pageId} ${psid}`;

  const serverNow = (page: LivePage) => clock.now() + page.memory.clockOffset;

  function ownerOf(page: LivePage, psid: string): OwnerClaim {
    return concludeOwner(
      {
        readings: page.memory.readings[psid] ?? [],
        apps: appsOf(page.record),
        routing: page.memory.routing,
        appNames: page.memory.appNames,
      },
      serverNow(page),
    );
  }

  /** Reads the owner unless that was just done; resolves to why it could not be read, or null. */
  async function readOwner(page: LivePage, psid: string, { again }: { again: boolean }): Promise<Refusal | null> {
    const last = page.memory.ownerReadAt[psid];
    if (!again && last !== undefined && clock.now() - last < FRESH_MS) return null;
    return reader.owner(page, psid, { afresh: again });
  }

  /** Reads the owner afresh: whether it is the wanted one; null where Meta does not tell, or cannot be asked. */
  async function lookWhetherReached(page: LivePage, intent: IntentRecord): Promise<boolean | null> {
    if (await readOwner(page, intent.psid, { again: true })) return null;
    const reading = page.memory.readings[intent.psid]?.at(-1);
    return reading ? wantedOwnerReached(intent.wanted, reading, appsOf(page.record)) : null;
  }

  async function begin(page: LivePage, psid: string, wanted: Wanted): Promise<Outcome> {
    const unread = await readOwner(page, psid, { again: false });
    if (unread) return refused(page, wanted, unread);
    const owner = ownerOf(page, psid);
    const plan = planControl({
      wanted,
      owner: owner.value,
      ownerFresh: isFresh(owner, serverNow(page)),
      routing: page.memory.routing,
      apps: appsOf(page.record),
    });
    if (plan.kind !== 'calls') {
      return outcome(page, wanted, plan.kind === 'nothing' ? 'done' : 'refused', {
        title: plan.kind === 'nothing' ? 'Nothing to do' : 'Nothing was called',
        cause: plan.sentence,
      });
    }
    const intent: IntentRecord = {
      id: crypto.randomUUID(),
      pageId: page.record.pageId,
      psid,
      wanted,
      steps: plan.steps,
      answered: 0,
      sent: null,
      compensating: false,
      startedAt: serverNow(page),
      outcome: null,
    };
    await store.putIntent(intent);
    return carryOn(page, intent);
  }

  /** Sends the steps that are left, then looks whether the owner turned. */
  async function carryOn(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    while (intent.answered < intent.steps.length) {
      const step = intent.steps[intent.answered]!;
      const trouble = await send(page, intent, step);
      if (trouble) return end(intent, await afterTrouble(page, intent, step, trouble));
      intent.answered += 1;
    }
    return end(intent, await verify(page, intent));
  }

  /** Sends one step; resolves to what went wrong, or null. What was sent is on record before it is sent. */
  async function send(page: LivePage, intent: IntentRecord, step: Step): Promise<unknown> {
    intent.sent = step;
    await store.putIntent(intent);
    try {
      const { body: success } = await page.graph.control(intent.psid, step, null);
      if (!success) return new GraphRefusal('Meta answered without success.', null, null, 200, false, null, null);
      intent.sent = null;
      await store.putIntent(intent);
      return null;
    } catch (error) {
      return error;
    }
  }

  async function afterTrouble(page: LivePage, intent: IntentRecord, step: Step, trouble: unknown): Promise<Outcome> {
    const refusal = explain(trouble);
    if (refusal.trouble === 'routing-off') {
      page.memory.routing = 'off';
      page.memory.routingReason = 'Meta refused a call because routing is off.';
    }
    const reached = await lookWhetherReached(page, intent);
    if (refusal.trouble === 'lost') return reached ? succeed(page, intent) : unsure(page, intent);
    const undone = intent.answered > 0 ? await compensate(page, intent) : null;
    const held = undone === null ? '' : ` ${undone}`;
    return outcome(page, intent.wanted, 'refused', {
      title: REFUSED[step.call],
      cause: `${refusal.cause}${held}`,
      next: refusal.next,
      link: refusal.link,
    });
  }

  /** After a half-done plan: the design's way back. Resolves to a sentence on who has the conversation now. */
  async function compensate(page: LivePage, intent: IntentRecord): Promise<string> {
    intent.compensating = true;
    for (const step of compensation(intent.steps, intent.answered, appsOf(page.record))) {
      if ((await send(page, intent, step)) === null) break;
    }
    await readOwner(page, intent.psid, { again: true });
    return `${nameOf(ownerOf(page, intent.psid).value)} has the conversation now.`;
  }

  /** Meta said yes: `done` only once a reading shows it. */
  async function verify(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    if (await lookWhetherReached(page, intent)) return succeed(page, intent);
    for (const wait of LOOK_AGAIN_MS) {
      await new Promise<void>((resolve) => clock.after(wait, resolve));
      if (await lookWhetherReached(page, intent)) return succeed(page, intent);
    }
    return accepted(page, intent);
  }

  /** The change is on record as Baton's own doing. */
  async function succeed(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    const since = intent.startedAt - CLOCK_SLACK_MS;
    await store.updateSpans(page.record.pageId, intent.psid, (spans) => performedSince(spans, since));
    return done(page, intent);
  }

  async function end(intent: IntentRecord, result: Outcome): Promise<Outcome> {
    intent.sent = null;
    intent.outcome = result;
    await store.putIntent(intent);
    return result;
  }

  function done(page: LivePage, { wanted, psid }: IntentRecord): Outcome {
    const owner = ownerOf(page, psid);
    const name = nameOf(owner.value);
    return outcome(page, wanted, 'done', {
      title: wanted === 'longer' ? 'Control extended' : `${name} has it`,
      cause: `${owner.reason} Read at ${timeOfDay(owner.observedAt - page.memory.clockOffset)}.`,
    });
  }

  function accepted(page: LivePage, { wanted, psid }: IntentRecord): Outcome {
    const owner = ownerOf(page, psid).value;
    return outcome(page, wanted, 'accepted', {
      title: 'Meta accepted',
      cause:
        owner.kind === 'unnamed' || owner.kind === 'unknown'
          ? 'Meta does not name the new owner to this token.'
          : `Meta said yes, and still names ${nameOf(owner)}. Baton goes on reading.`,
    });
  }

  function unsure(page: LivePage, { wanted }: IntentRecord): Outcome {
    return outcome(page, wanted, 'unsure', {
      title: 'The answer from Meta was lost',
      cause: 'It may have happened. The owner is being read again.',
      next: 'Look at the owner before you press again.',
    });
  }

  function refused(page: LivePage, wanted: Wanted, refusal: Refusal): Outcome {
    return outcome(page, wanted, 'refused', { title: 'The owner could not be read', ...refusal });
  }

  function outcome(
    page: LivePage,
    wanted: Wanted,
    kind: OutcomeKind,
    {
      title,
      cause,
      next = null,
      link = null,
    }: Pick<Outcome, 'title' | 'cause'> & Partial<Pick<Outcome, 'next' | 'link'>>,
  ): Outcome {
    return { kind, wanted, title, cause, next, link, at: serverNow(page) };
  }

  /** Picks up a run that was cut off: what is owned now decides, not what was planned. */
  async function settle(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    const reached = await lookWhetherReached(page, intent);
    if (reached) return end(intent, await succeed(page, intent));
    if (reached === null && intent.sent !== null) return end(intent, unsure(page, intent));
    // Between two steps nothing is in doubt: the next one was never sent.
    const between = intent.sent === null && !intent.compensating;
    return between ? carryOn(page, intent) : end(intent, unsure(page, intent));
  }

  function run(page: LivePage, psid: string, wanted: Wanted, start: () => Promise<Outcome>): Promise<Outcome> {
    const key = runKey(page, psid);
    const running = runs.get(key);
    if (running) return running.promise;
    outcomes.delete(key);
    const promise = start()
      .then((result) => keepNewest(key, result))
      .finally(() => runs.delete(key));
    runs.set(key, { wanted, promise });
    return promise;
  }

  function keepNewest<Result extends Outcome | null>(key: string, outcome: Result): Result {
    if (outcome !== null && outcome.at >= (outcomes.get(key)?.at ?? 0)) outcomes.set(key, outcome);
    return outcome;
  }

  return {
    /** Presses a button for a person. One run per conversation at a time: a second press joins the first. */
    press: (page: LivePage, psid: string, wanted: Wanted): Promise<Outcome> =>
      run(page, psid, wanted, () => begin(page, psid, wanted)),

    /** Settles every run that an earlier worker left open. */
    async settleAll(pageOf: (pageId: string) => Promise<LivePage | null>): Promise<void> {
      for (const intent of await store.openIntents()) {
        const page = await pageOf(intent.pageId);
        if (page) await run(page, intent.psid, intent.wanted, () => settle(page, intent));
      }
    },

    /** The run under way for a conversation, and how the last one ended, for as long as that is news. */
    async latest(page: LivePage, psid: string): Promise<{ running: Wanted | null; outcome: Outcome | null }> {
      const key = runKey(page, psid);
      if (!recalled.has(page.record.pageId)) {
        recalled.add(page.record.pageId);
        for (const intent of await store.intents(page.record.pageId))
          keepNewest(runKey(page, intent.psid), intent.outcome);
      }
      const outcome = outcomes.get(key) ?? null;
      const isNews = outcome !== null && serverNow(page) - outcome.at < NEWS_MS;
      return { running: runs.get(key)?.wanted ?? null, outcome: isNews ? outcome : null };
    },
  };
}

export type Control = ReturnType<typeof createControl>;

const REFUSED: Record<Step['call'], string> = {
  take: 'Meta refused to give control',
  pass: 'Meta refused to pass control',
  request: 'Meta refused the request',
  release: 'Meta refused to release control',
  extend: 'Meta refused to extend control',
};

function nameOf(owner: Owner): string {
  switch (owner.kind) {
    case 'bot':
      return 'Bot';
    case 'inbox':
      return 'Inbox';
    case 'idle':
      return 'Nobody';
    case 'app':
      return owner.name ?? `App ${owner.appId}`;
    default:
      return 'Somebody unnamed';
  }
}

function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(at);
}
