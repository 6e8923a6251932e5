/** What Meta's Graph API tells of the world to one token. */
import { randomFrom } from './random';
import { controlEnd, ownerAt, type TrueConversation, type TrueMessage, type World } from './truth';

const LIST_EVERY_MS = 60_000;
const OPEN_EVERY_MS = 12_500;
const READABLE = 20;
const IN_LIST = 5;

export interface GraphMessage {
  id: string;
  at: number;
  direction: 'customer' | 'page';
  text: string;
  tags: string[];
  template: boolean;
  unreadable: boolean;
}

export interface GraphConversation {
  psid: string;
  threadId: string;
  name: string;
  updatedAt: number;
  messages: GraphMessage[];
}

export interface GraphList {
  readAt: number;
  completeSince: number | null;
  conversations: GraphConversation[];
}

export type GraphAnswer =
  | { kind: 'named'; appId: string; expiresAt: number | null }
  | { kind: 'unnamed'; expiresAt: number }
  | { kind: 'empty' }
  | { kind: 'token-app'; owns: boolean };

export interface GraphReading {
  startedAt: number;
  endedAt: number;
  answer: GraphAnswer;
}

/** Details of the newest messages at a moment, newest first. Older ones can't be read, nor can unsupported ones. */
export function messagesAt(world: World, conversation: TrueConversation, at: number, most: number): GraphMessage[] {
  const told = conversation.messages.filter((message) => message.at <= at && !message.deleted).reverse();
  return told.slice(0, most).map((message, index) => tell(world, message, index >= READABLE));
}

/** The list as the latest read before a moment gave it; null where there is no token. */
export function listAt(world: World, at: number): GraphList | null {
  if (world.traits.tokenApp === null) return null;
  const tick = Math.floor((at - 3_000 - world.start) / LIST_EVERY_MS);
  const readAt = world.start + Math.max(0, tick) * LIST_EVERY_MS;
  const lists = LISTS.get(world) ?? new Map<number, GraphList>();
  LISTS.set(world, lists);
  const list = lists.get(readAt) ?? readList(world, readAt);
  lists.set(readAt, list);
  return list;
}

/** Lists that were read before: reading one takes time. */
const LISTS = new WeakMap<World, Map<number, GraphList>>();

function readList(world: World, readAt: number): GraphList {
  const { gapAt, clockError } = world.traits;
  const random = randomFrom(world.seed + 77);
  const conversations = world.conversations.flatMap((conversation) => {
    const missing = random.chance(0.4);
    const messages = messagesAt(world, conversation, readAt, IN_LIST);
    const updatedAt = messages[0]?.at;
    if (updatedAt === undefined || (gapAt !== null && updatedAt < gapAt && missing)) return [];
    return [{ psid: conversation.psid, threadId: conversation.threadId, name: conversation.name, updatedAt, messages }];
  });
  conversations.sort((a, b) => b.updatedAt - a.updatedAt);
  return { readAt: readAt + clockError, completeSince: gapAt ?? 0, conversations };
}

/**
 * Readings of a conversation's owner that were received by a moment: `is_owner` from the list every minute, and
 * `thread_owner` again and again while it is open. Some fail.
 */
export function readingsBy(world: World, conversation: TrueConversation, at: number, focused: boolean): GraphReading[] {
  if (world.traits.tokenApp === null) return [];
  const random = randomFrom(Number(conversation.psid.slice(-9)) + world.seed);
  const readings = [
    ...listReadings(world, conversation, random),
    ...openReadings(world, conversation, random, focused),
  ];
  const { clockError } = world.traits;
  return readings
    .filter(({ endedAt }) => endedAt <= at)
    .sort((a, b) => a.endedAt - b.endedAt)
    .map(({ startedAt, endedAt, answer }) => ({
      startedAt: startedAt + clockError,
      endedAt: endedAt + clockError,
      answer,
    }));
}

/** What `thread_owner` answers: a name to the owner and the default app, else the end, else nothing. */
export function threadOwner({ traits }: World, conversation: TrueConversation, at: number): GraphAnswer {
  const owner = ownerAt(conversation, at);
  if (owner === null) return { kind: 'empty' };
  const expiresAt = controlEnd(conversation, at);
  const told = traits.tokenApp === owner || traits.tokenApp === traits.defaultApp;
  return told ? { kind: 'named', appId: owner, expiresAt } : { kind: 'unnamed', expiresAt };
}

type Chance = ReturnType<typeof randomFrom>;

function listReadings(world: World, conversation: TrueConversation, random: Chance): GraphReading[] {
  if (!world.traits.routed) return [];
  const readings: GraphReading[] = [];
  for (let startedAt = world.start; startedAt < world.end; startedAt += LIST_EVERY_MS) {
    const endedAt = startedAt + random.between(300, 2_500);
    const owns = ownerAt(conversation, random.between(startedAt, endedAt)) === world.traits.tokenApp;
    if (!random.chance(0.02)) readings.push({ startedAt, endedAt, answer: { kind: 'token-app', owns } });
  }
  return readings;
}

function openReadings(world: World, conversation: TrueConversation, random: Chance, focused: boolean): GraphReading[] {
  if (!focused) return [];
  const { from, to } = conversation.opened;
  const readings: GraphReading[] = [];
  const outage = random.chance(0.05) ? random.between(from, to) : to;
  for (let startedAt = from + 300; startedAt < to; startedAt += OPEN_EVERY_MS + random.between(0, 800)) {
    const endedAt = startedAt + random.between(80, 1_100);
    const answer = threadOwner(world, conversation, random.between(startedAt, endedAt));
    const lost = random.chance(0.02) || (startedAt > outage && startedAt < outage + 45_000);
    if (!lost) readings.push({ startedAt, endedAt, answer });
  }
  return readings;
}

function tell({ traits }: World, message: TrueMessage, tooOld: boolean): GraphMessage {
  const fromCustomer = message.writer === 'customer';
  const unreadable = tooOld || message.unsupported;
  const tags = fromCustomer
    ? ['inbox', 'source:chat']
    : ['inbox', message.writer === 'phone' ? 'source:mobile' : 'source:web'];
  return {
    id: `m_${message.id}`,
    at: Math.floor(message.at / 1000) * 1000,
    direction: fromCustomer ? 'customer' : 'page',
    text: unreadable || message.form !== 'words' ? '' : message.text,
    tags: traits.tagged && !unreadable ? tags : ['inbox'],
    template: message.form === 'template' && !unreadable,
    unreadable,
  };
}
