/** What a row is known by: a fingerprint of all that it shows of a conversation, and back. */
import type { Channel } from '../conversation/seen';
import type { ThreadRow } from './rows';
import { SEPARATOR } from './text';

/** Two rows of which all of this is the same look alike. */
export type Shown = Pick<ThreadRow, 'name' | 'lastActivity' | 'preview' | 'channel'>;

export function keyOf({ name, lastActivity, preview, channel }: Shown): string {
  return [name, lastActivity, preview, channel].join(SEPARATOR);
}

/** What {@link keyOf} was given: whatever a customer has written, it is taken for nothing but words. */
export function shownBy(key: string): Shown {
  const [name = '', time, ...rest] = key.split(SEPARATOR);
  const channel = rest.pop() as Channel | '';
  return { name, lastActivity: Number(time) || null, preview: rest.join(SEPARATOR), channel: channel || null };
}
