import { afterAll, describe, expect, test } from 'vitest';
import type { Fault } from '../meta/faults';
import type { Meta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import {
  bring,
  type ControlStage,
  connectAnew,
  isWaiting,
  offered,
  openControl,
  ownerAtMeta,
  pressToEnd,
} from './control-stage';

type Call = 'take' | 'pass' | 'request' | 'release' | 'extend';

/** A refusal, and what a person then reads. */
interface Row {
  call: Call;
  /** What Meta says: by an order, or by the emulator's own rules. */
  meta: Pick<Fault, 'code' | 'subcode' | 'message' | 'kind' | 'minutes' | 'times'> | Rule;
  /** A part of the cause, and of what to do next; null: nobody can do anything. */
  cause: string;
  next: string | null;
  /** `npm test` plays it: one of each kind of trouble, one of each call. */
  always?: true;
  /** Baton learns from it what holds for the whole Page. */
  isLearned?: true;
}

/** A way to make Meta refuse by its own rules, and to undo it. */
type Rule = { rule: string; on(meta: Meta): void; off(meta: Meta): void };

const BUTTONS: Record<Call, { words: string; owner: 'bot' | 'inbox'; title: string }> = {
  take: { words: 'Pass to bot', owner: 'inbox', title: 'Meta refused to give control' },
  pass: { words: 'Take control', owner: 'bot', title: 'Meta refused to pass control' },
  release: { words: 'Release', owner: 'bot', title: 'Meta refused to release control' },
  extend: { words: 'Extend control', owner: 'bot', title: 'Meta refused to extend control' },
  request: { words: 'Request control', owner: 'inbox', title: 'Meta refused the request' },
};

const says = (code: number, subcode?: number, message?: string): Row['meta'] => ({
  kind: 'error',
  code,
  ...(subcode === undefined ? {} : { subcode }),
  ...(message === undefined ? {} : { message }),
});

const toggleOff = (code: '27' | '10' | '100'): Rule => ({
  rule: `the app may not take control, code ${code}`,
  on: ({ world, apps }) => {
    world.setDoubt('toggle-refusal', code);
    world.changeApp(apps.bot ?? '', { takeControl: false });
  },
  off: ({ world, apps }) => void world.changeApp(apps.bot ?? '', { takeControl: true }),
});

const routingOff: Rule = {
  rule: 'routing is off',
  on: ({ world }) => world.setRouting('messenger', { on: false }),
  off: ({ world }) => world.setRouting('messenger', { on: true }),
};

const TOKEN = 'new Page access token';
const NATIVE = 'Reply here: the inbox takes control by itself.';
const RELOAD = 'Reload the inbox';
const DEVELOPER = 'Ask the app’s developer.';
const WAIT = 'Wait a moment. Baton reads the owner again by itself.';

/** Meta, Messenger error codes, Jun 2026; Rate limiting, Mar 2026; field reports of Aug 2026. */
const ROWS: readonly Row[] = [
  // May not
  { call: 'take', meta: toggleOff('27'), cause: 'not allowed to take control', next: 'full access', always: true },
  { call: 'take', meta: toggleOff('10'), cause: 'not allowed to take control', next: 'full access' },
  { call: 'take', meta: toggleOff('100'), cause: 'not allowed to take control', next: 'full access' },
  { call: 'take', meta: says(27, undefined, 'Quite new'), cause: 'It says: “(#27) Quite new”', next: 'full access' },
  { call: 'take', meta: says(3), cause: 'lacks the capability', next: DEVELOPER },
  { call: 'take', meta: says(10), cause: 'lacks a permission', next: 'pages_messaging' },
  { call: 'take', meta: says(200), cause: 'lacks a permission', next: 'pages_messaging' },
  { call: 'take', meta: says(299), cause: 'lacks a permission', next: 'pages_messaging' },
  { call: 'take', meta: says(200, 2018028), cause: 'needs Meta’s review', next: DEVELOPER },
  { call: 'take', meta: says(100, 33), cause: 'shows this conversation to the app', next: 'Advanced Access' },
  { call: 'take', meta: says(2, 2018344), cause: 'terms for contact labels', next: 'accept them' },
  { call: 'take', meta: says(100, 2018234), cause: 'does not show the old receivers', next: null },
  { call: 'pass', meta: says(100, 2018164), cause: 'does not know the app', next: 'bot app in Setup', always: true },
  { call: 'pass', meta: says(100, undefined, 'Incorrect App ID'), cause: 'does not know the app', next: 'bot app' },

  // Has it, or has it not
  { call: 'take', meta: says(10, 2018300), cause: 'Another app controls', next: NATIVE, always: true },
  { call: 'take', meta: says(10, undefined, 'another app is controlling'), cause: 'Another app', next: NATIVE },
  { call: 'take', meta: says(100, 2018321), cause: 'question-and-answer flow', next: 'flow has ended' },
  { call: 'take', meta: says(100, undefined, 'The app is already the thread owner'), cause: 'already', next: null },
  {
    call: 'pass',
    meta: says(100, undefined, 'The target app is already the thread owner'),
    cause: 'should go to has this conversation already',
    next: null,
    always: true,
  },
  { call: 'pass', meta: says(100, 2018151), cause: 'does not have this conversation', next: NATIVE },
  { call: 'pass', meta: says(100, 2534037), cause: 'does not have this conversation', next: NATIVE },
  {
    call: 'release',
    meta: says(100, undefined, 'Only the current thread owner can release'),
    cause: 'does not have this conversation',
    next: NATIVE,
    always: true,
  },
  {
    call: 'extend',
    meta: says(100, undefined, 'Param duration must be between 1 and 604800 seconds'),
    cause: 'Baton does not know this answer: “(#100) Param duration',
    next: 'whoever looks after the bot',
    always: true,
  },

  // Customers and windows
  { call: 'take', meta: says(10, 2018278), cause: 'standard messaging window', next: 'customer writes', always: true },
  { call: 'take', meta: says(10, 2018065), cause: 'messaging window', next: 'customer writes' },
  { call: 'take', meta: says(10, 2534022), cause: 'messaging window', next: 'customer writes' },
  { call: 'take', meta: says(100, 2018001), cause: 'no such customer', next: RELOAD, always: true },
  { call: 'take', meta: says(100, undefined, 'No matching user found'), cause: 'no such customer', next: RELOAD },
  { call: 'take', meta: says(10, 2018108), cause: 'can’t receive messages', next: null },
  { call: 'take', meta: says(551, 1545041), cause: 'may have blocked the Page', next: null },
  { call: 'take', meta: says(200, 1545041), cause: 'may have blocked the Page', next: null },
  { call: 'take', meta: says(551), cause: 'may have blocked the Page', next: null },
  { call: 'take', meta: says(230), cause: 'not agreed to be contacted', next: null },
  { call: 'take', meta: says(9000001), cause: 'deleted', next: null },

  // Policy
  { call: 'take', meta: says(368), cause: 'blocked this action', next: 'Page quality', always: true },
  { call: 'take', meta: says(10, 1893063), cause: 'restricted this Page', next: 'Page quality' },
  { call: 'take', meta: says(10, 2018336), cause: 'holds messages', next: 'Reply in the inbox' },
  { call: 'take', meta: says(2635), cause: 'ended the version', next: 'Update Baton' },

  // Passing, and unknown
  { call: 'take', meta: says(1), cause: 'passing fault', next: WAIT },
  { call: 'take', meta: says(2), cause: 'not available', next: WAIT, always: true },
  { call: 'take', meta: says(1200, 2018024), cause: 'passing fault', next: WAIT },
  {
    call: 'take',
    meta: says(4711, 99, 'No frobbing'),
    cause: 'Baton does not know this answer: “(#4711) No frobbing” (code 4711, subcode 99).',
    next: 'whoever looks after the bot',
    always: true,
  },

  // Throttles
  {
    call: 'take',
    meta: { kind: 'throttle', minutes: 5 },
    cause: 'fewer calls',
    next: 'wait 5 min',
    always: true,
    isLearned: true,
  },
  ...[4, 17, 32, 341, 613, 80001, 80002, 80006].map(
    (code): Row => ({ call: 'take', meta: says(code), cause: 'fewer calls', next: WAIT, isLearned: true }),
  ),
  ...[1996, 2018338, 2534040].map(
    (subcode): Row => ({
      call: 'take',
      meta: says(613, subcode),
      cause: 'fewer calls',
      next: WAIT,
      isLearned: true,
    }),
  ),

  // Tokens
  {
    call: 'take',
    meta: says(190, 460),
    cause: 'changed their password',
    next: TOKEN,
    always: true,
    isLearned: true,
  },
  ...(
    [
      [says(190), 'does not accept the token', TOKEN],
      [says(190, 458), 'removed the app', TOKEN],
      [says(190, 459), 'locked the account', 'log in to Facebook'],
      [says(190, 463), 'expired', TOKEN],
      [says(190, 464), 'not confirmed', 'confirm their Facebook account'],
      [says(190, 467), 'no longer valid', TOKEN],
      [says(190, 492), 'role on the Page', 'role on the Page'],
      [says(102), 'session behind the token', TOKEN],
      // Refused in the header, the token goes as a parameter, and is refused again.
      [{ ...says(104), times: 2 }, 'received no token', TOKEN],
      [{ ...says(2500, undefined, 'An active access token must be used'), times: 2 }, 'received no token', TOKEN],
    ] as const
  ).map(([meta, cause, next]): Row => ({ call: 'take', meta, cause, next, isLearned: true })),

  // Routing
  {
    call: 'take',
    meta: says(100, undefined, 'Handover Protocol APIs disabled for this page.'),
    cause: 'left the old handover protocol',
    next: 'default app',
    isLearned: true,
  },
  { call: 'take', meta: says(100, 2018171), cause: 'old handover receivers', next: 'default app', isLearned: true },
  { call: 'take', meta: says(27, 2018464), cause: 'routing is off', next: 'default app', isLearned: true },
  { call: 'take', meta: routingOff, cause: 'routing is off', next: 'default app', always: true, isLearned: true },
  {
    call: 'request',
    meta: says(27, undefined, 'Request thread control is not supported when Conversation Routing is enabled.'),
    cause: 'routing is on',
    next: 'Use “Pass to bot”',
    always: true,
    isLearned: true,
  },
];

const PLAYED = process.env.BATON_SOAK ? ROWS : ROWS.filter(({ always }) => always);

/** Every refusal that a control call can meet, as a person reads it. */
describe.each<BrowserKind>(['chromium', 'firefox'])('refused, in %s', (kind) => {
  const run = test.runIf(findBrowser(kind) !== null || process.env.CI === 'true');
  let staged: Promise<ControlStage> | null = null;
  /** What Baton has learned is to be forgotten before the next row. */
  let isStale = false;
  afterAll(async () => (await staged)?.close());

  function stage() {
    staged ??= openControl(kind);
    return staged;
  }

  /** Brings everything to where a row begins, and lets Meta refuse the next call. */
  async function arrange({ call, meta: said }: Row): Promise<ControlStage> {
    const opened = await stage();
    const { meta, popup } = opened;
    const { owner, words } = BUTTONS[call];
    meta.faults.clear();
    meta.world.setRouting('messenger', { on: true });
    if (isStale) await connectAnew(opened);
    isStale = false;
    await bring(opened, owner);
    if (call === 'request') {
      meta.world.setRouting('messenger', { on: false });
      await connectAnew(opened);
    }
    await offered(popup, words);
    if ('rule' in said) said.on(meta);
    else meta.faults.add({ ...said, match: { path: `${call}_thread_control` } });
    return opened;
  }

  for (const row of PLAYED) {
    const { call, meta: said, cause, next } = row;
    const { words, title, owner } = BUTTONS[call];
    run(`${call}: ${'rule' in said ? said.rule : describeFault(said)}`, async () => {
      const { meta, popup } = await arrange(row);
      isStale = row.isLearned ?? false;
      const end = await pressToEnd(popup, words);
      if ('rule' in said) said.off(meta);

      expect(end).toMatchObject({ role: 'alert', kind: 'refused' });
      expect(end.words).toContain(title);
      expect(end.words).toContain(cause);
      if (next === null) expect(end.words).not.toContain('Next:');
      else expect(end.words.split('Next:')[1]).toContain(next);
      // A number stands only beside Meta's own words.
      expect(end.words.replace(/“.*?” \(code .*?\)/g, '')).not.toMatch(/\d{3,}|#\d|OAuthException/);
      expect(await isWaiting(popup)).toBe(false);
      expect(ownerAtMeta(meta)).toBe(owner);
      expect(meta.faults.list()).toEqual([]);
    });
  }

  run('an answer that never comes, whatever happened: the owner is looked at, and nothing is claimed', async () => {
    // A browser may send a call once more by itself where a connection ends: each time it ends again.
    const { meta, popup } = await arrange({ call: 'take', meta: { kind: 'reset', times: 20 }, cause: '', next: null });
    const end = await pressToEnd(popup, 'Pass to bot');
    expect(end).toMatchObject({ role: 'status', kind: 'unsure' });
    expect(end.words).toContain('It may have happened. The owner was read since: Inbox has it now.');
    expect(end.words).toContain('Look at the owner before you press again.');
    expect(await isWaiting(popup)).toBe(false);
    expect(ownerAtMeta(meta)).toBe('inbox');
    meta.faults.clear();
  });
});

const describeFault = ({ kind, code, subcode, message }: Omit<Fault, 'match'>): string =>
  [kind === 'throttle' ? 'throttled' : code, subcode, message && `“${message}”`].filter(Boolean).join(' ');
