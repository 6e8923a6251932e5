/**
 * What the inbox page is told by its server: the page's half of the one shared state.
 * Facebook's own page learns this over its private channels; nothing of Baton reads it.
 * Times are epoch ms. Ids are strings: `userId` is the customer's global user id, never a PSID.
 */

export type Channel = 'messenger' | 'instagram' | 'whatsapp';

/** `FB_MESSAGE` and `IG_MESSAGE` are what the address carries; WhatsApp's name for it is not attested. */
export type ThreadType = 'FB_MESSAGE' | 'IG_MESSAGE' | 'WA_MESSAGE';

export interface FeedMessage {
  /** `mid.$…`, as the page knows it; Graph's id of the same message is another one. */
  mid: string;
  at: number;
  /** `system`: a line of Meta's own (activity, notice), written by nobody. */
  direction: 'customer' | 'page' | 'system';
  kind: 'text' | 'sticker' | 'image' | 'template' | 'activity' | 'notice';
  text: string;
  /** What the page's props say of who pressed send; null where Meta says nothing (a plain Send API message). */
  creator: { type: string; name: string } | null;
  /** Written by Meta's own AI: the page offers "Improve AI response" under it. */
  aiGenerated: boolean;
  /** The message this one quotes, if any. */
  replyTo: { mid: string; text: string } | null;
}

export interface FeedThread {
  userId: string;
  threadType: ThreadType;
  channel: Channel;
  title: string;
  /** The last message's words as the row previews them, without the "You: " that the page puts before its own. */
  snippet: string;
  snippetFromPage: boolean;
  lastActivityAt: number;
  unread: boolean;
  /** Pills under the row: lead stage, ad id. */
  labels: string[];
  assignedTo: string | null;
  /** Meta's own AI agent holds the chat: the header offers "Respond yourself". */
  heldByMetaAi: boolean;
  folder: 'inbox' | 'done';
  messages: FeedMessage[];
}

/** Sent whole on connection, then only the threads that changed. */
export interface Feed {
  page: { id: string; name: string; businessId: string; instagramMailboxId: string };
  /** The agent who is logged in. */
  viewer: { name: string };
  /** The server's clock. */
  now: number;
  threads: FeedThread[];
}
