import { isFresh } from './owner';
import type { SeenMessage } from './seen';
import type { ConversationView } from './view';

/** What an agent should know before sending. Times are epoch ms. */
export type Notice =
  | { kind: 'bot-has-it' }
  | { kind: 'bot-answered'; at: number }
  /** `name` null where the page does not show it. */
  | { kind: 'colleague-answered'; at: number; name: string | null }
  | { kind: 'customer-wrote'; at: number }
  /** The admin's hand-back phrase, as it was typed. */
  | { kind: 'phrase'; phrase: string };

/** An agent is writing an answer, and has not sent it. */
export interface Typing {
  /** The conversation that it is for, by its view's key. */
  key: string;
  /** Epoch ms on the server's clock. */
  since: number;
  /** Keys of the messages that were on screen when it began. */
  seen: ReadonlySet<string>;
  /** The admin's hand-back phrase, where the draft holds it; null otherwise. */
  phrase: string | null;
}

/**
 * What has happened in a conversation since the agent began to type. The newest message decides; where none came, the
 * bot's control does. What nobody can tell gives no notice. The hand-back phrase comes before all of it: messages are
 * on screen as well, but what sending these words would set off is said nowhere else. Null: there is nothing to say.
 */
export function noticeFor(
  typing: Typing | null,
  view: ConversationView,
  messages: readonly SeenMessage[],
  now: number,
): Notice | null {
  if (typing === null || typing.key !== view.key) return null;
  if (typing.phrase !== null) return { kind: 'phrase', phrase: typing.phrase };
  const news = messages
    .filter(({ key }) => !typing.seen.has(key))
    .flatMap((message) => noticeOf(message, view, typing.since) ?? []);
  const newest = news.at(-1);
  if (newest) return newest;
  return view.owner.value.kind === 'bot' && isFresh(view.owner, now) ? { kind: 'bot-has-it' } : null;
}

function noticeOf(message: SeenMessage, view: ConversationView, since: number): Notice | null {
  const at = message.sentAt ?? since;
  if (message.direction === 'customer') return { kind: 'customer-wrote', at };
  const author = view.labels.find(({ key }) => key === message.key)?.author.value;
  if (author?.kind === 'chatbot') return { kind: 'bot-answered', at };
  return author?.kind === 'human' ? { kind: 'colleague-answered', at, name: author.name } : null;
}
