/** What is true in the world. Times are epoch ms of Meta's servers, to the millisecond. */

export type Degree = 1 | 2 | 3 | 4;

/** Who can write. `phone`: a person with the phone app; `desk`: a person in a desk app; `notice`: no message at all. */
export type Writer =
  | 'customer'
  | 'bot'
  | 'other-bot'
  | 'human'
  | 'phone'
  | 'desk'
  | 'automation'
  | 'meta-ai'
  | 'notice';

export interface TrueMessage {
  id: string;
  at: number;
  writer: Writer;
  /** Person's name, where a person wrote it. */
  person: string | null;
  /** What the page shows. */
  text: string;
  form: 'words' | 'sticker' | 'template';
  /** Taken back: gone from the page and from Graph. */
  deleted: boolean;
  /** Graph lists it and can't show it. */
  unsupported: boolean;
}

/** From `at` on this app has it; null: nobody. */
export interface Ownership {
  at: number;
  owner: string | null;
}

export interface TrueConversation {
  psid: string;
  /** The customer's global user id, or Instagram's thread id. */
  itemId: string;
  senderId: string;
  threadId: string;
  instagram: boolean;
  name: string;
  /** Oldest first. */
  messages: TrueMessage[];
  /** Oldest first; the first one is from the beginning of time. */
  ownership: Ownership[];
  /** The agent has it open from here to there. */
  opened: { from: number; to: number };
}

export interface Traits {
  routed: boolean;
  /** Meta says with the list whether the token's app owns each conversation, as it should under routing. */
  tellsIsOwner: boolean;
  defaultApp: string | null;
  tokenApp: string | null;
  botApp: string;
  botName: string;
  botPace: 'quick' | 'slow';
  botOwnWords: number;
  signature: string | null;
  greets: boolean;
  metaAi: boolean;
  otherBot: boolean;
  /** Page minus Graph, ms. */
  skew: number;
  /** The computer's clock minus Meta's, ms. */
  localClock: number;
  factsReadable: boolean;
  /** The page's creator data name the people who write, and apps. */
  namesPeople: boolean;
  namesApps: boolean;
  /** The interface's language is one whose footers are understood. */
  footersRead: boolean;
  rowFacts: boolean;
  idInAddress: boolean;
  prefix: string;
  /** Graph's tags say where a message came from. */
  tagged: boolean;
  /** Meta did not answer about the list from here to there; null: it always did. */
  outage: { from: number; to: number } | null;
  /** Nor about older conversations since. */
  olderLost: boolean;
}

export interface World {
  seed: number;
  degree: Degree;
  /** Baton is at work from here to there. */
  start: number;
  end: number;
  traits: Traits;
  conversations: TrueConversation[];
  /** Links that were stored once and are wrong: the page's id to a PSID. */
  falseLinks: [itemId: string, psid: string][];
}

export const HOUR = 3_600_000;

/** Meta's Page inbox, as its page on conversation routing names it. */
export const INBOX_APP = '263902037430900';
export const BOT_APP = '555000000000005';
export const DESK_APP = '183319479511';
export const THIRD_APP = '900000000000009';

/** Who has it at a moment. */
export function ownerAt({ ownership }: TrueConversation, at: number): string | null {
  return ownership.findLast((change) => change.at <= at)?.owner ?? null;
}

/** Whether an owner had it at some moment from `from` to `to`. */
export function ownedWithin(
  conversation: TrueConversation,
  from: number,
  to: number,
  has: (owner: string | null) => boolean,
): boolean {
  const changes = conversation.ownership.filter(({ at }) => at > from && at <= to);
  return has(ownerAt(conversation, from)) || changes.some(({ owner }) => has(owner));
}

/** The end of control as Meta tells it: a day after the customer's last message. */
export function controlEnd(conversation: TrueConversation, at: number): number {
  const asked = conversation.messages.findLast((message) => message.writer === 'customer' && message.at <= at);
  return Math.floor(((asked?.at ?? at) + 24 * HOUR) / 1000) * 1000;
}
