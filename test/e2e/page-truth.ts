import type { Page } from 'puppeteer-core';
import type { Meta } from '../meta/meta';
import type { Message, Thread } from '../meta/model';

/** A row's mark as it stands in the page. */
interface Mark {
  data: Record<string, string>;
  text: string;
}

/** What was found at one moment. */
export interface Judged {
  /** Rows on screen by what they show, with a mark and without. */
  marked: string[];
  unmarked: string[];
  labels: number;
  /** Marks that contradict Meta's own state, in words. */
  wrong: string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STANDARD = 24 * HOUR;
const HUMAN_AGENT = 7 * 24 * HOUR;
const ENDING = 2 * HOUR;
/** Between the page's reading of the clock and ours. */
const SLACK = MINUTE;
/** The list is read this often; until then a mark may speak of the message before. */
const READING_EVERY = 70_000;

/** Judges every visible mark by Meta's state: whose row it is, who has it, until when one may answer. */
export async function judge(page: Page, meta: Meta): Promise<Judged> {
  const { rows, labels } = await look(page);
  const { threads } = meta.world.state;
  const judged: Judged = { marked: [], unmarked: [], labels: labels.length, wrong: [] };
  for (const { marks, ...host } of rows) {
    const thread = threads.find((one) => one.name === host.name && Math.abs(lastAt(one) - host.at) < 1);
    // A row that the page has not redrawn yet shows what is past.
    if (!thread) continue;
    (marks.length > 0 ? judged.marked : judged.unmarked).push(`${host.name} ${host.at}`);
    if (marks.length > 1) judged.wrong.push(`${host.name}: ${marks.length} marks`);
    for (const mark of marks)
      judged.wrong.push(...faultsOfRow(meta, thread, mark).map((why) => `${host.name}: ${why}`));
  }
  const messages = new Map(threads.flatMap((thread) => thread.messages.map((message) => [message.mid, message])));
  for (const { mid, author } of labels) {
    const message = messages.get(mid);
    if (!message || author !== authorOf(message)) judged.wrong.push(`label ${author} on ${message?.text ?? mid}`);
  }
  return judged;
}

function faultsOfRow(meta: Meta, thread: Thread, { data, text }: Mark): string[] {
  const { world, apps } = meta;
  const owner = world.owner(thread);
  const may: Record<string, boolean> = {
    bot: owner === apps.bot,
    'not-bot': owner !== apps.bot,
    inbox: owner === apps.inbox || owner === apps.instagramInbox,
    app: owner !== apps.bot && owner !== null,
    unnamed: owner !== null,
    idle: owner === null,
    unknown: true,
  };
  const faults = may[data.owner ?? ''] ? [] : [`${data.owner}, and ${owner} has it`];
  const windows = customerTimes(thread, world.now()).map((at) => windowAfter(at, world.now()));
  if (data.window !== 'unknown' && !windows.some((window) => isSaid(window, data.window, text)))
    faults.push(`${data.window} “${text}”, and it is ${JSON.stringify(windows.slice(-2))}`);
  return faults;
}

/** When the customer wrote last; and before that, where the last is younger than a reading of the list. Epoch ms. */
function customerTimes({ messages }: Thread, now: number): (number | null)[] {
  const times = messages.filter(({ author }) => author.kind === 'customer').map(({ at }) => at);
  const settled = times.filter((at) => at < now - READING_EVERY);
  return [settled.at(-1) ?? null, ...times.slice(settled.length)];
}

interface Window {
  state: string;
  /** What is left of it, ms. */
  left: number;
}

function windowAfter(at: number | null, now: number): Window {
  const age = at === null ? Number.POSITIVE_INFINITY : now - at;
  if (age >= HUMAN_AGENT) return { state: 'closed', left: 0 };
  if (age >= STANDARD) return { state: 'human-agent', left: HUMAN_AGENT - age };
  return { state: STANDARD - age < ENDING ? 'ending' : 'open', left: STANDARD - age };
}

function isSaid({ state, left }: Window, said: string | undefined, text: string): boolean {
  if (state !== said || state === 'closed') return state === said;
  const told = toldIn(text);
  return told !== null && left >= told.least - SLACK && left <= told.most + SLACK;
}

/** “3 d 2 h left”, “3 h 12 min left”: rounded down to its smaller unit, so the truth lies between the two, ms. */
function toldIn(text: string): { least: number; most: number } | null {
  const told = /(?:(\d+) d )?(?:(\d+) h )?(?:(\d+) min )?left/.exec(text.replace('under 1 min', '0 min'));
  if (!told) return null;
  const [, days, hours = '0', minutes = '0'] = told;
  const least = Number(days ?? 0) * 24 * HOUR + Number(hours) * HOUR + Number(minutes) * MINUTE;
  return { least, most: least + (days === undefined ? MINUTE : HOUR) };
}

function authorOf({ author }: Message): string {
  return author.kind === 'app' ? 'chatbot' : author.kind;
}

function lastAt({ messages }: Thread): number {
  const written = messages.findLast(({ kind }) => kind !== 'notice' && kind !== 'activity');
  return written?.at ?? 0;
}

function look(page: Page) {
  return page.evaluate(() => {
    const words = (element: Element) =>
      (element.shadowRoot?.querySelector<HTMLElement>('.mark')?.innerText ?? '').replace(/\s+/g, ' ');
    const boxes = [...document.querySelectorAll('[role=presentation]')].filter((box) => box.checkVisibility());
    return {
      rows: boxes.map((box) => ({
        name: box.querySelector('.zq-name')?.textContent ?? '',
        at: Number(box.querySelector('abbr')?.getAttribute('data-utime')) * 1000,
        marks: [...box.querySelectorAll<HTMLElement>('baton-row')].map((mark) => ({
          data: { ...mark.dataset } as Record<string, string>,
          text: words(mark),
        })),
      })),
      labels: [...document.querySelectorAll<HTMLElement>('baton-label')].map((label) => ({
        mid:
          label.parentElement?.closest('[data-message-id]')?.getAttribute('data-message-id') ??
          label.parentElement?.querySelector('[data-message-id]')?.getAttribute('data-message-id') ??
          '',
        author: label.dataset.author ?? '',
      })),
    };
  });
}

/** The host's own page as text: every attribute, text and sibling, without what Baton added. */
export function hostOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const lines: string[] = [];
    const walk = (node: Node, depth: number): void => {
      if (node instanceof Element) {
        if (node.localName.startsWith('baton-')) return;
        const attributes = [...node.attributes].map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
        lines.push(`${' '.repeat(depth)}<${[node.localName, ...attributes].join(' ')}>`);
      } else lines.push(`${' '.repeat(depth)}${JSON.stringify(node.nodeValue)}`);
      for (const child of node.childNodes) walk(child, depth + 1);
    };
    walk(document.documentElement, 0);
    return lines.join('\n');
  });
}

/** The space before a row's mark, to the host's time, and within it, between the icons of owner and window, in px. */
export interface Spacing {
  row: string;
  beforeMark: number;
  /** Null where it has not both. */
  betweenIcons: number | null;
}

/** How the rows' marks lie in a list that is `width` px wide. The page is left as it was. */
export function spacingsIn(page: Page, width: number): Promise<Spacing[]> {
  return page.evaluate((wanted) => {
    const slots = [...document.querySelectorAll<HTMLElement>('.zq-slot')].filter((slot) => slot.checkVisibility());
    for (const slot of slots) slot.style.width = `${wanted}px`;
    const spacings = slots.flatMap((slot) => {
      const mark = slot.querySelector('baton-row')?.shadowRoot?.querySelector('.mark');
      const time = slot.querySelector('abbr');
      if (!mark || !time) return [];
      const [owner, window] = [...mark.querySelectorAll('.i')].map((icon) => icon.getBoundingClientRect());
      return {
        row: slot.querySelector('.zq-name')?.textContent ?? '',
        beforeMark: mark.getBoundingClientRect().left - time.getBoundingClientRect().right,
        betweenIcons: owner && window ? window.left - owner.right : null,
      };
    });
    for (const slot of slots) slot.style.removeProperty('width');
    return spacings;
  }, width);
}

/** A bubble of the Page's as it lies on screen, in px, with its label. */
export interface Bubble {
  text: string;
  left: number;
  width: number;
  label: { left: number; right: number; width: number } | null;
}

export function bubbles(page: Page): Promise<Bubble[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.zq-out .zq-text')].map((bubble) => {
      const { left, width } = bubble.getBoundingClientRect();
      const said = bubble.closest('.zq-out')?.querySelector('baton-label')?.shadowRoot?.querySelector('.said');
      const label = said?.getBoundingClientRect();
      return {
        text: bubble.innerText,
        left,
        width,
        label: label ? { left: label.left, right: label.right, width: label.width } : null,
      };
    }),
  );
}

/**
 * Watches frame by frame until a conversation is open and annotated: the number of the frame in which the page's
 * header and messages were both its own, and of that in which banner and labels stood.
 */
export function recordReturn(
  page: Page,
  wanted: { name: string; mids: string[] },
): Promise<{ agreedAt: number; annotatedAt: number }> {
  return page.evaluate(
    ({ name, mids }) =>
      new Promise<{ agreedAt: number; annotatedAt: number }>((resolve, reject) => {
        let frame = 0;
        let agreedAt = -1;
        const look = () => {
          frame += 1;
          const header = document.querySelector('.zq-head')?.textContent ?? '';
          const shown = [...document.querySelectorAll('[role=region] [data-message-id]')];
          const isTheirs =
            shown.length > 0 && shown.every((one) => mids.includes(one.getAttribute('data-message-id') ?? ''));
          if (agreedAt < 0 && header.includes(name) && isTheirs) agreedAt = frame;
          const banner = document.querySelector('.zq-head baton-banner, .zq-detail baton-banner');
          if (agreedAt >= 0 && banner && document.querySelector('[role=region] baton-label'))
            resolve({ agreedAt, annotatedAt: frame });
          else if (frame > 600) reject(new Error(`agreed in frame ${agreedAt}, never annotated`));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    wanted,
  );
}
