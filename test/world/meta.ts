/** What Meta's Graph API tells of the world to one token. */
import { controlEnd, ownerAt, type TrueConversation, type TrueMessage, type World } from './truth';

/** Details of so many messages of a conversation can be read. */
const READABLE = 20;
/** A message is told so much later than the page shows it. */
const LAG_MS = 1_500;

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

/** One page of the conversations list, newest first, with what `is_owner` says. `after`: the cursor behind it. */
export interface GraphPage {
  conversations: GraphConversation[];
  isOwner: Map<string, boolean>;
  after: string | null;
}

export type GraphAnswer =
  | { kind: 'named'; appId: string; expiresAt: number | null }
  | { kind: 'unnamed'; expiresAt: number }
  | { kind: 'empty' }
  | { kind: 'token-app'; owns: boolean };

/** An answer about an owner, and from when to when it was on its way, on Meta's clock. */
export interface GraphReading {
  startedAt: number;
  endedAt: number;
  answer: GraphAnswer;
}

/** A page of the conversations list as it is at a moment, with so many messages of each. */
export function listPage(
  world: World,
  at: number,
  { limit, messages, after }: { limit: number; messages: number; after: string | null },
): GraphPage {
  const before = after === null ? Infinity : Number(after);
  const all = world.conversations
    .map((conversation) => ({ conversation, updatedAt: lastTold(conversation, at)?.at ?? Infinity }))
    .filter(({ updatedAt }) => updatedAt < before)
    .sort((a, b) => b.updatedAt - a.updatedAt);
  const page = all.slice(0, limit);
  const told = page.map(({ conversation }) => conversation);
  return {
    conversations: told.flatMap((conversation) => conversationAt(world, conversation, at, messages) ?? []),
    isOwner: new Map(told.flatMap((conversation) => isOwnerAt(world, conversation, at))),
    after: all.length > limit ? String(page.at(-1)?.updatedAt) : null,
  };
}

/** A conversation with its newest messages at a moment, newest first; null where it has none yet. */
export function conversationAt(
  world: World,
  conversation: TrueConversation,
  at: number,
  most: number,
): GraphConversation | null {
  const { psid, threadId, name } = conversation;
  const told = conversation.messages.filter((message) => isTold(message, at)).reverse();
  const messages = told.slice(0, most).map((message, index) => tell(world, message, index >= READABLE));
  const updatedAt = messages[0]?.at;
  return updatedAt === undefined ? null : { psid, threadId, name, updatedAt, messages };
}

/** `is_owner` of a conversation under its PSID, as the only entry; none where Meta leaves it out. */
export function isOwnerAt({ traits }: World, conversation: TrueConversation, at: number): [string, boolean][] {
  const isTold = traits.routed && traits.tellsIsOwner;
  return isTold ? [[conversation.psid, ownerAt(conversation, at) === traits.tokenApp]] : [];
}

/** What `thread_owner` answers: a name to the owner and the default app, else the end, else nothing. */
export function threadOwner({ traits }: World, conversation: TrueConversation, at: number): GraphAnswer {
  const owner = ownerAt(conversation, at);
  if (owner === null) return { kind: 'empty' };
  const expiresAt = controlEnd(conversation, at);
  const told = traits.tokenApp === owner || traits.tokenApp === traits.defaultApp;
  return told ? { kind: 'named', appId: owner, expiresAt } : { kind: 'unnamed', expiresAt };
}

function lastTold({ messages }: TrueConversation, at: number): TrueMessage | undefined {
  return messages.findLast((message) => isTold(message, at));
}

/** Whether Graph tells of a message, asked at a moment. */
export function isTold(message: TrueMessage, at: number): boolean {
  return message.at <= at - LAG_MS && !message.deleted;
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
