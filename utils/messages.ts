/** The one typed protocol between the contexts. */
import type { Wanted } from './conversation/plan';
import type { SeenPage } from './conversation/seen';
import type { CallCheck, InboxView, PopupView, Reply, SetupView, VaultMode } from './conversation/view';

/** Long-lived ports, by name. The inbox page streams what it sees and gets views; the popup gets views. */
export type PortName = 'inbox' | 'popup';

/** Content script → background. */
export type FromInbox =
  | { type: 'seen'; seen: SeenPage }
  /** A trusted press on one of our buttons in the page, for the conversation under `key`. */
  | { type: 'control'; key: string; wanted: Wanted }
  /** The agent picks who is on screen; null takes it back. */
  | { type: 'choose'; key: string; psid: string | null }
  /** Read the owner again now. */
  | { type: 'read-again'; key: string };

/** Background → content script. */
export type ToInbox = { type: 'view'; view: InboxView };

/** Popup → background, by port. */
export type FromPopup =
  /** `note`: for the bot, as the agent wrote it; empty: none. */
  | { type: 'control'; key: string; wanted: Wanted; note: string }
  | { type: 'choose'; key: string; psid: string | null }
  | { type: 'read-again'; key: string };

/** Background → popup, by port. */
export type ToPopup =
  | { type: 'conversation'; view: PopupView }
  | { type: 'setup'; view: SetupView }
  /** The background cannot work at all, and why. */
  | { type: 'failed'; sentence: string };

/** What came of connecting. Where it is not clear which Page is meant, nothing is stored and some are offered. */
export type ConnectReply<Value = { pageId: string; name: string }> =
  | { ok: true; value: Value }
  | { ok: false; sentence: string; pages?: { pageId: string; name: string }[] };

/** Popup → background, request and reply. The token travels here and nowhere else. */
export interface Requests {
  /** `pageId`: the Page that was picked from an earlier reply. Without a token, a connected one that gets another bot app. */
  connectPage(request: { token: string; botApp: string; pageId?: string }): ConnectReply;
  forgetPage(request: { pageId: string }): Reply<null>;
  checkAgain(request: { pageId: string }): Reply<null>;
  /** Makes every call that only reads once, and tells how each went. */
  checkCalls(request: { pageId: string }): Reply<CallCheck[]>;
  /** The bot's words as the admin typed them; blank ones are removed, absent ones stay as they are. */
  declare(request: { pageId: string; signature?: string; handBackPhrase?: string }): Reply<null>;
  /** An admin has looked at what no API tells, or takes that back. */
  tick(request: { pageId: string; check: string; on: boolean }): Reply<null>;
  /** Takes control of one conversation, passes it and puts it back. */
  trial(request: { pageId: string; psid: string }): Reply<null>;
  unlock(request: { passphrase: string }): Reply<null>;
  /** Forgets every Page, as the way out where the passphrase is lost. */
  forgetAll(request: null): Reply<null>;
  changeVault(request: { mode: VaultMode; passphrase: string }): Reply<null>;
  changeSettings(request: { keepDays?: number; pageFacts?: boolean }): Reply<null>;
  /** The configuration without secrets, as the text of a file. */
  exportSettings(request: null): Reply<string>;
  importSettings(request: { text: string }): Reply<null>;
  /** The state of every check, without token, name or message. */
  report(request: null): Reply<string>;
}
