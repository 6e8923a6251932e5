/** Every answer that is documented or was recorded has its like here, produced by the world's state. Shapes, not values. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  stage.meta.world.setDoubt('conversation-rate', 'unenforced');
});
afterEach(() => stage.close());

const says = (input: Parameters<Stage['meta']['world']['customerSays']>[1] = 'hello') =>
  stage.meta.world.customerSays(stage.thread.psid, input);
const text = expect.any(String) as string;
const number = expect.any(Number) as number;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/) as string;
const messageId = expect.stringMatching(/^m_\w+$/) as string;
const customer = () => ({ name: 'Ana Example', email: `${stage.thread.psid}@facebook.com`, id: stage.thread.psid });
const page = () => ({ name: text, email: `${stage.meta.pageId}@facebook.com`, id: stage.meta.pageId });
const tags = (...names: unknown[]) => ({ data: names.map((name) => ({ name })) });
const MESSAGE_FIELDS = 'id,created_time,from,to,message,tags,attachments,shares,sticker,reply_to,is_unsupported';
const newest = async (token = 'bot') => {
  const { body } = await stage.get(`/${stage.thread.id}/messages`, token, { fields: MESSAGE_FIELDS, limit: 1 });
  return (body as { data: unknown[] }).data[0];
};
const owner = (token: string) =>
  stage.get('/me/thread_owner', token, { recipient: stage.thread.psid }).then(({ body }) => body);
const error = (code: number, more: Record<string, unknown> = {}) => ({
  error: {
    message: expect.stringContaining(`(#${code})`) as string,
    type: 'OAuthException',
    code,
    fbtrace_id: text,
    ...more,
  },
});

describe('answers', () => {
  const samples: Record<string, { get: () => Promise<unknown>; like: () => unknown }> = {
    conversations: {
      get: async () => {
        says();
        const fields = 'id,link,updated_time,snippet,unread_count,message_count,can_reply,is_owner,participants';
        return (await stage.get('/me/conversations', 'bot', { fields, limit: 1 })).body;
      },
      like: () => ({
        data: [
          {
            id: expect.stringMatching(/^t_\d+$/) as string,
            link: expect.stringMatching(/^\/\d+\/inbox\/\d+\/\?section=messages$/) as string,
            updated_time: time,
            snippet: 'hello',
            unread_count: 1,
            message_count: 1,
            can_reply: true,
            is_owner: true,
            participants: { data: [customer(), page()] },
          },
        ],
        paging: {
          cursors: { before: text, after: text },
          next: expect.stringContaining('https://graph.facebook.com/v25.0/') as string,
        },
      }),
    },
    'conversation by user id': {
      get: async () => (await stage.get('/me/conversations', 'bot', { user_id: stage.thread.psid })).body,
      like: () => expect.objectContaining({ data: [{ id: stage.thread.id }] }) as unknown,
    },
    'message from customer': {
      get: () => {
        says();
        return newest();
      },
      like: () => ({
        id: messageId,
        created_time: time,
        from: customer(),
        to: { data: [page()] },
        message: 'hello',
        tags: tags('inbox', expect.stringMatching(/^source:(chat|mobile)$/)),
      }),
    },
    'message from the Page': {
      get: async () => {
        says();
        await stage.send('bot');
        return newest();
      },
      like: () => ({
        id: messageId,
        created_time: time,
        from: page(),
        to: { data: [customer()] },
        message: 'Hello from an app',
        tags: tags('inbox', 'read', 'sent', 'source:web'),
      }),
    },
    'message with a generic template': {
      get: async () => {
        says();
        const elements = [
          { title: 'Blue shoes', subtitle: 'Size 42', buttons: [{ type: 'postback', title: 'Buy', payload: 'BUY' }] },
        ];
        await stage.send('bot', {
          message: { attachment: { type: 'template', payload: { template_type: 'generic', elements } } },
        });
        return newest();
      },
      like: () =>
        expect.objectContaining({
          message: '',
          attachments: {
            data: [
              {
                id: text,
                generic_template: {
                  title: 'Blue shoes',
                  subtitle: 'Size 42',
                  media_url: text,
                  cta: expect.objectContaining({ title: 'Buy' }) as unknown,
                },
              },
            ],
          },
        }) as unknown,
    },
    'message with an image': {
      get: () => {
        says({ image: true });
        return newest();
      },
      like: () =>
        expect.objectContaining({
          message: '',
          attachments: {
            data: [
              {
                id: text,
                mime_type: 'image/jpeg',
                name: text,
                size: number,
                image_data: {
                  width: 640,
                  height: 480,
                  max_width: 0,
                  max_height: 0,
                  url: text,
                  preview_url: text,
                  image_type: 1,
                  render_as_sticker: false,
                },
              },
            ],
          },
        }) as unknown,
    },
    'message with a sticker': {
      get: () => {
        says({ sticker: true });
        return newest();
      },
      like: () => expect.objectContaining({ message: '', sticker: text }) as unknown,
    },
    'message that quotes another': {
      get: () => {
        says({ text: 'yes', replyTo: says().id });
        return newest();
      },
      like: () => expect.objectContaining({ reply_to: { mid: messageId, is_self_reply: false } }) as unknown,
    },
    'message that Graph does not support': {
      get: () => {
        says({ text: '?' }).unsupported = true;
        return newest();
      },
      like: () => expect.objectContaining({ is_unsupported: true }) as unknown,
    },
    'message too old': {
      get: async () => {
        const { id } = says();
        for (let i = 0; i < 20; i++) says(`more ${i}`);
        return (await stage.get(`/${id}`, 'bot')).body;
      },
      like: () => error(9000001),
    },
    'owner, named': {
      get: () => {
        says();
        return owner('4');
      },
      like: () => ({ data: [{ thread_owner: { app_id: stage.apps.bot, expiration: number } }] }),
    },
    'owner, unnamed': {
      get: () => {
        says();
        return owner('2');
      },
      like: () => ({ data: [{ thread_owner: { expiration: number } }] }),
    },
    'owner, nobody': { get: () => owner('4'), like: () => ({ data: [] }) },
    'owner, as a number': {
      get: () => {
        stage.meta.world.setDoubt('owner-id-type', 'number');
        says();
        return owner('4');
      },
      like: () => ({ data: [{ thread_owner: { app_id: Number(stage.apps.bot), expiration: number } }] }),
    },
    me: {
      get: async () => (await stage.get('/me', '4', { fields: 'id,name,messaging_feature_status' })).body,
      like: () => ({
        id: stage.meta.pageId,
        name: text,
        messaging_feature_status: { hop_v2: true, msgr_multi_app: true, ig_multi_app: true },
      }),
    },
    'me/accounts': {
      get: async () => (await stage.get('/me/accounts', 'user')).body,
      like: () => ({
        data: expect.arrayContaining([
          {
            access_token: text,
            category: text,
            id: stage.meta.pageId,
            name: text,
            tasks: expect.arrayContaining(['MESSAGING', 'MODERATE', 'MANAGE']) as string[],
          },
        ]) as unknown[],
        paging: { cursors: { before: text, after: text } },
      }),
    },
    'debug_token of a Page token': {
      get: async () => (await stage.get('/debug_token', '4', { input_token: stage.meta.tokens['4'] })).body,
      like: () => ({
        data: {
          app_id: stage.apps.bot,
          type: 'PAGE',
          application: text,
          data_access_expires_at: number,
          expires_at: 0,
          is_valid: true,
          issued_at: number,
          profile_id: stage.meta.pageId,
          scopes: expect.arrayContaining(['pages_messaging']) as string[],
          granular_scopes: expect.arrayContaining([
            { scope: 'pages_messaging', target_ids: [stage.meta.pageId] },
          ]) as unknown[],
          user_id: text,
        },
      }),
    },
    'debug_token of a dead one': {
      get: async () =>
        (await stage.get('/debug_token', 'app', { input_token: stage.meta.tokens['password-changed'] })).body,
      like: () => ({
        data: {
          app_id: stage.apps.bot,
          type: 'PAGE',
          application: text,
          error: { code: 190, message: text, subcode: 460 },
          is_valid: false,
          scopes: [],
        },
      }),
    },
    'subscribed apps': {
      get: async () => (await stage.get('/me/subscribed_apps', '4')).body,
      like: () => ({
        data: expect.arrayContaining([
          {
            link: text,
            name: text,
            id: stage.apps.bot,
            category: 'Messenger bots',
            subscribed_fields: expect.arrayContaining([
              'messages',
              'messaging_postbacks',
              'messaging_handovers',
              'standby',
            ]) as string[],
          },
        ]) as unknown[],
      }),
    },
    'secondary receivers': {
      get: async () => (await stage.get('/me/secondary_receivers', '4', { fields: 'id,name' })).body,
      like: () => ({ data: expect.arrayContaining([{ id: stage.apps.desk, name: text }]) as unknown[] }),
    },
    success: { get: async () => (await stage.control('take', 'bot')).body, like: () => ({ success: true }) },
    batch: {
      get: async () => {
        stage.meta.faults.add({ kind: 'hang', match: { path: '/me/thread_owner' } });
        return (
          await stage.post('/', 'bot', {
            batch: [
              { method: 'GET', relative_url: 'me/conversations?user_id=1' },
              { method: 'GET', relative_url: 'me/thread_owner?recipient=1' },
            ],
          })
        ).body;
      },
      like: () => [
        {
          code: 200,
          headers: expect.arrayContaining([
            { name: 'Content-Type', value: 'text/javascript; charset=UTF-8' },
          ]) as unknown[],
          body: '{"data":[]}',
        },
        null,
      ],
    },
    'labels of a person': {
      get: async () => {
        const label = stage.meta.world.state.labels[0];
        await stage.post(`/${label?.id}/label`, 'bot', { user: stage.thread.psid });
        return (await stage.get(`/${stage.thread.psid}/custom_labels`, 'bot', { fields: 'id,page_label_name' })).body;
      },
      like: () => ({ data: [{ id: text, page_label_name: 'handoff:billing' }] }),
    },
  };
  test.each(Object.keys(samples))('%s', async (name) => {
    expect(await samples[name]?.get()).toEqual(samples[name]?.like());
  });

  test('headers', async () => {
    const { headers } = await stage.get('/me', '4');
    expect(headers).toMatchObject({
      'x-app-usage': expect.stringMatching(/^\{"call_count":\d+,"total_cputime":\d+,"total_time":\d+\}$/) as string,
      'facebook-api-version': 'v25.0',
      'access-control-allow-origin': '*',
    });
    expect(JSON.parse(String(headers['x-business-use-case-usage']))).toEqual({
      [stage.meta.pageId]: [
        {
          type: 'messenger',
          call_count: number,
          total_cputime: number,
          total_time: number,
          estimated_time_to_regain_access: 0,
        },
      ],
    });
  });
});

describe('refusals', () => {
  const samples: Record<string, { get: () => Promise<{ body: unknown }>; like: () => unknown }> = {
    'another app controls the thread': {
      get: () => {
        says();
        return stage.send('desk');
      },
      like: () => error(10, { error_subcode: 2018300 }),
    },
    'take without routing': {
      get: () => {
        stage.routingOff();
        return stage.control('take', 'bot');
      },
      like: () => error(27, { error_subcode: number }),
    },
    'release by another': {
      get: () => {
        says();
        return stage.control('release', 'desk');
      },
      like: () => error(100, { error_subcode: number }),
    },
    'pass by another': {
      get: () => {
        says();
        return stage.control('pass', 'desk', { target_app_id: stage.apps.inbox });
      },
      like: () => error(100, { error_subcode: number }),
    },
    'person unavailable': {
      get: () => {
        says();
        stage.meta.world.block(stage.thread.psid, true);
        return stage.send('bot');
      },
      like: () => error(551, { error_subcode: 1545041 }),
    },
    'no such person': {
      get: () => stage.send('bot', { recipient: { id: '1' } }),
      like: () => error(100, { error_subcode: 2018001 }),
    },
    'no such object': {
      get: () => stage.get('/1', 'bot'),
      like: () => ({
        error: { message: text, type: 'GraphMethodException', code: 100, error_subcode: 33, fbtrace_id: text },
      }),
    },
    'label terms': {
      get: () => {
        stage.meta.world.acceptLabelTerms(false);
        return stage.get('/me/custom_labels', 'bot');
      },
      like: () => ({
        error: {
          message: 'Service temporarily unavailable',
          type: 'OAuthException',
          code: 2,
          error_subcode: 2018344,
          is_transient: false,
          error_user_title: text,
          error_user_msg: text,
          fbtrace_id: text,
        },
      }),
    },
    'temporary failure, as ordered': {
      get: () => {
        stage.meta.faults.add({
          kind: 'error',
          code: 1200,
          subcode: 2018024,
          message: 'Temporary send message failure. Please try again later.',
        });
        return stage.send('bot');
      },
      like: () => error(1200, { error_subcode: 2018024 }),
    },
    'Page request limit, as ordered': {
      get: () => {
        stage.meta.faults.add({ kind: 'throttle', code: 32 });
        return stage.get('/me', 'bot');
      },
      like: () => error(32),
    },
  };
  test.each(Object.keys(samples))('%s', async (name) => {
    expect((await samples[name]?.get())?.body).toEqual(samples[name]?.like());
  });

  test('a request without routing succeeds and moves nothing from the inbox', async () => {
    stage.routingOff();
    stage.give(stage.apps.inbox);
    expect((await stage.control('request', 'bot')).body).toEqual({ success: true });
    expect((await stage.send('bot')).body).toEqual(error(10, { error_subcode: 2018300 }));
  });
});

describe('webhooks', () => {
  test('message, postback, standby, echo, pass, take and request', async () => {
    const [bot, desk] = [await stage.hooks(stage.apps.bot), await stage.hooks(stage.apps.desk)];
    says();
    says({ postback: { title: 'Talk to a human', payload: 'HUMAN' } });
    await stage.send('bot');
    await stage.control('pass', 'bot', { target_app_id: stage.apps.desk, metadata: 'billing' });
    await stage.control('take', 'bot');
    stage.routingOff();
    await stage.control('request', 'desk');
    await stage.settle();

    const heard = (server: typeof bot) => server.heard.map(({ raw }) => JSON.parse(raw) as unknown);
    const entry = (list: string, body: Record<string, unknown>, echo = false) => {
      const people = echo
        ? { sender: { id: stage.meta.pageId }, recipient: { id: stage.thread.psid } }
        : { sender: { id: stage.thread.psid }, recipient: { id: stage.meta.pageId } };
      return {
        object: 'page',
        entry: [{ id: stage.meta.pageId, time: number, [list]: [{ ...people, timestamp: number, ...body }] }],
      };
    };
    const echo = {
      message: { mid: messageId, text: 'Hello from an app', is_echo: true, app_id: Number(stage.apps.bot) },
    };
    const roles = (app: string, role: string) => ({
      object: 'page',
      entry: [
        {
          id: stage.meta.pageId,
          time: number,
          messaging: [{ recipient: { id: stage.meta.pageId }, timestamp: number, app_roles: { [app]: [role] } }],
        },
      ],
    });
    expect(heard(bot)).toEqual([
      entry('messaging', { message: { mid: messageId, text: 'hello' } }),
      entry('messaging', { postback: { mid: messageId, title: 'Talk to a human', payload: 'HUMAN' } }),
      entry('messaging', echo, true),
      roles(stage.apps.bot, 'secondary_receiver'),
      entry('messaging', { request_thread_control: { requested_owner_app_id: stage.apps.desk, metadata: '' } }),
    ]);
    expect(heard(desk)).toEqual([
      entry('standby', { message: { mid: messageId, text: 'hello' } }),
      entry('standby', { postback: { mid: messageId, title: 'Talk to a human' } }),
      entry('standby', echo, true),
      entry('messaging', {
        pass_thread_control: {
          previous_owner_app_id: stage.apps.bot,
          new_owner_app_id: stage.apps.desk,
          metadata: 'billing',
        },
      }),
      entry('messaging', {
        take_thread_control: { previous_owner_app_id: stage.apps.desk, new_owner_app_id: stage.apps.bot, metadata: '' },
      }),
      roles(stage.apps.desk, 'secondary_receiver'),
    ]);
  });

  test('Meta’s AI echoes under the inbox’s id; its automations do not echo at all', async () => {
    const bot = await stage.hooks(stage.apps.bot);
    says();
    const { world } = stage.meta;
    world.automationSays(stage.thread.userId, 'instant reply');
    world.metaAiSays(stage.thread.userId, 'from the AI');
    await stage.settle();
    expect(bot.heard.slice(1).map(({ item }) => item.message)).toEqual([
      {
        mid: messageId,
        text: 'from the AI',
        is_echo: true,
        app_id: Number(stage.apps.inbox),
        ai_generated: true,
        metadata: '{"source":"axon"}',
      },
    ]);
  });
});
