/**
 * `npm start`: the product at work. Builds the production extension, starts a Meta of our own with a bot and a few
 * dozen conversations, and opens a real browser with the inbox, the extension connected and the customer's page.
 *
 *   npm start                                    in a window, until it is closed
 *   npm start -- --headless --screenshot FILE    without a screen; leaves a picture
 *   npm start -- --browser firefox               in Firefox
 */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { startMeta } from '../meta/meta';
import { commandLine } from '../setup/command-line';
import { type BrowserKind, findBrowser, NO_BROWSER } from './browsers';
import build from './build';
import { type Driven, drive, until } from './launch';
import { connect, openInbox } from './set-up';
import { sight, sights } from './sight';

const values = commandLine({
  headless: { type: 'boolean', default: false },
  screenshot: { type: 'string' },
  browser: { type: 'string' },
  dark: { type: 'boolean', default: false },
});

const WHAT_TO_TRY = `
What to try
  1. On the customer's page write a question: the bot answers, and its reply is labelled in the inbox.
  2. Ask there for a human: the bot passes control, and row, banner and mark change by themselves.
  3. Answer in the inbox, as the agent.
  4. Press "Pass to bot" in the banner or in Baton's popup, and write as the customer again.
  5. Press "Take control" to have it back.
Close the browser or press Ctrl+C to end.`;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const kind = chooseBrowser();
  const headless = values.headless || !hasDisplay();
  if (headless && !values.headless) console.log('There is no display here, so the browser stays out of sight.');

  console.log('Building the extension …');
  build();
  const meta = await startMeta();
  const width = headless ? 1440 : 1240;
  const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless, width, dark: values.dark });
  const end = async () => {
    await driven.close().catch(() => {});
    await meta.close();
  };
  process.once('SIGINT', () => void end().then(() => process.exit(0)));

  try {
    await show(meta, driven);
    console.log(`Inbox      ${meta.inbox}/latest/inbox/all?asset_id=${meta.pageId} (in this browser alone)`);
    console.log(`Customer   ${meta.customer}`);
    console.log(`Control    ${meta.control}`);
    if (values.screenshot) return;
    console.log(WHAT_TO_TRY);
    await new Promise<void>((resolve) => driven.browser.once('disconnected', () => resolve()));
  } finally {
    await end();
  }
}

/** Opens the inbox, connects the Page in Setup as an admin would, and puts the customer's page beside it. */
async function show(meta: Awaited<ReturnType<typeof startMeta>>, driven: Driven): Promise<void> {
  const inbox = await openInbox(meta, driven, values.dark ? '&dark=1' : '');
  await connect(driven, inbox, meta.tokens['4'] ?? '');
  await until(
    async () => (await sight(inbox, 'baton-banner'))?.text.includes('has this conversation') === true,
    'the banner',
  );
  if (values.screenshot) {
    await handOver(meta, inbox);
    const file = resolve(values.screenshot);
    await mkdir(dirname(file), { recursive: true });
    await inbox.screenshot({ path: file as `${string}.png` });
    console.log(`Picture    ${values.screenshot}`);
    return;
  }
  await driven.open(meta.customer, 'beside');
}

/** Plays the customer until the bot has handed over, so that the picture shows every kind of mark. */
async function handOver(
  meta: Awaited<ReturnType<typeof startMeta>>,
  inbox: Awaited<ReturnType<typeof openInbox>>,
): Promise<void> {
  const [newest] = meta.world.feed().threads;
  const thread = meta.world.state.threads.find(({ userId }) => userId === newest?.userId);
  if (!thread) return;
  meta.world.customerSays(thread.psid, 'Do you rent bikes for a week?');
  await until(
    async () => (await sights(inbox)).some(({ text }) => text === 'Replied by a chatbot'),
    'the label',
    30_000,
  );
  meta.world.customerSays(thread.psid, 'Can I talk to a human?');
  await until(async () => (await sight(inbox, 'baton-handover')) !== null, 'the handover mark', 30_000);
  await until(async () => (await sight(inbox, 'baton-row', thread.name))?.data.owner === 'inbox', 'the row', 30_000);
}

function chooseBrowser(): BrowserKind {
  const wanted = values.browser;
  if (wanted !== undefined && wanted !== 'chromium' && wanted !== 'firefox') {
    throw new Error('--browser takes chromium or firefox.');
  }
  const kinds: BrowserKind[] = wanted ? [wanted] : ['chromium', 'firefox'];
  const kind = kinds.find((candidate) => findBrowser(candidate) !== null);
  if (!kind) throw new Error(wanted ? `${NO_BROWSER} ${wanted} was asked for.` : NO_BROWSER);
  return kind;
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
