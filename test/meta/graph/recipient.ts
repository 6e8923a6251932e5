/** Whom a call is about: the conversation behind a PSID. */
import type { Platform, Thread } from '../model';
import { GraphRefusal } from '../refusals';
import { platformOf } from '../world-base';
import { refuseUnknownKeys, textIn } from './params';
import { maySee, type Viewer } from './render';

/** The conversation of a person, as far as the app may know of it. @throws GraphRefusal `noPerson` */
export function recipientOf(viewer: Viewer, psid: string): { thread: Thread; platform: Platform } {
  const thread = viewer.world.state.threads.find((candidate) => candidate.psid === psid);
  const platform = thread ? platformOf(thread) : null;
  if (!thread || platform === null || !maySee(viewer, thread)) throw new GraphRefusal('noPerson');
  return { thread, platform };
}

/** The same of a `recipient` parameter. @throws GraphRefusal where it holds no id */
export function recipientParam(viewer: Viewer, recipient: unknown): { thread: Thread; platform: Platform } {
  refuseUnknownKeys('recipient', recipient, [
    'id',
    'user_ref',
    'phone_number',
    'comment_id',
    'post_id',
    'notification_messages_token',
  ]);
  const id = textIn(recipient, 'id');
  if (id === null) throw new GraphRefusal('invalidParameter', '(#100) Param recipient must hold an id');
  return recipientOf(viewer, id);
}
