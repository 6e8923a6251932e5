/** The world as the inbox page is told it: only what Facebook's own page shows or holds in its props. */
import type { Feed, FeedMessage, FeedThread, ThreadType } from './inbox/feed';
import type { App, Message, Thread, WorldState } from './model';

const THREAD_TYPES: Record<Thread['channel'], ThreadType> = {
  messenger: 'FB_MESSAGE',
  instagram: 'IG_MESSAGE',
  whatsapp: 'WA_MESSAGE',
};

/** Lines of Meta's own, which neither the customer nor the Page wrote. */
export const isSystemLine = (message: Message): boolean => message.kind === 'notice' || message.kind === 'activity';

/** The last message that somebody wrote; undefined in an empty conversation. */
export const lastWritten = (thread: Thread): Message | undefined =>
  thread.messages.findLast((message) => !isSystemLine(message));

export function feedOf(state: WorldState, now: number): Feed {
  const { id, name, businessId, instagramMailboxId } = state.page;
  return {
    page: { id, name, businessId, instagramMailboxId },
    viewer: { name: state.viewer },
    now,
    threads: state.threads
      .map((thread) => feedThread(state, thread))
      .sort((a, b) => b.lastActivityAt - a.lastActivityAt),
  };
}

export function feedThread(state: WorldState, thread: Thread): FeedThread {
  const last = lastWritten(thread);
  return {
    userId: thread.userId,
    threadType: THREAD_TYPES[thread.channel],
    channel: thread.channel,
    title: thread.name,
    snippet: last ? previewOf(thread, last) : '',
    snippetFromPage: last !== undefined && last.author.kind !== 'customer',
    lastActivityAt: last?.at ?? 0,
    unread: last !== undefined && last.author.kind === 'customer' && last.at > thread.readAt,
    labels: thread.pills,
    assignedTo: thread.assignedTo,
    heldByMetaAi: thread.metaAi,
    folder: thread.folder,
    messages: thread.messages.map((message) => feedMessage(state, thread, message)),
  };
}

function previewOf(thread: Thread, message: Message): string {
  const who = thread.name.split(' ')[0] ?? thread.name;
  if (message.kind === 'sticker')
    return message.author.kind === 'customer' ? `${who} sent a sticker.` : 'sent a sticker.';
  if (message.kind === 'image') return message.author.kind === 'customer' ? `${who} sent a photo.` : 'sent a photo.';
  return message.template?.title ?? message.text;
}

function feedMessage(state: WorldState, thread: Thread, message: Message): FeedMessage {
  const quoted = thread.messages.find((other) => other.id === message.replyTo);
  return {
    mid: message.mid,
    at: message.at,
    direction: isSystemLine(message) ? 'system' : message.author.kind === 'customer' ? 'customer' : 'page',
    kind: message.kind === 'postback' ? 'text' : message.kind,
    text: message.template?.title ?? message.text,
    creator: creatorOf(state.apps, state.doubts['bot-creator'] === 'application', message),
    aiGenerated: message.author.kind === 'meta-ai',
    replyTo: quoted ? { mid: quoted.mid, text: quoted.text } : null,
  };
}

/** Page props, seen live in 2026: direct_admin and automated_response; for the Send API nothing, or the app (a doubt). */
function creatorOf(apps: App[], namesApps: boolean, { author }: Message): FeedMessage['creator'] {
  switch (author.kind) {
    case 'human':
      return { type: 'direct_admin', name: author.name };
    case 'automation':
      return { type: 'automated_response', name: 'Automated Response' };
    case 'app':
      return namesApps ? { type: 'application', name: apps.find((app) => app.id === author.appId)?.name ?? '' } : null;
    default:
      return null;
  }
}
