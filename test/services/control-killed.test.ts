import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Wanted } from '../../utils/conversation/plan';
import type { Store } from '../../utils/store/store';
import type { Fault } from '../meta/faults';
import { type Crossing, Killer, type Moment } from './control-killer';
import {
  appIds,
  type Degree,
  type Kept,
  type Life,
  listComesLate,
  live,
  type MetaSide,
  metaSide,
  newKept,
  setDegree,
} from './control-stage';

/** One plan and what goes wrong in it. */
interface Scenario {
  name: string;
  degree: Degree;
  owner: string | null;
  wanted: Wanted;
  routing?: boolean;
  faults?: Fault[];
  /** The owner was read a moment ago, so that the run begins without a reading. */
  fresh?: boolean;
  /** A list that was asked before the press is answered while its end is read. */
  listMeanwhile?: boolean;
  /** The intent that the disk refuses to take, counted from 1. */
  refusedByDisk?: number;
}

const lost = (path: string, times = 1): Fault => ({ kind: 'lost-answer', match: { path }, times });
const refused = (path: string, code: number, subcode?: number): Fault => ({
  kind: 'error',
  match: { path },
  code,
  ...(subcode === undefined ? {} : { subcode }),
});

const SCENARIOS: readonly Scenario[] = [
  // Every plan of the table
  { name: 'pass to the inbox', degree: 4, owner: appIds.bot, wanted: 'human' },
  { name: 'pass to the inbox, seen by is_owner alone', degree: 3, owner: appIds.bot, wanted: 'human' },
  { name: 'take', degree: 4, owner: appIds.inbox, wanted: 'bot' },
  { name: 'take, pass to the inbox', degree: 2, owner: appIds.bot, wanted: 'human' },
  { name: 'take, pass to the bot', degree: 2, owner: appIds.inbox, wanted: 'bot' },
  { name: 'pass to the bot', degree: 2, owner: appIds.desk, wanted: 'bot' },
  { name: 'release', degree: 4, owner: appIds.bot, wanted: 'let-go' },
  { name: 'request', degree: 4, owner: appIds.inbox, wanted: 'ask', routing: false },
  { name: 'extend', degree: 4, owner: appIds.bot, wanted: 'longer' },
  { name: 'nothing', degree: 4, owner: appIds.inbox, wanted: 'human' },
  {
    name: 'release, and a late list speaks against it',
    degree: 4,
    owner: appIds.bot,
    wanted: 'let-go',
    listMeanwhile: true,
  },
  // Troubles in them
  { name: 'take lost', degree: 2, owner: appIds.inbox, wanted: 'bot', faults: [lost('take')] },
  { name: 'pass lost', degree: 2, owner: appIds.inbox, wanted: 'bot', faults: [lost('pass')] },
  {
    name: 'pass refused, passed to the inbox',
    degree: 2,
    owner: appIds.bot,
    wanted: 'bot',
    faults: [refused('pass', 100, 2018164)],
  },
  {
    name: 'pass refused twice, released',
    degree: 2,
    owner: appIds.inbox,
    wanted: 'bot',
    faults: [refused('pass', 100, 2018164), refused('pass', 100, 2018164)],
  },
  {
    name: 'throttled',
    degree: 2,
    owner: appIds.inbox,
    wanted: 'bot',
    faults: [{ kind: 'throttle', match: { path: 'pass' } }],
  },
  {
    name: 'the owner is not told, since Meta asks for fewer calls',
    degree: 4,
    owner: appIds.inbox,
    wanted: 'bot',
    faults: [{ kind: 'throttle', match: { path: 'thread_owner' } }],
  },
  { name: 'token dead', degree: 4, owner: appIds.inbox, wanted: 'bot', faults: [refused('take', 190, 460)] },
  {
    name: 'pass lost, and Graph is away',
    degree: 2,
    owner: appIds.inbox,
    wanted: 'bot',
    fresh: true,
    faults: [lost('pass'), { kind: 'reset', match: { path: 'thread_owner' }, times: 2 }],
  },
  { name: 'the disk is full at the first step', degree: 2, owner: appIds.inbox, wanted: 'bot', refusedByDisk: 2 },
  { name: 'the disk is full after it', degree: 2, owner: appIds.inbox, wanted: 'bot', refusedByDisk: 3 },
];

/** A seat that dies there gives up its place to the next life, over what was kept. */
interface Seat {
  meta: MetaSide;
  kept: Kept;
  scenario: Scenario;
}

async function seat(scenario: Scenario): Promise<Seat> {
  const meta = metaSide();
  setDegree(meta, scenario.degree);
  if (scenario.routing === false) meta.world.setRouting('messenger', { on: false });
  meta.give(scenario.owner);
  const kept = newKept();
  const life = await live({ meta, degree: scenario.degree, kept });
  await life.reader.list(life.page);
  await life.reader.owner(life.page, meta.thread.psid);
  life.close();
  meta.clock.advance(scenario.fresh ? 1_000 : 10_000);
  return { meta, kept, scenario };
}

function begin({ meta, kept, scenario }: Seat, killer: Killer): Promise<Life> {
  return live({
    meta,
    degree: scenario.degree,
    kept,
    fetch: killer.fetch(scenario.listMeanwhile ? listComesLate(meta, 1) : meta.fetch),
    clock: killer.clock(meta.clock),
    wrap: {
      store: (store) => killer.store(failing(store, scenario.refusedByDisk)),
      session: (session) => killer.session(session),
      database: (database) => killer.database(database),
      pageOf: (pageOf) => killer.pageOf(pageOf),
    },
  });
}

/** A disk that refuses one intent. */
function failing(store: Store, refused = 0): Store {
  let asked = 0;
  return {
    ...store,
    async putIntent(intent) {
      asked += 1;
      if (asked === refused) throw new DOMException('The disk is full.', 'QuotaExceededError');
      await store.putIntent(intent);
    },
  };
}

const settledTimers = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** One life that may die: its crossings, from the press or the settling on. */
async function lifeOf(seated: Seat, killer: Killer, play: (life: Life) => Promise<unknown>): Promise<void> {
  const started = begin(seated, killer);
  const life = await Promise.race([started, killer.dead.then(() => null)]);
  if (life === null) return;
  await Promise.race([play(life), killer.dead]);
  await settledTimers();
  life.close();
}

/** The lives after: nobody kills them, and they settle what is open. */
async function settleDown(seated: Seat): Promise<Life> {
  const life = await live({ meta: seated.meta, degree: seated.scenario.degree, kept: seated.kept });
  await life.settle();
  // What could not be read is looked at again by itself.
  for (let i = 0; i < 50 && (await life.store.openIntents()).length > 0; i += 1) await settledTimers();
  return life;
}

/** What holds at the end, wherever the worker died. */
async function expectSettled(seated: Seat, life: Life): Promise<void> {
  const { meta, scenario } = seated;
  const intents = await life.store.intents(life.page.record.pageId);
  const stopped = life.page.record.stopped !== null;
  for (const { outcome, ownerUnread } of intents) {
    expect(['done', 'accepted', 'refused', 'unsure']).toContain(outcome?.kind);
    if (!stopped) expect(ownerUnread).toBe(false);
  }
  if (stopped) return;
  // Who was said to have it has it: the claim of done holds against Meta's own state.
  const outcome = intents[0]?.outcome;
  const wantedOwner = { human: appIds.inbox, bot: appIds.bot, ask: appIds.bot, 'let-go': null, longer: appIds.bot };
  if (outcome?.kind === 'done') expect(meta.owner()).toBe(wantedOwner[scenario.wanted]);
  // Nothing that was taken stays with an app that nobody watches.
  if (scenario.degree === 2 && scenario.owner !== appIds.desk) expect(meta.owner()).not.toBe(appIds.desk);
  expect(twice(meta.writes())).toEqual([]);
  // The owner was read after the last call.
  const calls = meta.calls().filter(({ path }) => path.includes('thread_'));
  const lastWrite = calls.findLastIndex(({ method }) => method === 'POST');
  if (lastWrite >= 0) expect(calls.slice(lastWrite + 1).some(({ path }) => path.includes('thread_owner'))).toBe(true);
}

/**
 * Calls that were sent again after their answer was lost. Sending the owner's own pass to the inbox or a release
 * again is harmless, since Meta refuses both to whoever is not the owner.
 */
function twice(writes: readonly string[]): string[] {
  const lostOnes = writes.filter((write) => write.endsWith(': 0')).map((write) => write.replace(/: 0$/, ''));
  return lostOnes.filter(
    (call) =>
      call !== `pass ${appIds.inbox}` &&
      call !== 'release' &&
      writes.filter((write) => write.startsWith(`${call}:`)).length > 1,
  );
}

/** A press, and then a look at how it stands. */
async function pressAndLook(life: Life, { wanted, listMeanwhile }: Scenario): Promise<void> {
  if (listMeanwhile) void life.reader.list(life.page);
  await life.press(wanted);
  await life.control.latest(life.page, life.psid);
}

/** Every crossing of the unkilled run. */
async function crossingsOf(scenario: Scenario): Promise<Crossing[]> {
  const seated = await seat(scenario);
  addFaults(seated);
  const killer = new Killer();
  await lifeOf(seated, killer, (life) => pressAndLook(life, scenario));
  return killer.crossings;
}

function addFaults({ meta, scenario }: Seat): void {
  for (const fault of scenario.faults ?? []) meta.faults.add(fault);
}

const killedAt = new Set<string>();
const found = new Map<string, string[]>();
const MOMENTS: readonly Moment[] = ['before', 'after'];
/** `npm run soak` plays both moments of the second death too. */
const SECOND_MOMENTS: readonly Moment[] = process.env.BATON_SOAK ? MOMENTS : ['after'];

describe.each(SCENARIOS)('the worker killed at every await: $name', { timeout: 60_000 }, (scenario) => {
  test('every run ends, and tells the truth', async () => {
    const crossings = await crossingsOf(scenario);
    found.set(
      scenario.name,
      crossings.map(({ what }) => what),
    );
    for (const at of crossings.keys()) {
      for (const moment of MOMENTS) {
        const seated = await seat(scenario);
        addFaults(seated);
        const killer = new Killer(at, moment);
        await lifeOf(seated, killer, (life) => pressAndLook(life, scenario));
        for (const line of killer.crossings[at]?.lines ?? []) killedAt.add(line);
        const life = await settleDown(seated);
        await expectSettled(seated, life);
        life.close();
      }
    }
  });

  test('and killed once more while it settles', async () => {
    const crossings = await crossingsOf(scenario);
    const calls = crossings.flatMap(({ what }, at) => (what.startsWith('POST') ? [at] : []));
    for (const at of calls) {
      for (const moment of SECOND_MOMENTS) {
        for (let second = 0; ; second += 1) {
          const seated = await seat(scenario);
          addFaults(seated);
          await lifeOf(seated, new Killer(at, moment), (life) => pressAndLook(life, scenario));
          const killer = new Killer(second, 'after');
          await lifeOf(seated, killer, (life) => life.settle());
          const died = killer.crossings.length > second;
          for (const line of killer.crossings[second]?.lines ?? []) killedAt.add(line);
          const life = await settleDown(seated);
          await expectSettled(seated, life);
          life.close();
          if (!died) break;
        }
      }
    }
  });
});

/** Every file on the path of a control run, and the lines in it that are not meant. */
const PATH: Readonly<Record<string, RegExp | null>> = {
  'services/run.ts': null,
  // A run waits for another one, whose own waits are counted.
  'services/control.ts': /await running\.get\(/,
  // A reading waits for another one of its kind; and the list of conversations, which no run reads.
  'services/reader.ts': /await underWay\.get\(|graph\.conversations\(|keepIsOwner\(page, answer, isOwner\)/,
};

/** The lines of a file that wait for something, as `room/file.ts:line`. */
function awaitsIn(file: string, isMeant: (line: string) => boolean): string[] {
  return readFileSync(`utils/${file}`, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      /\bawait\b/.test(line.replace(/\/\/.*|^\s*\*.*/, '')) && isMeant(line) ? [`${file}:${index + 1}`] : [],
    );
}

test('no await of a run is left without a kill', () => {
  const awaits = [
    ...Object.entries(PATH).flatMap(([file, besides]) => awaitsIn(file, (line) => !besides?.test(line))),
    // No run of a Page that was forgotten goes on.
    ...awaitsIn('store/store.ts', (line) => line.includes("'intents'") && !line.includes('isForgotten')),
  ];
  expect(awaits.length).toBeGreaterThan(45);
  expect(awaits.filter((line) => !killedAt.has(line))).toEqual([]);
});

afterAll(() => {
  const lines = [...found].map(([name, waits]) => `${name} (${waits.length}): ${waits.join(' · ')}`);
  console.log(`The awaits that were found, each with two kills:\n${lines.join('\n')}`);
});
