/**
 * The seed story as the background lives it: the bot answers, passes control, a person answers, the bot gets it back,
 * a person takes it again. Then what else a conversation goes through, so that every doubt has its moment.
 */
import type { AuthorClaim } from '../../utils/conversation/author';
import type { Owner, OwnerClaim } from '../../utils/conversation/owner';
import type { Outcome } from '../../utils/conversation/plan';
import type { Stage } from './stage';

const HOUR = 3_600_000;
/** After a move the owner is read at once, and twice more within 6 s. */
const A_WHILE_MS = 8_000;
/** A list read before routing ended is read again after a minute. */
const LIST_MS = 70_000;

const ACTS = {
  'the Page is connected': (stage) => stage.clock.advance(A_WHILE_MS),
  'the bot answers': (stage) => customerSays(stage, 'Do you rent bikes for a week?'),
  'the bot passes control': (stage) => customerSays(stage, 'Can I talk to a human?'),
  'a person answers': (stage) => personSays(stage, 'Hello Maja, this is Frida. Yes, for 60.'),
  // A note longer than any limit that Meta may have.
  'Pass to bot': (stage) => stage.press('bot', 'The price is agreed. '.repeat(100)),
  'the bot answers again': (stage) => customerSays(stage, 'What about a repair?'),
  'Take control': (stage) => stage.press('human'),
  'the customer taps a button, a colleague is assigned': async (stage) => {
    const { world, thread } = stage;
    world.assign(thread.userId, 'Sam Okafor');
    world.customerSays(thread.psid, { postback: { title: 'Prices', payload: 'PRICES' } });
    await stage.clock.advance(A_WHILE_MS);
  },
  'moved to Done': async ({ world, thread, clock }) => {
    world.markDone(thread.userId);
    // Nothing moves in the conversation itself, so that the owner is read in its turn.
    await clock.advance(2 * A_WHILE_MS);
  },
  'a day later': async (stage) => {
    await stage.away(25 * HOUR);
    await stage.clock.advance(A_WHILE_MS);
  },
  'the bot sends buttons': async (stage) => {
    await customerSays(stage, 'Good morning');
    const { world, thread, meta } = stage;
    const bot = world.app(meta.apps.bot ?? '');
    const buttons = [{ title: 'Talk to a human', payload: 'HUMAN' }];
    const template = { type: 'button', title: 'What next?', subtitle: null, buttons } as const;
    // With another default app the bot does not get the conversation back by itself.
    if (bot && world.owner(thread) === bot.id) world.appSends(bot, thread, { template });
    await stage.clock.advance(A_WHILE_MS);
  },
  'Pass to bot without the toggle': async (stage) => {
    const { world, meta } = stage;
    await personSays(stage, 'Good morning, Maja.');
    for (const app of [meta.apps.bot, meta.apps.desk]) world.changeApp(app ?? '', { takeControl: false });
    await stage.press('bot');
  },
  'routing is turned off': async ({ world, clock }) => {
    world.setRouting('messenger', { on: false });
    await clock.advance(LIST_MS);
  },
} satisfies Record<string, (stage: Stage) => Promise<void>>;

export type Act = keyof typeof ACTS;

/** What is shown at the end of each act, in a line: the owner, the newest message's author, how the run ended. */
export type Told = Record<Act, string>;

export const BACK_BY_ITSELF =
  'Without conversation routing control can’t be taken. Control goes back to routing after 24 h without customer messages. Moving it to Done may do so sooner (unverified).';
export const NO_ROUTING = `Reply here: the inbox takes control by itself. ${BACK_BY_ITSELF}`;
export const NO_TOGGLE =
  'refused: Meta refused to give control. The app of the token is not allowed to take control. Ask someone with full access to the Page to allow “Take control of conversations” for it.';

/** What is to be shown with the token of the default app. */
export const RIGHT: Told = {
  'the Page is connected': 'bot',
  'the bot answers': 'bot · written by chatbot',
  // It wrote at the moment in which it gave control away.
  'the bot passes control': 'inbox · transferred · written by unknown',
  'a person answers': 'inbox',
  'Pass to bot': 'bot · done: Bot has it. Meta names this app as the thread owner.',
  'the bot answers again': 'bot · written by chatbot',
  'Take control': 'inbox · done: Inbox has it. Meta names this app as the thread owner.',
  'the customer taps a button, a colleague is assigned': 'inbox',
  'moved to Done': 'inbox',
  'a day later': 'idle',
  'the bot sends buttons': 'bot · written by chatbot',
  'Pass to bot without the toggle': `inbox · ${NO_TOGGLE}`,
  'routing is turned off': `not-bot · ${NO_ROUTING}`,
};

/** Plays it all on a stage whose Page is connected, if it is to be. */
export async function playSeedStory(stage: Stage): Promise<Told> {
  const told: [string, string][] = [];
  for (const [act, play] of Object.entries(ACTS)) {
    await play(stage);
    told.push([act, line(stage, act)]);
  }
  return Object.fromEntries(told) as Told;
}

async function customerSays({ world, thread, clock }: Stage, text: string): Promise<void> {
  world.customerSays(thread.psid, text);
  await clock.advance(A_WHILE_MS);
}

async function personSays({ world, thread, clock }: Stage, text: string): Promise<void> {
  world.sendAsInbox(thread.userId, text, 'Frida Holm');
  await clock.advance(A_WHILE_MS);
}

function line(stage: Stage, act: string): string {
  const { owner, labels, outcome, transferred, sentence } = stage.shown();
  const author = labels.at(-1)?.author;
  const parts = [
    `${ownerWords(owner.value)}${likely(owner)}`,
    transferred && 'transferred',
    act.startsWith('the bot') && author && `written by ${author.value.kind}${likely(author)}`,
    isPress(act) && outcome && outcomeWords(outcome),
    (act.includes('routing') || (isPress(act) && !outcome)) && sentence,
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}

const isPress = (act: string): boolean => act.startsWith('Pass') || act.startsWith('Take');

/** What cannot be known is certain to be unknown. */
function likely({ value, certainty }: OwnerClaim | AuthorClaim): string {
  return certainty === 'likely' && value.kind !== 'unknown' ? ', likely' : '';
}

/** Without the time of day. */
function outcomeWords({ kind, title, cause, next }: Outcome): string {
  return [`${kind}: ${title}.`, cause.replace(/ Read at [^.]*\./, ''), next].filter(Boolean).join(' ');
}

function ownerWords(owner: Owner): string {
  if (owner.kind === 'unknown') return `unknown: ${owner.why}`;
  return owner.kind === 'app' ? `app ${owner.name ?? owner.appId}` : owner.kind;
}
