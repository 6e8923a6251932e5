import {
  concludeOwner,
  controlEndIn,
  isFresh,
  isNamed,
  lastThreadOwner,
  type OwnerClaim,
  type OwnerReading,
} from '../conversation/owner';
import {
  compensation,
  type Outcome,
  type Plan,
  planControl,
  type Step,
  stepShown,
  tokenOwns,
  type Wanted,
  wantedOwnerReached,
} from '../conversation/plan';
import { performedSince } from '../conversation/timeline';
import { GraphRefusal } from '../graph/errors';
import { explain, type Refusal } from '../graph/refusals';
import type { IntentRecord } from '../store/database';
import type { Store } from '../store/store';
import { appsOf, readingsOf } from './memory';
import * as outcomes from './outcomes';
import type { LivePage } from './pages';
import type { Reader } from './reader';
import type { Clock } from './session';

/** A reading this young is fresh enough to plan on. */
const FRESH_MS = 5_000;
/** After a `success` that no reading shows yet, the owner is read again this often. */
const LOOK_AGAIN_MS = [1_000, 3_000] as const;
/** The server's clock is known to about a second. */
const CLOCK_SLACK_MS = 1_000;
/** A press that was cut off before its first call is carried out within this; after it the person has moved on. */
const PRESS_STANDS_MS = 60_000;

export interface RunOptions {
  store: Store;
  reader: Reader;
  clock: Clock;
}

/**
 * One control run from the press to its end. It is an intent in the store, written before its first call and at every
 * step, so that a run that was cut off can be settled: by reading the owner, never by repeating a call blindly.
 *
 *   begin ─▶ step ─▶ step ─▶ verify ─▶ done | accepted
 *             │ refused, half-done: compensate ─▶ refused
 *             │ answer lost: look ─▶ it happened: on with the next step
 *             ▼                   └▶ it did not, or nobody can tell: unsure
 */
export function createRuns({ store, reader, clock }: RunOptions) {
  const serverNow = (page: LivePage) => clock.now() + page.memory.clockOffset;
  const ending = (page: LivePage, { wanted }: Pick<IntentRecord, 'wanted'>) => ({ wanted, at: serverNow(page) });

  function ownerOf(page: LivePage, psid: string, readings = readingsOf(page.memory, psid)): OwnerClaim {
    const { routing, appNames } = page.memory;
    return concludeOwner({ readings, apps: appsOf(page.record), routing, appNames }, serverNow(page));
  }

  /**
   * Who has it by the reading that showed the end. What a list says that came in meanwhile, asked perhaps before the first
   * call, does not stand in its place.
   */
  function ownerAtEnd(page: LivePage, psid: string): OwnerClaim {
    const last = lastThreadOwner(readingsOf(page.memory, psid));
    const shown = last && ownerOf(page, psid, [last]);
    return shown && isNamed(shown.value) ? shown : ownerOf(page, psid);
  }

  function planFor(page: LivePage, psid: string, wanted: Wanted): Plan {
    const owner = ownerOf(page, psid);
    const ownerFresh = isFresh(owner, serverNow(page));
    const { routing } = page.memory;
    return planControl({ wanted, owner: owner.value, ownerFresh, routing, apps: appsOf(page.record) });
  }

  // ---- looking

  /** Reads the owner afresh; null where Meta cannot be asked. */
  async function look(page: LivePage, psid: string): Promise<OwnerReading | null> {
    if (page.record.stopped !== null) return null;
    if ((await reader.owner(page, psid, { afresh: true })) !== null) return null;
    return lastThreadOwner(readingsOf(page.memory, psid));
  }

  /** Whether what was wanted shows now; null where Meta does not tell, or cannot be asked. */
  async function lookWhetherReached(page: LivePage, intent: IntentRecord): Promise<boolean | null> {
    const reading = await look(page, intent.psid);
    return reading && (await isReached(page, intent, reading));
  }

  async function isReached(page: LivePage, { wanted, psid, steps }: IntentRecord, reading: OwnerReading) {
    const apps = appsOf(page.record);
    const extension = steps.find(({ call }) => call === 'extend');
    if (extension) return stepShown(extension, reading, apps);
    const reached = wantedOwnerReached(wanted, reading, apps);
    if (reached !== null || wanted !== 'human' || apps.token !== apps.bot) return reached;
    // The inbox is named to the default app alone. To the bot's own, `is_owner` shows that it turned.
    if ((await reader.conversation(page, psid, { afresh: true })) !== null) return null;
    const turned = readingsOf(page.memory, psid).at(-1);
    return turned?.answer.kind === 'token-app' ? wantedOwnerReached(wanted, turned, apps) : null;
  }

  // ---- the steps

  async function begin(page: LivePage, psid: string, wanted: Wanted, metadata: string | null): Promise<Outcome> {
    const unread = await readToPlan(page, psid);
    if (unread) return unread(ending(page, { wanted }));
    const plan = planFor(page, psid, wanted);
    if (plan.kind === 'nothing') return outcomes.nothingToDo(ending(page, { wanted }), plan.sentence);
    if (plan.kind !== 'calls')
      return outcomes.notCalled(ending(page, { wanted }), { title: 'Nothing was called', cause: plan.sentence });
    const intent: IntentRecord = {
      id: crypto.randomUUID(),
      pageId: page.record.pageId,
      psid,
      wanted,
      steps: plan.steps,
      answered: 0,
      sent: null,
      compensating: false,
      metadata,
      ownerUnread: false,
      startedAt: serverNow(page),
      outcome: null,
    };
    await store.putIntent(intent);
    return guarded(page, intent, () => carryOn(page, intent));
  }

  /** Reads the owner unless that was just done. Resolves to how the run ends where that cannot be, else to null. */
  async function readToPlan(
    page: LivePage,
    psid: string,
  ): Promise<((end: { wanted: Wanted; at: number }) => Outcome) | null> {
    const { stopped } = page.record;
    if (stopped !== null)
      return (end) => outcomes.notCalled(end, { title: 'Baton has stopped for this Page', cause: stopped });
    const last = page.memory.ownerReadAt[psid];
    if (last !== undefined && clock.now() - last < FRESH_MS) return null;
    const refusal = await reader.owner(page, psid);
    return refusal && ((end) => outcomes.notCalled(end, { title: 'The owner could not be read', ...refusal }));
  }

  /** Sends the steps that are left, then looks whether the owner turned. */
  async function carryOn(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    while (intent.answered < intent.steps.length) {
      const step = intent.steps[intent.answered]!;
      const trouble = await send(page, intent, step);
      const over = trouble === null ? null : await afterTrouble(page, intent, step, trouble);
      if (over) return end(intent, over);
      intent.answered += 1;
      intent.sent = null;
      await store.putIntent(intent);
    }
    return end(intent, await verify(page, intent));
  }

  /** Sends one step; resolves to what went wrong, or null. What is sent is on record before it is sent. */
  async function send(page: LivePage, intent: IntentRecord, step: Step): Promise<unknown> {
    await store.putIntent({ ...intent, sent: step });
    intent.sent = step;
    try {
      const { body: success } = await page.graph.control(intent.psid, step, intent.metadata ?? null);
      return success ? null : new GraphRefusal('It answered “success: false”.', null, null, 200, false, null, null);
    } catch (error) {
      return error;
    }
  }

  /** What comes of a step that failed; null where it turns out to have happened all the same. */
  async function afterTrouble(
    page: LivePage,
    intent: IntentRecord,
    step: Step,
    trouble: unknown,
  ): Promise<Outcome | null> {
    const refusal = explain(trouble, step.call);
    await reader.mind(page, refusal);
    learnRouting(page, refusal);
    // Asking again while Meta asks for fewer calls, or with a dead token, tells nothing.
    const mayAsk = refusal.trouble !== 'throttle' && refusal.trouble !== 'token';
    const reading = mayAsk ? await look(page, intent.psid) : null;
    const shown = reading && stepShown(step, reading, appsOf(page.record));
    // Whatever Meta answered: what shows has happened. A browser may send a call twice by itself, and then the second
    // is refused. Only that somebody else has it is no sign of a release where Meta says that it was never ours.
    if (shown && !(step.call === 'release' && refusal.trouble === 'not-owner')) return null;

    const holdsIt = reading === null ? mayHoldIt(intent) : tokenOwns(reading, appsOf(page.record)) === true;
    if (refusal.trouble === 'lost' && reading === null)
      return keepUnread(intent, outcomes.unsure(ending(page, intent), null));
    if (hasTaken(intent) && holdsIt)
      return outcomes.refusedStep(ending(page, intent), step, refusal, await compensate(page, intent));
    if (refusal.trouble === 'lost') return outcomes.unsure(ending(page, intent), ownerOf(page, intent.psid).value);
    return outcomes.refusedStep(ending(page, intent), step, refusal, hasTaken(intent) ? whoHasIt(page, intent) : null);
  }

  /** The owner is read as soon as Meta answers. */
  function keepUnread(intent: IntentRecord, outcome: Outcome): Outcome {
    intent.ownerUnread = true;
    return outcome;
  }

  /** After a half-done plan: the way back. Resolves to a sentence on who has the conversation now. */
  async function compensate(page: LivePage, intent: IntentRecord): Promise<string> {
    intent.compensating = true;
    for (const step of compensation(intent.steps, intent.answered, appsOf(page.record))) {
      const trouble = await send(page, intent, step);
      if (trouble === null) break;
    }
    if ((await look(page, intent.psid)) === null) {
      intent.ownerUnread = true;
      return outcomes.UNREAD;
    }
    return whoHasIt(page, intent);
  }

  function whoHasIt(page: LivePage, { psid }: IntentRecord): string {
    return outcomes.holdsNow(ownerOf(page, psid).value, controlEndIn(readingsOf(page.memory, psid)));
  }

  /** Meta said yes: `done` only once a reading shows it. */
  async function verify(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    if (await lookWhetherReached(page, intent)) return succeed(page, intent);
    for (const wait of LOOK_AGAIN_MS) {
      await new Promise<void>((resolve) => clock.after(wait, resolve));
      if (await lookWhetherReached(page, intent)) return succeed(page, intent);
    }
    return outcomes.accepted(ending(page, intent), ownerOf(page, intent.psid).value);
  }

  /** The change is on record as Baton's own doing. */
  async function succeed(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    const since = intent.startedAt - CLOCK_SLACK_MS;
    await store.updateSpans(page.record.pageId, intent.psid, (spans) => performedSince(spans, since));
    return outcomes.done(ending(page, intent), ownerAtEnd(page, intent.psid), page.memory.clockOffset);
  }

  async function end(intent: IntentRecord, result: Outcome): Promise<Outcome> {
    intent.outcome = result;
    await store.putIntent(intent);
    return result;
  }

  /** A fault of Baton's own ends the run as well: no run is without an end. */
  async function guarded(page: LivePage, intent: IntentRecord, work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch {
      const untouched = intent.answered === 0 && intent.sent === null;
      intent.ownerUnread = !untouched;
      intent.outcome = outcomes.failed(ending(page, intent), untouched ? 'refused' : 'unsure');
      await store.putIntent(intent).catch(() => {});
      return intent.outcome;
    }
  }

  // ---- runs that were cut off

  /** Settles a run that was cut off: what is owned now decides, not what was planned. */
  async function settle(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    const reading = await look(page, intent.psid);
    const earlier = intent.outcome;
    // An end that was told stays, and is looked after still.
    if (reading === null)
      return end(intent, keepUnread(intent, earlier ?? outcomes.unsure(ending(page, intent), null)));
    // Open again for as long as it is worked on: this worker may die too.
    intent.ownerUnread = false;
    if (await isOvertaken(intent))
      return end(intent, earlier ?? outcomes.cutOff(ending(page, intent), whoHasIt(page, intent)));
    intent.outcome = null;
    if (intent.answered === 0 && intent.sent === null) return startLate(page, intent);
    if (await isReached(page, intent, reading)) return end(intent, await succeed(page, intent));
    return end(intent, await settleBy(page, intent, reading, earlier));
  }

  /** Whether somebody has pressed again since: that press was made on what stood then, and nothing is put back behind it. */
  async function isOvertaken({ pageId, psid, startedAt }: IntentRecord): Promise<boolean> {
    return (await store.intents(pageId)).some((other) => other.psid === psid && other.startedAt > startedAt);
  }

  /** The end of a run that could not go on. `earlier`: how it had ended before the owner could be read, null if it had not. */
  function halfWay(page: LivePage, intent: IntentRecord, earlier: Outcome | null, after: string): Outcome {
    return earlier
      ? outcomes.readSince(ending(page, intent), earlier, after)
      : outcomes.cutOff(ending(page, intent), after);
  }

  async function settleBy(
    page: LivePage,
    intent: IntentRecord,
    reading: OwnerReading,
    earlier: Outcome | null,
  ): Promise<Outcome> {
    const apps = appsOf(page.record);
    const { sent, compensating } = intent;
    const holdsIt = tokenOwns(reading, apps) === true;
    if (compensating) {
      const after = holdsIt ? await compensate(page, intent) : whoHasIt(page, intent);
      return halfWay(page, intent, earlier, after);
    }
    if (sent !== null && !stepShown(sent, reading, apps)) {
      if (!hasTaken(intent) || !holdsIt) return outcomes.unsure(ending(page, intent), ownerOf(page, intent.psid).value);
      return halfWay(page, intent, earlier, await compensate(page, intent));
    }
    if (sent !== null) intent.answered += 1;
    // What was taken is passed on only while it is still held: another may have got it since.
    const goesOn = intent.answered === intent.steps.length || holdsIt;
    return goesOn ? carryOn(page, intent) : halfWay(page, intent, earlier, whoHasIt(page, intent));
  }

  /** Nothing was sent yet. A press that is not old is planned again on the owner of now. */
  async function startLate(page: LivePage, intent: IntentRecord): Promise<Outcome> {
    if (serverNow(page) - intent.startedAt > PRESS_STANDS_MS)
      return end(intent, outcomes.cutOff(ending(page, intent), 'Nothing was called.'));
    const plan = planFor(page, intent.psid, intent.wanted);
    if (plan.kind === 'nothing') return end(intent, outcomes.nothingToDo(ending(page, intent), plan.sentence));
    if (plan.kind !== 'calls') return end(intent, outcomes.cutOff(ending(page, intent), plan.sentence));
    intent.steps = plan.steps;
    return carryOn(page, intent);
  }

  return {
    /** What a person wants, from the first reading to the last. `metadata`: the note to send along, or null. */
    begin,
    /** Never rejects, and leaves no run open. Where Meta cannot be asked the intent says so in `ownerUnread`. */
    settle: (page: LivePage, intent: IntentRecord): Promise<Outcome> =>
      guarded(page, intent, () => settle(page, intent)),
  };
}

function learnRouting({ memory }: LivePage, { trouble }: Refusal): void {
  if (trouble === 'routing-off') {
    memory.routing = 'off';
    memory.routingReason = 'Meta refused a call because routing is off.';
  }
  if (trouble === 'routing-on') {
    memory.routing = 'on';
    memory.routingReason = 'Meta refused a call because routing is on.';
  }
}

/** The plan has taken control on its way to somebody else. */
function hasTaken({ steps, answered }: IntentRecord): boolean {
  return steps.length > 1 && answered > 0 && steps.slice(0, answered).some(({ call }) => call === 'take');
}

/** Without a reading what was taken counts as held. */
const mayHoldIt = hasTaken;
