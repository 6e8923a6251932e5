import { describe, expect, test } from 'vitest';
import type { Owner } from '../../utils/conversation/owner';
import type { Outcome, Wanted } from '../../utils/conversation/plan';
import { appIds, type Degree, live, type MetaSide, metaSide, setDegree } from './control-stage';

/** 1,000 in all, with routing and without it. `BATON_SEED` plays one of them again. */
const ROUNDS_EACH = 167;
const DEGREES: readonly Degree[] = [2, 3, 4];
const WISHES: readonly Wanted[] = ['human', 'bot', 'let-go', 'ask', 'longer'];

/** A small generator: the same seed gives the same round. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What Meta answers this very token about the conversation, asked by nobody but the test. */
async function toldTo(meta: MetaSide, degree: Degree): Promise<{ app: string | null; told: boolean }> {
  const url = `https://graph.facebook.com/v25.0/me/thread_owner?recipient=${meta.thread.psid}`;
  const answer = await meta.fetch(url, { headers: { Authorization: `Bearer ${meta.token(degree)}` } });
  const { data } = (await answer.json()) as { data: { thread_owner: { app_id?: string } }[] };
  return { app: data[0]?.thread_owner.app_id ?? null, told: data.length > 0 };
}

/** The owner that is shown may say less than Meta told, and never anything else. */
function agrees(owner: Owner, meta: MetaSide, degree: Degree, told: { app: string | null; told: boolean }): boolean {
  const token = degree === 2 ? appIds.desk : appIds.bot;
  switch (owner.kind) {
    case 'bot':
      return meta.owner() === appIds.bot && told.app === appIds.bot;
    case 'inbox':
      return meta.owner() === appIds.inbox && told.app === appIds.inbox;
    case 'app':
      return meta.owner() === owner.appId && told.app === owner.appId;
    case 'not-bot':
      return token === appIds.bot && told.app !== appIds.bot;
    case 'unnamed':
      return told.told && told.app === null;
    case 'idle':
      return !told.told && meta.owner() === null;
    case 'unknown':
      return !told.told;
  }
}

async function play(seed: number, degree: Degree, routing: boolean): Promise<void> {
  const roll = dice(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(roll() * values.length)] as Value;
  const meta = metaSide();
  setDegree(meta, degree);
  if (!routing) meta.world.setRouting('messenger', { on: false });
  meta.give(pick([appIds.bot, appIds.inbox, appIds.desk, null]));
  const life = await live({ meta, degree });
  await life.reader.list(life.page);

  const outcomes: Promise<Outcome>[] = [];
  const readings: Promise<unknown>[] = [];
  const bot = meta.world.app(appIds.bot);
  const acts: readonly (() => unknown)[] = [
    // Two windows, each with an agent at a button of Baton's: one background for both.
    () => outcomes.push(life.press(pick(WISHES))),
    () => outcomes.push(life.press(pick(WISHES))),
    () => meta.world.customerSays(meta.thread.psid, 'Are you there?'),
    // Two agents in the inbox itself.
    () => void meta.world.sendAsInbox(meta.thread.userId, 'One moment.', pick(['Frida Holm', 'Sam Okafor'])),
    () => {
      if (bot && meta.owner() === appIds.bot) meta.world.control('pass', bot, meta.thread, { target: appIds.inbox });
    },
    () => readings.push(life.reader.owner(life.page, meta.thread.psid)),
    () => readings.push(life.reader.list(life.page)),
  ];
  const count = 4 + Math.floor(roll() * 8);
  for (let i = 0; i < count; i += 1) {
    pick(acts)();
    // Somewhere between two steps of what is under way.
    for (let waits = Math.floor(roll() * 12); waits > 0; waits -= 1)
      await (roll() < 0.5 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)));
  }

  const ended = await Promise.all(outcomes);
  await Promise.all(readings);
  // Meta's clock is known to about a second: readings closer than that may count as overlapping.
  meta.clock.advance(2_000);
  await life.reader.owner(life.page, meta.thread.psid, { afresh: true });
  const told = await toldTo(meta, degree);
  const shown = life.shown().value;
  expect(
    agrees(shown, meta, degree, told),
    `seed ${seed}: ${JSON.stringify({ shown, told, owner: meta.owner() })}`,
  ).toBe(true);
  for (const { kind, cause } of ended) {
    expect(['done', 'accepted', 'refused']).toContain(kind);
    expect(cause).toMatch(/^[A-Z].*\.$/s);
  }
  expect(await life.store.openIntents()).toEqual([]);
  life.close();
}

describe.each(DEGREES)('two windows, two agents, a bot and a customer at degree %i', (degree) => {
  describe.each([true, false])('routing %s', (routing) => {
    test(`${ROUNDS_EACH} interleavings: the shown owner is what Meta tells this token`, {
      timeout: 120_000,
    }, async () => {
      const first = degree * 10_000 + (routing ? 0 : 5_000);
      for (let round = 0; round < ROUNDS_EACH; round += 1) await play(first + round, degree, routing);
    });
  });
});
