/** Short ways to say what is given, for the tests of this room. Times are epoch ms. */
import { type Apps, PAGE_INBOX } from '../../utils/conversation/apps';
import type { KnownConversation, KnownMessage } from '../../utils/conversation/known';
import type { OwnerAnswer, OwnerReading } from '../../utils/conversation/owner';
import type { MessageFacts, SeenConversation, SeenMessage, SeenPage, SeenRow } from '../../utils/conversation/seen';

export const NOW = 1_795_000_000_000;
export const BOT = '555000000000005';
export const DESK = '183319479511';
export const OTHER = '777000000000007';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The token is the bot's. */
export const botToken: Apps = { token: BOT, bot: BOT, inbox: PAGE_INBOX };
/** The token is that of another app on the Page. */
export const otherToken: Apps = { token: OTHER, bot: BOT, inbox: PAGE_INBOX };
export const noToken: Apps = { token: null, bot: null, inbox: PAGE_INBOX };

export function named(appId: string, expiresAt: number | null = null): OwnerAnswer {
  return { kind: 'named', appId, expiresAt };
}

export const bot = named(BOT);
export const inbox = named(PAGE_INBOX);
export const empty: OwnerAnswer = { kind: 'empty' };
export const unnamed: OwnerAnswer = { kind: 'unnamed', expiresAt: NOW + DAY };

export function tokenApp(owns: boolean): OwnerAnswer {
  return { kind: 'token-app', owns };
}

/** A reading that took from `startedAt` to `endedAt`. */
export function reading(answer: OwnerAnswer, endedAt: number, startedAt = endedAt - 200): OwnerReading {
  return { startedAt, endedAt, answer };
}

let count = 0;

export function seen(message: Partial<SeenMessage> = {}): SeenMessage {
  count += 1;
  return {
    key: `seen-${count}`,
    messageId: null,
    direction: 'page',
    text: 'Your parcel is on its way',
    sentAt: NOW,
    attribution: null,
    facts: null,
    ...message,
  };
}

export function facts(creator: MessageFacts['creator'] = null, senderId: string | null = null): MessageFacts {
  return { messageId: 'mid.$a', senderId, at: null, creator };
}

export function known(message: Partial<KnownMessage> = {}): KnownMessage {
  count += 1;
  return {
    id: `m_${count}`,
    at: NOW,
    direction: 'page',
    text: 'Your parcel is on its way',
    tags: ['inbox', 'source:web'],
    template: false,
    unreadable: false,
    ...message,
  };
}

export function knownConversation(conversation: Partial<KnownConversation> = {}): KnownConversation {
  count += 1;
  const messages = conversation.messages ?? [];
  return {
    psid: `2400000000000${count}`,
    threadId: `t_${count}`,
    name: 'Ana Example',
    updatedAt: messages[0]?.at ?? NOW,
    ...conversation,
    messages,
  };
}

export function seenRow(row: Partial<SeenRow> = {}): SeenRow {
  return {
    key: 'row',
    name: 'Ana Example',
    preview: 'Where is my parcel?',
    lastActivity: NOW,
    unread: null,
    channel: 'messenger',
    facts: null,
    ...row,
  };
}

export function seenConversation(messages: SeenMessage[], name = 'Ana Example'): SeenConversation {
  return { key: 'conversation', name, messages };
}

export function seenPage(page: Partial<SeenPage> = {}): SeenPage {
  return {
    pageId: '1000000000001',
    selectedItemId: null,
    threadType: 'FB_MESSAGE',
    tab: 'messenger',
    rows: [],
    conversation: null,
    factsReadable: true,
    visible: true,
    focused: true,
    ...page,
  };
}
