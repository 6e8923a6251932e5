/** What Facebook's page shows of the world, and how it misleads. */
import { type Random, randomFrom } from './random';
import type { TrueConversation, TrueMessage, World, Writer } from './truth';

const ON_SCREEN = 14;

export interface ScreenMessage {
  key: string;
  messageId: string | null;
  direction: 'customer' | 'page';
  text: string;
  sentAt: number | null;
  attribution: { kind: 'admin'; name: string } | { kind: 'automation' } | { kind: 'meta-ai' } | null;
  facts: {
    messageId: string;
    senderId: string | null;
    at: number | null;
    creator: { type: string; name: string | null } | null;
  } | null;
}

export interface ScreenRow {
  key: string;
  name: string;
  preview: string;
  lastActivity: number | null;
  unread: boolean | null;
  channel: 'messenger' | 'instagram' | null;
  facts: { userId: string; title: string | null; at: number | null } | null;
}

/** What kind of row it is. `mixed`: recycled, with one customer's name and another's words. */
export type RowKind = 'plain' | 'lagging' | 'mixed' | 'timeless';

export interface RowSight {
  row: ScreenRow;
  kind: RowKind;
  /** Whose row it is; null where it belongs to nobody. */
  whose: TrueConversation | null;
  last: TrueMessage;
}

/** `switching`: header and messages belong to different conversations. */
export type OpenKind = 'settled' | 'switching';

export interface OpenSight {
  name: string;
  selectedItemId: string | null;
  threadType: string;
  messages: ScreenMessage[];
  kind: OpenKind;
  whose: TrueConversation | null;
  /** The true messages behind those on screen, by key. */
  truth: ReadonlyMap<string, TrueMessage>;
}

/** Messages that the page shows at a moment: no notices, nothing that was taken back. */
export function shownAt({ messages }: TrueConversation, at: number): TrueMessage[] {
  return messages.filter(
    (message) => message.at <= at && !message.deleted && !message.unsupported && message.writer !== 'notice',
  );
}

/** A conversation's row at a moment; null where it has none yet. */
export function rowAt(world: World, conversation: TrueConversation, at: number, random: Random): RowSight | null {
  const { traits } = world;
  const all = conversation.messages.filter((message) => message.at <= at && !message.deleted);
  const kind = random.weighted<RowKind>({ plain: 92, lagging: 3, mixed: 4, timeless: 1 });
  const other = random.pick(world.conversations);
  const source = kind === 'mixed' ? other.messages.filter((message) => message.at <= at && !message.deleted) : all;
  const last = kind === 'lagging' ? source.at(-2) : source.at(-1);
  if (all.length === 0 || last === undefined || (kind === 'mixed' && other === conversation)) return null;

  const lastActivity = kind === 'timeless' ? null : last.at + traits.skew;
  const occupant = kind === 'mixed' && random.chance(0.5) ? other : conversation;
  const occupantsLast = (occupant === conversation && kind === 'mixed' ? all.at(-1)! : last).at + traits.skew;
  const facts = { userId: occupant.itemId, title: occupant.name, at: occupantsLast };
  const row: ScreenRow = {
    key: `row ${conversation.psid}`,
    name: conversation.name,
    preview: cut(previewOf(last, traits.prefix, conversation.name), random),
    lastActivity,
    unread: null,
    channel: conversation.instagram ? 'instagram' : 'messenger',
    facts: traits.rowFacts && !random.chance(0.03) ? facts : null,
  };
  // Name, id and time may all be one customer's: then only the words have not followed yet.
  const onlyWords = occupant === conversation && Math.abs(occupantsLast - (lastActivity ?? Infinity)) < 1_000;
  const isOwn = kind !== 'mixed' || (onlyWords && row.facts !== null);
  if (kind === 'mixed' && other.name === conversation.name) return { row, kind, whose: other, last };
  const heir = isOwn ? conversation : saidBy(world, conversation.name, last);
  return { row, kind, whose: heir, last };
}

/** Where a customer of this name said, or was told, the very same at that time, the row is that customer's after all. */
function saidBy({ conversations }: World, name: string, { text, at }: TrueMessage): TrueConversation | null {
  const same = (one: TrueMessage) => one.text === text && Math.abs(one.at - at) <= 60_000;
  return conversations.find((one) => one.name === name && one.messages.some(same)) ?? null;
}

/** The open conversation at a moment, right after the switch from another one or settled. */
export function openAt(world: World, conversation: TrueConversation, at: number, random: Random): OpenSight {
  const { traits } = world;
  const justOpened = at - conversation.opened.from < 700;
  const namesakes = world.conversations.filter((one) => one !== conversation && one.name === conversation.name);
  const previous =
    random.chance(0.3) && namesakes.length > 0 ? random.pick(namesakes) : random.pick(world.conversations);
  const switching = justOpened && random.chance(0.2) && previous !== conversation;
  const inAddress = justOpened && random.chance(0.2) ? previous : conversation;
  const shown = shownAt(switching ? previous : conversation, at).slice(-ON_SCREEN);
  const sender = switching ? previous : conversation;
  const messages = shown.map((message, index) => screenMessage(world, sender, message, shown[index + 1]));
  // While only a namesake's header has changed, all that is on screen is still the previous one's.
  const alike = switching && previous.name === conversation.name;
  const whose = alike ? previous : conversation;
  return {
    name: conversation.name,
    selectedItemId: traits.idInAddress ? inAddress.itemId : null,
    threadType: inAddress.instagram ? 'IG_MESSAGE' : 'FB_MESSAGE',
    messages,
    kind: switching && !alike ? 'switching' : 'settled',
    whose: switching && !alike ? null : whose,
    truth: new Map(shown.map((message) => [message.id, message])),
  };
}

function screenMessage(
  { traits, seed }: World,
  sender: TrueConversation,
  message: TrueMessage,
  next: TrueMessage | undefined,
): ScreenMessage {
  // By message, so that it stays the same from one look to the next.
  const random = randomFrom(Number(message.id.slice(-8)) + seed);
  const fromCustomer = message.writer === 'customer';
  const endsRun = next === undefined || next.writer !== message.writer;
  const facts = {
    messageId: `mid.$${message.id}`,
    senderId: fromCustomer ? sender.senderId : 'page',
    at: message.at + traits.skew,
    creator: creatorOf(message, traits, random),
  };
  return {
    key: message.id,
    messageId: facts.messageId,
    direction: fromCustomer ? 'customer' : 'page',
    text: message.form === 'sticker' ? '' : message.text,
    sentAt: Math.floor((message.at + traits.skew) / 1000) * 1000,
    attribution: traits.footersRead && endsRun ? footerOf(message, random) : null,
    facts: traits.factsReadable && !random.chance(0.02) ? facts : null,
  };
}

/** Creator data: people and apps only where the page names them; Meta's AI as nobody. */
function creatorOf(
  message: TrueMessage,
  traits: World['traits'],
  random: Random,
): { type: string; name: string | null } | null {
  const app = (name: string) => (traits.namesApps ? { type: 'application', name } : null);
  const creators: Record<Writer, () => { type: string; name: string | null } | null> = {
    customer: () => null,
    notice: () => null,
    bot: () => app(traits.botName),
    'other-bot': () => app('Order Updates'),
    desk: () => app('Desk'),
    human: () => (traits.namesPeople && !random.chance(0.02) ? { type: 'direct_admin', name: message.person } : null),
    phone: () => (traits.namesPeople && random.chance(0.6) ? { type: 'direct_admin', name: message.person } : null),
    automation: () => ({ type: 'automated_response', name: null }),
    'meta-ai': () => null,
  };
  return creators[message.writer]();
}

function footerOf(message: TrueMessage, random: Random): ScreenMessage['attribution'] {
  switch (message.writer) {
    case 'human':
    case 'phone':
      return message.person !== null && random.chance(0.5) ? { kind: 'admin', name: message.person } : null;
    case 'automation':
      return { kind: 'automation' };
    case 'meta-ai':
      return { kind: 'meta-ai' };
    default:
      return null;
  }
}

function previewOf(message: TrueMessage, prefix: string, name: string): string {
  if (message.writer === 'notice') return `${name} ${message.text}`;
  if (message.form === 'sticker') return message.writer === 'customer' ? 'Sent a sticker.' : `${prefix}sticker`;
  return message.writer === 'customer' ? message.text : `${prefix}${message.text}`;
}

function cut(preview: string, random: Random): string {
  const short = preview.replace(/\s+/g, ' ');
  return short.length > 60 && random.chance(0.5) ? `${short.slice(0, random.whole(40, 58))}…` : short;
}
