/**
 * Ten thousand random calls by five apps, in order and at once. In order, each is foretold by a second, plainer telling of
 * the rules; at once, the world must stay within them whatever the order was.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { edgeNames, edges } from './graph/spec';
import { Dice } from './ids';
import type { Thread } from './model';
import { refusals } from './refusals';
import { DAY, HOUR, MINUTE } from './rules';
import { openStage, type Stage } from './stage';

const CALLERS = ['bot', 'rival', 'desk', 'crm', 'young'] as const;
const ACTIONS = ['pass', 'take', 'request', 'release', 'extend', 'send'] as const;
type Caller = (typeof CALLERS)[number];
type Action = (typeof ACTIONS)[number];

/** Code and subcode of every documented refusal. */
const DOCUMENTED = new Set(
  Object.values(refusals).map((refusal) => `${refusal.code}/${'subcode' in refusal ? refusal.subcode : ''}`),
);

interface ErrorBody {
  error?: { message: string; type: string; code: number; error_subcode?: number; fbtrace_id: string };
}

let stage: Stage;
let threads: Thread[];
let dice: Dice;
beforeEach(async () => {
  stage = await openStage();
  dice = new Dice(2026);
  const { world } = stage.meta;
  threads = ['Ana', 'Ben', 'Cem', 'Dua'].map((name) => world.addCustomer(name, 'messenger'));
  // Somebody whom an app without Advanced Access may see, too.
  const tester = threads[0];
  if (tester) tester.hasRole = true;
});
afterEach(() => stage.close());

interface Call {
  caller: Caller;
  action: Action;
  thread: Thread;
  target: string | null;
  seconds: number;
}

const randomCall = (): Call => ({
  caller: dice.pick(CALLERS),
  action: dice.pick(ACTIONS),
  thread: dice.pick(threads),
  target: dice.pick([null, stage.apps.bot, stage.apps.rival, stage.apps.desk, stage.apps.inbox, stage.apps.stranger]),
  seconds: dice.pick([60, 3600, 7 * 86_400, 8 * 86_400]),
});

const make = ({ caller, action, thread, target, seconds }: Call) => {
  const recipient = { id: thread.psid };
  if (action === 'send') return stage.post('/me/messages', caller, { recipient, message: { text: 'hello' } });
  const more =
    action === 'pass' && target !== null ? { target_app_id: target } : action === 'extend' ? { duration: seconds } : {};
  return stage.post(`/me/${action}_thread_control`, caller, { recipient, ...more });
};

/** Reads, mostly within the limit of two a second, since the clock moves between the calls. */
const READS = [
  '/me',
  '/me/conversations',
  '/me/thread_owner',
  '/me/subscribed_apps',
  '/me/secondary_receivers',
  '/me/custom_labels',
  '/me/nothing',
  '/1',
] as const;
const read = () => {
  const path = dice.pick(READS);
  return stage.get(path, dice.pick(CALLERS), path === '/me/thread_owner' ? { recipient: dice.pick(threads).psid } : {});
};

/** The world goes on: customers write, agents answer, time passes, an admin changes settings. */
function live(): void {
  const { world } = stage.meta;
  const thread = dice.pick(threads);
  const steps: (() => unknown)[] = [
    () =>
      world.customerSays(thread.psid, { text: 'hello', entry: dice.pick(['direct', 'direct', 'ad', 'link'] as const) }),
    () => world.customerSays(thread.psid, 'hello'),
    () => world.sendAsInbox(thread.userId, 'a person', 'Frida Holm'),
    () => world.advance(dice.pick([MINUTE, MINUTE, HOUR, 25 * HOUR])),
    () =>
      dice.int(4) === 0 &&
      world.setRouting('messenger', { on: dice.int(4) > 0, defaultApp: dice.pick([stage.apps.bot, stage.apps.rival]) }),
    () => world.changeApp(dice.pick([stage.apps.desk, stage.apps.crm]), { takeControl: dice.int(2) === 0 }),
  ];
  dice.pick(steps)();
}

/** What must come of a call: the owner after it (null: idle), or that it is refused. The rules told once more, by another hand. */
function foretell({ caller, action, thread, target, seconds }: Call): { owner: string | null } | 'refused' {
  const { world } = stage.meta;
  const me = stage.apps[caller];
  const owner = world.owner(thread);
  const main = world.defaultApp('messenger');
  const app = world.app(me);
  if (!app?.advancedAccess && !thread.hasRole) return 'refused';
  switch (action) {
    case 'take':
      return main !== null && owner !== me && app?.takeControl ? { owner: me } : 'refused';
    case 'pass': {
      const to = target ?? main;
      if ((owner !== null && owner !== me) || to === null || to === stage.apps.stranger) return 'refused';
      return to === me && owner === me ? 'refused' : { owner: to };
    }
    case 'request':
      return main === null && owner !== me ? { owner: owner ?? me } : 'refused';
    case 'release':
      return owner === me ? { owner: null } : 'refused';
    case 'extend':
      return owner === me && seconds <= 7 * 86_400 ? { owner: me } : 'refused';
    case 'send': {
      const mine = owner === null ? main === null || main === me : owner === me;
      return mine && world.now() < thread.standardWindowEndsAt ? { owner } : 'refused';
    }
  }
}

/** What must hold of any state, whatever led to it; each breach as a sentence. */
function breaches(): string[] {
  const { world } = stage.meta;
  const now = world.now();
  return threads.flatMap(({ name, control, messages, adControlDays, standardWindowEndsAt, humanAgentWindowEndsAt }) => {
    const [before, last] = messages.slice(-2);
    const rules: [boolean, string][] = [
      [control === null || world.app(control.owner)?.connected === true, 'is held by an app that is not connected'],
      [control === null || control.expiresAt > control.since, 'was never held'],
      [control === null || control.expiresAt <= now + 7 * DAY, 'is held for more than 7 days'],
      [adControlDays === null || control !== null, 'has an ad’s control and no owner'],
      [standardWindowEndsAt <= humanAgentWindowEndsAt, 'has a standard window beyond that of people'],
      [before === undefined || last === undefined || before.at < last.at, 'has messages out of order'],
    ];
    return rules.filter(([holds]) => !holds).map(([, breach]) => `${name} ${breach}`);
  });
}

function assertDocumented({ status, body }: { status: number; body: unknown }): void {
  expect(status).toBeLessThan(500);
  const { error } = body as ErrorBody;
  if (status === 200) {
    expect(error).toBeUndefined();
    return;
  }
  const whole =
    error !== undefined && error.message !== '' && error.type.endsWith('Exception') && error.fbtrace_id !== '';
  expect(whole && DOCUMENTED.has(`${error.code}/${error.error_subcode ?? ''}`), JSON.stringify(error)).toBe(true);
}

describe('10,000 random calls by five apps', () => {
  test('5,000 in order: each as foretold', async () => {
    const outcomes = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      if (dice.int(3) === 0) live();
      if (dice.int(8) === 0) {
        assertDocumented(await read());
        continue;
      }
      const call = randomCall();
      const before = { control: structuredClone(call.thread.control), messages: call.thread.messages.length };
      const wanted = foretell(call);
      const answer = await make(call);
      assertDocumented(answer);
      const told = `call ${i}: ${call.caller} ${call.action} ${call.target} ${call.thread.name}`;
      if (wanted === 'refused') {
        expect(answer.status, told).toBe(400);
        expect([call.thread.control, call.thread.messages.length], told).toEqual([before.control, before.messages]);
      } else {
        expect(answer.status, told).toBe(200);
        expect(stage.meta.world.owner(call.thread), told).toBe(wanted.owner);
        expect(call.thread.messages.length - before.messages, told).toBe(call.action === 'send' ? 1 : 0);
      }
      expect(breaches()).toEqual([]);
      const key = `${call.action} ${wanted === 'refused' ? wanted : 'done'}`;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    }
    // The calls went everywhere: every action was done and refused often.
    for (const action of ACTIONS)
      for (const end of ['done', 'refused'])
        expect(outcomes.get(`${action} ${end}`) ?? 0, `${action} ${end}`).toBeGreaterThan(20);
  }, 180_000);

  test('5,000 at once, 50 by 50: never outside the rules', async () => {
    for (let i = 0; i < 100; i++) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => {
          if (dice.int(3) === 0) live();
          return dice.int(8) === 0 ? read() : make(randomCall());
        }),
      );
      answers.forEach(assertDocumented);
      expect(breaches()).toEqual([]);
    }
    expect(stage.meta.log.list()).toHaveLength(5000);
    expect(stage.meta.log.list().some(({ status }) => status >= 500 || status === 0)).toBe(false);
  }, 180_000);
});

describe('nonsense', () => {
  test('whatever is sent, Meta answers, and the emulator itself never fails', async () => {
    const { world } = stage.meta;
    world.setDoubt('conversation-rate', 'unenforced');
    world.customerSays(threads[0]?.psid ?? '', 'hello');
    const nodes = [
      'me',
      stage.meta.pageId,
      threads[0]?.psid,
      threads[0]?.id,
      threads[0]?.messages[0]?.id,
      stage.apps.bot,
      world.state.labels[0]?.id,
      'debug_token',
      '',
    ];
    const names = [
      ...new Set(edgeNames.flatMap((name) => Object.keys(edges[name].params))),
      'fields',
      'limit',
      'after',
      'batch',
      'method',
      'constructor',
    ];
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        { id: threads[0]?.psid },
        { text: 'x' },
        'id,messages{id}',
        '[{"relative_url":"me"}]',
        threads[0]?.psid,
      ),
    );
    const call = fc.record({
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      node: fc.constantFrom(...nodes),
      edge: fc.constantFrom(...new Set(edgeNames.map((name) => edges[name].edge ?? ''))),
      params: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ method, node, edge, params }) => {
        const path = `/${[node, edge].filter(Boolean).join('/')}`;
        const answer = await { GET: stage.get, POST: stage.post, DELETE: stage.del }[method]?.(path, 'bot', params);
        expect(answer?.status).toBeLessThan(500);
        expect(breaches()).toEqual([]);
      }),
      { numRuns: 1000, seed: 2026 },
    );
  }, 180_000);
});
