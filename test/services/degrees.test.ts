/** The seed story by how much Meta tells: what is shown, what is offered, and what the page's own facts add to it. */
import { afterEach, expect, test, vi } from 'vitest';
import { NO_ROUTING, NO_TOGGLE, playSeedStory, RIGHT, type Told } from './seed-story';
import { type Degree, openStage, type Stage } from './stage';

vi.setConfig({ testTimeout: 60_000 });

const NOT_CONNECTED = 'unknown: Connect the Page in Setup to read who has it.';
const WITHOUT_PAGE =
  'Reply here: the inbox takes control by itself. Connect the Page in Setup to pass control from here.';
const UNSEEN = 'accepted: Meta accepted. Meta does not name the new owner to this token.';

const TOLD: Record<Degree, Told> = {
  1: {
    'the Page is connected': NOT_CONNECTED,
    'the bot answers': `${NOT_CONNECTED} · written by unknown`,
    'the bot passes control': `${NOT_CONNECTED} · written by unknown`,
    'a person answers': 'inbox, likely',
    'Pass to bot': `inbox, likely · ${WITHOUT_PAGE}`,
    // Nothing was called, so that it is the person's again.
    'the bot answers again': 'inbox, likely · written by human',
    'Take control': `inbox, likely · ${WITHOUT_PAGE}`,
    'the customer taps a button, a colleague is assigned': 'inbox, likely',
    'moved to Done': 'inbox, likely',
    'a day later': NOT_CONNECTED,
    'the bot sends buttons': `${NOT_CONNECTED} · written by unknown`,
    'Pass to bot without the toggle': `inbox, likely · ${WITHOUT_PAGE}`,
    'routing is turned off': `inbox, likely · ${WITHOUT_PAGE}`,
  },
  2: {
    'the Page is connected': 'unnamed',
    'the bot answers': 'unnamed · written by unknown',
    'the bot passes control': 'unnamed · written by unknown',
    'a person answers': 'inbox, likely',
    'Pass to bot': `bot, likely · ${UNSEEN}`,
    // Somebody has written since, and nobody says who.
    'the bot answers again': 'unnamed · written by unknown',
    'Take control': `inbox, likely · ${UNSEEN}`,
    'the customer taps a button, a colleague is assigned': 'inbox, likely',
    'moved to Done': 'inbox, likely',
    'a day later': 'idle',
    'the bot sends buttons': 'unnamed · written by unknown',
    'Pass to bot without the toggle': `inbox, likely · ${NO_TOGGLE}`,
    'routing is turned off': `inbox, likely · ${NO_ROUTING}`,
  },
  3: {
    'the Page is connected': 'bot',
    'the bot answers': 'bot · written by chatbot',
    'the bot passes control': 'not-bot · written by unknown',
    'a person answers': 'not-bot',
    'Pass to bot': 'bot · done: Bot has it. Meta names this app as the thread owner.',
    'the bot answers again': 'bot · written by chatbot',
    'Take control':
      'not-bot · done: The bot no longer has it. Meta says that the bot does not have it, and not who does.',
    'the customer taps a button, a colleague is assigned': 'not-bot',
    'moved to Done': 'not-bot',
    'a day later': 'idle',
    // With another default app the bot does not get the conversation back: the last words are its earlier ones.
    'the bot sends buttons': 'not-bot · written by chatbot',
    'Pass to bot without the toggle': `not-bot · ${NO_TOGGLE}`,
    'routing is turned off': `not-bot · ${NO_ROUTING}`,
  },
  4: RIGHT,
};

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

async function opened(degree: Degree, facts: boolean): Promise<Stage> {
  stage = await openStage({ degree, facts });
  if (degree > 1) expect(await stage.connect()).toBeNull();
  return stage;
}

const DEGREES: readonly Degree[] = [1, 2, 3, 4];

test.each(DEGREES)('degree %i', async (degree) => {
  const story = await opened(degree, true);
  expect(await playSeedStory(story)).toEqual(TOLD[degree]);
  expect(story.wrong()).toEqual([]);
});

test.each(DEGREES)(
  'degree %i without the facts of the page’s own code: less is said, and nothing false',
  async (degree) => {
    const story = await opened(degree, false);
    const told = await playSeedStory(story);
    expect(story.wrong()).toEqual([]);
    expect(Object.values(told).filter((line) => line.includes('chatbot'))).toEqual([]);
    for (const act of ['the Page is connected', 'Pass to bot', 'Take control', 'routing is turned off'] as const)
      expect(told[act]).toBe(TOLD[degree][act]);
  },
);

test.each<[Degree, string, string[]]>([
  [1, 'the bot has it', []],
  [2, 'the bot has it', ['human', 'bot']],
  [3, 'the bot has it', ['human', 'let-go', 'longer']],
  [4, 'the bot has it', ['human', 'let-go', 'longer']],
  [1, 'the inbox has it', []],
  [2, 'the inbox has it', ['human', 'bot']],
  [3, 'the inbox has it', ['bot']],
  [4, 'the inbox has it', ['bot']],
])('degree %i offers, while %s: %j', async (degree, owner, wanted) => {
  const { world, thread, clock, shown } = await opened(degree, true);
  if (owner === 'the inbox has it') world.sendAsInbox(thread.userId, 'Hello Maja, this is Frida.', 'Frida Holm');
  await clock.advance(8_000);
  expect(shown().offers.map((offer) => offer.wanted)).toEqual(wanted);
});

test('an author who is only likely makes no owner likely', async () => {
  stage = await openStage({ degree: 2, facts: false, footers: false });
  const { world, thread, clock, connect, shown } = stage;
  await connect();
  world.sendAsInbox(thread.userId, 'Hello Maja, this is Frida.', 'Frida Holm', 'mobile');
  await clock.advance(8_000);
  const { owner, labels } = shown();
  expect(labels.at(-1)?.author).toMatchObject({ value: { kind: 'human' }, certainty: 'likely' });
  expect(owner.value.kind).toBe('unnamed');
});
