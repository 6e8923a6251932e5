import { afterAll, describe, expect, test } from 'vitest';
import { isNamed } from '../../utils/conversation/owner';
import type { Outcome, Wanted } from '../../utils/conversation/plan';
import { CallLog } from '../meta/calls';
import { type ControlAction, firstBroken, type Situation } from '../meta/rules';
import { appIds, type Degree, type Life, live, type MetaSide, metaSide, overHttp, setDegree } from './control-stage';

const DEGREES: readonly Degree[] = [2, 3, 4];
const OWNERS = { bot: appIds.bot, inbox: appIds.inbox, desk: appIds.desk, rival: appIds.rival, idle: null } as const;
type OwnerName = keyof typeof OWNERS;
const WANTED: readonly Wanted[] = ['human', 'bot', 'let-go', 'ask', 'longer'];
const ON_OFF = [true, false] as const;

interface Combination {
  degree: Degree;
  owner: OwnerName;
  routing: boolean;
  toggle: boolean;
  wanted: Wanted;
}

const COMBINATIONS: Combination[] = DEGREES.flatMap((degree) =>
  (Object.keys(OWNERS) as OwnerName[]).flatMap((owner) =>
    ON_OFF.flatMap((routing) =>
      ON_OFF.flatMap((toggle) => WANTED.map((wanted) => ({ degree, owner, routing, toggle, wanted }))),
    ),
  ),
);

/** What the emulator's own rules, which were written apart from the plan, say of a call. */
function verdict(action: ControlAction, meta: MetaSide, caller: string, target: string | null): string | null {
  const { on, defaultApp } = meta.world.state.routing.messenger;
  const situation: Situation = {
    caller,
    owner: meta.owner(),
    defaultApp: on ? defaultApp : null,
    toggle: meta.world.app(caller)?.takeControl ?? false,
    target,
    targetConnected: target === null || meta.world.app(target)?.connected === true,
    duration: 7 * 86_400_000,
    standardWindowOpen: true,
    humanAgentWindowOpen: true,
    humanAgentTag: false,
    humanAgentFeature: false,
    removedTag: false,
    blocked: false,
    handsOver: null,
  };
  return firstBroken(action, situation)?.rule ?? null;
}

/** The calls that could bring what is wanted at once. Where Baton makes none, Meta must refuse each of them. */
const DIRECT: Readonly<Record<Wanted, readonly [ControlAction, string | null][]>> = {
  human: [['pass', appIds.inbox]],
  bot: [['pass', appIds.bot]],
  'let-go': [['release', null]],
  ask: [['request', null]],
  longer: [['extend', null]],
};

const settled: { http: Awaited<ReturnType<typeof overHttp>>; life: Life }[] = [];
afterAll(async () => {
  for (const { http, life } of settled) {
    life.close();
    await http.close();
  }
});

async function arrange({ degree, owner, routing, toggle }: Combination) {
  const meta = metaSide();
  setDegree(meta, degree);
  meta.world.setRouting('messenger', { on: routing });
  const caller = degree === 2 ? appIds.desk : appIds.bot;
  meta.world.changeApp(caller, { takeControl: toggle });
  meta.give(OWNERS[owner]);
  const http = await overHttp(meta, new CallLog());
  const life = await live({ meta, degree, fetch: http.fetch });
  settled.push({ http, life });
  await life.reader.list(life.page);
  await life.reader.owner(life.page, meta.thread.psid);
  return { meta, http, life, caller };
}

/** Whether Meta's side is as it was wanted. */
function isAsWanted(wanted: Wanted, meta: MetaSide, caller: string): boolean {
  switch (wanted) {
    case 'human':
      return meta.owner() === appIds.inbox;
    case 'bot':
    case 'ask':
      return meta.owner() === appIds.bot;
    case 'let-go':
      return meta.owner() !== caller;
    case 'longer':
      return meta.owner() === caller && (meta.thread.control?.expiresAt ?? 0) > meta.world.now() + 6.9 * 86_400_000;
  }
}

/** Baton may not know that the toggle is off, nor who holds a conversation: Meta may refuse for these alone. */
const MAY_BE_REFUSED_FOR = ['take-toggle'];

describe.each(DEGREES)('the plan at degree %i, carried out', (degree) => {
  const rows = COMBINATIONS.filter((one) => one.degree === degree);
  test.each(rows)('$wanted, owner $owner, routing $routing, toggle $toggle', async (row) => {
    const { meta, http, life, caller } = await arrange(row);
    const before = meta.owner();
    const expected: string[] = [];
    const outcome: Outcome = await life.control.press(life.page, meta.thread.psid, row.wanted);
    const made = http.log.list().filter(({ method }) => method === 'POST');

    // Every call, played once more by the emulator's rules on a world of its own, ends as Meta said.
    meta.give(before);
    for (const { path, params, code, status } of made) {
      const action = /(\w+)_thread_control/.exec(path)?.[1] as ControlAction;
      const target = params.target_app_id === undefined ? null : String(params.target_app_id);
      const rule = verdict(action, meta, caller, target);
      expect(code === null ? status : 'refused').toBe(rule === null ? 200 : 'refused');
      if (rule !== null) expect(MAY_BE_REFUSED_FOR).toContain(rule);
      expected.push(action);
      if (rule === null) {
        const app = meta.world.app(caller);
        if (app) meta.world.control(action, app, meta.thread, { target, duration: 7 * 86_400_000 });
      }
    }

    // What is not called would be refused, or is not Baton's to do.
    // Nor is what nobody can know: without routing an empty answer does not mean that nobody has it.
    const isKnown = row.routing || row.owner !== 'idle';
    if (made.length === 0 && outcome.kind === 'refused' && isKnown) {
      const allowed = DIRECT[row.wanted].filter(([action, target]) => {
        const notOurs = (action === 'request' || action === 'extend') && caller !== appIds.bot;
        return !notOurs && verdict(action, meta, caller, target) === null;
      });
      expect(allowed).toEqual([]);
    }

    if (outcome.kind === 'done') expect(isAsWanted(row.wanted, meta, caller)).toBe(true);
    if (outcome.kind === 'refused' && made.length > 0) expect(outcome.cause).toMatch(/^[A-Z].*\.$/s);
    expect(outcome.kind).not.toBe('unsure');
    expect(await life.store.openIntents()).toEqual([]);

    // A named owner that is shown is Meta's.
    const shown = life.shown();
    if (isNamed(shown.value) && shown.value.kind !== 'idle')
      expect({ bot: appIds.bot, inbox: appIds.inbox, app: 'other' }[shown.value.kind as 'bot']).toBe(
        [appIds.bot, appIds.inbox].includes(meta.owner() as never) ? meta.owner() : 'other',
      );
  });
});

test('every combination is there', () => {
  expect(COMBINATIONS).toHaveLength(3 * 5 * 2 * 2 * 5);
});
