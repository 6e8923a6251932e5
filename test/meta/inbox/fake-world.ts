import type { CustomerWorld } from '../customer/server';
import type { Feed, FeedMessage, FeedThread } from './feed';
import type { InboxWorld } from './server';

/** A shared state of nothing but conversations, so that the page can be tested without Graph and routing behind it. */
export interface FakeWorld extends InboxWorld, CustomerWorld {
  /** What was asked of it, in order. */
  readonly acts: string[];
  thread(userId: string): FeedThread;
  /** Adds a message, as of now. */
  say(userId: string, message: Partial<FeedMessage>): FeedMessage;
}

export const PAGE: Feed['page'] = {
  id: '100000000000001',
  name: 'Brightwater Goods',
  businessId: '200000000000002',
  instagramMailboxId: '17800000000000001',
};
const VIEWER = 'Ida Novak';

const ADMIN = { type: 'direct_admin', name: VIEWER };
const AUTOMATION = { type: 'automated_response', name: 'Automated Response' };
const HOUR = 3_600_000;
const MINUTE = 60_000;

type Line = Partial<FeedMessage> & { ago: number };

/** A story with every kind of line the page can draw, oldest first; `ago` in minutes. */
const STORY: Line[] = [
  { ago: 4320, direction: 'system', kind: 'notice', text: 'Mara Lindqvist replied to an ad. ' },
  { ago: 4319, text: 'Can you deliver to the neighbour at number 12?' },
  { ago: 4318, direction: 'page', text: 'Hi! How can we help?', creator: AUTOMATION },
  { ago: 4300, direction: 'system', kind: 'activity', text: `${VIEWER} assigned this conversation to ${VIEWER}` },
  { ago: 4290, direction: 'page', text: 'Yes, I have noted it for you.', creator: ADMIN },
  { ago: 4289, direction: 'page', text: 'Anything else?\nI am here until six.', creator: ADMIN },
  { ago: 20, text: 'Hi, parcel 4471 has not arrived. 😀' },
  {
    ago: 19,
    direction: 'page',
    text: 'Hello Mara. Parcel 4471 left our warehouse on Friday.',
    replyTo: { mid: 'mid.$quoted', text: 'Hi, parcel 4471 has not arrived.' },
  },
  { ago: 19, direction: 'page', text: 'It is due on Monday between 9:00 and 12:00.', kind: 'template' },
  { ago: 12, direction: 'page', text: 'Our shop assistant can answer that too.', aiGenerated: true },
  { ago: 8, kind: 'sticker', text: '' },
  { ago: 6, kind: 'image', text: 'This is where I live' },
  { ago: 4, direction: 'system', kind: 'notice', text: 'You took over this chat from your AI agent.' },
  { ago: 2, text: 'Thank you, I will wait.' },
];

const TITLES = [
  'Mara Lindqvist',
  'Tomás Oliveira',
  'Anneliese Hohenstein-Wittelsbach von und zu Kirchheim',
  'نور الهدى عبد الرحمن',
  'Same Name',
  'Same Name',
];
const CHANNELS = [
  { channel: 'messenger', threadType: 'FB_MESSAGE' },
  { channel: 'instagram', threadType: 'IG_MESSAGE' },
  { channel: 'messenger', threadType: 'FB_MESSAGE' },
  { channel: 'whatsapp', threadType: 'WA_MESSAGE' },
] as const;

export function createFakeWorld(count: number): FakeWorld {
  const threads = new Map(
    Array.from({ length: count }, (_, index) => makeThread(index)).map((thread) => [thread.userId, thread]),
  );
  const listeners = new Set<(changed: FeedThread[]) => void>();
  const acts: string[] = [];

  const thread = (userId: string) => {
    const found = threads.get(userId);
    if (!found) throw new Error(`No conversation with ${userId}.`);
    return found;
  };
  const change = (userId: string, changes: Partial<FeedThread>) => {
    threads.set(userId, { ...thread(userId), ...changes });
    for (const listener of listeners) listener([thread(userId)]);
  };
  const say = (userId: string, words: Partial<FeedMessage>) => {
    const before = thread(userId);
    const message = makeMessage(before, before.messages.length, { ...words, at: Date.now() });
    const fromPage = message.direction === 'page';
    change(
      userId,
      withLastMessage({ ...before, folder: 'inbox', unread: !fromPage, messages: [...before.messages, message] }),
    );
    return message;
  };
  const record = (act: string, userId: string) => acts.push(`${act} ${userId}`);

  return {
    acts,
    thread,
    say,
    feed: () => ({ page: PAGE, viewer: { name: VIEWER }, now: Date.now(), threads: [...threads.values()] }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sendAsInbox(userId, text, agent) {
      record('send', userId);
      say(userId, { direction: 'page', text, creator: { type: 'direct_admin', name: agent } });
    },
    markDone(userId) {
      record('done', userId);
      change(userId, { folder: 'done' });
    },
    assign(userId, name) {
      record('assign', userId);
      change(userId, { assignedTo: name });
    },
    markRead(userId) {
      record('read', userId);
      change(userId, { unread: false });
    },
    respondYourself(userId) {
      record('respond', userId);
      change(userId, { heldByMetaAi: false });
    },
    customerSays: (userId, text) => say(userId, { text }),
  };
}

function makeThread(index: number): FeedThread {
  const userId = String(100_020_000_000_000 + index * 7919);
  const newest = Date.now() - index * 1.5 * HOUR;
  const blank: FeedThread = {
    ...(CHANNELS[index % CHANNELS.length] ?? CHANNELS[0]),
    userId,
    title: TITLES[index] ?? `Customer ${index + 1}`,
    snippet: '',
    snippetFromPage: false,
    lastActivityAt: newest,
    unread: index % 4 === 1,
    labels: index % 3 === 0 ? ['Intake'] : [],
    assignedTo: index === 1 ? 'Ben Achter' : null,
    heldByMetaAi: index === 2,
    folder: 'inbox',
    messages: [],
  };
  const lines = index === 0 ? STORY : index === 7 ? longTalk() : smallTalk(index);
  const messages = lines.map(({ ago, ...line }, place) =>
    makeMessage(blank, place, { at: newest - ago * MINUTE, ...line }),
  );
  return withLastMessage({ ...blank, messages });
}

function smallTalk(index: number): Line[] {
  const question: Line = { ago: 3, text: `Is number ${index} still available?` };
  return index % 2 ? [question] : [question, { ago: 2, direction: 'page', text: `Number ${index} is, yes.` }];
}

function longTalk(): Line[] {
  return Array.from({ length: 100 }, (_, index) => ({
    ago: 100 - index,
    direction: index % 2 ? 'page' : 'customer',
    text: `Line ${index + 1} of 100`,
  }));
}

function makeMessage(thread: FeedThread, index: number, words: Partial<FeedMessage>): FeedMessage {
  return {
    mid: `mid.$cAA${thread.userId}x${index}`,
    at: thread.lastActivityAt,
    direction: 'customer',
    kind: 'text',
    text: '',
    creator: null,
    aiGenerated: false,
    replyTo: null,
    ...words,
  };
}

function withLastMessage(thread: FeedThread): FeedThread {
  const last = thread.messages.findLast(({ direction }) => direction !== 'system');
  if (!last) return thread;
  return { ...thread, snippet: last.text, snippetFromPage: last.direction === 'page', lastActivityAt: last.at };
}
