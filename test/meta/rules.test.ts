/** One case or more for every known rule, against the HTTP surface. A rule without a case does not compile. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, type RuleId, ruleIds, rules } from './rules';
import { openStage, type Stage } from './stage';

const SUCCESS = { status: 200, body: { success: true } };
const refusal = (code: number, error_subcode?: number) => ({
  body: { error: { code, ...(error_subcode === undefined ? {} : { error_subcode }) } },
});
const item = (hook: { item: Record<string, unknown> } | undefined) => hook?.item ?? {};

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const says = (input: Parameters<Stage['meta']['world']['customerSays']>[1] = 'hello') =>
  stage.meta.world.customerSays(stage.thread.psid, input);
const later = (ms: number) => stage.meta.world.advance(ms);
const ownerSeenBy = (token: string) =>
  stage.get('/me/thread_owner', token, { recipient: stage.thread.psid }).then(({ body }) => body);
const setRouting = (change: Parameters<Stage['meta']['world']['setRouting']>[1]) =>
  stage.meta.world.setRouting('messenger', change);
const takeToggle = (app: string, on: boolean) => stage.meta.world.changeApp(app, { takeControl: on });

const cases: Record<RuleId, () => Promise<void>> = {
  'route-default': async () => {
    expect(await ownerSeenBy('4')).toEqual({ data: [] });
    says();
    expect(await ownerSeenBy('4')).toMatchObject({ data: [{ thread_owner: { app_id: stage.apps.bot } }] });
  },
  'route-entry': async () => {
    setRouting({ entries: { ad: null, link: stage.apps.rival, social: stage.apps.desk } });
    says({ text: 'hi', entry: 'link' });
    expect(await ownerSeenBy('rival')).toMatchObject({ data: [{ thread_owner: { app_id: stage.apps.rival } }] });
    stage.give(null);
    says({ text: 'hi', entry: 'social' });
    expect(await ownerSeenBy('desk')).toMatchObject({ data: [{ thread_owner: { app_id: stage.apps.desk } }] });
  },
  'route-owned': async () => {
    says();
    await stage.control('pass', 'bot', { target_app_id: stage.apps.desk });
    later(23 * HOUR);
    says();
    later(23 * HOUR);
    expect(stage.owner()).toBe(stage.apps.desk);
  },
  'route-campaign': async () => {
    setRouting({ on: false, entries: { ad: stage.apps.rival, link: stage.apps.desk, social: null } });
    says({ text: 'hi', entry: 'link' });
    expect(stage.owner()).toBeNull();
    says({ text: 'hi', entry: 'ad' });
    expect(await ownerSeenBy('rival')).toMatchObject({ data: [{ thread_owner: { app_id: stage.apps.rival } }] });
  },
  'route-none': async () => {
    stage.routingOff();
    says();
    expect(await ownerSeenBy('bot')).toEqual({ data: [] });
  },
  'idle-after-24h': async () => {
    says();
    later(DAY - 1000);
    expect(await ownerSeenBy('4')).toMatchObject({ data: [{}] });
    later(1000);
    expect(await ownerSeenBy('4')).toEqual({ data: [] });
  },
  'ad-control': async () => {
    says({ text: 'is it available?', entry: 'ad' });
    later(7 * DAY - HOUR);
    expect(stage.owner()).toBe(stage.apps.bot);
    later(HOUR);
    expect(await ownerSeenBy('4')).toEqual({ data: [] });
    setRouting({ adControlDays: 30 });
    says({ text: 'and now?', entry: 'ad' });
    later(29 * DAY);
    expect(stage.owner()).toBe(stage.apps.bot);
  },
  'ad-control-cut': async () => {
    says({ text: 'is it available?', entry: 'ad' });
    await stage.control('extend', 'bot', { duration: 3600 });
    later(2 * HOUR);
    expect(await ownerSeenBy('4')).toEqual({ data: [] });
    says({ text: 'again', entry: 'ad' });
    await stage.control('pass', 'bot', { target_app_id: stage.apps.inbox });
    later(23 * HOUR);
    says('still there?');
    later(DAY);
    expect(await ownerSeenBy('4')).toEqual({ data: [] });
  },

  'pass-owner-or-idle': async () => {
    expect(await stage.control('pass', 'desk', { target_app_id: stage.apps.rival })).toMatchObject(SUCCESS);
    expect(stage.owner()).toBe(stage.apps.rival);
    expect(await stage.control('pass', 'desk', { target_app_id: stage.apps.bot })).toMatchObject(refusal(100, 2018151));
    expect(await stage.control('pass', 'rival', { target_app_id: stage.apps.inbox })).toMatchObject(SUCCESS);
    expect(stage.owner()).toBe(stage.apps.inbox);
  },
  'pass-target': async () => {
    stage.give(stage.apps.desk);
    expect(await stage.control('pass', 'desk')).toMatchObject(SUCCESS);
    expect(stage.owner()).toBe(stage.apps.bot);
    stage.routingOff();
    expect(await stage.control('pass', 'bot')).toMatchObject(refusal(100));
  },
  'pass-known-app': async () => {
    says();
    for (const target of [stage.apps.stranger, stage.apps.instagramInbox, '1']) {
      expect(await stage.control('pass', 'bot', { target_app_id: target })).toMatchObject(refusal(100, 2018164));
    }
  },
  'pass-not-self': async () => {
    says();
    expect(await stage.control('pass', 'bot', { target_app_id: stage.apps.bot })).toMatchObject(refusal(100));
    expect(await stage.control('pass', 'bot')).toMatchObject(refusal(100));
  },
  'take-routing': async () => {
    stage.give(stage.apps.inbox);
    stage.routingOff();
    expect(await stage.control('take', 'bot')).toMatchObject(refusal(27, 2018464));
    expect(stage.owner()).toBe(stage.apps.inbox);
    setRouting({ on: true });
    expect(await stage.control('take', 'bot')).toMatchObject(SUCCESS);
    expect(stage.owner()).toBe(stage.apps.bot);
  },
  'take-toggle': async () => {
    says();
    takeToggle(stage.apps.desk, false);
    expect(await stage.control('take', 'desk')).toMatchObject(refusal(27));
    takeToggle(stage.apps.desk, true);
    expect(await stage.control('take', 'desk')).toMatchObject(SUCCESS);
  },
  'take-not-owner': async () => {
    says();
    expect(await stage.control('take', 'bot')).toMatchObject(refusal(100));
  },
  'request-no-routing': async () => {
    expect(await stage.control('request', 'desk')).toMatchObject(refusal(27));
    stage.routingOff();
    expect(await stage.control('request', 'desk')).toMatchObject(SUCCESS);
  },
  'request-not-owner': async () => {
    stage.routingOff();
    stage.give(stage.apps.desk);
    expect(await stage.control('request', 'desk')).toMatchObject(refusal(100));
  },
  'request-idle': async () => {
    stage.routingOff();
    await stage.control('request', 'desk');
    expect(stage.owner()).toBe(stage.apps.desk);
  },
  'request-owned': async () => {
    stage.routingOff();
    stage.give(stage.apps.inbox);
    expect(await stage.control('request', 'desk')).toMatchObject(SUCCESS);
    expect(stage.owner()).toBe(stage.apps.inbox);
  },
  'release-owner': async () => {
    says();
    expect(await stage.control('release', 'desk')).toMatchObject(refusal(100, 2018151));
    expect(await stage.control('release', 'bot')).toMatchObject(SUCCESS);
    expect(await ownerSeenBy('4')).toEqual({ data: [] });
    expect(await stage.control('release', 'bot')).toMatchObject(refusal(100, 2018151));
  },
  'extend-owner': async () => {
    says();
    expect(await stage.control('extend', 'desk', { duration: 60 })).toMatchObject(refusal(100, 2018151));
    expect(await stage.control('extend', 'bot', { duration: 3 * 86_400 })).toMatchObject(SUCCESS);
    later(3 * DAY - HOUR);
    expect(stage.owner()).toBe(stage.apps.bot);
  },
  'extend-7-days': async () => {
    says();
    for (const [duration, wanted] of [
      [604_801, refusal(100)],
      [0, refusal(100)],
      [-1, refusal(100)],
      ['x', refusal(100)],
      [604_800, SUCCESS],
    ] as const) {
      expect(await stage.control('extend', 'bot', { duration })).toMatchObject(wanted);
    }
  },

  'send-owner': async () => {
    says();
    expect(await stage.send('desk')).toMatchObject(refusal(10, 2018300));
    expect(await stage.send('bot')).toMatchObject({ status: 200, body: { recipient_id: stage.thread.psid } });
  },
  'send-idle-default': async () => {
    says();
    await stage.control('release', 'bot');
    expect(await stage.send('desk')).toMatchObject(refusal(10, 2018300));
    expect(await stage.send('bot')).toMatchObject({ status: 200 });
  },
  'send-no-routing': async () => {
    stage.routingOff();
    says();
    for (const token of ['bot', 'rival', 'desk']) expect(await stage.send(token)).toMatchObject({ status: 200 });
    stage.give(stage.apps.inbox);
    expect(await stage.send('bot')).toMatchObject(refusal(10, 2018300));
  },
  'send-window': async () => {
    says();
    await stage.control('extend', 'bot', { duration: 604_800 });
    later(DAY - 1000);
    expect(await stage.send('bot')).toMatchObject({ status: 200 });
    later(1000);
    expect(await stage.send('bot')).toMatchObject(refusal(10, 2018278));
  },
  'send-human-agent': async () => {
    says();
    stage.give(stage.apps.desk);
    await stage.control('extend', 'desk', { duration: 604_800 });
    later(7 * DAY - 1000);
    expect(await stage.send('desk', { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).toMatchObject({
      status: 200,
    });
    later(1000);
    stage.give(stage.apps.desk);
    expect(await stage.send('desk', { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).toMatchObject(
      refusal(10, 2018278),
    );
  },
  'send-human-agent-review': async () => {
    says();
    expect(await stage.send('bot', { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).toMatchObject(
      refusal(200, 2018028),
    );
  },
  'send-human-agent-control': async () => {
    says();
    takeToggle(stage.apps.desk, false);
    expect(await stage.send('desk', { tag: 'HUMAN_AGENT' })).toMatchObject(refusal(10, 2018300));
    expect(stage.owner()).toBe(stage.apps.bot);
    takeToggle(stage.apps.desk, true);
    expect(await stage.send('desk', { tag: 'HUMAN_AGENT' })).toMatchObject({ status: 200 });
    expect(stage.owner()).toBe(stage.apps.desk);
  },
  'send-thread-control': async () => {
    says();
    await stage.send('bot', { thread_control: { control_type: 'pass', app_id: stage.apps.desk } });
    expect(stage.owner()).toBe(stage.apps.desk);
    await stage.send('desk', { thread_control: {} });
    expect(stage.owner()).toBeNull();
    stage.routingOff();
    expect(await stage.send('bot', { thread_control: { control_type: 'release' } })).toMatchObject(refusal(100));
  },
  'send-removed-tags': async () => {
    says();
    for (const tag of ['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE']) {
      expect(await stage.send('bot', { messaging_type: 'MESSAGE_TAG', tag })).toMatchObject(refusal(100));
    }
  },
  'send-blocked': async () => {
    says();
    stage.meta.world.block(stage.thread.psid, true);
    expect(await stage.send('bot')).toMatchObject(refusal(551, 1545041));
  },
  'window-ad': async () => {
    says({ text: 'hi', entry: 'ad' });
    later(6 * DAY);
    expect(await stage.send('bot')).toMatchObject({ status: 200 });
    later(DAY);
    expect(await stage.send('bot')).toMatchObject(refusal(10, 2018278));
  },
  'window-echo': async () => {
    says();
    later(20 * HOUR);
    await stage.send('bot');
    stage.meta.world.sendAsInbox(stage.thread.userId, 'a person writes', 'Frida Holm');
    await stage.control('take', 'bot');
    later(5 * HOUR);
    expect(await stage.send('bot')).toMatchObject(refusal(10, 2018278));
  },
  'window-reaction': async () => {
    for (const input of [{ reaction: { reaction: '❤' } }, { postback: { title: 'Prices', payload: 'PRICES' } }]) {
      says();
      await stage.send('bot');
      later(2 * DAY);
      expect(await stage.send('bot')).toMatchObject(refusal(10, 2018278));
      says(input);
      expect(await stage.send('bot')).toMatchObject({ status: 200 });
    }
  },
  'inbox-takes': async () => {
    says();
    stage.meta.world.sendAsInbox(stage.thread.userId, 'a person answers', 'Frida Holm');
    expect(await ownerSeenBy('4')).toMatchObject({ data: [{ thread_owner: { app_id: stage.apps.inbox } }] });
    expect(await stage.send('bot')).toMatchObject(refusal(10, 2018300));
  },
  'inbox-main': async () => {
    says();
    stage.meta.world.markDone(stage.thread.userId);
    expect(stage.owner()).toBe(stage.apps.bot);
    stage.meta.world.moveToMain(stage.thread.userId);
    expect(await ownerSeenBy('4')).toMatchObject({ data: [{ thread_owner: { app_id: stage.apps.inbox } }] });
  },

  'owner-named': async () => {
    stage.give(stage.apps.rival);
    const named = { data: [{ thread_owner: { app_id: stage.apps.rival, expiration: expect.any(Number) } }] };
    expect(await ownerSeenBy('rival')).toEqual(named);
    expect(await ownerSeenBy('4')).toEqual(named);
  },
  'owner-unnamed': async () => {
    stage.give(stage.apps.rival);
    const expiration = Math.floor((stage.thread.control?.expiresAt ?? 0) / 1000);
    expect(await ownerSeenBy('2')).toEqual({ data: [{ thread_owner: { expiration } }] });
  },
  'owner-idle': async () => {
    for (const token of ['2', '4', 'rival']) expect(await ownerSeenBy(token)).toEqual({ data: [] });
  },
  'is-owner': async () => {
    says();
    const rows = (fields?: string) =>
      stage
        .get('/me/conversations', 'bot', { user_id: stage.thread.psid, ...(fields ? { fields } : {}) })
        .then(({ body }) => body);
    expect(await rows('id,is_owner')).toMatchObject({ data: [{ is_owner: true }] });
    expect(await rows()).not.toMatchObject({ data: [{ is_owner: true }] });
    stage.routingOff();
    later(1000);
    expect(await rows('id,is_owner')).toMatchObject({ data: [{ id: stage.thread.id }] });
    later(1000);
    expect(await rows('id,is_owner')).not.toHaveProperty('data.0.is_owner');
  },

  'details-20': async () => {
    for (let i = 1; i <= 22; i++) says(`number ${i}`);
    const list = await stage.get(`/${stage.thread.id}/messages`, 'bot', { fields: 'id,message', limit: 22 });
    const { data } = list.body as { data: { id: string; message?: string }[] };
    expect(data.map(({ message }) => message ?? null)).toEqual([
      ...Array.from({ length: 20 }, (_, i) => `number ${22 - i}`),
      null,
      null,
    ]);
    later(1000);
    expect(await stage.get(`/${data[19]?.id}`, 'bot', { fields: 'message' })).toMatchObject({
      status: 200,
      body: { message: 'number 3' },
    });
    expect(await stage.get(`/${data[20]?.id}`, 'bot', { fields: 'message' })).toMatchObject(refusal(9000001));
  },
  'advanced-access': async () => {
    says();
    const listed = await stage.get('/me/conversations', 'young', { fields: 'participants' });
    expect(listed.body).toMatchObject({ data: [{ participants: { data: [{ name: 'Dev Tester' }, {}] } }] });
    expect(await stage.get('/me/thread_owner', 'young', { recipient: stage.thread.psid })).toMatchObject(
      refusal(100, 2018001),
    );
  },
  'rate-2': async () => {
    const read = (token: string) => stage.get('/me/conversations', token);
    expect(await read('bot')).toMatchObject({ status: 200 });
    expect(await read('desk')).toMatchObject({ status: 200 });
    expect(await read('rival')).toMatchObject(refusal(613, 1996));
    expect(await stage.get('/me/thread_owner', 'bot', { recipient: stage.thread.psid })).toMatchObject({ status: 200 });
    later(1000);
    expect(await read('rival')).toMatchObject({ status: 200 });
  },
  'batch-50': async () => {
    const batch = (length: number, relative_url: string) =>
      Array.from({ length }, () => ({ method: 'GET', relative_url }));
    expect(await stage.post('/', 'bot', { batch: batch(51, 'me') })).toMatchObject(refusal(100));
    const fifty = await stage.post('/', 'bot', { batch: batch(50, 'me?fields=id') });
    expect((fifty.body as { code: number }[]).map(({ code }) => code)).toEqual(Array(50).fill(200));
    const three = await stage.post('/', 'bot', { batch: batch(3, 'me/conversations') });
    expect((three.body as { code: number }[]).map(({ code }) => code)).toEqual([200, 200, 400]);
  },

  'hook-owner': async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    says('first');
    await stage.control('pass', 'bot', { target_app_id: stage.apps.inbox });
    says({ postback: { title: 'Prices', payload: 'PRICES' } });
    await stage.settle();
    expect(bot.heard.map(({ list }) => list)).toEqual(['messaging', 'standby']);
    expect(desk.heard.map(({ list }) => list)).toEqual(['standby', 'standby']);
    expect(item(bot.heard[0])).toMatchObject({ message: { text: 'first' } });
    expect(item(bot.heard[1])).toHaveProperty('postback.title', 'Prices');
    expect(item(bot.heard[1])).not.toHaveProperty('postback.payload');
  },
  'hook-all': async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    stage.routingOff();
    says();
    await stage.settle();
    for (const server of [bot, desk])
      expect(server.heard.filter(({ item: { message } }) => message !== undefined).map(({ list }) => list)).toEqual([
        'messaging',
      ]);
  },
  'hook-pass': async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    says();
    await stage.control('pass', 'bot', { target_app_id: stage.apps.desk, metadata: 'billing' });
    await stage.settle();
    expect(bot.heard).toHaveLength(1);
    const body = { previous_owner_app_id: stage.apps.bot, new_owner_app_id: stage.apps.desk, metadata: 'billing' };
    expect(item(desk.heard[1])).toMatchObject({ pass_thread_control: body });
  },
  'hook-take': async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    await stage.control('take', 'desk');
    await stage.settle();
    expect([bot.heard, desk.heard]).toEqual([[], []]);
    await stage.control('take', 'bot', { metadata: 'mine' });
    await stage.settle();
    expect(bot.heard).toEqual([]);
    const body = { previous_owner_app_id: stage.apps.desk, new_owner_app_id: stage.apps.bot, metadata: 'mine' };
    expect(item(desk.heard[0])).toMatchObject({ take_thread_control: body });
  },
  'hook-request': async () => {
    stage.routingOff();
    const bot = await stage.hooks(stage.apps.bot);
    stage.give(stage.apps.bot);
    await stage.control('request', 'desk', { metadata: 'please' });
    await stage.settle();
    expect(bot.heard.map(item)).toMatchObject([
      { request_thread_control: { requested_owner_app_id: stage.apps.desk, metadata: 'please' } },
    ]);
  },
  'hook-release': async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    stage.give(stage.apps.desk);
    await stage.control('release', 'desk');
    await stage.settle();
    expect([bot.heard, desk.heard]).toEqual([[], []]);
  },
};

describe('Meta’s rules', () => {
  test.each(ruleIds.map((id) => ({ id, ...rules[id] })))('$id: $says ($source)', ({ id }) => cases[id]());
});
