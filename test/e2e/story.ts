import { expect } from 'vitest';
import type { Meta } from '../meta/meta';
import { type Driven, until } from './launch';
import { connect, openInbox } from './set-up';
import { openConversation, outcome, press, read, reply, sight, sights, timers } from './sight';

const DAY = 86_400_000;
const CUSTOMER = 'Maja Lindqvist';
const TRANSFERRED = 'Transferred to Inbox for a human response';

/** What stays the same whatever the clock says: what a person read, and what Meta was asked, step by step. */
export interface Step {
  name: string;
  page: string[];
  /** Calls that change something, in order. */
  writes: string[];
}

export interface Played {
  steps: Step[];
  /** The kinds of readings that were made, each once: how often, and in which step, time alone decides. */
  reads: string[];
}

/**
 * The seed story: the bot answers, passes control, a person answers, the bot gets it back, a person takes it again.
 * Each step is checked at Meta's side and by what a person sees. `before` runs before every step.
 */
export async function playStory(meta: Meta, driven: Driven, before: () => Promise<void>): Promise<Played> {
  const steps: Step[] = [];
  const thread = () => meta.world.threadWith(CUSTOMER);
  const owner = () => meta.world.owner(thread());
  const customerSays = (text: string) => meta.world.customerSays(thread().psid, text);
  /** Calls made with Baton's token, the bot's own ones left out. */
  const own = (method: string) => meta.log.list().filter((call) => call.token === 'degree-4' && call.method === method);
  const inbox = await openInbox(meta, driven);
  const banner = async () => (await sight(inbox, 'baton-banner'))?.text ?? '';
  const row = async () => (await sight(inbox, 'baton-row', CUSTOMER))?.data.owner;
  const labelOf = async (words: string) => (await sight(inbox, 'baton-label', words))?.text ?? null;
  const bannerReads = (words: string) =>
    until(async () => (await banner()).startsWith(words), `the banner “${words}”`, 30_000);
  const botAnswers = async (words: string) => {
    await until(async () => (await labelOf(words)) === 'Replied by a chatbot', `the label under “${words}”`, 30_000);
    expect(await sight(inbox, 'baton-label', words)).toMatchObject({
      data: { author: 'chatbot', certainty: 'certain' },
    });
  };

  async function step(name: string, play: () => Promise<void>): Promise<void> {
    await before();
    const from = own('POST').length;
    await play();
    steps.push({
      name,
      page: timeless(await sights(inbox)),
      writes: own('POST').slice(from).map(describeCall),
    });
  }

  await step('connect', async () => {
    expect(await connect(driven, inbox, meta.tokens['4']!)).toContain('is connected');
    await openConversation(inbox, CUSTOMER);
    await bannerReads('Bot has this conversation');
    await until(async () => (await timers(inbox)).control !== undefined, 'the control clock', 30_000);
    expect(owner()).toBe(meta.apps.bot);
    await until(async () => (await row()) === 'bot', 'the row’s owner', 40_000);
  });

  await step('the bot answers', async () => {
    customerSays('Do you rent bikes for a week?');
    await botAnswers('Renting a bike costs');
    await until(async () => (await row()) === 'bot', 'the row’s owner', 40_000);
    // Meta's own automation is not the bot's, whatever else it is.
    const automation = (await sights(inbox)).filter(
      (one) => one.tag === 'baton-label' && one.host.includes('Thanks for writing'),
    );
    expect(automation.filter(({ data }) => data.author === 'chatbot')).toEqual([]);
    expect(thread().messages.at(-1)?.author).toMatchObject({ kind: 'app', appId: meta.apps.bot });
  });

  await step('the bot passes control', async () => {
    customerSays('Can I talk to a human?');
    await bannerReads(TRANSFERRED);
    expect(owner()).toBe(meta.apps.inbox);
    await until(async () => (await row()) === 'inbox', 'the row’s owner');
    await until(async () => (await sight(inbox, 'baton-handover'))?.data.to === 'inbox', 'the handover mark');
    expect((await sight(inbox, 'baton-handover'))?.host).toContain('passing you to a colleague');
    const last = thread().messages.findLast(({ author }) => author.kind === 'customer')!;
    await until(async () => Math.abs((await timers(inbox)).standard! - (last.at + DAY)) <= 1_000, 'the standard clock');
    const clocks = await timers(inbox);
    expect(Math.abs(clocks['human-agent']! - (last.at + 7 * DAY))).toBeLessThanOrEqual(1_000);
    expect(Math.abs(clocks.control! - thread().control!.expiresAt)).toBeLessThanOrEqual(1_000);
  });

  await step('a person answers', async () => {
    await reply(inbox, 'Hello Maja, this is Ida. Yes, for 60.');
    await bannerReads('Inbox has this conversation');
    expect(thread().messages.at(-1)?.author.kind).toBe('human');
    await until(async () => (await row()) === 'inbox', 'the row’s owner', 40_000);
    expect(await labelOf('this is Ida')).toBeNull();
    expect((await sight(inbox, 'baton-handover'))?.host).toContain('passing you to a colleague');
    expect(owner()).toBe(meta.apps.inbox);
  });

  await step('Pass to bot', async () => {
    const popup = await driven.popup(inbox);
    await until(async () => (await read(popup)).includes('Inbox has this conversation'), 'the popup’s owner');
    await press(popup, 'Pass to bot');
    await until(async () => (await outcome(popup, 'done')).includes('Bot has it'), 'the outcome', 20_000);
    expect(owner()).toBe(meta.apps.bot);
    await popup.close();
    await inbox.bringToFront();
    await bannerReads('Bot has this conversation');
    await until(async () => (await row()) === 'bot', 'the row’s owner', 40_000);
  });

  await step('the bot answers again', async () => {
    // Meta counts in whole seconds: what is sent within two of the take cannot be told from what came before it.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    customerSays('What about a repair?');
    await botAnswers('Repairs take two days');
    await until(async () => (await row()) === 'bot', 'the row’s owner', 40_000);
  });

  await step('Take control', async () => {
    const popup = await driven.popup(inbox);
    await until(async () => (await read(popup)).includes('Bot has this conversation'), 'the popup’s owner');
    await press(popup, 'Take control');
    await until(async () => (await outcome(popup, 'done')).includes('Inbox has it'), 'the outcome', 20_000);
    expect(owner()).toBe(meta.apps.inbox);
    await popup.close();
    await inbox.bringToFront();
    await until(async () => (await row()) === 'inbox', 'the row’s owner');
    await bannerReads('Inbox has this conversation');
    await until(
      async () => (await sights(inbox)).filter(({ tag }) => tag === 'baton-handover').length === 3,
      'the third mark',
    );
  });

  return { steps, reads: [...new Set(own('GET').map(describeCall))].sort() };
}

function describeCall({
  method,
  path,
  params,
}: {
  method: string;
  path: string;
  params: Record<string, unknown>;
}): string {
  const { fields: _, after: __, ...rest } = params;
  return `${method} ${path} ${JSON.stringify(rest)}`;
}

/** The open conversation's words without times, ages and what another moment would change. */
function timeless(all: Awaited<ReturnType<typeof sights>>): string[] {
  return (
    all
      .filter(({ tag, host }) => tag !== 'baton-row' || host.includes(CUSTOMER))
      // Whether a message sent in the moment of a handover is likely the bot's hangs on the second it fell into.
      .filter(({ tag, data }) => tag !== 'baton-label' || data.certainty === 'certain')
      .map(({ tag, text, data }) =>
        `${tag} ${data.owner ?? data.author ?? data.to ?? ''} ${text}`
          .replace(/\d{1,2}:\d{2}(\s?[AP]M)?/g, '#:##')
          .replace(/between #:## and #:##|seen at #:##|#:##/g, '#')
          .replace(/(\d+ [dh] )?\d+ (h|min) left/g, '# left')
          .replace(/just now|\d+ min ago/g, '#')
          .trim(),
      )
  );
}
