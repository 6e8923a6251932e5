/** View models: what the components show. Serialisable; absolute times only, so that text can follow the clock. */
import type { AuthorClaim } from './author';
import type { Declared } from './declared';
import type { OwnerClaim, OwnerKind } from './owner';
import type { Outcome, Wanted } from './plan';
import type { Clocks, WindowClaim } from './window';

/** What came of a request: a sentence for people where it failed. */
export type Reply<Value> = { ok: true; value: Value } | { ok: false; sentence: string };

export interface RowView {
  /** {@link SeenRow.key} */
  key: string;
  owner: OwnerClaim;
  window: WindowClaim | null;
}

export interface LabelView {
  /** {@link SeenMessage.key} */
  key: string;
  author: AuthorClaim;
  /** The page names the author itself: no label is drawn. */
  shownByPage: boolean;
}

export interface HandoverView {
  /** Key of the last message on screen before the change; null: before everything on screen. */
  afterKey: string | null;
  from: OwnerKind | null;
  to: OwnerKind;
  /** Names of apps where `from` or `to` is `app`. */
  fromName: string | null;
  toName: string | null;
  at: number;
  after: number | null;
}

/** A button that can work, with what will follow; never a dead one. */
export interface Offer {
  wanted: Wanted;
  /** Sentences shown before the press. */
  preview: string[];
}

export type { Clocks } from './window';

export interface Candidate {
  psid: string;
  name: string;
  /** Last message's time, epoch ms. */
  lastAt: number | null;
}

/** Which Graph conversation is the one on screen. */
export type IdentityView =
  | { kind: 'linked'; psid: string; reason: string; chosen: boolean }
  | { kind: 'unmatched'; why: string; candidates: Candidate[] };

export interface ConversationView {
  /** {@link SeenConversation.key} */
  key: string;
  name: string;
  channel: string | null;
  identity: IdentityView;
  owner: OwnerClaim;
  /** Set from a bot-to-inbox handover until a human has answered or the bot has it again. */
  transferred: { at: number; after: number | null } | null;
  clocks: Clocks;
  labels: LabelView[];
  handovers: HandoverView[];
  offers: Offer[];
  /** What to do where no button can help; null otherwise. */
  sentence: string | null;
  /** By which agents hand the conversation back to the bot, for the draft to be compared with; null: none declared. */
  handBackPhrase: string | null;
  /** Why readings are slower than usual; null when they are not. */
  slow: { why: string; nextAt: number } | null;
  /** A control run under way, or how the last one ended. */
  running: Wanted | null;
  outcome: Outcome | null;
}

export interface InboxView {
  /** Server time minus local time, ms: add to `Date.now()`. */
  clockOffset: number;
  rows: RowView[];
  conversation: ConversationView | null;
}

/** How much Meta tells for a Page, measured: see "four degrees" in docs/accuracy.md. */
export type Degree = 1 | 2 | 3 | 4;

export type CheckState = 'ok' | 'wrong' | 'cannot-check' | 'not-tested';

export interface CheckView {
  id: string;
  state: CheckState;
  title: string;
  /** When it was checked, epoch ms; null: not yet. */
  at: number | null;
  /** What was found, and how. */
  how: string;
  /** Who can mend it; null where nothing needs mending. */
  who: string | null;
  link: { text: string; url: string } | null;
}

/** One exchange with Graph that only reads, as it went: nothing in it tells of whom or what Meta spoke. */
export interface CallCheck {
  /** Baton's name of the call. */
  call: string;
  method: string;
  /** How the token went. */
  tokenBy: 'header' | 'parameter';
  /** `odd`: an answer of a shape that Baton cannot use. `not-made`: there is nothing to ask about. */
  state: 'answered' | 'refused' | 'odd' | 'no-json' | 'timeout' | 'network' | 'not-made';
  /** HTTP status; null where no answer came. */
  status: number | null;
  code: number | null;
  subcode: number | null;
  /** Meta's type of the error, if it is one of those that Baton knows by name; else `other`; null without an error. */
  type: string | null;
  /** Names of what came, as paths such as `data[].id`, without any value. */
  keys: string[];
  /** Entries of the answer's list; null where it has none. */
  count: number | null;
}

/** What was declared about the bot's words, and what of it a policy of the browser has set. */
export interface DeclaredView extends Declared {
  byPolicy: (keyof Declared)[];
}

export interface PageView {
  pageId: string;
  name: string;
  tokenApp: { id: string; name: string | null } | null;
  botApp: { id: string; name: string | null } | null;
  /** Apps that Meta has named for this Page: one of them may be the bot. */
  apps?: { id: string; name: string | null }[];
  /** Conversations on which take and pass can be tried, newest first. */
  trialCandidates?: Candidate[];
  /** Absent where what is stored about the Page cannot be opened. */
  declared?: DeclaredView;
  degree: Degree;
  /** Epoch ms; null: not yet measured. */
  degreeAt: number | null;
  checks: CheckView[];
  /** Why work for this Page has stopped (token dead); null while it works. */
  stopped: string | null;
}

/** Where the key is kept that seals tokens and names: see docs/security.md. */
export type VaultMode = 'device' | 'passphrase' | 'session';

/** What an admin can set for all Pages. */
export interface OptionsView {
  vault: VaultMode;
  /** The way that a policy asks for, where it is another one: a passphrase only a person can set. */
  vaultWanted?: VaultMode;
  /** The passphrase has not been given in this browser session. */
  locked: boolean;
  /** Pages were kept for an earlier browser session alone, and went with it. */
  sessionEnded?: boolean;
  /** For how many days what was seen is kept. */
  keepDays: number;
  /** Whether the facts that the inbox page's own code holds are read. */
  pageFacts: boolean;
  /** Names of the options that a policy of the browser has set. */
  byPolicy: string[];
}

export interface SetupView {
  clockOffset: number;
  /** Absent where nothing can be set. */
  options?: OptionsView;
  pages: PageView[];
  /** The Page on screen, if its id is known. */
  currentPageId: string | null;
}

export interface PopupView {
  clockOffset: number;
  /** Name of the Page on screen; null where it is not connected. */
  pageName: string | null;
  pageId: string | null;
  conversation: ConversationView | null;
  /** Why no conversation is shown: no inbox tab, none open, …; null where one is. */
  nothing: string | null;
}
