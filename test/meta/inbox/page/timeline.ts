import type { FeedMessage } from '../feed';
import type { Variants } from '../variants';

export type TimelineItem =
  | { kind: 'date'; key: string; at: number }
  | { kind: 'system'; key: string; message: FeedMessage }
  | { kind: 'message'; key: string; message: FeedMessage; footer: FeedMessage['creator'] };

const PAUSE_MS = 3_600_000;

/**
 * What lies in the message list, oldest first: a flat sequence of dates, messages and lines of Meta's own.
 * A footer stands under the last message of a run alone.
 */
export function timeline(messages: readonly FeedMessage[], runs: Variants['runs']): TimelineItem[] {
  return messages.flatMap((message, index): TimelineItem[] => {
    const previous = messages[index - 1];
    const next = messages[index + 1];
    const date: TimelineItem[] =
      previous && message.at - previous.at < PAUSE_MS
        ? []
        : [{ kind: 'date', key: `date ${message.mid}`, at: message.at }];
    if (message.direction === 'system') return [...date, { kind: 'system', key: message.mid, message }];
    const footer = next && continuesRun(message, next, runs) ? null : message.creator;
    return [...date, { kind: 'message', key: message.mid, message, footer }];
  });
}

function continuesRun(message: FeedMessage, next: FeedMessage, runs: Variants['runs']): boolean {
  if (next.direction !== message.direction || next.at - message.at >= PAUSE_MS) return false;
  return (
    runs === 'page' || (next.creator?.type === message.creator?.type && next.creator?.name === message.creator?.name)
  );
}
