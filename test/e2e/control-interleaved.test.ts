import type { Page } from 'puppeteer-core';
import { afterAll, describe, expect, test } from 'vitest';
import { graphCall } from '../meta/client';
import type { Meta } from '../meta/meta';
import type { Thread } from '../meta/model';
import { type BrowserKind, findBrowser } from './browsers';
import { type ControlStage, connectAnew, type Degree, openUnconnected, writes } from './control-stage';
import { until } from './launch';
import { openConversation, type Sight, sight } from './sight';

/** 1: nothing is connected, and the page alone tells. */
type Told = 1 | Degree;

const SOAK = process.env.BATON_SOAK !== undefined;
/** `BATON_SEED` plays others. */
const FIRST_SEED = Number(process.env.BATON_SEED ?? 1);
const DEGREES: readonly Told[] = [1, 2, 3, 4];
const ROUNDS = SOAK ? 5 : 1;
/** So many conversations of the last hours: of one that lay idle for days Baton is sure only half a minute later. */
const FRESH = 12;
const PLAYED: readonly BrowserKind[] = SOAK ? ['chromium', 'firefox'] : ['chromium'];

/** A small generator: the same seed gives the same round, as far as real clocks allow. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Two windows with an agent each, a bot and a customer who write in between: what both show is what Meta tells. */
describe.each(PLAYED)('two windows, two agents, a bot and a customer in %s', (kind) => {
  const run = test.runIf(findBrowser(kind) !== null || process.env.CI === 'true');
  let staged: Promise<{ stage: ControlStage; windows: readonly Page[] }> | null = null;
  let connected: Told = 1;
  afterAll(async () => (await staged)?.stage.close());

  function windowsOf() {
    staged ??= openUnconnected(kind, 4).then(async (stage) => {
      await stage.popup.close();
      const address = stage.inbox.url();
      const other = await stage.driven.open(address, 'beside');
      await until(async () => (await other.$$('[role=presentation]')).length > 3, 'the rows of the second window');
      return { stage, windows: [stage.inbox, other] };
    });
    return staged;
  }

  async function connectAt(degree: Told): Promise<void> {
    if (degree === connected || degree === 1) return;
    const { stage } = await windowsOf();
    if (degree === 3) stage.meta.world.setRouting('messenger', { defaultApp: stage.meta.apps.rival });
    else stage.meta.world.setRouting('messenger', { defaultApp: stage.meta.apps.bot });
    const popup = await stage.driven.popup(stage.inbox);
    await connectAnew({ ...stage, popup, degree });
    await popup.close();
    connected = degree;
  }

  for (const degree of DEGREES) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const seed = FIRST_SEED * 1_000 + degree * 100 + round;
      run(`degree ${degree}, seed ${seed}`, async () => {
        await connectAt(degree);
        const { stage, windows } = await windowsOf();
        const { meta } = stage;
        const thread = conversationOf(meta, (degree - 1) * ROUNDS + round);
        for (const window of windows) {
          await until(() => openConversation(window, thread.name).then(() => true), 'the row');
          await until(async () => isLinked(await banner(window), degree), 'the conversation to be recognised', 40_000);
        }

        await play(dice(seed), meta, thread, windows);
        for (const window of windows)
          await until(async () => !(await banner(window))?.text.includes('Waiting'), 'the runs to end', 30_000);

        const from = meta.log.list().at(-1)?.seq ?? 0;
        meta.world.customerSays(thread.psid, 'Thank you, that is all.');
        if (degree > 1) await until(async () => isOwnerRead(meta, thread, from), 'the owner to be read', 30_000);
        for (const window of windows) {
          const agrees = async () => shows(await banner(window), await tell(meta, thread, degree), meta, degree);
          await until(agrees, 'the windows to agree with Meta', 20_000).catch(async (error: Error) => {
            const shown = (await banner(window))?.data;
            throw new Error(`${error.message} Shown: ${JSON.stringify(shown)}; owner: ${meta.world.owner(thread)}`);
          });
        }
      });
    }
  }

  run('the agents’ presses have reached Meta', async () => {
    const { stage } = await windowsOf();
    expect(writes(stage.meta).length).toBeGreaterThan(0);
  });
});

/** A conversation for each round, which the bot has: what was said in it before tells it from all others. */
function conversationOf(meta: Meta, place: number): Thread {
  const { threads } = meta.world.state;
  const isAlone = ({ name }: Thread) => threads.filter((other) => other.name === name).length === 1;
  const said = ({ messages }: Thread) => messages.filter(({ text }) => text !== '').length;
  const known = threads.filter(
    (thread) => thread.channel === 'messenger' && thread.folder === 'inbox' && isAlone(thread) && said(thread) > 2,
  );
  const thread = known[place % FRESH];
  if (!thread) throw new RangeError('This world has no conversation to play with.');
  // What is newest stands on top of the list.
  meta.world.customerSays(thread.psid, 'Hello once more');
  meta.world.give(thread, meta.apps.bot ?? '');
  return thread;
}

/** What everybody does, one after the other and into each other. */
async function play(roll: () => number, meta: Meta, thread: Thread, windows: readonly Page[]): Promise<void> {
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(roll() * values.length)] as Value;
  const { world, apps } = meta;
  const bot = world.app(apps.bot ?? '');
  const agents = ['Frida Holm', 'Sam Okafor'];
  const acts: readonly (() => unknown)[] = [
    () => pressInPage(pick(windows), roll()),
    () => pressInPage(pick(windows), roll()),
    () => world.customerSays(thread.psid, `And with number ${Math.floor(roll() * 1_000)}?`),
    () => world.sendAsInbox(thread.userId, `Number ${Math.floor(roll() * 1_000)} is fine.`, pick(agents)),
    () => bot && world.owner(thread) === apps.bot && world.control('pass', bot, thread, { target: apps.inbox ?? null }),
  ];
  for (let left = 5 + Math.floor(roll() * 4); left > 0; left -= 1) {
    await pick(acts)();
    await new Promise((resolve) => setTimeout(resolve, roll() * 400));
  }
}

/** Presses one of the buttons that the banner offers, if it offers any. */
async function pressInPage(window: Page, chance: number): Promise<void> {
  const buttons = await window.$$('baton-banner >>> .btn');
  // What is drawn anew under the pointer is not pressed.
  await buttons[Math.floor(chance * buttons.length)]?.click().catch(() => {});
}

const banner = (window: Page): Promise<Sight | null> => sight(window, 'baton-banner');

/** Without a token nothing is linked, and there is a banner all the same. */
const isLinked = (shown: Sight | null, degree: Told): boolean =>
  shown !== null && (degree === 1 || shown.data.owner !== 'unknown');

const isOwnerRead = ({ log }: Meta, { psid }: Thread, from: number): boolean =>
  log.list().some(({ seq, path, params }) => seq > from && path === '/me/thread_owner' && params.recipient === psid);

interface Answer {
  app: string | null;
  /** Whether Meta told of an owner at all. */
  told: boolean;
}

/** What Meta answers this very token about the conversation; null without one. */
async function tell(meta: Meta, { psid }: Thread, degree: Told): Promise<Answer | null> {
  if (degree === 1) return null;
  const { body } = await graphCall(
    meta,
    'GET',
    '/me/thread_owner',
    { recipient: psid },
    { token: meta.tokens[degree] },
  );
  const { data } = body as { data: { thread_owner: { app_id?: string } }[] };
  return { app: data[0]?.thread_owner.app_id ?? null, told: data.length > 0 };
}

/** What is shown may say less than Meta told, and nothing else. What is only likely is said where Meta names nobody. */
function shows(shown: Sight | null, told: Answer | null, { apps }: Meta, degree: Told): boolean {
  const { owner, certainty } = shown?.data ?? {};
  if (told === null) return owner === 'unknown' || certainty === 'likely';
  if (certainty === 'likely') return told.told && told.app === null;
  switch (owner) {
    case 'bot':
    case 'inbox':
      return told.app === apps[owner];
    case 'app':
      return told.app !== null && told.app !== apps.bot && told.app !== apps.inbox;
    case 'not-bot':
      return degree > 2 && told.app !== apps.bot;
    case 'unnamed':
      return told.told && told.app === null;
    case 'idle':
      return !told.told;
    default:
      return false;
  }
}
