/**
 * The world's state: plain data, so that it can be saved to a file as it is.
 * Times are epoch ms. Ids are strings.
 */
import type { Doubts } from './doubts';
import type { Channel } from './inbox/feed';

/** The two platforms that Graph knows; WhatsApp lives in the inbox page alone. */
export type Platform = 'messenger' | 'instagram';

/** Meta's own inbox on each platform (Meta, Conversation routing, Sep 2025). */
export const INBOX_APP: Record<Platform, string> = { messenger: '263902037430900', instagram: '1217981644879628' };

export interface App {
  id: string;
  name: string;
  /** The key its webhooks are signed with. */
  secret: string;
  category: string;
  link: string;
  /** Whether it is connected to the Page: only then can it be given control. */
  connected: boolean;
  /** The toggle "Take control of conversations". */
  takeControl: boolean;
  /** Without Advanced Access an app sees only people who have a role on it. */
  advancedAccess: boolean;
  /** Whether it passed review for Meta's Human Agent feature. */
  humanAgent: boolean;
  /** Whether it may read a person's profile by PSID. */
  profileAccess: boolean;
  webhook: string | null;
  /** Subscribed webhook fields; empty: not subscribed to this Page. */
  subscribedFields: string[];
}

export interface Token {
  value: string;
  /** What it stands for in this world, as the call log names it. */
  label: string;
  type: 'PAGE' | 'USER' | 'APP';
  appId: string;
  /** The person behind it; null for an app's own. */
  userId: string | null;
  /** The Page it acts for; null for a user's or an app's. */
  pageId: string | null;
  scopes: string[];
  issuedAt: number;
  /** Null: never. */
  expiresAt: number | null;
  dataAccessExpiresAt: number;
  /** Why it died before its time: Meta's subcode of error 190. */
  invalidated: 458 | 459 | 460 | 467 | 492 | null;
}

/** Who truly wrote a message: known to this world, told to nobody as such. */
export type Author =
  | { kind: 'customer' }
  | { kind: 'app'; appId: string }
  | { kind: 'human'; name: string; device: 'desktop' | 'mobile' }
  | { kind: 'automation' }
  | { kind: 'meta-ai' }
  | { kind: 'meta' };

export interface Template {
  type: 'generic' | 'button';
  title: string;
  subtitle: string | null;
  buttons: { title: string; payload: string }[];
}

export interface Message {
  /** Graph's id. */
  id: string;
  /** The page's id. */
  mid: string;
  at: number;
  author: Author;
  kind: 'text' | 'sticker' | 'image' | 'template' | 'postback' | 'activity' | 'notice';
  /** Empty for a sticker or an image; a postback's title. */
  text: string;
  template: Template | null;
  /** Graph's id of the quoted message. */
  replyTo: string | null;
  reactions: { reaction: string; by: string }[];
  /** Graph refuses to show its content. */
  unsupported: boolean;
}

export interface Control {
  owner: string;
  since: number;
  expiresAt: number;
}

export interface Thread {
  /** Graph's id: `t_…`, on Instagram `aWdf…`. */
  id: string;
  channel: Channel;
  /** The customer's id for this Page's apps. */
  psid: string;
  /** What the inbox page calls the conversation: the global user id; on Instagram the thread id. */
  userId: string;
  name: string;
  /** The number in Graph's link, which is neither of the other ids. */
  linkNumber: string;
  /** Whether the customer has a role on the Page's apps. */
  hasRole: boolean;
  blocked: boolean;
  folder: 'inbox' | 'done';
  /** Pills under the row. */
  pills: string[];
  /** Ids of the Page's custom labels. */
  labelIds: string[];
  assignedTo: string | null;
  /** Meta's own AI answers here, under the inbox's id. */
  metaAi: boolean;
  /** Who has control as last set; past its `expiresAt` the thread is idle. */
  control: Control | null;
  /** While an ad's longer control holds: its length in days. */
  adControlDays: number | null;
  /** Until when any app may send. */
  standardWindowEndsAt: number;
  /** Until when an app with the Human Agent feature may send. */
  humanAgentWindowEndsAt: number;
  /** Up to when the Page has read. */
  readAt: number;
  /** Oldest first. */
  messages: Message[];
}

/** How a customer came into the conversation: what Meta's routing asks. */
export type Entry = 'direct' | 'ad' | 'link' | 'social';

export interface Routing {
  on: boolean;
  /** Kept while routing is off, so that it can be turned on again. */
  defaultApp: string | null;
  /** Which app a customer's way in leads to; null: the default app. */
  entries: Record<Exclude<Entry, 'direct'>, string | null>;
  /** How long the receiving app keeps an ad's conversation: 1 to 30 days. */
  adControlDays: number;
}

export interface Page {
  id: string;
  name: string;
  username: string;
  category: string;
  businessId: string;
  instagramMailboxId: string;
  /** Whether the terms of the contact labels were accepted. */
  labelTermsAccepted: boolean;
  messengerProfile: Record<string, unknown>;
  settings: Record<string, unknown>;
}

/** One call to Graph as the log keeps it. Tokens never appear. */
export interface Call {
  seq: number;
  at: number;
  method: string;
  /** Without the version. */
  path: string;
  version: string | null;
  params: Record<string, unknown>;
  /** The app and label of the token; null without a valid one. */
  app: string | null;
  token: string | null;
  /** How the token came. */
  tokenBy: 'header' | 'parameter' | null;
  /** The log number of the batch it came in. */
  batch: number | null;
  /** HTTP status; 0 when the client got no answer. */
  status: number;
  code: number | null;
  subcode: number | null;
}

export interface WorldState {
  seed: number;
  dice: number;
  /** The world's clock: real time and this, in ms. */
  clockOffset: number;
  page: Page;
  /** The agent who is logged in to the inbox. */
  viewer: string;
  person: { id: string; name: string };
  otherPageId: string;
  apps: App[];
  tokens: Token[];
  routing: Record<Platform, Routing>;
  labels: { id: string; name: string }[];
  threads: Thread[];
  doubts: Doubts;
}

/** A world as it is written to a file. */
export interface SavedWorld extends WorldState {
  /** Epoch ms by its own clock. */
  savedAt: number;
}
