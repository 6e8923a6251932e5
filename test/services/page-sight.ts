/** What the content script would see of a world's inbox page: only what the page shows, or holds in its props. */
import type { Attribution, SeenConversation, SeenMessage, SeenPage, SeenRow } from '../../utils/conversation/seen';
import type { Feed, FeedMessage, FeedThread } from '../meta/inbox/feed';
import { timeline } from '../meta/inbox/page/timeline';

export interface Eyes {
  /** The page's id of the conversation that is open; null: none is. */
  open: string | null;
  /** Whether the facts that the page's own code holds can be read. */
  facts: boolean;
  /** Whether the page's lines under messages, as “Sent by …”, can be read. */
  footers: boolean;
  visible: boolean;
}

const ROWS_ON_SCREEN = 20;
const MESSAGES_ON_SCREEN = 20;

export function seenBy({ open, facts, footers, visible }: Eyes, { page, threads }: Feed): SeenPage {
  const thread = threads.find(({ userId }) => userId === open) ?? null;
  return {
    pageId: page.id,
    selectedItemId: open,
    threadType: thread?.threadType ?? null,
    tab: 'all',
    rows: threads
      .filter(({ folder }) => folder === 'inbox')
      .slice(0, ROWS_ON_SCREEN)
      .map((row) => seenRow(row, facts)),
    conversation: thread && seenConversation(thread, page.id, { facts, footers }),
    factsReadable: facts,
    visible,
    focused: visible,
  };
}

function seenRow(
  { userId, title, channel, snippet, snippetFromPage, lastActivityAt, unread }: FeedThread,
  facts: boolean,
): SeenRow {
  return {
    key: userId,
    name: title,
    preview: `${snippetFromPage ? 'You: ' : ''}${snippet}`,
    lastActivity: lastActivityAt,
    unread,
    channel,
    facts: facts ? { userId, title, at: lastActivityAt } : null,
  };
}

function seenConversation(
  thread: FeedThread,
  pageId: string,
  { facts, footers }: Pick<Eyes, 'facts' | 'footers'>,
): SeenConversation {
  const messages = timeline(thread.messages, 'creator').flatMap((item) =>
    item.kind === 'message'
      ? [seenMessage(item.message, footers ? item.footer : null, facts, senderOf(item.message, thread, pageId))]
      : [],
  );
  return { key: thread.userId, name: thread.title, messages: messages.slice(-MESSAGES_ON_SCREEN) };
}

function senderOf({ direction }: FeedMessage, { userId }: FeedThread, pageId: string): string {
  return direction === 'customer' ? userId : pageId;
}

function seenMessage(
  { mid, at, direction, kind, text, creator, aiGenerated }: FeedMessage,
  footer: FeedMessage['creator'],
  facts: boolean,
  senderId: string,
): SeenMessage {
  return {
    key: mid,
    messageId: mid,
    direction: direction === 'customer' ? 'customer' : 'page',
    text: kind === 'sticker' || kind === 'image' ? '' : text,
    // The page gives a message's time in whole seconds.
    sentAt: Math.floor(at / 1000) * 1000,
    attribution: aiGenerated ? { kind: 'meta-ai' } : attributionOf(footer),
    facts: facts ? { messageId: mid, senderId, at, creator } : null,
  };
}

/** The page's line under a message: a person's name, or that it was automated; for an app it has none. */
function attributionOf(footer: FeedMessage['creator']): Attribution | null {
  if (footer?.type === 'automated_response') return { kind: 'automation' };
  return footer?.type.endsWith('_admin') ? { kind: 'admin', name: footer.name } : null;
}
