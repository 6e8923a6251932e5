/** Conversations and their owners as one app is allowed to see them. */
import type { Message, Platform, Thread } from '../model';
import { isSystemLine } from '../page-feed';
import { GraphRefusal } from '../refusals';
import { MINUTE } from '../rules';
import type { World } from '../world';
import { platformOf } from '../world-base';
import type { Field } from './fields';
import { listedMessages, messageList } from './message-view';
import { paged, pageRequest } from './paging';
import {
  address,
  customerPerson,
  isoTime,
  type ListParams,
  pagePerson,
  type Readers,
  render,
  type Viewer,
} from './render';

const MOST_CONVERSATIONS = 200;
/** Above so many messages in one answer Meta asks for less, where that doubt is on. */
const TOO_MUCH = 500;
const CUT_SNIPPET = 12;

const seconds = (at: number): number => Math.floor(at / 1000);

/** The last message that somebody wrote, as far as Graph lists it. */
const lastListed = (world: World, thread: Thread): Message | undefined =>
  listedMessages(world, thread).findLast((message) => !isSystemLine(message));

export function updatedAt(world: World, thread: Thread): number {
  const lag = { same: 0, 'seconds-later': 7_000, 'minutes-later': 3 * MINUTE }[world.doubts['updated-time']];
  return (lastListed(world, thread)?.at ?? 0) + lag;
}

/** Sub-fields of a person that Meta does not give, such as a picture, vanish without a word (measured Aug 2026). */
function narrowed(person: Record<string, string>, field: Field): Record<string, string> {
  if (field.fields === null) return person;
  const names = field.fields.map(({ name }) => name);
  return Object.fromEntries(Object.entries(person).filter(([name]) => name === 'id' || names.includes(name)));
}

function snippetOf(world: World, thread: Thread): string | undefined {
  const text = lastListed(world, thread)?.text ?? '';
  if (world.doubts.snippets === 'absent') return undefined;
  return world.doubts.snippets === 'cut' && text.length > CUT_SNIPPET ? `${text.slice(0, CUT_SNIPPET)}…` : text;
}

const threadReaders: Readers<Thread> = {
  id: (_, thread) => thread.id,
  link: ({ world }, thread) =>
    world.doubts['thread-link'] === 'relative'
      ? `/${world.state.page.id}/inbox/${thread.linkNumber}/?section=messages`
      : `https://business.facebook.com/latest/inbox/all?asset_id=${world.state.page.id}&selected_item_id=${thread.userId}&thread_type=${thread.channel === 'instagram' ? 'IG_MESSAGE' : 'FB_MESSAGE'}`,
  updated_time: ({ world }, thread) => isoTime(updatedAt(world, thread)),
  snippet: ({ world }, thread) => snippetOf(world, thread),
  unread_count: ({ world }, thread) =>
    listedMessages(world, thread).filter((m) => m.author.kind === 'customer' && m.at > thread.readAt).length,
  message_count: ({ world }, thread) => listedMessages(world, thread).length,
  can_reply: ({ world }, thread) =>
    world.doubts['can-reply'] === 'always-true' || world.now() < thread.standardWindowEndsAt,
  folder: (_, thread) => (thread.folder === 'done' ? 'page_done' : 'inbox'),
  is_subscribed: () => true,
  name: (_, thread) => thread.name,
  scoped_thread_key: (_, thread) => thread.id,
  former_participants: () => ({ data: [] }),
  is_owner: ({ world, app }, thread) => {
    const platform = platformOf(thread);
    return platform === null || world.defaultApp(platform) === null ? undefined : world.owner(thread) === app.id;
  },
  participants: (viewer, thread, field) => ({
    data: [customerPerson(thread), pagePerson(viewer, platformOf(thread))].map((person) => narrowed(person, field)),
  }),
  senders: (viewer, thread, field) => ({
    data: [customerPerson(thread), pagePerson(viewer, platformOf(thread))].map((person) => narrowed(person, field)),
  }),
  messages: (viewer, thread, field) => {
    const { limit, ...rest } = field.modifiers;
    return messageList(
      viewer,
      thread,
      viewer.world.doubts['nested-limits'] === 'kept' ? { limit, ...rest } : rest,
      field.fields,
    );
  },
};

export function renderThread(
  viewer: Viewer,
  thread: Thread,
  fields: readonly Field[] | null,
  usual: readonly string[] = ['id', 'link', 'updated_time'],
) {
  return render(viewer, 'UnifiedThread', threadReaders, thread, fields, usual);
}

export function threadList(
  viewer: Viewer,
  threads: Thread[],
  params: ListParams,
  fields: readonly Field[] | null,
  usual?: readonly string[],
  kept: Record<string, string> = {},
) {
  const { world } = viewer;
  const request = pageRequest(params, MOST_CONVERSATIONS, world.doubts['large-limits']);
  refuseTooMuch(world, request.limit, fields);
  return paged(
    threads,
    (thread) => ({ at: updatedAt(world, thread), id: thread.id }),
    request,
    (thread) => renderThread(viewer, thread, fields, usual),
    (cursor) =>
      address(viewer, `${world.state.page.id}/conversations`, { ...kept, limit: String(request.limit), ...cursor }),
  );
}

function refuseTooMuch(world: World, limit: number, fields: readonly Field[] | null): void {
  const nested = fields?.find(({ name }) => name === 'messages');
  if (world.doubts['too-much-data'] === 'refused' && nested && limit * Number(nested.modifiers.limit ?? 25) > TOO_MUCH)
    throw new GraphRefusal('tooMuchData');
}

/** Named to the owner and the default app; to others the end alone; empty when idle. */
export function threadOwner({ world, app }: Viewer, thread: Thread, platform: Platform): { data: unknown[] } {
  const owner = world.owner(thread);
  const defaultApp = world.defaultApp(platform);
  const unrouted = defaultApp === null ? world.doubts['owners-without-routing'] : 'by-rule';
  if (unrouted === 'nothing') return { data: [] };
  if (owner === null || !thread.control)
    return world.doubts['idle-owner'] === 'empty'
      ? { data: [] }
      : { data: [{ thread_owner: { app_id: null, expiration: null } }] };
  const expiration = seconds(thread.control.expiresAt);
  const named = owner === app.id || defaultApp === app.id || unrouted === 'named';
  const app_id = world.doubts['owner-id-type'] === 'number' ? Number(owner) : owner;
  return { data: [{ thread_owner: named ? { app_id, expiration } : { expiration } }] };
}
