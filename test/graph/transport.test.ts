import { describe, expect, it, test } from 'vitest';
import { boundsOf, narrowed, offsetOf } from '../../utils/graph/clock';
import { GraphLost, GraphRefusal } from '../../utils/graph/errors';
import { readUsage } from '../../utils/graph/usage';
import { answering, BOT, graphOver, PSID, type Reply, TOKEN } from './given';

const OWNER = { data: [{ thread_owner: { app_id: BOT, expiration: 1_790_000_000 } }] };

describe('the token', () => {
  test('goes by header, and never into an address', async () => {
    const { fetch, sent } = answering({ body: OWNER });
    await graphOver(fetch).threadOwner(PSID);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
    expect(sent[0]?.url.href).toBe(`https://graph.facebook.com/v25.0/me/thread_owner?recipient=${PSID}`);
  });

  test.each<[string, Reply]>([
    ['104', { status: 400, body: { error: { message: 'An access token is required.', code: 104 } } }],
    ['2500', { status: 400, body: { error: { message: 'An active access token must be used', code: 2500 } } }],
  ])('goes as a parameter from then on where Meta takes no header: code %s', async (_, refused) => {
    const { fetch, sent } = answering(refused, { body: { success: true } }, { body: OWNER });
    const graph = graphOver(fetch);
    await graph.control(PSID, { call: 'take' }, null);
    await graph.threadOwner(PSID);
    expect(sent.map(({ headers }) => headers.has('authorization'))).toEqual([true, false, false]);
    expect(sent[1]?.form.get('access_token')).toBe(TOKEN);
    expect(sent[1]?.url.search).toBe('');
    expect(sent[2]?.url.searchParams.get('access_token')).toBe(TOKEN);
  });

  test('a syntax error is no reason to send it as a parameter', async () => {
    const { fetch, sent } = answering({ status: 400, body: { error: { message: 'Syntax error', code: 2500 } } });
    await expect(graphOver(fetch).me()).rejects.toBeInstanceOf(GraphRefusal);
    expect(sent).toHaveLength(1);
  });
});

describe('control calls', () => {
  test.each([
    ['take', { call: 'take' } as const, {}],
    ['pass', { call: 'pass', to: BOT } as const, { target_app_id: BOT }],
    ['request', { call: 'request' } as const, {}],
    ['release', { call: 'release' } as const, {}],
    ['extend', { call: 'extend', seconds: 60 } as const, { duration: '60' }],
  ])('%s says whom it is about, and nothing more than it needs', async (name, step, more) => {
    const { fetch, sent } = answering({ body: { success: true } });
    await graphOver(fetch).control(PSID, step, null);
    expect(sent[0]?.method).toBe('POST');
    expect(sent[0]?.url.pathname).toBe(`/v25.0/me/${name}_thread_control`);
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({ recipient: JSON.stringify({ id: PSID }), ...more });
  });

  test.each([
    ['take', { call: 'take' } as const, true],
    ['pass', { call: 'pass', to: BOT } as const, true],
    ['request', { call: 'request' } as const, true],
    ['release', { call: 'release' } as const, false],
    ['extend', { call: 'extend', seconds: 60 } as const, false],
  ])('%s and the note: %s', async (_, step, goes) => {
    const { fetch, sent } = answering({ body: { success: true } });
    await graphOver(fetch).control(PSID, step, '{"note":"x"}');
    expect(sent[0]?.form.get('metadata') === '{"note":"x"}').toBe(goes);
  });
});

describe('what comes of an answer', () => {
  test.each<[string, Reply, string]>([
    ['no network', { fails: new TypeError('Failed to fetch') }, 'network'],
    ['no answer in time', { hangs: true }, 'timeout'],
    ['no JSON', { text: '<html><body>Sorry</body></html>', status: 502 }, 'unreadable'],
    ['cut off', { text: '{"data":[{"thread_own' }, 'unreadable'],
    ['empty', { text: '' }, 'unreadable'],
    ['another shape', { body: { data: 'none' } }, 'unreadable'],
    ['an error page without an error', { status: 500, body: OWNER }, 'unreadable'],
  ])('%s: lost', async (_, reply, why) => {
    const call = graphOver(answering(reply).fetch, { timeoutMs: 20 }).threadOwner(PSID);
    await expect(call).rejects.toMatchObject({ name: 'GraphLost', why });
  });

  test('an error under status 200 is a refusal all the same', async () => {
    const { fetch } = answering({ body: { error: { message: '(#10) No', code: 10, error_subcode: 2018300 } } });
    await expect(graphOver(fetch).me()).rejects.toMatchObject({ code: 10, subcode: 2018300, httpStatus: 200 });
  });

  test('an error of an odd shape is still a refusal', async () => {
    for (const error of [{}, { code: '190', message: 7 }, { code: null, is_transient: 'yes' }, 'nope'])
      await expect(graphOver(answering({ status: 400, body: { error } }).fetch).me()).rejects.toBeInstanceOf(
        GraphRefusal,
      );
  });

  test('lost and refused are all it can be', async () => {
    for (const fails of [new Error('x'), new DOMException('Aborted', 'AbortError')])
      await expect(graphOver(answering({ fails }).fetch).me()).rejects.toBeInstanceOf(GraphLost);
  });
});

describe('the clock', () => {
  const clockOf = async (date: string | undefined) => {
    const { fetch } = answering({ body: OWNER, headers: date === undefined ? {} : { date } });
    return (await graphOver(fetch, { now: () => 10_000 }).threadOwner(PSID)).clock;
  };
  const bounds = (date: number) => boundsOf(date, 10_000, 10_000);

  it('is told within the second that `Date` is cut to', async () => {
    expect(await clockOf(new Date(20_000).toUTCString())).toEqual({ low: 10_000, high: 10_999 });
  });

  it.each([
    ['unreadable', 'yesterday'],
    ['absent', undefined],
  ])('is not told where `Date` is %s', async (_, date) => {
    expect(await clockOf(date)).toBeNull();
  });

  it.each([
    ['nothing known: the newer ones', null, bounds(20_000), { low: 10_000, high: 10_999 }],
    ['both hold', { low: 9_500, high: 10_400 }, bounds(20_000), { low: 10_000, high: 10_400 }],
    ['a clock was set: the newer ones', { low: 0, high: 900 }, bounds(20_000), { low: 10_000, high: 10_999 }],
  ])('narrows: %s', (_, known, newer, expected) => {
    expect(narrowed(known, newer)).toEqual(expected);
  });

  it('is taken to be in the middle', () => {
    expect(offsetOf({ low: 10_000, high: 10_400 })).toBe(10_200);
  });
});

describe('usage', () => {
  const usage = (percent: number, minutes?: number) => ({
    call_count: percent,
    total_time: 1,
    total_cputime: 1,
    ...(minutes === undefined ? {} : { estimated_time_to_regain_access: minutes }),
  });
  it.each<[string, Record<string, string>, unknown]>([
    ['none', {}, null],
    ['of the app', { 'x-app-usage': JSON.stringify(usage(28)) }, { percent: 28, waitMs: null }],
    ['of the Page', { 'x-page-usage': JSON.stringify(usage(40)) }, { percent: 40, waitMs: null }],
    [
      'of the business, the fullest of all, with a wait',
      {
        'x-app-usage': JSON.stringify(usage(3)),
        'x-business-use-case-usage': JSON.stringify({ 1: [usage(10)], 2: [usage(100, 7)] }),
      },
      { percent: 100, waitMs: 420_000 },
    ],
    ['no JSON', { 'x-app-usage': 'full' }, null],
    ['another shape', { 'x-business-use-case-usage': '{"1":"full"}' }, null],
    ['null', { 'x-app-usage': 'null' }, null],
  ])('%s', (_, headers, expected) => {
    expect(readUsage(new Headers(headers))).toEqual(expected);
  });

  test('a throttled answer carries the time that its headers name', async () => {
    const { fetch } = answering({
      status: 400,
      body: { error: { message: 'Too many', code: 80006 } },
      headers: { 'x-business-use-case-usage': JSON.stringify({ 1: [usage(100, 5)] }) },
    });
    await expect(graphOver(fetch).me()).rejects.toMatchObject({ waitMs: 300_000 });
  });
});
