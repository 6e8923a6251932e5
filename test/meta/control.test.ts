/** The control address: moving the world by HTTP, ordering faults, saving and loading. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from './faults';
import type { Call, SavedWorld } from './model';
import { DAY } from './rules';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(stage.meta.control + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    body: answer.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text,
  };
}
const post = (path: string, body: unknown = {}) => control('POST', path, body);
const says = () => stage.meta.world.customerSays(stage.thread.psid, 'hello');
const owner = async () => (await stage.get('/me/thread_owner', '4', { recipient: stage.thread.psid })).body;
const state = async () =>
  (await control('GET', '/state')).body as {
    now: number;
    threads: { psid: string; owner: string | null; messages: unknown[] }[];
  };
const threadState = async () => (await state()).threads.find(({ psid }) => psid === stage.thread.psid);

describe('moving the world', () => {
  test('the clock goes forward, by a span or to a moment', async () => {
    const { now } = await state();
    expect((await post('/clock', { advance: DAY })).body).toMatchObject({ now: expect.any(Number) });
    expect((await state()).now - now).toBeGreaterThanOrEqual(DAY);
    await post('/clock', { set: now + 3 * DAY });
    expect((await state()).now - now).toBeLessThan(3 * DAY + 5000);
    expect(await post('/clock', { advance: -1 })).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });

  test('routing off and on keeps the default app', async () => {
    await post('/routing', { on: false });
    says();
    expect((await threadState())?.owner).toBeNull();
    await post('/routing', { on: true });
    says();
    expect((await threadState())?.owner).toBe(stage.apps.bot);
  });

  test('routing takes entries and the days of an ad, per platform', async () => {
    expect((await post('/routing', { entries: { link: stage.apps.desk }, adControlDays: 30 })).body).toMatchObject({
      on: true,
      adControlDays: 30,
      entries: { ad: null, link: stage.apps.desk },
    });
    expect(await post('/routing', { adControlDays: 31 })).toMatchObject({ status: 400 });
    await post('/routing', { platform: 'instagram', on: false });
    expect((await stage.get('/me', '4', { fields: 'messaging_feature_status' })).body).toMatchObject({
      messaging_feature_status: { msgr_multi_app: true, ig_multi_app: false },
    });
  });

  test('the default app, by id, by name, or none', async () => {
    await post('/default-app', { app: 'ManyChat' });
    says();
    expect((await threadState())?.owner).toBe(stage.apps.rival);
    await post('/default-app', { app: null });
    expect(await stage.control('take', 'bot')).toMatchObject({ body: { error: { code: 27 } } });
    expect(await post('/default-app', { app: 'nobody' })).toMatchObject({ status: 400 });
  });

  test('the toggle', async () => {
    says();
    await post('/toggle', { app: stage.apps.desk, on: false });
    expect(await stage.control('take', 'desk')).toMatchObject({ body: { error: { code: 27 } } });
    await post('/toggle', { app: stage.apps.desk, on: true });
    expect(await stage.control('take', 'desk')).toMatchObject({ status: 200 });
  });

  test.each([
    [{ text: 'hello' }, { kind: 'text', text: 'hello' }],
    [{ sticker: true }, { kind: 'sticker', text: '' }],
    [{ image: true }, { kind: 'image' }],
    [{ postback: { title: 'Prices', payload: 'PRICES' } }, { kind: 'postback', text: 'Prices' }],
    [{ text: 'from an ad', entry: 'ad' }, { kind: 'text' }],
  ])('a customer says %j', async (said, wanted) => {
    expect((await post(`/customers/${stage.thread.psid}/say`, said)).body).toMatchObject(wanted);
    expect((await threadState())?.messages).toHaveLength(1);
  });

  test.each([
    ['/customers/1/say', { text: 'hello' }],
    ['/customers/ANA/say', {}],
    ['/customers/ANA/say', { reaction: { reaction: '❤' } }],
    ['/customers/ANA/say', { text: 5 }],
    ['/load', { threads: 'none' }],
    ['/threads/1/mark-done', {}],
    ['/fault', { kind: 'earthquake' }],
    ['/doubts', { done: 'explodes' }],
    ['/doubts', { nothing: 'x' }],
    ['/doubts', { constructor: 'x' }],
    ['/apps', { app: 'ManyChat', colour: 'red' }],
    ['/webhooks', { app: 'ManyChat', url: 'https://example.com/', verifyToken: 'x' }],
    ['/bot', { on: true }],
  ])('%s %j is answered by a sentence', async (path, body) => {
    expect(await post(path.replace('ANA', stage.thread.psid), body)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/\w+ \w+/) },
    });
  });

  test('what does not exist is 404', async () => {
    expect(await control('GET', '/weather')).toMatchObject({ status: 404 });
  });

  test('people and machinery of the Page', async () => {
    const { psid, userId } = stage.thread;
    says();
    await post(`/threads/${psid}/meta-ai`, { on: true });
    await post(`/threads/${psid}/meta-ai`, { text: 'I am an AI' });
    await post(`/threads/${psid}/automation`, { text: 'instant reply' });
    await post(`/threads/${psid}/assign`, { name: 'Sam Okafor' });
    await post('/agents/send', { thread: userId, text: 'I am Sam', agent: 'Sam Okafor', device: 'mobile' });
    await post(`/threads/${psid}/mark-done`);
    const authors = stage.thread.messages.map(({ author, kind }) => `${author.kind} ${kind}`);
    expect(authors).toEqual([
      'customer text',
      'meta notice',
      'meta-ai text',
      'automation text',
      'meta activity',
      'meta notice',
      'human text',
    ]);
    expect(stage.thread).toMatchObject({ assignedTo: 'Sam Okafor', folder: 'done', metaAi: false });
  });

  test('nothing secret is told', async () => {
    const { state: world } = stage.meta.world;
    await stage.get('/me', '4');
    for (const path of ['/state', '/calls', '/webhooks', '/doubts']) {
      const told = JSON.stringify((await control('GET', path)).body);
      for (const secret of [...world.tokens.map(({ value }) => value), ...world.apps.map(({ secret: key }) => key)])
        expect(told).not.toContain(secret);
    }
  });
});

describe('the log of calls', () => {
  test('holds who called what, and how it ended; it can be emptied', async () => {
    says();
    await stage.get('/me/thread_owner', '4', { recipient: stage.thread.psid }, { tokenBy: 'header' });
    await stage.control('take', 'bot');
    const calls = (await control('GET', '/calls')).body as Call[];
    expect(calls).toMatchObject([
      {
        seq: 1,
        method: 'GET',
        path: '/me/thread_owner',
        version: 'v25.0',
        params: { recipient: stage.thread.psid },
        app: stage.apps.bot,
        token: 'degree-4',
        tokenBy: 'header',
        status: 200,
        code: null,
      },
      {
        seq: 2,
        method: 'POST',
        path: '/me/take_thread_control',
        token: 'bot',
        tokenBy: 'parameter',
        status: 400,
        code: 100,
      },
    ]);
    await control('DELETE', '/calls');
    expect((await control('GET', '/calls')).body).toEqual([]);
  });
});

describe('faults', () => {
  const take = () => stage.control('take', 'desk', {}).catch((error: Error) => error.message);
  const held = () => stage.owner() === stage.apps.desk;

  test.each<[Omit<Fault, 'match'>, unknown, boolean]>([
    [
      { kind: 'error', code: 2, message: 'later', transient: true },
      { status: 500, body: { error: { code: 2, is_transient: true } } },
      false,
    ],
    [
      { kind: 'error', code: 190, subcode: 460 },
      { status: 400, body: { error: { code: 190, error_subcode: 460 } } },
      false,
    ],
    [{ kind: 'error', code: 10, status: 403 }, { status: 403 }, false],
    [
      { kind: 'throttle', minutes: 7 },
      { body: { error: { code: 80006 } }, headers: { 'x-app-usage': expect.any(String) } },
      false,
    ],
    [{ kind: 'delay', ms: 5 }, { status: 200 }, true],
    [{ kind: 'reset' }, expect.stringMatching(/socket hang up|reset/i), false],
    [{ kind: 'lost-answer' }, expect.stringMatching(/socket hang up|reset/i), true],
    [{ kind: 'no-effect' }, { status: 200, body: { success: true } }, false],
    [{ kind: 'not-json' }, { status: 502, body: expect.stringContaining('<html>') }, true],
    [{ kind: 'truncated' }, { status: 200, body: '{"succes' }, true],
  ])('%j', async (fault, wanted, happened) => {
    says();
    await post('/fault', { ...fault, match: { path: 'take_thread_control' } });
    const answer = await take();
    if (typeof answer === 'string') expect(answer).toEqual(wanted);
    else expect(answer).toMatchObject(wanted as object);
    expect(held()).toBe(happened);
  });

  test('a call that hangs gets no answer and has no effect', async () => {
    says();
    await post('/fault', { kind: 'hang' });
    const answer = await stage
      .post('/me/take_thread_control', 'desk', { recipient: { id: stage.thread.psid } }, { timeout: 100 })
      .catch((error: Error) => error.message);
    expect([answer, held()]).toEqual(['No answer in time', false]);
  });

  test.each<[string, Omit<Fault, 'match'> | null, boolean]>([
    ['with its effect', null, true],
    ['into the next fault', { kind: 'reset' }, false],
    ['into the next fault, which comes after the effect', { kind: 'lost-answer' }, true],
  ])('a held call does nothing until it is let go, %s', async (_, next, happens) => {
    says();
    const match = { path: 'take_thread_control' };
    await post('/fault', { kind: 'hold', match });
    const answer = take();
    const waiting = async () => (await control('GET', '/fault/held')).body as { path: string; token: string }[];
    while ((await waiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await waiting()).toMatchObject([{ path: '/me/take_thread_control', token: 'desk' }]);
    expect(held()).toBe(false);
    expect((await control('GET', '/calls')).body).toEqual([]);
    if (next) await post('/fault', { ...next, match });
    await post('/fault/let-go');
    await answer;
    expect([held(), await waiting()]).toEqual([happens, []]);
  });

  test('a throttle tells the time to wait', async () => {
    await post('/fault', { kind: 'throttle', minutes: 7 });
    const { headers } = await stage.get('/me', '4');
    expect(JSON.parse(String(headers['x-business-use-case-usage']))).toMatchObject({
      [stage.meta.pageId]: [{ estimated_time_to_regain_access: 7 }],
    });
  });

  test('a fault fits by method, path, app and token, so many times', async () => {
    await post('/fault', {
      kind: 'error',
      times: 2,
      match: { method: 'get', path: '/me', app: stage.apps.bot, token: 'degree-4' },
    });
    const codes = [];
    for (const token of ['bot', 'desk', '4', '4', '4']) codes.push((await stage.get('/me', token)).status);
    expect(codes).toEqual([200, 200, 500, 500, 200]);
    expect((await control('GET', '/fault')).body).toEqual([]);
  });

  test('faults can be taken back', async () => {
    await post('/fault', { kind: 'error', times: 9 });
    await control('DELETE', '/fault');
    expect(await stage.get('/me', '4')).toMatchObject({ status: 200 });
  });
});

describe('a saved world', () => {
  test('keeps no webhook, and takes none away', async () => {
    const desk = await stage.hooks(stage.apps.desk);
    const saved = (await post('/save')).body as SavedWorld;
    expect(JSON.stringify(saved)).not.toContain(desk.url);
    await post('/load', saved);
    says();
    await stage.settle();
    expect(desk.heard).toHaveLength(1);
  });

  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'world-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('goes to a file and comes back, in this emulator or another', async () => {
    const file = join(folder, 'world.json');
    says();
    await post('/doubts', { snippets: 'cut' });
    await post('/clock', { advance: DAY / 2 });
    const { threads } = await state();
    const told = await owner();
    await post('/save', { file });
    says();
    await stage.control('take', 'desk');
    expect(await owner()).not.toEqual(told);
    await post('/load', { file });
    expect(await owner()).toEqual(told);
    expect((await state()).threads).toEqual(threads);

    const saved = (await post('/save')).body as SavedWorld;
    const other = await openStage({ saved });
    expect(other.meta.tokens).toEqual(stage.meta.tokens);
    expect((await other.get('/me/thread_owner', '4', { recipient: stage.thread.psid })).body).toEqual(told);
    expect(other.meta.world.doubts.snippets).toBe('cut');
    expect(Math.abs(other.meta.world.now() - saved.savedAt)).toBeLessThan(10_000);
    await other.close();
  });
});
