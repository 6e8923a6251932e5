/** Webhooks on their way: signed, in order, tried again, to loopback alone. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectWebhook } from './delivery';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());
const says = (text: string) => stage.meta.world.customerSays(stage.thread.psid, text);

describe('delivery', () => {
  test('each post is signed with the app’s secret', async () => {
    const desk = await stage.hooks(stage.apps.desk);
    says('grüße 🚲');
    await stage.settle();
    const [{ raw, headers } = { raw: '', headers: {} as Record<string, unknown> }] = desk.heard;
    const secret = stage.meta.world.app(stage.apps.desk)?.secret ?? '';
    expect(raw).toContain('grüße 🚲');
    for (const [header, algorithm] of [
      ['x-hub-signature-256', 'sha256'],
      ['x-hub-signature', 'sha1'],
    ] as const) {
      expect(headers[header]).toBe(`${algorithm}=${createHmac(algorithm, secret).update(raw).digest('hex')}`);
    }
  });

  test('a server that fails is tried again, and hears all in order', async () => {
    const bot = await stage.hooks(stage.apps.bot);
    bot.failing = 3;
    says('one');
    says('two');
    await stage.settle();
    expect(bot.heard.map(({ item }) => (item.message as { text: string }).text)).toEqual(['one', 'two']);
    expect(stage.meta.deliverer.list().map(({ attempts }) => attempts)).toEqual([4, 1]);
  });

  test('after five attempts it is given up', async () => {
    const bot = await stage.hooks(stage.apps.bot);
    bot.failing = 5;
    says('lost');
    await stage.settle();
    expect(stage.meta.deliverer.list()).toMatchObject([{ attempts: 5, deliveredAt: null }]);
  });

  test('an app hears only of what it subscribed to', async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    await stage.post('/me/subscribed_apps', 'bot', { subscribed_fields: ['message_echoes'] });
    await stage.post('/me/subscribed_apps', 'desk', { subscribed_fields: ['messages'] });
    says('hello');
    await stage.send('bot');
    await stage.settle();
    expect(bot.heard.map(({ item }) => (item.message as { is_echo?: boolean }).is_echo)).toEqual([true]);
    expect(desk.heard).toEqual([]);
  });

  test('a reaction is told as one', async () => {
    const bot = await stage.hooks(stage.apps.bot);
    says('hello');
    await stage.send('bot');
    stage.meta.world.customerSays(stage.thread.psid, { reaction: { reaction: '❤' } });
    await stage.settle();
    expect(bot.heard.at(-1)?.item).toMatchObject({
      reaction: { reaction: '❤', action: 'react', mid: stage.thread.messages[1]?.id },
    });
  });

  test('an Instagram conversation is told under Instagram’s name and account', async () => {
    const instagram = await openStage({ platform: 'instagram' });
    const bot = await instagram.hooks(instagram.apps.bot);
    instagram.meta.world.customerSays(instagram.thread.psid, 'hello');
    await instagram.settle();
    expect(JSON.parse(bot.heard[0]?.raw ?? '{}')).toMatchObject({
      object: 'instagram',
      entry: [{ id: instagram.meta.world.state.page.instagramMailboxId }],
    });
    await instagram.close();
  });

  test('a new default app is told its role', async () => {
    const rival = await stage.hooks(stage.apps.rival);
    stage.meta.world.setRouting('messenger', { defaultApp: stage.apps.rival });
    await stage.settle();
    expect(rival.heard.map(({ item }) => item.app_roles)).toEqual([{ [stage.apps.rival]: ['primary_receiver'] }]);
  });

  test.each([
    ['an address elsewhere', 'https://example.com/hook'],
    ['an address where nobody listens', 'http://127.0.0.1:9/'],
  ])('%s cannot be connected', async (_, url) => {
    await expect(connectWebhook(stage.meta.world, stage.apps.desk, url, 'known')).rejects.toThrow(RangeError);
    expect(stage.meta.world.app(stage.apps.desk)?.webhook).toBeNull();
  });
});
