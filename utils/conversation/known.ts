/** What Graph told, parsed: plain data. Times are epoch ms on Meta's clock, ids are strings. */

/** Page and Graph give whole seconds: a message was sent at some moment of its second. */
export const SECOND_MS = 999;

export interface KnownMessage {
  /** Graph's id (`m_…`), another one than the page's. */
  id: string;
  at: number;
  direction: 'customer' | 'page';
  text: string;
  /** `source:mobile`, `source:web`, … as Graph gives them. */
  tags: string[];
  /** Carries a template, as only apps send them. */
  template: boolean;
  /** Details could not be read: too old, deleted, or not supported by the API. */
  unreadable: boolean;
}

export interface KnownConversation {
  psid: string;
  /** `t_…` */
  threadId: string;
  name: string;
  updatedAt: number;
  /** Newest first; at most the newest few. */
  messages: KnownMessage[];
}

/** The conversations list as far as it was read. */
export interface KnownList {
  readAt: number;
  /** Read without a gap from `readAt` back to this time; null where not even one page was. */
  completeSince: number | null;
  /** The lately updated first. */
  conversations: KnownConversation[];
}
