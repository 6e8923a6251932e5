import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import type { App, Call } from '../meta/model';
import { type BrowserKind, findBrowser } from './browsers';
import { BUILDS, type Driven, drive, until } from './launch';
import { scroll, step } from './page-play';
import { traced, type Work } from './page-quiet';
import { bubbles, hostOf, judge, recordReturn, spacingsIn } from './page-truth';
import { connect } from './set-up';
import { openConversation, sight } from './sight';

/** `npm run soak` plays more and watches for longer. */
const STEPS = Number(process.env.BATON_STEPS ?? 300);
const QUIET_MS = Number(process.env.BATON_QUIET_MS ?? 60_000);
const HIDDEN_MS = 5_000;
/** What follows at once from opening a conversation has been called by then: the second of its three readings too. */
const CALLS_WITHIN_MS = 3_000;

const found = (kind: BrowserKind) => findBrowser(kind) !== null || process.env.CI === 'true';

const MAJA = 'Maja Lindqvist';
const JOAO = 'João Almeida';

function bot({ world, apps }: Meta): App {
  const app = world.app(apps.bot ?? '');
  if (!app) throw new RangeError('The Page has no bot.');
  return app;
}

/** The calls for one customer's messages that Graph has had, as the emulator tells them. */
async function messageCalls({ control }: Meta, psid: string): Promise<Call[]> {
  const calls = (await (await fetch(`${control}/calls`)).json()) as Call[];
  return calls.filter(({ path, params }) => path.includes('conversations') && params.user_id === psid);
}

/** A browser with Baton and one without, on the same inbox of a strict host. */
class Pair {
  readonly complaints: string[] = [];
  private constructor(
    readonly meta: Meta,
    readonly driven: Driven,
    readonly bare: Driven,
    readonly inbox: Page,
    readonly without: Page,
  ) {
    inbox.on('pageerror', (error) => this.complaints.push(String(error)));
    inbox.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) this.complaints.push(message.text());
    });
  }

  static async open(kind: BrowserKind): Promise<Pair> {
    const meta = await startMeta({ bot: false, moreConversations: 20 });
    const options = { port: meta.port, spki: meta.spki, headless: true };
    const [driven, bare] = await Promise.all([drive(kind, options), drive(kind, { ...options, bare: true })]);
    const [inbox, without] = await Promise.all([openInbox(driven, meta), openInbox(bare, meta)]);
    const pair = new Pair(meta, driven, bare, inbox, without);
    await connect(driven, inbox, meta.tokens['4'] ?? '');
    await pair.marked();
    return pair;
  }

  async marked(): Promise<void> {
    await until(async () => (await judge(this.inbox, this.meta)).marked.length > 2, 'the marks', 30_000);
  }

  /** The feed reaches the two pages at different moments, and a minute may end in between. */
  async isHostAlike(): Promise<boolean> {
    const alike = async () => {
      const [one, other] = await Promise.all([this.inbox, this.without].map(hostOf));
      return one === other;
    };
    return until(alike, 'two equal pages', 3_000).then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.driven.close(), this.bare.close()]);
    await this.meta.close();
  }
}

async function openInbox(driven: Driven, meta: Meta): Promise<Page> {
  const page = await driven.open(`https://business.facebook.com/latest/inbox/all?asset_id=${meta.pageId}&delay=0`);
  await until(async () => (await page.$$('[role=presentation]')).length > 3, 'the rows');
  return page;
}

describe.each<BrowserKind>(['chromium', 'firefox'])('at home on the page, in %s', (kind) => {
  const run = test.runIf(found(kind));
  let pair: Pair;

  beforeAll(async () => {
    if (found(kind)) pair = await Pair.open(kind);
  });

  afterAll(() => pair?.close());

  run.each([380, 264, 232])(
    'in a list %i px wide a mark stands clear of the host’s time, and its icons apart',
    async (width) => {
      const spacings = await spacingsIn(pair.inbox, width);
      expect(spacings.filter(({ betweenIcons }) => betweenIcons !== null).length).toBeGreaterThan(2);
      expect(spacings.filter(({ beforeMark, betweenIcons }) => beforeMark < 4 || (betweenIcons ?? 4) < 4)).toEqual([]);
    },
  );

  run('a label gives a short bubble no width, and runs over towards the middle', async () => {
    const { meta, inbox, without } = pair;
    const maja = meta.world.threadWith(MAJA);
    // The page says which app wrote: the label needs no reading of the owner before and after.
    meta.world.state.doubts['bot-creator'] = 'application';
    for (const page of [inbox, without]) await openConversation(page, MAJA);
    await until(async () => (await sight(inbox, 'baton-banner'))?.data.owner === 'bot', 'the banner');
    meta.world.appSends(bot(meta), maja, { text: 'ok' });
    await until(async () => (await bubbles(inbox)).at(-1)?.label != null, 'the label');
    const [ours, theirs] = await Promise.all([inbox, without].map(bubbles));
    expect(ours?.map(({ left, width }) => ({ left, width }))).toEqual(
      theirs?.map(({ left, width }) => ({ left, width })),
    );
    const label = ours?.at(-1)?.label;
    const bubble = ours?.at(-1);
    expect(bubble?.text).toBe('ok');
    expect(label?.right).toBeCloseTo((bubble?.left ?? 0) + (bubble?.width ?? 0), 0);
    expect(label?.width).toBeGreaterThan(bubble?.width ?? 0);
  });

  run('a return to a known conversation is annotated in the next frame, and asks Graph for no message', async () => {
    const { meta, inbox } = pair;
    const joao = meta.world.threadWith(JOAO).psid;
    await openConversation(inbox, JOAO);
    await until(async () => (await sight(inbox, 'baton-banner', JOAO)) !== null, 'the banner');
    await until(async () => (await messageCalls(meta, joao)).length > 0, 'the first visit’s call');
    const mids = meta.world.threadWith(MAJA).messages.map(({ mid }) => mid);
    const recorded = recordReturn(inbox, { name: MAJA, mids });
    await openConversation(inbox, MAJA);
    const { agreedAt, annotatedAt } = await recorded;
    expect(annotatedAt - agreedAt).toBeLessThanOrEqual(1);

    // Nobody has written to João meanwhile, as the bot has to Maja: what is read anew is read because he is back.
    const before = await messageCalls(meta, joao);
    await openConversation(inbox, JOAO);
    await until(async () => (await sight(inbox, 'baton-banner', JOAO)) !== null, 'the banner');
    await wait(CALLS_WITHIN_MS);
    expect(await messageCalls(meta, joao)).toEqual(before);
  });

  run(
    `${STEPS} scrolls, arrivals and switches: every mark right, the host unchanged, nobody complains`,
    async () => {
      const { meta, inbox, without, complaints } = pair;
      const known = new Set<string>();
      const wrong: string[] = [];
      const lost: string[] = [];
      const changed: number[] = [];
      let marks = 0;
      let labels = 0;
      for (let count = 0; count < STEPS; count += 1) {
        await step(meta, [inbox, without], count);
        const judged = await judge(inbox, meta);
        wrong.push(...judged.wrong.map((why) => `step ${count}: ${why}`));
        lost.push(...judged.unmarked.filter((row) => known.has(row)).map((row) => `step ${count}: ${row}`));
        for (const row of judged.marked) known.add(row);
        marks += judged.marked.length;
        labels += judged.labels;
        if (count % 10 === 9 && !(await pair.isHostAlike())) changed.push(count);
      }
      expect({ wrong, lost, changed, complaints }).toEqual({ wrong: [], lost: [], changed: [], complaints: [] });
      expect(marks).toBeGreaterThan(STEPS * 4);
      expect(labels).toBeGreaterThan(0);
    },
    60_000 + STEPS * 500,
  );

  run('an update takes the old elements away, and the new script puts its own', async () => {
    const { driven, inbox } = pair;
    await scroll(inbox, 0);
    await pair.marked();
    await inbox.evaluate(() => {
      for (const element of document.querySelectorAll('*'))
        if (element.localName.startsWith('baton-')) Object.assign(element, { isOfBefore: true });
    });
    await driven.browser.installExtension(BUILDS[kind]);
    const ofBefore = () =>
      inbox.evaluate(() => [...document.querySelectorAll('*')].filter((element) => 'isOfBefore' in element).length);
    await until(async () => (await ofBefore()) === 0, 'the goodbye', 5_000);
    await pair.marked();
    expect((await judge(inbox, pair.meta)).wrong).toEqual([]);
  });
});

/** Runs beside the others, since it does nothing but wait. */
describe('a settled inbox in chromium', () => {
  const run = test.runIf(found('chromium'));

  run(
    `wakes by itself once a minute while it is seen, and never while it is hidden`,
    async () => {
      const { visible, hidden, state } = await watched;
      expect(visible.ownWakes).toBeLessThanOrEqual(Math.ceil(QUIET_MS / 60_000));
      expect(state).toBe('hidden');
      expect(hidden).toEqual({ ownWakes: 0, calls: 0 });
    },
    60_000 + QUIET_MS,
  );
});

interface Watched {
  visible: Work;
  hidden: Work;
  state: string;
}

const watched: Promise<Watched> = found('chromium')
  ? watchQuiet()
  : Promise.reject(new Error('Chromium was not found.'));
watched.catch(() => {});

async function watchQuiet(): Promise<Watched> {
  const meta = await startMeta({ bot: false });
  const driven = await drive('chromium', { port: meta.port, spki: meta.spki, headless: true });
  try {
    const inbox = await openInbox(driven, meta);
    await connect(driven, inbox, meta.tokens['4'] ?? '');
    await openConversation(inbox, 'Maja Lindqvist');
    await until(async () => (await sight(inbox, 'baton-banner')) !== null, 'the banner');
    await wait(3_000);
    const visible = await traced(inbox, () => wait(QUIET_MS));
    const other = await driven.browser.newPage();
    await other.bringToFront();
    await wait(1_000);
    const state = await inbox.evaluate(() => document.visibilityState);
    const hidden = await traced(inbox, async () => {
      meta.world.customerSays(meta.world.state.threads[0]?.psid ?? '', 'Hello?');
      await wait(HIDDEN_MS);
    });
    return { visible, hidden, state };
  } finally {
    await driven.close();
    await meta.close();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
