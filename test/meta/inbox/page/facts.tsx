/** @jsxImportSource react */
import type { ReactElement, ReactNode } from 'react';
import type { Feed, FeedMessage, FeedThread } from '../feed';
import { useHost } from './host';
import { avatar } from './pictures';

/**
 * The components whose props extensions read from React's fibers. They draw nothing themselves: where one stands in
 * the tree decides how many returns lie between it and the element that is looked at.
 * Seen by public projects in Sep and Oct 2026: a row's `thread` up to 4 returns above its box, a message's
 * `message` up to 30 above the element with its id. No other component on their way has props of these names.
 */

export interface ThreadProps {
  threadID: string;
  title: string;
  timestamp: number;
  /** An element, not a string. */
  snippet: ReactElement;
  image: string;
  /** There, but wrong: it follows no follow-up mark. */
  isFollowUp: boolean;
}

export interface MessageProps {
  messageID: string;
  sender: { userID: string };
  timestamp: number;
  textPayload: { text: string } | null;
  logMessage: { text: string } | null;
  templatedMessagePayload: { type: string } | null;
  attachments: { type: string }[];
  repliedToMessage: { messageID: string } | null;
  creatorInfo: { creatorType: string; creatorName: string } | null;
}

interface MessageSurroundings {
  message: MessageProps;
  /** The Page, whoever of its people looks. */
  viewerID: string;
  isFromViewer: boolean;
  participants: { userID: string }[];
}

function ThreadRow({ children }: { thread: ThreadProps; children: ReactNode }) {
  return children;
}

function Message({ children }: MessageSurroundings & { children: ReactNode }) {
  return children;
}

/** Puts `ThreadRow` around a row, unless this build keeps it unreadable. */
export function ThreadFacts({ row, children }: { row: FeedThread; children: ReactNode }) {
  const { fiber } = useHost().variants;
  return fiber ? <ThreadRow thread={threadProps(row)}>{children}</ThreadRow> : children;
}

interface MessageFactsProps {
  said: FeedMessage;
  conversation: FeedThread;
  page: Feed['page'];
  children: ReactNode;
}

/** Puts `Message` around a message, unless this build keeps it unreadable. */
export function MessageFacts({ said, conversation, page, children }: MessageFactsProps) {
  const { fiber } = useHost().variants;
  return fiber ? <Message {...messageFacts(said, conversation, page)}>{children}</Message> : children;
}

function threadProps({ userId, title, lastActivityAt, snippet }: FeedThread): ThreadProps {
  return {
    threadID: userId,
    title,
    timestamp: lastActivityAt,
    snippet: <span>{snippet}</span>,
    image: avatar(title, userId),
    isFollowUp: true,
  };
}

function messageFacts(message: FeedMessage, thread: FeedThread, page: Feed['page']): MessageSurroundings {
  const fromPage = message.direction !== 'customer';
  return {
    message: messageProps(message, fromPage ? page.id : thread.userId),
    viewerID: page.id,
    isFromViewer: fromPage,
    participants: [{ userID: page.id }, { userID: thread.userId }],
  };
}

function messageProps({ mid, at, direction, kind, text, creator, replyTo }: FeedMessage, sender: string): MessageProps {
  const system = direction === 'system';
  return {
    messageID: mid,
    sender: { userID: sender },
    timestamp: at,
    textPayload: text && !system ? { text } : null,
    logMessage: system ? { text } : null,
    templatedMessagePayload: kind === 'template' ? { type: 'generic' } : null,
    attachments: kind === 'sticker' || kind === 'image' ? [{ type: kind }] : [],
    repliedToMessage: replyTo && { messageID: replyTo.mid },
    creatorInfo: creator && { creatorType: creator.type, creatorName: creator.name },
  };
}
