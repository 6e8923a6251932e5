/**
 * What the content script saw on Facebook's page: plain data, no elements.
 * Customers' words travel to the background in it and are never stored.
 */

export type Channel = 'messenger' | 'instagram' | 'whatsapp';

/** Whom the page itself names as the author of a Page message, in a footer. */
export type Attribution = { kind: 'admin'; name: string } | { kind: 'automation' } | { kind: 'meta-ai' };

/** React's facts about a row. Untrusted page input. `userId` is a global user id, never a PSID. */
export interface RowFacts {
  userId: string;
  title: string | null;
  /** Epoch ms. */
  at: number | null;
}

/** React's facts about a message. Untrusted page input. `creator` null: readable, and it names nobody. */
export interface MessageFacts {
  messageId: string;
  senderId: string | null;
  /** Epoch ms. */
  at: number | null;
  creator: { type: string; name: string | null } | null;
}

export interface SeenRow {
  /** Fingerprint of what the row shows; two rows that look alike share it. Answers come back under it. */
  key: string;
  name: string;
  /** As shown, with the page's own "You: " in the page's language. */
  preview: string;
  /** Epoch ms; null where the page does not tell. */
  lastActivity: number | null;
  unread: boolean | null;
  channel: Channel | null;
  facts: RowFacts | null;
}

export interface SeenMessage {
  /** Stable while the message is on screen. */
  key: string;
  messageId: string | null;
  direction: 'customer' | 'page';
  /** Emoji from `alt`, line breaks as `\n`, `''` for a sticker. */
  text: string;
  /** Epoch ms; null where the page does not tell. */
  sentAt: number | null;
  attribution: Attribution | null;
  facts: MessageFacts | null;
}

export interface SeenConversation {
  /** Changes when another conversation is opened; an answer is shown only while it still holds. */
  key: string;
  name: string;
  /** Oldest first, as far as they are on screen. */
  messages: SeenMessage[];
}

export interface SeenPage {
  /** Page id from the address and the channel tabs; null where unknown or where they disagree. */
  pageId: string | null;
  /** Global user id (Messenger) or thread id (Instagram) of the open conversation; never a PSID. */
  selectedItemId: string | null;
  threadType: string | null;
  tab: string | null;
  rows: SeenRow[];
  /** Null where no conversation is open, or header and messages still belong to different ones. */
  conversation: SeenConversation | null;
  /** Whether React's facts could be read on this page at all. */
  factsReadable: boolean;
  visible: boolean;
  focused: boolean;
}
