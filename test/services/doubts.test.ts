/**
 * The seed story with Baton itself under every reading of every doubt: it ends right, or in an honest sentence, and
 * nothing that is shown on the way is false. docs/doubts.md tells the same to people.
 */
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type DoubtId, doubtIds, doubts } from '../meta/doubts';
import { falseClaims, keepHistory } from './false-claims';
import { BACK_BY_ITSELF, NO_ROUTING, playSeedStory, RIGHT, type Told } from './seed-story';
import { openStage, type Stage, type StageOptions } from './stage';

/** A server starts for each story: on a busy computer that takes its time. */
vi.setConfig({ testTimeout: 60_000 });

/** The readings that the emulator does not start with. */
type Other<D extends DoubtId> = (typeof doubts)[D]['readings'] extends readonly [string, ...infer Rest extends string[]]
  ? Rest[number]
  : never;

interface Ending {
  /** Where the story is told otherwise. */
  told?: Partial<Told>;
  /** Configuration checks that are not `ok`. */
  checks?: string[];
}

const right: Ending = {};

/** What every other reading changes; `right`: nothing that is shown. */
const ENDINGS: { [D in DoubtId]: Record<Other<D>, Ending> } = {
  'header-token': { refused: right },
  'self-debug': { refused: { checks: ['permissions cannot-check', 'expiry cannot-check'] } },
  'nested-limits': { ignored: right },
  'too-much-data': { refused: right },
  'multi-app-flag': {
    'always-true': right,
    'always-false': { checks: ['routing-messenger cannot-check'] },
    absent: { checks: ['routing-instagram cannot-check'] },
  },
  'owners-without-routing': {
    nothing: { told: { 'routing is turned off': `inbox, likely · ${NO_ROUTING}` } },
    named: { told: { 'routing is turned off': `inbox · ${BACK_BY_ITSELF}` } },
  },
  'idle-owner': { nulls: right },
  'owner-id-type': { number: right },
  done: { releases: { told: { 'moved to Done': 'idle' } }, 'to-default-app': { told: { 'moved to Done': 'bot' } } },
  subcodes: { absent: right },
  'request-with-routing': { 'no-effect': right },
  'toggle-refusal': { '10': right, '100': right },
  'control-term': { 'from-last-message': right },
  'updated-time': { 'seconds-later': right, 'minutes-later': right },
  'created-time': { 'seconds-later': right },
  'large-limits': { refused: right },
  snippets: { cut: right, absent: right },
  tags: {
    absent: {
      told: {
        'the bot answers': 'bot · written by unknown',
        'the bot answers again': 'bot · written by unknown',
        'the bot sends buttons': 'bot · written by unknown',
      },
    },
  },
  'desktop-source': { chat: right },
  'bot-creator': { application: { told: { 'the bot passes control': 'inbox · transferred · written by chatbot' } } },
  'can-reply': { 'by-window': right },
  'postbacks-listed': { yes: right },
  'notices-listed': { no: right },
  'button-template': { 'empty-attachment': { told: { 'the bot sends buttons': 'bot · written by unknown' } } },
  'unknown-parameters': { ignored: right },
  'conversation-rate': { 'long-wait': right, unenforced: right },
  'batch-rate': { uncounted: right },
  'usage-type': { pages: right, absent: right },
  'page-usage': { told: right },
  'subscribed-apps': { own: right },
  'app-names': { refused: right },
  'metadata-limit': { '1000': right },
  'release-metadata': { accepted: right },
  'data-access': { unaffected: right },
  'thread-link': { inbox: right },
};

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

async function connected(options: StageOptions): Promise<Stage> {
  stage = await openStage(options);
  expect(await stage.connect()).toBeNull();
  return stage;
}

const otherReadings = doubtIds.flatMap((id) => doubts[id].readings.slice(1).map((reading) => ({ id, reading })));

describe('the seed story with Baton', () => {
  test('as the emulator starts', async () => {
    const story = await connected({});
    expect(await playSeedStory(story)).toEqual(RIGHT);
    expect([story.wrong(), await story.troubles()]).toEqual([[], []]);
  });

  test.each(otherReadings)('under $id: $reading', async (doubt) => {
    const endings: Record<string, Ending> = ENDINGS[doubt.id];
    expect(Object.keys(endings)).toContain(doubt.reading);
    const { told = {}, checks = [] } = endings[doubt.reading] ?? {};
    const story = await connected({ doubt });
    expect(await playSeedStory(story)).toEqual({ ...RIGHT, ...told });
    expect([story.wrong(), await story.troubles()]).toEqual([[], checks]);
  });
});

describe('what the story cannot show', () => {
  test.each([
    ['refused', 'The token has expired. Connect the Page again in Setup with a new Page access token.', []],
    ['unaffected', null, ['human', 'let-go', 'longer']],
  ])('data access that is over: %s', async (reading, stopped, wanted) => {
    const { clock, shown, wrong } = await connected({
      token: 'data-access-over',
      doubt: { id: 'data-access', reading },
    });
    await clock.advance(20_000);
    const { owner, offers } = shown();
    expect(owner.value).toEqual(stopped === null ? { kind: 'bot' } : { kind: 'unknown', why: stopped });
    expect(offers.map((offer) => offer.wanted)).toEqual(wanted);
    expect(wrong()).toEqual([]);
  });

  test('a token’s app that neither Meta nor any conversation tells: no button, and a sentence', async () => {
    stage = await openStage({ degree: 2, doubt: { id: 'self-debug', reading: 'refused' } });
    for (const thread of stage.world.state.threads)
      if (thread.control?.owner === stage.meta.apps.desk) thread.control = null;
    await stage.connect();
    const { offers, sentence } = stage.shown();
    expect(offers).toEqual([]);
    expect(sentence).toBe(
      'Reply here: the inbox takes control by itself. Meta does not say which app the token belongs to, so control can’t be passed from here.',
    );
  });

  test.each<[string, string, string]>([
    ['refused', 'refused', 'Conversation routing is on for this Page: control is taken, not asked for.'],
    ['no-effect', 'accepted', 'Meta said yes, and still names Inbox. Baton goes on reading.'],
  ])('routing turned on again while it is believed off; a request is %s', async (reading, kind, cause) => {
    const { world, thread, clock, press, shown, wrong } = await connected({
      doubt: { id: 'request-with-routing', reading },
    });
    world.setRouting('messenger', { on: false });
    world.sendAsInbox(thread.userId, 'Hello Maja, this is Frida.', 'Frida Holm');
    await clock.advance(70_000);
    world.setRouting('messenger', { on: true });
    await press('ask');
    expect(shown().outcome).toMatchObject({ kind, cause });
    expect(wrong()).toEqual([]);
  });

  test('a false claim is found', async () => {
    const { world, thread, clock, shown } = await connected({});
    await clock.advance(10_000);
    const history = keepHistory(world);
    const seen = shown();
    const [label] = seen.labels.filter(({ author }) => author.value.kind === 'automation');
    const lies = {
      ...seen,
      owner: { ...seen.owner, value: { kind: 'inbox' as const } },
      labels: label ? [{ ...label, author: { ...label.author, value: { kind: 'chatbot' as const } } }] : [],
    };
    const view = (conversation: typeof seen) => ({ clockOffset: 0, rows: [], conversation });
    expect(falseClaims(view(seen), world, history)).toEqual([]);
    expect(falseClaims(view(lies), world, history)).toEqual([
      expect.stringContaining(`${thread.name}: shown as inbox`),
      expect.stringContaining('certain chatbot'),
    ]);
  });
});

describe('the document', () => {
  const rows = readFileSync('docs/doubts.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));

  test('has every doubt in order, with its source', () => {
    expect(rows.map(([id, source]) => [id, source])).toEqual(doubtIds.map((id) => [`\`${id}\``, doubts[id].source]));
  });

  test.each(otherReadings)('tells of $id: $reading', ({ id, reading }) => {
    expect(rows.find(([name]) => name === `\`${id}\``)?.[2]).toContain(`\`${reading}\``);
  });

  test('names tests that exist', () => {
    const named = rows.flatMap((row) => row[3]?.match(/[\w/-]+\.test\.ts/g) ?? []);
    expect(rows.filter((row) => !row[3]?.includes('.test.ts'))).toEqual([]);
    expect(named.filter((file) => !existsSync(`test/${file}`))).toEqual([]);
  });
});
