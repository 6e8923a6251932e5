/** Every reading of every doubt shows at the surface, and the seed story comes to its end under each. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DoubtId, doubtIds, doubts, type Reading } from './doubts';
import { type Meta, startMeta } from './meta';
import { DAY, HOUR } from './rules';
import { appIds } from './seed';
import { openStage, type Stage } from './stage';

/** Servers and processes start here: on a busy computer that takes its time. */
vi.setConfig({ testTimeout: 30_000 });

interface Shown<D extends DoubtId> {
  observe(stage: Stage): Promise<unknown>;
  /** What is observed under each reading. */
  readings: Record<Reading<D>, unknown>;
}

const OK = 'ok';
/** `ok`, or the refusal's code and subcode. */
function outcome({ body }: { body: unknown }): unknown {
  const { error } = body as { error?: { code: number; error_subcode?: number } };
  return error ? [error.code, error.error_subcode ?? null] : OK;
}
const says = (stage: Stage, input: Parameters<Stage['meta']['world']['customerSays']>[1] = 'a longer first message') =>
  stage.meta.world.customerSays(stage.thread.psid, input);
const owner = async (stage: Stage, token = 'bot') =>
  ((await stage.get('/me/thread_owner', token, { recipient: stage.thread.psid })).body as { data: unknown[] }).data;
const row = async (stage: Stage, field: string) => {
  const { body } = await stage.get('/me/conversations', 'bot', { user_id: stage.thread.psid, fields: field });
  return (body as { data: Record<string, unknown>[] }).data[0]?.[field];
};
const messages = async (stage: Stage, fields: string) =>
  ((await stage.get(`/${stage.thread.id}/messages`, 'bot', { fields })).body as { data: Record<string, unknown>[] })
    .data;
const creatorOfLast = (stage: Stage) =>
  stage.meta.world
    .feed()
    .threads.find(({ userId }) => userId === stage.thread.userId)
    ?.messages.at(-1)?.creator;

const shown: { [D in DoubtId]: Shown<D> } = {
  'header-token': {
    observe: async (stage) => outcome(await stage.get('/me', 'bot', {}, { tokenBy: 'header' })),
    readings: { accepted: OK, refused: [104, null] },
  },
  'self-debug': {
    observe: async (stage) => outcome(await stage.get('/debug_token', 'bot', { input_token: stage.meta.tokens.bot })),
    readings: { allowed: OK, refused: [100, null] },
  },
  'nested-limits': {
    observe: async (stage) => {
      for (let i = 0; i < 4; i++) says(stage);
      const { body } = await stage.get('/me/conversations', 'bot', {
        user_id: stage.thread.psid,
        fields: 'messages.limit(2){id}',
      });
      return (body as { data: { messages: { data: unknown[] } }[] }).data[0]?.messages.data.length;
    },
    readings: { kept: 2, ignored: 4 },
  },
  'too-much-data': {
    observe: async (stage) => [
      outcome(await stage.get('/me/conversations', 'bot', { limit: 100, fields: 'messages.limit(20){id}' })),
      outcome(await stage.get('/me/conversations', 'bot', { limit: 20, fields: 'messages.limit(20){id}' })),
    ],
    readings: { never: [OK, OK], refused: [[1, null], OK] },
  },
  'multi-app-flag': {
    observe: async (stage) => {
      const flag = async () =>
        (
          (await stage.get('/me', 'bot', { fields: 'messaging_feature_status' })).body as {
            messaging_feature_status: { msgr_multi_app?: boolean };
          }
        ).messaging_feature_status.msgr_multi_app;
      const on = await flag();
      stage.routingOff();
      return [on, await flag()];
    },
    readings: {
      routing: [true, false],
      'always-true': [true, true],
      'always-false': [false, false],
      absent: [undefined, undefined],
    },
  },
  'owners-without-routing': {
    observe: async (stage) => {
      stage.give(stage.apps.inbox);
      stage.routingOff();
      return owner(stage);
    },
    readings: {
      'by-rule': [{ thread_owner: { expiration: expect.any(Number) } }],
      nothing: [],
      named: [{ thread_owner: { app_id: '263902037430900', expiration: expect.any(Number) } }],
    },
  },
  'idle-owner': {
    observe: (stage) => owner(stage),
    readings: { empty: [], nulls: [{ thread_owner: { app_id: null, expiration: null } }] },
  },
  'owner-id-type': {
    observe: async (stage) => {
      says(stage);
      return owner(stage);
    },
    readings: {
      string: [{ thread_owner: { app_id: '555000000000005', expiration: expect.any(Number) } }],
      number: [{ thread_owner: { app_id: 555000000000005, expiration: expect.any(Number) } }],
    },
  },
  done: {
    observe: async (stage) => {
      says(stage);
      stage.meta.world.sendAsInbox(stage.thread.userId, 'done with it', 'Frida Holm');
      stage.meta.world.markDone(stage.thread.userId);
      return stage.owner();
    },
    readings: { nothing: '263902037430900', releases: null, 'to-default-app': '555000000000005' },
  },
  subcodes: {
    observe: async (stage) => {
      says(stage);
      return outcome(await stage.control('release', 'desk'));
    },
    readings: { told: [100, 2018151], absent: [100, null] },
  },
  'request-with-routing': {
    observe: async (stage) => {
      says(stage);
      return [outcome(await stage.control('request', 'desk')), stage.owner()];
    },
    readings: { refused: [[27, null], '555000000000005'], 'no-effect': [OK, '555000000000005'] },
  },
  'toggle-refusal': {
    observe: async (stage) => {
      says(stage);
      stage.meta.world.changeApp(stage.apps.desk, { takeControl: false });
      return outcome(await stage.control('take', 'desk'));
    },
    readings: { '27': [27, null], '10': [10, null], '100': [100, null] },
  },
  'control-term': {
    observe: async (stage) => {
      says(stage);
      stage.meta.world.advance(20 * HOUR);
      await stage.control('take', 'desk');
      stage.meta.world.advance(5 * HOUR);
      return stage.owner();
    },
    readings: { 'from-action': '666000000000006', 'from-last-message': null },
  },
  'updated-time': {
    observe: async (stage) => {
      const { at } = says(stage);
      return (Date.parse(String(await row(stage, 'updated_time'))) - Math.floor(at / 1000) * 1000) / 1000;
    },
    readings: { same: 0, 'seconds-later': 7, 'minutes-later': 180 },
  },
  'created-time': {
    observe: async (stage) => {
      const { at } = says(stage);
      return (
        (Date.parse(String((await messages(stage, 'created_time'))[0]?.created_time)) - Math.floor(at / 1000) * 1000) /
        1000
      );
    },
    readings: { same: 0, 'seconds-later': 3 },
  },
  'large-limits': {
    observe: async (stage) => [
      outcome(await stage.get('/me/conversations', 'bot', { limit: 201 })),
      outcome(await stage.get(`/${stage.thread.id}/messages`, 'bot', { limit: 101 })),
    ],
    readings: {
      cut: [OK, OK],
      refused: [
        [100, null],
        [100, null],
      ],
    },
  },
  snippets: {
    observe: (stage) => {
      says(stage);
      return row(stage, 'snippet');
    },
    readings: { whole: 'a longer first message', cut: 'a longer fir…', absent: undefined },
  },
  tags: {
    observe: async (stage) => {
      says(stage);
      return (await messages(stage, 'tags'))[0]?.tags !== undefined;
    },
    readings: { told: true, absent: false },
  },
  'desktop-source': {
    observe: async (stage) => {
      stage.meta.world.sendAsInbox(stage.thread.userId, 'from a desk', 'Frida Holm');
      return JSON.stringify((await messages(stage, 'tags'))[0]?.tags).match(/source:\w+/)?.[0];
    },
    readings: { web: 'source:web', chat: 'source:chat' },
  },
  'bot-creator': {
    observe: async (stage) => {
      says(stage);
      await stage.send('bot');
      return creatorOfLast(stage);
    },
    readings: { none: null, application: { type: 'application', name: 'Spoke Bot' } },
  },
  'can-reply': {
    observe: async (stage) => {
      says(stage);
      stage.meta.world.advance(2 * DAY);
      return row(stage, 'can_reply');
    },
    readings: { 'always-true': true, 'by-window': false },
  },
  'postbacks-listed': {
    observe: async (stage) => {
      says(stage);
      says(stage, { postback: { title: 'Prices', payload: 'P' } });
      return [(await messages(stage, 'message')).map(({ message }) => message), await row(stage, 'snippet')];
    },
    readings: {
      no: [['a longer first message'], 'a longer first message'],
      yes: [['Prices', 'a longer first message'], 'Prices'],
    },
  },
  'notices-listed': {
    observe: async (stage) => {
      stage.meta.world.assign(stage.thread.userId, 'Sam');
      return (await messages(stage, 'message')).length;
    },
    readings: { yes: 1, no: 0 },
  },
  'button-template': {
    observe: async (stage) => {
      says(stage);
      const payload = {
        template_type: 'button',
        text: 'Choose',
        buttons: [{ type: 'postback', title: 'A', payload: 'A' }],
      };
      await stage.send('bot', { message: { attachment: { type: 'template', payload } } });
      const [last] = await messages(stage, 'message,attachments');
      return [last?.message, last?.attachments];
    },
    readings: { text: ['Choose', { data: [] }], 'empty-attachment': ['', { data: [] }] },
  },
  'unknown-parameters': {
    observe: async (stage) => outcome(await stage.get('/me', 'bot', { colour: 'red' })),
    readings: { refused: [100, null], ignored: OK },
  },
  'conversation-rate': {
    observe: async (stage) => {
      const read = async () => outcome(await stage.get('/me/conversations', 'bot'));
      const [, , third] = [await read(), await read(), await read()];
      stage.meta.world.advance(2000);
      return [third, await read()];
    },
    readings: {
      refused: [[613, 1996], OK],
      'long-wait': [
        [80006, null],
        [80006, null],
      ],
      unenforced: [OK, OK],
    },
  },
  'batch-rate': {
    observe: async (stage) => {
      const { body } = await stage.post('/', 'bot', {
        batch: Array.from({ length: 3 }, () => ({ relative_url: 'me/conversations' })),
      });
      return (body as { code: number }[]).map(({ code }) => code);
    },
    readings: { counted: [200, 200, 400], uncounted: [200, 200, 200] },
  },
  'usage-type': {
    observe: async (stage) => {
      const header = (await stage.get('/me', 'bot')).headers['x-business-use-case-usage'];
      return header === undefined
        ? undefined
        : (JSON.parse(String(header)) as Record<string, { type: string }[]>)[stage.meta.pageId]?.[0]?.type;
    },
    readings: { messenger: 'messenger', pages: 'pages', absent: undefined },
  },
  'page-usage': {
    observe: async (stage) => typeof (await stage.get('/me', 'bot')).headers['x-page-usage'],
    readings: { absent: 'undefined', told: 'string' },
  },
  'subscribed-apps': {
    observe: async (stage) =>
      ((await stage.get('/me/subscribed_apps', 'bot')).body as { data: { name: string }[] }).data
        .map(({ name }) => name)
        .sort(),
    readings: { all: ['Deskwise', 'Ledgerly', 'ManyChat', 'Spoke Bot'], own: ['Spoke Bot'] },
  },
  'app-names': {
    observe: async (stage) => outcome(await stage.get(`/${stage.apps.rival}`, 'bot')),
    readings: { told: OK, refused: [100, 33] },
  },
  'metadata-limit': {
    observe: async (stage) => outcome(await stage.control('take', 'bot', { metadata: 'x'.repeat(1001) })),
    readings: { none: OK, '1000': [100, null] },
  },
  'release-metadata': {
    observe: async (stage) => {
      says(stage);
      return outcome(await stage.control('release', 'bot', { metadata: 'x' }));
    },
    readings: { refused: [100, null], accepted: OK },
  },
  'data-access': {
    observe: async (stage) => outcome(await stage.get('/me/conversations', 'data-access-over')),
    readings: { refused: [190, 463], unaffected: OK },
  },
  'thread-link': {
    observe: async (stage) => String(await row(stage, 'link')).replace(/\d+/g, 'N'),
    readings: {
      relative: '/N/inbox/N/?section=messages',
      inbox: 'https://business.facebook.com/latest/inbox/all?asset_id=N&selected_item_id=N&thread_type=FB_MESSAGE',
    },
  },
};

const everyReading = doubtIds.flatMap((id) =>
  doubts[id].readings.map((reading): { id: DoubtId; reading: string } => ({ id, reading })),
);

describe('each reading shows', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  test.each(everyReading)('$id: $reading', async ({ id, reading }) => {
    stage.meta.world.setDoubt(id, reading);
    expect(await shown[id].observe(stage)).toEqual((shown[id].readings as Record<string, unknown>)[reading]);
  });
});

describe('the seed story comes to its end', () => {
  let meta: Meta;
  beforeAll(async () => {
    meta = await startMeta({ pages: false, botDelayMs: 1 });
  });
  afterAll(() => meta.close());

  // Under the default readings the story is told in full elsewhere.
  test.each(everyReading.filter(({ id, reading }) => reading !== doubts[id].readings[0]))(
    'under $id: $reading',
    async ({ id, reading }) => {
      const { world } = meta;
      world.setDoubt(id, reading);
      const ana = world.addCustomer('Ana Example', 'messenger');
      const until = (check: () => boolean) =>
        vi.waitFor(() => expect(check()).toBe(true), { timeout: 20_000, interval: 2 });
      const bot = world.app(appIds.bot);
      if (!bot) throw new Error('No bot');

      world.customerSays(ana.psid, 'Are you open on Sunday?');
      await until(() => ana.messages.at(-1)?.author.kind === 'app');
      world.customerSays(ana.psid, 'I want to talk to a human');
      await until(() => world.owner(ana) === appIds.inbox);
      world.sendAsInbox(ana.userId, 'Frida here.', 'Frida Holm');
      world.control('take', bot, ana);
      world.customerSays(ana.psid, 'What about repairs?');
      await until(() => ana.messages.length === 7);
      expect(ana.messages.map(({ author }) => author.kind)).toEqual([
        'customer',
        'app',
        'customer',
        'app',
        'human',
        'customer',
        'app',
      ]);
      world.setDoubt(id, doubts[id].readings[0]);
    },
  );
});
