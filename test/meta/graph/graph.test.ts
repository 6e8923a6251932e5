/** Graph's surface: tokens, parameters, fields, pages of lists, limits, batches and the edges beside control. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { graphCall } from '../client';
import { instagramGraphId } from '../ids';
import { DAY, HOUR } from '../rules';
import { openStage, type Stage } from '../stage';

const refusal = (code: number, error_subcode?: number) => ({
  body: { error: { code, ...(error_subcode === undefined ? {} : { error_subcode }) } },
});
const SUCCESS = { status: 200, body: { success: true } };

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const later = (ms = 1000) => stage.meta.world.advance(ms);
const says = (input: Parameters<Stage['meta']['world']['customerSays']>[1] = 'hello') =>
  stage.meta.world.customerSays(stage.thread.psid, input);
interface List {
  data: Record<string, unknown>[];
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string };
}
const listOf = (body: unknown) => body as List;

describe('tokens', () => {
  test.each([
    ['a Page’s, as a parameter', '4', 'parameter', { status: 200 }],
    ['a Page’s, in the header', '4', 'header', { status: 200 }],
    ['with permissions to spare', 'surplus-scopes', 'header', { status: 200 }],
    ['none', 'no such label', 'parameter', refusal(104)],
    ['expired', 'expired', 'parameter', refusal(190, 463)],
    ['password changed', 'password-changed', 'parameter', refusal(190, 460)],
    ['person at a checkpoint', 'checkpointed', 'header', refusal(190, 459)],
    ['person without a role', 'lost-role', 'header', refusal(190, 492)],
    ['data access over', 'data-access-over', 'header', refusal(190, 463)],
    ['too few permissions', 'few-scopes', 'header', refusal(200)],
    ['a person’s', 'user', 'header', refusal(190)],
    ['the app’s own', 'app', 'header', refusal(190)],
  ] as const)('%s: reading conversations', async (_, token, tokenBy, wanted) => {
    expect(await stage.get(`/${stage.meta.pageId}/conversations`, token, {}, { tokenBy })).toMatchObject(wanted);
  });

  test('nonsense is refused as a token', async () => {
    expect(await stage.get('/me', 'no such label', { access_token: 'nonsense' })).toMatchObject(refusal(190));
  });

  test('another Page’s token sees that Page and nothing of this one', async () => {
    expect(await stage.get('/me', 'other-page')).toMatchObject({ body: { id: stage.meta.world.state.otherPageId } });
    expect(await stage.get('/me/conversations', 'other-page')).toMatchObject({ body: { data: [] } });
    expect(await stage.get('/me/thread_owner', 'other-page', { recipient: stage.thread.psid })).toMatchObject(
      refusal(100, 2018001),
    );
    expect(await stage.get(`/${stage.thread.id}`, 'other-page')).toMatchObject(refusal(100, 33));
  });

  test('a person’s token leads to the Page’s', async () => {
    const accounts = await stage.get('/me/accounts', 'user', { fields: 'id,name,access_token,tasks' });
    const page = listOf(accounts.body).data[0];
    expect(page).toMatchObject({ id: stage.meta.pageId, tasks: expect.arrayContaining(['MESSAGING']) });
    expect(Object.values(stage.meta.tokens)).toContain(page?.access_token);
    for (const edge of ['accounts', 'permissions'])
      expect(await stage.get(`/me/${edge}`, '4')).toMatchObject(refusal(100));
  });

  test.each([
    [
      'itself',
      '4',
      '4',
      {
        data: { app_id: '555000000000005', type: 'PAGE', is_valid: true, expires_at: 0, profile_id: '104857600000017' },
      },
    ],
    ['another of its app, by the app', 'app', '4', { data: { is_valid: true } }],
    ['another of its app, by a person', 'user', '3', { data: { is_valid: true } }],
    [
      'a dead one, by the app',
      'app',
      'password-changed',
      { data: { is_valid: false, scopes: [], error: { code: 190, subcode: 460 } } },
    ],
    ['another app’s, by a Page token', '4', 'desk', { error: { code: 100 } }],
    ['another app’s, by a person', 'user', 'desk', { error: { code: 100 } }],
  ])('debug_token of %s', async (_, asker, asked, wanted) => {
    expect((await stage.get('/debug_token', asker, { input_token: stage.meta.tokens[asked] })).body).toMatchObject(
      wanted,
    );
  });

  test('debug_token tells which app a token is of, for each degree', async () => {
    const apps = await Promise.all(
      ['2', '3', '4'].map((degree) => stage.get('/debug_token', degree, { input_token: stage.meta.tokens[degree] })),
    );
    const { desk, bot } = stage.apps;
    expect(apps.map(({ body }) => (body as { data: { app_id: string } }).data.app_id)).toEqual([desk, bot, bot]);
  });

  test('a proof of the app’s secret is checked where one is given', async () => {
    const secret = stage.meta.world.app(stage.apps.bot)?.secret ?? '';
    const proof = createHmac('sha256', secret)
      .update(stage.meta.tokens['4'] ?? '')
      .digest('hex');
    expect(await stage.get('/me', '4', { appsecret_proof: proof })).toMatchObject({ status: 200 });
    expect(await stage.get('/me', '4', { appsecret_proof: 'nonsense' })).toMatchObject(refusal(100));
  });

  test('no token ever reaches the log', async () => {
    await stage.get('/debug_token', 'app', { input_token: stage.meta.tokens['4'] });
    await stage.post('/', '4', { batch: [{ relative_url: `me?access_token=${stage.meta.tokens.desk}` }] });
    const log = JSON.stringify(stage.meta.log.list());
    for (const token of Object.values(stage.meta.tokens)) expect(log).not.toContain(token);
  });
});

describe('the degrees', () => {
  test.each([
    ['2', 'a thread of the bot', 'bot', { thread_owner: { expiration: expect.any(Number) } }, false],
    [
      '3',
      'a thread of the bot',
      'bot',
      { thread_owner: { app_id: '555000000000005', expiration: expect.any(Number) } },
      true,
    ],
    ['3', 'a thread of another', 'rival', { thread_owner: { expiration: expect.any(Number) } }, false],
    [
      '4',
      'a thread of another',
      'rival',
      { thread_owner: { app_id: '532160876956612', expiration: expect.any(Number) } },
      false,
    ],
  ] as const)('degree %s sees %s', async (degree, _, owner, told, isOwner) => {
    // At degree 3 the bot is not the default app; at 2 and 4 it is.
    if (degree === '3') stage.meta.world.setRouting('messenger', { defaultApp: stage.apps.inbox });
    says();
    stage.give(stage.apps[owner]);
    expect((await stage.get('/me/thread_owner', degree, { recipient: stage.thread.psid })).body).toEqual({
      data: [told],
    });
    expect(
      (await stage.get('/me/conversations', degree, { user_id: stage.thread.psid, fields: 'is_owner' })).body,
    ).toMatchObject({ data: [{ is_owner: isOwner }] });
  });
});

describe('requests', () => {
  test.each([
    ['GET', '/me/nothing', {}, refusal(2500)],
    ['GET', '/me/conversations/more', {}, refusal(2500)],
    ['GET', '/12345', {}, refusal(100, 33)],
    ['GET', '/me/take_thread_control', {}, refusal(100)],
    ['POST', '/me/conversations', {}, refusal(100)],
    ['GET', '/me', { fields: 'id,shoe_size' }, refusal(100)],
    ['GET', '/me', { fields: 'id,{' }, refusal(2500)],
    ['GET', '/me/conversations', { fields: 'id,tags' }, refusal(100)],
    ['GET', '/me/conversations', { fields: 'messages{shoe_size}' }, refusal(100)],
    ['GET', '/me', { fields: 'constructor,toString' }, refusal(100)],
    ['GET', '/me', { constructor: 'x' }, refusal(100)],
    ['GET', '/constructor', {}, refusal(100, 33)],
    ['GET', '/%E0%A4%A', {}, refusal(100, 33)],
    ['GET', '/me/%2e%2e/conversations', {}, refusal(100, 33)],
    ['GET', '/me/conversations', { colour: 'red' }, refusal(100)],
    ['GET', '/me/conversations', { platform: 'TELEGRAM' }, refusal(100)],
    ['GET', '/me/conversations', { limit: 0 }, refusal(100)],
    ['GET', '/me/conversations', { after: 'nowhere' }, refusal(100)],
    ['GET', '/me/thread_owner', {}, refusal(100)],
    ['POST', '/me/take_thread_control', {}, refusal(100)],
    ['POST', '/me/take_thread_control', { recipient: { id: '1' } }, refusal(100, 2018001)],
    ['POST', '/me/take_thread_control', { recipient: 'x' }, refusal(100)],
    ['POST', '/me/release_thread_control', { recipient: { id: '1' }, metadata: 'x' }, refusal(100)],
    ['POST', '/me/messages', { recipient: { id: '1', shoe: 1 }, message: { text: 'x' } }, refusal(100)],
    ['GET', '//v99.0/me', {}, refusal(2635)],
  ])('%s %s %j is refused', async (method, path, params, wanted) => {
    const call = method === 'GET' ? stage.get : stage.post;
    expect(await call(path, '4', params)).toMatchObject(wanted);
  });

  test.each([
    ['no message', {}],
    ['an empty message', { message: {} }],
    ['an unknown key', { message: { text: 'x', colour: 'red' } }],
    ['a text too long', { message: { text: 'x'.repeat(2001) } }],
    ['an unknown tag', { message: { text: 'x' }, tag: 'HELLO' }],
    ['an unknown messaging type', { message: { text: 'x' }, messaging_type: 'SHOUT' }],
    ['an unknown attachment', { message: { attachment: { type: 'smell' } } }],
    ['a reply to nothing', { message: { text: 'x' }, reply_to: { mid: 'm_none' } }],
  ])('a send with %s is refused', async (_, params) => {
    says();
    expect(await stage.post('/me/messages', '4', { recipient: { id: stage.thread.psid }, ...params })).toMatchObject(
      refusal(100),
    );
  });

  test.each([
    ['//v25.0/me', 'v25.0'],
    ['//v22.0/me', 'v22.0'],
    ['//v12.0/me', 'v21.0'],
    ['//me', 'v21.0'],
  ])('%s is answered by %s', async (path, version) => {
    const answer = await stage.get(path, '4');
    expect([answer.status, answer.headers['facebook-api-version']]).toEqual([200, version]);
  });

  test('a version ends on its day', async () => {
    stage.meta.world.setClock(Date.UTC(2027, 0, 22));
    const answers = await Promise.all(['//v21.0/me', '//me', '//v25.0/me'].map((path) => stage.get(path, '4')));
    expect(answers.map(({ headers }) => headers['facebook-api-version'])).toEqual(['v22.0', 'v22.0', 'v25.0']);
  });

  test('forms serve as well as JSON', async () => {
    says();
    expect(
      await stage.post(
        '/me/messages',
        '4',
        { recipient: { id: stage.thread.psid }, message: { text: 'x' } },
        { encoding: 'form' },
      ),
    ).toMatchObject({ status: 200 });
  });

  test('the Date header and every time follow the world’s clock', async () => {
    later(3 * DAY);
    const { headers } = await stage.get('/me', '4');
    expect(Math.abs(Date.parse(String(headers.date)) - stage.meta.world.now())).toBeLessThan(5000);
  });

  test('a page may ask beforehand whether it may call', async () => {
    const { port, certificate } = stage.meta;
    const { status, headers } = await graphCall({ port, certificate }, 'OPTIONS', '/me');
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-headers']]).toEqual([
      200,
      '*',
      expect.stringContaining('authorization') as string,
    ]);
    expect(stage.meta.log.list()).toEqual([]);
  });

  test('an unchanged answer is 304, and is counted', async () => {
    const { headers } = await stage.get('/me', '4');
    const again = await stage.get('/me', '4', {}, { headers: { 'If-None-Match': String(headers.etag) } });
    expect([again.status, again.body]).toEqual([304, '']);
    const other = await stage.get('/me', '4', {}, { headers: { 'If-None-Match': '"another"' } });
    expect(other).toMatchObject({ status: 200, body: { id: stage.meta.pageId } });
    expect(stage.meta.log.list().map(({ status }) => status)).toEqual([200, 304, 200]);
  });
});

describe('conversations', () => {
  test('cursors walk the whole list once, newest first, while it moves', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { body } = await stage.get('/me/conversations', '4', {
        fields: 'id,updated_time',
        limit: 7,
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...listOf(body).data.map(({ id }) => String(id)));
      after = listOf(body).paging?.next === undefined ? undefined : listOf(body).paging?.cursors.after;
      later();
      // Somebody whom we have seen already writes: it must push nobody out of the pages to come.
      stage.meta.world.customerSays(String(seen[0]), 'me again');
    } while (after !== undefined);
    const there = stage.meta.world.state.threads.filter(
      (thread) => thread.channel === 'messenger' && thread !== stage.thread,
    );
    expect(seen).toHaveLength(new Set(seen).size);
    expect(new Set(seen)).toEqual(new Set(there.map(({ id }) => id).concat(stage.thread.id)));
  });

  test('conversations of one moment are listed once each', async () => {
    const { world } = stage.meta;
    const twins = [
      stage.thread,
      world.addCustomer('Ben Example', 'messenger'),
      world.addCustomer('Cem Example', 'messenger'),
    ];
    const at = world.now();
    for (const { psid } of twins) world.customerSays(psid, 'hello').at = at;
    const seen: unknown[] = [];
    let after: string | undefined;
    for (let page = 0; page < 3; page++) {
      const { data, paging } = listOf(
        (
          await stage.get('/me/conversations', '4', {
            fields: 'id',
            limit: 1,
            ...(after === undefined ? {} : { after }),
          })
        ).body,
      );
      seen.push(data[0]?.id);
      after = paging?.cursors.after;
      later();
    }
    expect(seen.sort()).toEqual(twins.map(({ id }) => id).sort());
  });

  test('before goes back, and next can be followed as it is', async () => {
    const first = listOf((await stage.get('/me/conversations', '4', { fields: 'id', limit: 3 })).body);
    const next = new URL(String(first.paging?.next));
    const second = listOf((await stage.get(`/${next.pathname}`, 'none', Object.fromEntries(next.searchParams))).body);
    expect(second.data).toHaveLength(3);
    later();
    const back = listOf(
      (await stage.get('/me/conversations', '4', { fields: 'id', limit: 3, before: second.paging?.cursors.before }))
        .body,
    );
    expect(back.data).toEqual(first.data);
  });

  test('one person’s conversation, by PSID', async () => {
    expect((await stage.get('/me/conversations', '4', { user_id: stage.thread.psid })).body).toMatchObject({
      data: [{ id: stage.thread.id }],
    });
    expect((await stage.get('/me/conversations', '4', { user_id: '1' })).body).toEqual({ data: [] });
  });

  test('unread, counts and snippet follow what is written', async () => {
    says('one');
    says('two');
    const read = async () =>
      listOf(
        (
          await stage.get('/me/conversations', '4', {
            user_id: stage.thread.psid,
            fields: 'snippet,unread_count,message_count,can_reply,participants{picture}',
          })
        ).body,
      ).data[0];
    expect(await read()).toMatchObject({
      snippet: 'two',
      unread_count: 2,
      message_count: 2,
      can_reply: true,
      participants: { data: [{ id: stage.thread.psid }, { id: stage.meta.pageId }] },
    });
    stage.meta.world.sendAsInbox(stage.thread.userId, 'three', 'Frida Holm');
    later();
    expect(await read()).toMatchObject({ snippet: 'three', unread_count: 0, message_count: 3 });
  });

  test('Done is a folder', async () => {
    says();
    stage.meta.world.markDone(stage.thread.userId);
    const inFolder = async (folder: string) =>
      listOf((await stage.get('/me/conversations', '4', { folder, limit: 200 })).body).data.map(({ id }) => id);
    expect(await inFolder('page_done')).toContain(stage.thread.id);
    expect(await inFolder('inbox')).not.toContain(stage.thread.id);
  });

  test('who wrote shows in tags, as far as it does', async () => {
    says('hello');
    await stage.send('4');
    stage.meta.world.sendAsInbox(stage.thread.userId, 'from a desk', 'Frida Holm');
    stage.meta.world.sendAsInbox(stage.thread.userId, 'from a phone', 'Sam Okafor', 'mobile');
    stage.meta.world.automationSays(stage.thread.userId, 'instant reply');
    const { data } = listOf(
      (await stage.get(`/${stage.thread.id}/messages`, '4', { fields: 'message,from,tags' })).body,
    );
    const sources = data.map((message) => [
      message.message,
      (message.tags as List).data.map(({ name }) => name).at(-1),
      (message.from as { id: string }).id === stage.meta.pageId,
    ]);
    expect(sources).toEqual([
      ['instant reply', 'source:web', true],
      ['from a phone', 'source:mobile', true],
      ['from a desk', 'source:web', true],
      ['Hello from an app', 'source:web', true],
      ['hello', expect.stringMatching(/^source:(chat|mobile)$/), false],
    ]);
  });

  test('Instagram has its own list, ids and inbox', async () => {
    const { data } = listOf(
      (await stage.get('/me/conversations', '4', { platform: 'instagram', fields: 'id,participants' })).body,
    );
    const threads = stage.meta.world.state.threads.filter(({ channel }) => channel === 'instagram');
    expect(data.map(({ id }) => id).sort()).toEqual(threads.map(({ userId }) => instagramGraphId(userId)).sort());
    expect(data[0]?.participants).toMatchObject({ data: [{ username: expect.any(String) }, {}] });
    const held = threads.find(({ name }) => name === 'marco_gravel');
    expect((await stage.get('/me/thread_owner', '4', { recipient: held?.psid })).body).toMatchObject({
      data: [{ thread_owner: { app_id: stage.apps.instagramInbox } }],
    });
  });
});

describe('limits', () => {
  test('usage rises with calls and is told per app', async () => {
    const usage = async (token: string) => {
      const { headers } = await stage.get('/me', token);
      return [JSON.parse(String(headers['x-app-usage'])), JSON.parse(String(headers['x-business-use-case-usage']))] as [
        { call_count: number },
        Record<string, { type: string; call_count: number }[]>,
      ];
    };
    for (let i = 0; i < 130; i++) await stage.get('/me', '4');
    const [[bot, business], [desk]] = [await usage('4'), await usage('desk')];
    expect(bot.call_count).toBeGreaterThan(0);
    expect(business[stage.meta.pageId]).toMatchObject([{ type: 'messenger', call_count: bot.call_count }]);
    expect(desk.call_count).toBe(0);
  });

  test('an app that used up its allowance waits', async () => {
    stage.meta.limits.percent = 100;
    const answer = await stage.get('/me', '4');
    expect(answer).toMatchObject(refusal(80006));
    expect(JSON.parse(String(answer.headers['x-business-use-case-usage']))).toMatchObject({
      [stage.meta.pageId]: [{ call_count: 100, estimated_time_to_regain_access: 1 }],
    });
  });
});

describe('batches', () => {
  test('each call has its code, headers and body; the token is the batch’s or its own', async () => {
    const batch = [
      { method: 'GET', relative_url: 'me?fields=id' },
      { method: 'GET', relative_url: `me?fields=id&access_token=${stage.meta.tokens['other-page']}` },
      {
        method: 'POST',
        relative_url: 'me/take_thread_control',
        body: new URLSearchParams({ recipient: JSON.stringify({ id: stage.thread.psid }) }).toString(),
      },
      { method: 'GET', relative_url: 'me/nothing' },
    ];
    const { body } = await stage.post('/', 'bot', { batch: JSON.stringify(batch) }, { encoding: 'form' });
    const items = body as { code: number; headers: unknown[]; body: string }[];
    expect(items.map(({ code }) => code)).toEqual([200, 200, 200, 400]);
    expect(items[0]?.headers).toContainEqual({ name: 'Content-Type', value: 'text/javascript; charset=UTF-8' });
    expect(items.map((item) => JSON.parse(item.body) as unknown)).toMatchObject([
      { id: stage.meta.pageId },
      { id: stage.meta.world.state.otherPageId },
      { success: true },
      { error: { code: 2500 } },
    ]);
    expect(stage.owner()).toBe(stage.apps.bot);
    const [whole, ...parts] = stage.meta.log.list();
    expect(parts.map(({ batch: within }) => within)).toEqual(Array(4).fill(whole?.seq));
  });

  test('without headers, and with a null for a call that ran out of time', async () => {
    stage.meta.faults.add({ kind: 'hang', match: { path: '/me/conversations' } });
    const { body } = await stage.post('/', 'bot', {
      include_headers: false,
      batch: [{ relative_url: 'me/conversations' }, { relative_url: 'me?fields=id' }],
    });
    expect(body).toEqual([null, { code: 200, body: JSON.stringify({ id: stage.meta.pageId }) }]);
  });
});

describe('the edges beside control', () => {
  test('custom labels: create, attach, read, detach, delete', async () => {
    const { id } = (await stage.post('/me/custom_labels', 'desk', { page_label_name: 'handoff:repairs' })).body as {
      id: string;
    };
    expect(await stage.post(`/${id}/label`, 'desk', { user: stage.thread.psid })).toMatchObject(SUCCESS);
    const ofPerson = async () => (await stage.get(`/${stage.thread.psid}/custom_labels`, 'desk')).body;
    expect(await ofPerson()).toEqual({ data: [{ id, page_label_name: 'handoff:repairs' }] });
    expect(await stage.del(`/${id}/label`, 'desk', { user: stage.thread.psid })).toMatchObject(SUCCESS);
    expect(await ofPerson()).toEqual({ data: [] });
    expect(await stage.del(`/${id}`, 'desk')).toMatchObject(SUCCESS);
    expect(listOf((await stage.get('/me/custom_labels', 'desk')).body).data).not.toContainEqual({
      id,
      page_label_name: 'handoff:repairs',
    });
  });

  test('custom labels want their terms accepted', async () => {
    stage.meta.world.acceptLabelTerms(false);
    expect(await stage.get('/me/custom_labels', 'desk')).toMatchObject({
      status: 400,
      body: { error: { code: 2, error_subcode: 2018344, is_transient: false } },
    });
  });

  test('subscriptions: read, change, end', async () => {
    const mine = async () =>
      listOf((await stage.get('/me/subscribed_apps', 'desk')).body).data.find(({ id }) => id === stage.apps.desk);
    expect(
      await stage.post('/me/subscribed_apps', 'desk', { subscribed_fields: ['messages', 'standby'] }),
    ).toMatchObject(SUCCESS);
    expect(await mine()).toMatchObject({ subscribed_fields: ['messages', 'standby'] });
    expect(await stage.post('/me/subscribed_apps', 'desk', { subscribed_fields: 'messages,nonsense' })).toMatchObject(
      refusal(100),
    );
    expect(await stage.del('/me/subscribed_apps', 'desk')).toMatchObject(SUCCESS);
    expect(await mine()).toBeUndefined();
  });

  test('secondary receivers are told to the default app', async () => {
    const { data } = listOf(
      (await stage.get('/me/secondary_receivers', '4', { platform: 'MESSENGER', fields: 'id,name' })).body,
    );
    expect(data).toContainEqual({ id: stage.apps.desk, name: 'Deskwise' });
    expect(await stage.get('/me/secondary_receivers', '2')).toMatchObject(refusal(100, 2018171));
  });

  test('the Messenger profile and the settings', async () => {
    await stage.post('/me/messenger_profile', '4', {
      get_started: { payload: 'START' },
      whitelisted_domains: ['https://example.invalid'],
    });
    expect((await stage.get('/me/messenger_profile', '4', { fields: 'get_started' })).body).toEqual({
      data: [{ get_started: { payload: 'START' } }],
    });
    expect((await stage.get('/me', '4', { fields: 'is_messenger_bot_get_started_enabled' })).body).toMatchObject({
      is_messenger_bot_get_started_enabled: true,
    });
    await stage.del('/me/messenger_profile', '4', { fields: ['GET_STARTED', 'WHITELISTED_DOMAINS'] });
    expect((await stage.get('/me/messenger_profile', '4')).body).toEqual({ data: [] });
    await stage.post('/me/settings', '4', { option: { USERS_CAN_POST: true } });
    expect((await stage.get('/me/settings', '4')).body).toEqual({ data: [{ setting: 'USERS_CAN_POST', value: true }] });
  });

  test('an app’s name by its id; a person only with the capability', async () => {
    expect((await stage.get(`/${stage.apps.rival}`, '4', { fields: 'name' })).body).toEqual({
      id: stage.apps.rival,
      name: 'ManyChat',
    });
    expect((await stage.get(`/${stage.thread.psid}`, 'desk', { fields: 'name' })).body).toEqual({
      id: stage.thread.psid,
      name: 'Ana Example',
    });
    expect(await stage.get(`/${stage.thread.psid}`, '4', { fields: 'id' })).toMatchObject(refusal(100, 33));
  });

  test('typing and seen leave no message', async () => {
    says();
    for (const sender_action of ['typing_on', 'MARK_SEEN']) {
      expect(
        (await stage.post('/me/messages', '4', { recipient: { id: stage.thread.psid }, sender_action })).body,
      ).toEqual({ recipient_id: stage.thread.psid });
    }
    expect(stage.thread.messages).toHaveLength(1);
  });

  test('control lasts as long as thread_owner says', async () => {
    says();
    await stage.control('extend', '4', { duration: 3600 });
    const { body } = await stage.get('/me/thread_owner', '4', { recipient: stage.thread.psid });
    const [{ thread_owner }] = (body as { data: [{ thread_owner: { expiration: number } }] }).data;
    expect(thread_owner.expiration * 1000 - stage.meta.world.now()).toBeGreaterThan(HOUR - 5000);
    later(HOUR);
    expect((await stage.get('/me/thread_owner', '4', { recipient: stage.thread.psid })).body).toEqual({ data: [] });
  });
});
