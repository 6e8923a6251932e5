import type { Page } from 'puppeteer-core';
import { type Meta, startMeta } from '../meta/meta';
import type { Call, Thread } from '../meta/model';
import type { BrowserKind } from './browsers';
import { type Driven, drive, until } from './launch';
import { openInbox } from './set-up';
import { openConversation, press, read, showTab, sight } from './sight';

export const CUSTOMER = 'Maja Lindqvist';
export const DAY = 86_400_000;

/** A browser with Baton over the inbox, one conversation open in it, the popup over it, and the Meta behind it. */
export interface ControlStage {
  meta: Meta;
  driven: Driven;
  inbox: Page;
  popup: Page;
  degree: Degree;
  close(): Promise<void>;
}

/** How much the token is told: another connected app's, the bot's own, and that of the bot as the default app. */
export type Degree = 2 | 3 | 4;

/** Opens the inbox on one conversation that the bot has, and connects the Page with the token of a degree. */
export async function openControl(kind: BrowserKind, degree: Degree = 4): Promise<ControlStage> {
  const stage = await openUnconnected(kind, degree);
  await connectAnew(stage);
  return stage;
}

/** The same before the Page is connected. */
export async function openUnconnected(kind: BrowserKind, degree: Degree): Promise<ControlStage> {
  const meta = await startMeta({ bot: false });
  // A test ends the worker, and begins anew, far more often than two readings a second allow for.
  meta.world.setDoubt('conversation-rate', 'unenforced');
  const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true });
  give(meta, 'bot');
  meta.world.customerSays(maja(meta).psid, 'Hello');
  const inbox = await openInbox(meta, driven);
  await openConversation(inbox, CUSTOMER);
  return {
    meta,
    driven,
    inbox,
    popup: await driven.popup(inbox),
    degree,
    close: async () => {
      await driven.close();
      await meta.close();
    },
  };
}

/**
 * Connects the Page in the popup's Setup, names the bot's app, and waits until all is read: whatever Baton had learned
 * of the Page is forgotten then. In Firefox the popup stands in a tab, and an inbox that is hidden reads nothing.
 */
export async function connectAnew({ meta, driven, inbox, popup, degree }: ControlStage): Promise<void> {
  const from = meta.log.list().at(-1)?.seq ?? 0;
  await until(async () => (await popup.$$('[role=tab]')).length > 1, 'the popup’s tabs');
  await showTab(popup, 'Setup');
  await (await popup.waitForSelector('input[name=token]'))?.type(meta.tokens[degree] ?? '');
  await (await popup.waitForSelector('input[name=botApp]'))?.type(meta.apps.bot ?? '');
  await press(popup, 'Connect Page');
  await until(async () => (await read(popup)).includes('is connected.'), 'the Page to be connected');
  await showTab(popup, 'Conversation');
  if (driven.kind === 'firefox') await inbox.bringToFront();
  const isRead = (path: string) =>
    meta.log.list().some((call) => call.seq > from && call.status === 200 && call.path === path);
  await until(async () => isRead('/me/thread_owner') && isRead('/me/conversations'), 'Baton to read', 30_000);
  if (driven.kind === 'firefox') await popup.bringToFront();
}

/** Brings a conversation to an owner by Baton's own buttons, so that Baton knows it. */
export async function bring({ meta, popup }: ControlStage, owner: 'bot' | 'inbox'): Promise<void> {
  if (ownerAtMeta(meta) === owner) return;
  await pressToEnd(popup, owner === 'bot' ? 'Pass to bot' : 'Take control');
  if (ownerAtMeta(meta) !== owner) throw new Error(`${owner} did not get it. The popup reads:\n${await read(popup)}`);
}

export const maja = ({ world }: Meta): Thread => world.threadWith(CUSTOMER);

/** Who has the conversation by Meta's own state: an app by its name in the emulator; null: nobody. */
export function ownerAtMeta(meta: Meta): string | null {
  const owner = meta.world.owner(maja(meta));
  return Object.entries(meta.apps).find(([, id]) => id === owner)?.[0] ?? null;
}

/** Gives control to an app, by its name in the emulator, and by the rules of nobody. */
export function give(meta: Meta, app: string | null): void {
  meta.world.give(maja(meta), app === null ? null : (meta.apps[app] ?? null));
}

/** The owner that the page shows: the word of its banner. */
export const shownOwner = async (inbox: Page): Promise<string | null> =>
  (await sight(inbox, 'baton-banner'))?.data.owner ?? null;

/** Waits until the popup offers a button. */
export function offered(popup: Page, words: string): Promise<void> {
  return until(async () => (await buttons(popup)).includes(words), `the button “${words}”`, 30_000);
}

/** The words of the popup's buttons. */
export const buttons = (popup: Page): Promise<string[]> =>
  popup.$$eval('button', (found) => found.map((button) => (button.textContent ?? '').trim()));

/** Calls of Baton's that change something, in the order in which Meta heard them. */
export const writes = ({ log }: Meta): Call[] =>
  log.list().filter(({ method, path }) => method === 'POST' && path.includes('thread_control'));

/** How a run ended, as a person reads it. */
export interface Ended {
  /** `alert` interrupts a screen reader, `status` waits. */
  role: string | null;
  kind: string | null;
  words: string;
}

/** How the last run ended; null while one is under way, or where none has ended. */
export function ended(popup: Page): Promise<Ended | null> {
  return popup.evaluate(() => {
    const result = document.querySelector<HTMLElement>('[data-outcome]');
    return (
      result && {
        role: result.getAttribute('role'),
        kind: result.dataset.outcome ?? null,
        words: result.innerText.replace(/\s+/g, ' ').trim(),
      }
    );
  });
}

/** Presses a button of the popup once it is offered, even if the popup is drawn anew just then. */
export async function pressButton(popup: Page, words: string): Promise<void> {
  const pressed = () =>
    press(popup, words).then(
      () => true,
      () => false,
    );
  await until(pressed, `the button “${words}”`, 30_000);
}

/** Whether the popup says that it waits for Meta. */
export const isWaiting = async (popup: Page): Promise<boolean> => (await read(popup)).includes('Waiting for Meta.');

/** Presses a button of the popup, and resolves to how this run ended, whatever an earlier one has left on screen. */
export async function pressToEnd(popup: Page, words: string): Promise<Ended> {
  const before = (await ended(popup))?.words ?? '';
  // Every change is seen: a run may be over sooner than a test looks again.
  await popup.evaluate(() => {
    const look = () => {
      if (!document.querySelector('.result:not([data-outcome])')?.textContent) return;
      document.body.dataset.ran = '';
      observer.disconnect();
    };
    delete document.body.dataset.ran;
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await pressButton(popup, words);
  let end: Ended | null = null;
  const isOver = async () => {
    // In this order: what is read after the run was seen is not what was there before it.
    const hasRun = (await popup.$('body[data-ran]')) !== null;
    end = await ended(popup);
    return end !== null && (hasRun || (before !== '' && end.words !== before));
  };
  await until(isOver, `the end of “${words}”`, 30_000).catch(async (error: Error) => {
    throw new Error(`${error.message} The popup reads:\n${await read(popup)}`);
  });
  if (end === null) throw new Error('Unreachable.');
  return end;
}
