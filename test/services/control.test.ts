import { afterEach, describe, expect, test } from 'vitest';
import type { Outcome, Wanted } from '../../utils/conversation/plan';
import { BROKEN } from '../graph/broken';
import type { Reply } from '../graph/given';
import type { Fault } from '../meta/faults';
import {
  appIds,
  type Degree,
  type Life,
  listComesLate,
  live,
  type MetaSide,
  metaSide,
  newKept,
  setDegree,
} from './control-stage';

const lives: Life[] = [];
afterEach(() => {
  for (const life of lives.splice(0)) life.close();
});

async function arrange(degree: Degree, owner: string | null, fetchOver = (meta: MetaSide) => meta.fetch) {
  const meta = metaSide();
  setDegree(meta, degree);
  meta.give(owner);
  const life = await live({ meta, degree, fetch: fetchOver(meta) });
  lives.push(life);
  await life.reader.list(life.page);
  return { meta, life };
}

/** Puts a broken answer in place of the n-th call to a path; the call has its effect, or has none. */
function breaking(meta: MetaSide, path: string, reply: Reply, effect: boolean): typeof fetch {
  let broken = false;
  return async (input, init) => {
    const hit = !broken && new URL(String(input)).pathname.endsWith(path);
    if (!hit) return meta.fetch(input, init);
    broken = true;
    if (effect) await meta.fetch(input, init);
    if (reply.fails) throw reply.fails;
    return new Response(reply.text ?? JSON.stringify(reply.body), { status: reply.status ?? 200 });
  };
}

function expectHonest(outcome: Outcome, meta: MetaSide, wanted: string): void {
  if (outcome.kind === 'done') expect(meta.owner()).toBe(wanted);
  for (const sentence of [outcome.cause, outcome.next ?? 'None.']) expect(sentence).toMatch(/^[A-Z“].*\.$/s);
  expect(outcome.cause).not.toMatch(/^\W*(code )?\d+\W*$/);
}

describe('a broken answer in the middle of a run', () => {
  const places = ['me/thread_owner', 'me/take_thread_control', 'me/pass_thread_control'];
  describe.each(places)('to %s', (path) => {
    test.each([true, false])('the call has its effect: %s', async (effect) => {
      for (const [why, reply] of BROKEN) {
        const { meta, life } = await arrange(2, appIds.inbox, (meta) => breaking(meta, path, reply, effect));
        const outcome = await life.press('bot');
        expect(['done', 'accepted', 'refused', 'unsure'], why).toContain(outcome.kind);
        expectHonest(outcome, meta, appIds.bot);
        // Nothing that was taken stays with an app that nobody watches.
        expect(meta.owner(), why).not.toBe(appIds.desk);
        expect(await life.store.openIntents(), why).toEqual([]);
        const shown = life.shown().value;
        if (shown.kind === 'app') expect(meta.owner(), why).toBe(shown.appId);
        life.close();
      }
    });
  });
});

const fault = (path: string, more: Partial<Fault> = {}): Fault => ({ kind: 'error', match: { path }, ...more });

describe('how a run ends', () => {
  test.each<[string, Degree, string | null, Wanted, Fault[], Outcome['kind'], RegExp, string | null]>([
    ['named by Meta', 4, appIds.inbox, 'bot', [], 'done', /^Bot has it/, appIds.bot],
    ['turned, by is_owner', 3, appIds.bot, 'human', [], 'done', /bot no longer has it/, appIds.inbox],
    ['not named to this token', 2, appIds.inbox, 'bot', [], 'accepted', /does not name the new owner/, appIds.bot],
    [
      'success without effect',
      4,
      appIds.inbox,
      'bot',
      [{ kind: 'no-effect', match: { path: 'take' } }],
      'accepted',
      /still names Inbox/,
      appIds.inbox,
    ],
    [
      'lost, and it happened',
      4,
      appIds.inbox,
      'bot',
      [{ kind: 'lost-answer', match: { path: 'take' } }],
      'done',
      /^Bot has it/,
      appIds.bot,
    ],
    [
      'lost, and nobody can tell',
      4,
      appIds.inbox,
      'bot',
      [{ kind: 'reset', match: { path: 'take' } }],
      'unsure',
      /may have happened/,
      appIds.inbox,
    ],
    [
      'cut off',
      4,
      appIds.inbox,
      'bot',
      [{ kind: 'truncated', match: { path: 'take' } }],
      'done',
      /^Bot has it/,
      appIds.bot,
    ],
    [
      'no answer in time',
      4,
      appIds.inbox,
      'bot',
      [{ kind: 'hang', match: { path: 'take' } }],
      'unsure',
      /may have happened/,
      appIds.inbox,
    ],
    ['a passing fault', 4, appIds.inbox, 'bot', [fault('take', { code: 1 })], 'refused', /passing fault/, appIds.inbox],
    [
      'throttled, with Meta’s time',
      4,
      appIds.inbox,
      'bot',
      [{ kind: 'throttle', match: { path: 'take' }, minutes: 5 }],
      'refused',
      /fewer calls.*5 min/s,
      appIds.inbox,
    ],
    [
      'half done, and back in the inbox',
      2,
      appIds.rival,
      'bot',
      [fault('pass', { code: 100, subcode: 2018164 })],
      'refused',
      /does not know the app.*has it now/s,
      appIds.inbox,
    ],
    [
      'half done, and released',
      2,
      appIds.rival,
      'bot',
      [fault('pass', { code: 368, times: 2 })],
      'refused',
      /policies.*has it now|policies.*does not tell/s,
      null,
    ],
    [
      'half done, and nothing helps',
      2,
      appIds.rival,
      'bot',
      [fault('pass', { code: 368, times: 2 }), fault('release', { code: 368 })],
      'refused',
      /App 666000000000006 has it now, until/,
      appIds.desk,
    ],
    [
      'an unknown refusal',
      4,
      appIds.inbox,
      'bot',
      [fault('take', { code: 4711, message: 'No frobbing' })],
      'refused',
      /“\(#4711\) No frobbing” \(code 4711\)/,
      appIds.inbox,
    ],
  ])('%s', async (_, degree, owner, wanted, faults, kind, words, after) => {
    const { meta, life } = await arrange(degree, owner);
    for (const one of faults) meta.faults.add(one);
    const outcome = await life.press(wanted);
    expect(outcome.kind).toBe(kind);
    expect(`${outcome.title}. ${outcome.cause} ${outcome.next ?? ''}`).toMatch(words);
    expect(meta.owner()).toBe(after);
  });

  test('the end of control is told where it was extended', async () => {
    const { meta, life } = await arrange(4, appIds.bot);
    expect(await life.press('longer')).toMatchObject({ kind: 'done', title: 'Control extended' });
    expect(meta.writes()).toEqual(['extend: 200']);
  });

  test('a dead token ends the Page’s work, and nothing more is called', async () => {
    const { meta, life } = await arrange(4, appIds.inbox);
    meta.faults.add(fault('take', { code: 190, subcode: 460 }));
    expect(await life.press('bot')).toMatchObject({ kind: 'refused', cause: expect.stringContaining('password') });
    const calls = meta.calls().length;
    expect(await life.press('bot')).toMatchObject({ kind: 'refused', title: 'Baton has stopped for this Page' });
    expect(meta.calls()).toHaveLength(calls);
  });

  test('what cannot be read is not guessed', async () => {
    const { meta, life } = await arrange(4, appIds.inbox);
    meta.faults.add({ kind: 'not-json', match: { path: 'thread_owner' } });
    expect(await life.press('bot')).toMatchObject({ kind: 'refused', title: 'The owner could not be read' });
    expect(meta.writes()).toEqual([]);
  });
});

describe('a call that the browser sends twice by itself', () => {
  const twice =
    (meta: MetaSide): typeof fetch =>
    async (input, init) => {
      if (init?.method === 'POST') await meta.fetch(input, init);
      return meta.fetch(input, init);
    };
  test.each<[string, Degree, string, Wanted, Outcome['kind'], string | null]>([
    ['take', 4, appIds.inbox, 'bot', 'done', appIds.bot],
    ['pass', 4, appIds.bot, 'human', 'done', appIds.inbox],
    ['extend', 4, appIds.bot, 'longer', 'done', appIds.bot],
    // Who had it before is not known any more.
    ['release', 4, appIds.bot, 'let-go', 'refused', null],
  ])('%s: what shows has happened', async (_, degree, owner, wanted, kind, after) => {
    const { meta, life } = await arrange(degree, owner, twice);
    expect(await life.press(wanted)).toMatchObject({ kind });
    expect(meta.owner()).toBe(after);
  });
});

describe('a run after which the owner could not be read', () => {
  const away = (times: number): Fault => ({ kind: 'reset', match: { path: 'thread_owner' }, times });

  /** At a desk’s token, with an owner that was read a moment ago. */
  async function arrangeRead(owner: string, kept = newKept()) {
    const meta = metaSide();
    meta.give(owner);
    const life = await live({ meta, degree: 2, kept });
    lives.push(life);
    await life.reader.list(life.page);
    await life.reader.owner(life.page, life.psid);
    return { meta, life, kept };
  }

  test('ends as it was told, with who has it once Meta answers', async () => {
    const { meta, life } = await arrangeRead(appIds.rival);
    meta.faults.add(fault('pass', { code: 100, subcode: 2018164 }));
    meta.faults.add(away(2));
    const told = await life.press('bot');
    expect(told.cause).toMatch(/does not know the app.* Baton could not read who has the conversation now\.$/);
    while ((await life.store.openIntents()).length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const { outcome } = await life.control.latest(life.page, life.psid);
    expect(outcome).toMatchObject({ kind: 'refused', title: told.title });
    expect(outcome?.cause).toMatch(/does not know the app.* has it now/);
    expect(meta.owner()).toBe(appIds.inbox);
  });

  test('puts nothing back behind a later press', async () => {
    const { meta, life, kept } = await arrangeRead(appIds.inbox);
    meta.faults.add({ kind: 'reset', match: { path: 'pass' } });
    meta.faults.add(away(1));
    expect(await life.press('bot')).toMatchObject({ kind: 'unsure' });
    life.close();

    const next = await live({ meta, degree: 2, kept });
    lives.push(next);
    meta.clock.advance(10_000);
    expect(await next.press('human')).toMatchObject({ kind: 'accepted' });
    // Whoever gets the conversation later has nothing to do with the first press.
    meta.give(appIds.desk);
    const before = meta.writes();
    await next.settle();
    expect([meta.writes(), meta.owner()]).toEqual([before, appIds.desk]);
    expect(await next.store.openIntents()).toEqual([]);
  });

  test('is settled itself, though somebody presses just then', async () => {
    const { meta, life, kept } = await arrangeRead(appIds.inbox);
    meta.faults.add({ kind: 'reset', match: { path: 'pass' } });
    meta.faults.add(away(1));
    await life.press('bot');
    life.close();

    const next = await live({ meta, degree: 2, kept });
    lives.push(next);
    const pressed = next.press('human');
    await next.settle();
    expect(await pressed).toMatchObject({ kind: 'accepted' });
    expect(await next.store.openIntents()).toEqual([]);
  });
});

describe('a list that was asked before a run, and is answered while its end is read', () => {
  test.each<[Wanted, string, string, RegExp]>([
    ['let-go', appIds.bot, 'Nobody has it', /^Meta says that no app has it\./],
    ['human', appIds.bot, 'Inbox has it', /^Meta names this app/],
    ['bot', appIds.inbox, 'Bot has it', /^Meta names this app/],
    ['longer', appIds.bot, 'Control extended', /^Meta names this app/],
  ])('%s: the reading that shows the end names who has it', async (wanted, owner, title, cause) => {
    const { meta, life } = await arrange(4, owner, (meta) => listComesLate(meta, 2));
    await life.reader.owner(life.page, life.psid);
    const list = life.reader.list(life.page);
    await Promise.resolve();
    expect(await life.press(wanted)).toMatchObject({ kind: 'done', title, cause: expect.stringMatching(cause) });
    await list;
    expect(meta.writes()).toHaveLength(1);
  });
});

describe('one run at a time', () => {
  test('whichever window or button asked: a second press joins the first', async () => {
    const { meta, life } = await arrange(4, appIds.inbox);
    const [first, second] = await Promise.all([life.press('bot'), life.press('bot')]);
    expect(second).toBe(first);
    expect(meta.writes()).toEqual(['take: 200']);
  });

  test('the run is told while it is under way, and its end for two minutes', async () => {
    const { meta, life } = await arrange(4, appIds.inbox);
    const pressed = life.press('bot');
    expect(await life.control.latest(life.page, meta.thread.psid)).toMatchObject({ running: 'bot', outcome: null });
    const outcome = await pressed;
    expect(await life.control.latest(life.page, meta.thread.psid)).toMatchObject({ running: null, outcome });
    meta.clock.advance(120_001);
    expect(await life.control.latest(life.page, meta.thread.psid)).toMatchObject({ running: null, outcome: null });
  });
});

describe('the note', () => {
  const note = '{"note":"Size 54 is settled"}';
  test.each<[string, Degree, string, Wanted, string[]]>([
    ['goes with take', 4, appIds.inbox, 'bot', [note]],
    ['goes with take and pass', 2, appIds.inbox, 'bot', [note, note]],
    ['goes not with release', 4, appIds.bot, 'let-go', []],
  ])('%s, exactly as it was given', async (_, degree, owner, wanted, sent) => {
    const { meta, life } = await arrange(degree, owner);
    await life.control.press(life.page, meta.thread.psid, wanted, note);
    const posts = meta.calls().filter(({ method }) => method === 'POST');
    expect(posts.flatMap(({ params }) => (params.metadata === undefined ? [] : [params.metadata]))).toEqual(sent);
  });
});
