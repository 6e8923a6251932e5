import { afterEach, describe, expect, test } from 'vitest';
import { reportOfCalls } from '../../components/popup/CallList';
import type { CallCheck } from '../../utils/conversation/view';
import { createGraph } from '../../utils/graph/graph';
import { createTransport } from '../../utils/graph/transport';
import { checkCalls, readAnswer } from '../../utils/services/call-check';
import { emptyMemory } from '../../utils/services/memory';
import { answering, BOT, graphOver, PAGE_ID, PSID, type Reply, TOKEN } from '../graph/given';
import { CHECKED_CALLS } from './checked-calls';
import { pageWith } from './given';
import { type GivenBrowser, openBrowser } from './over-meta';

const OF_ONE_CONVERSATION = ['messages', 'thread_owner'];

/** Every call against a Meta that says the same to each. */
async function checkAgainst(reply: Reply, { psid = PSID as string | null, botApp = BOT as string | null } = {}) {
  const { fetch, sent } = answering(reply);
  const memory = emptyMemory();
  const conversation = { threadId: 't_1', name: 'Maja', updatedAt: 1, messages: [] };
  if (psid !== null) memory.list.conversations = [{ psid, ...conversation }];
  const record = { pageId: PAGE_ID, name: 'Bikes', token: TOKEN, tokenApp: BOT, botApp };
  const page = pageWith({ record, graph: graphOver(fetch), memory });
  const minded: string[] = [];
  const calls = await checkCalls(page, {
    pages: {
      watchedGraph: (_, watch) =>
        createGraph(
          createTransport({ fetch: watch(fetch), token: TOKEN, now: () => 0, timeoutMs: 20 }),
          PAGE_ID,
          async () => {},
        ),
    },
    reader: { mind: async (_, { trouble }) => void minded.push(trouble) },
    now: () => 0,
  });
  return { calls, sent, minded };
}

const of = (calls: readonly CallCheck[], name: string) => calls.filter(({ call }) => call === name);

describe('each call, by what Meta says', () => {
  const refused = { error: { message: 'No.', type: 'OAuthException', code: 10, error_subcode: 2018300 } };
  const REPLIES: [string, Reply, Partial<CallCheck>][] = [
    [
      'refused with a code',
      { status: 403, body: refused },
      { state: 'refused', status: 403, code: 10, subcode: 2018300, type: 'OAuthException' },
    ],
    [
      'no JSON',
      { status: 502, text: '<html>Sorry, Maja</html>' },
      { state: 'no-json', status: 502, code: null, keys: [] },
    ],
    ['another shape', { body: { data: 'none' } }, { state: 'odd', status: 200, keys: ['data'] }],
    ['no answer in time', { hangs: true }, { state: 'timeout', status: null, code: null, keys: [] }],
    ['no network', { fails: new TypeError('Failed to fetch') }, { state: 'network', status: null, keys: [] }],
  ];

  test.each(REPLIES.flatMap((reply) => CHECKED_CALLS.map((name) => [name, ...reply] as const)))(
    '%s: %s',
    async (name, _, reply, expected) => {
      const { calls } = await checkAgainst(reply);
      expect(of(calls, name)[0]).toMatchObject(expected);
    },
  );

  test('one that is refused by POST is made by GET as well, and both are told', async () => {
    const { calls } = await checkAgainst({ status: 403, body: refused });
    expect(of(calls, 'debug_token').map(({ method, state }) => `${method} ${state}`)).toEqual([
      'POST refused',
      'GET refused',
    ]);
    expect(calls).toHaveLength(CHECKED_CALLS.length + 1);
  });

  test('where Meta takes no token by header, it is told how it goes', async () => {
    const { calls } = await checkAgainst({ status: 400, body: { error: { message: 'No access token', code: 104 } } });
    expect(of(calls, 'me').map(({ tokenBy }) => tokenBy)).toEqual(['header', 'parameter']);
  });

  test('a throttle is heeded, and another refusal is not taken for one', async () => {
    const throttled = await checkAgainst({ status: 400, body: { error: { message: 'Too many', code: 613 } } });
    expect(new Set(throttled.minded)).toEqual(new Set(['throttle']));
    expect((await checkAgainst({ status: 403, body: refused })).minded).toEqual([]);
  });

  test('without a conversation or a bot app, what would be asked of them is not', async () => {
    const { calls, sent } = await checkAgainst({ status: 403, body: refused }, { psid: null, botApp: null });
    const notMade = calls.filter(({ state }) => state === 'not-made').map(({ call }) => call);
    expect(notMade).toEqual([...OF_ONE_CONVERSATION, 'app']);
    expect(sent.filter(({ url }) => url.pathname.endsWith('thread_owner'))).toEqual([]);
  });
});

describe('what an answer shows of itself', () => {
  test.each<[string, unknown, Partial<CallCheck>]>([
    [
      'paths, with lists as one',
      { data: [{ id: '1', from: { name: 'Maja' } }, { tags: [] }] },
      { keys: ['data[].id', 'data[].from.name', 'data[].tags[]'], count: 2 },
    ],
    ['a value that is left out', { data: [{ thread_owner: null }] }, { keys: ['data[].thread_owner'] }],
    [
      'a key that is somebody',
      { '24681012141618201': 1, Maja: 1, 'maja@example.org': 1, hop_v2: true },
      { keys: ['…', 'hop_v2'] },
    ],
    [
      'a code that is an id',
      { error: { code: 104857600000017, error_subcode: '24681012141618201' } },
      { code: null, subcode: null },
    ],
    ['a type that is a sentence', { error: { code: 1, type: 'Maja wrote' } }, { type: 'other' }],
    ['no object at all', 'Maja', { keys: [], count: null }],
  ])('%s', (_, body, expected) => {
    expect(readAnswer(JSON.stringify(body))).toMatchObject(expected);
  });
});

describe('against the emulator', () => {
  let browser: GivenBrowser;
  afterEach(() => browser.close());

  async function connected() {
    browser = await openBrowser();
    const services = await browser.start();
    await services.setup.connect({ token: browser.meta.tokens['4'] ?? '', botApp: '' });
    const reply = await services.setup.checkCalls(browser.meta.pageId);
    if (!reply.ok) throw new Error(reply.sentence);
    return { services, calls: reply.value };
  }

  test('each is answered, with the names of what came and nothing that it says', async () => {
    const { calls } = await connected();
    expect(calls.map(({ call, state }) => `${call} ${state}`)).toEqual(CHECKED_CALLS.map((name) => `${name} answered`));
    expect(of(calls, 'thread_owner')[0]?.keys).toEqual([
      'data[].thread_owner.app_id',
      'data[].thread_owner.expiration',
    ]);
    expect(of(calls, 'conversations')[0]?.keys).toContain('data[].messages.data[].from.id');

    const report = reportOfCalls(calls);
    const { page, threads, apps } = browser.meta.world.state;
    const secrets = [
      page.id,
      page.name,
      ...Object.values(browser.meta.tokens),
      ...apps.flatMap(({ id, name }) => [id, name]),
      ...threads.flatMap(({ name, psid, userId, messages }) => [name, psid, userId, ...messages.map(({ mid }) => mid)]),
    ];
    expect(secrets.filter((secret) => report.includes(secret))).toEqual([]);
    expect(report).not.toMatch(/\d{8}/);
  });

  test('none of them changes anything: there is no control call among them', async () => {
    browser = await openBrowser();
    const services = await browser.start();
    await services.setup.connect({ token: browser.meta.tokens['4'] ?? '', botApp: '' });
    const before = browser.sent.length;
    await services.setup.checkCalls(browser.meta.pageId);
    const made = browser.sent.slice(before).map(({ url, body }) => `${new URL(url).pathname} ${body}`);
    expect(made.length).toBeGreaterThanOrEqual(CHECKED_CALLS.length);
    expect(made.filter((one) => one.includes('thread_control') || one.includes('/messages '))).toEqual([]);
  });

  test('where Meta has asked for patience, nothing is called', async () => {
    const { services } = await connected();
    browser.meta.faults.add({ kind: 'throttle', minutes: 5, times: 5, match: { path: 'conversations' } });
    await services.setup.checkCalls(browser.meta.pageId);
    const before = browser.sent.length;
    expect(await services.setup.checkCalls(browser.meta.pageId)).toEqual({
      ok: false,
      sentence: 'Meta asks Baton to wait before it calls again. Try it later.',
    });
    expect(browser.sent).toHaveLength(before);
  });
});
