/** Nodes as one app is allowed to see them. Which fields exist is in the specification; what they hold is here. */
import { createHash } from 'node:crypto';
import type { App, Message, Platform, Thread, Token } from '../model';
import { isSystemLine } from '../page-feed';
import { GraphRefusal } from '../refusals';
import { MINUTE, READABLE_MESSAGES } from '../rules';
import type { World } from '../world';
import { platformOf } from '../world-base';
import type { Field } from './fields';
import { paged, pageRequest } from './paging';
import { edges, fieldsOf, type NodeType } from './spec';

const MOST_CONVERSATIONS = 200;
const MOST_MESSAGES = 100;
/** Above so many messages in one answer Meta asks for less, where that doubt is on. */
const TOO_MUCH = 500;
const CUT_SNIPPET = 12;
const CREATED_LATER = 3_000;

/** Who looks: all of an answer follows from it. */
export interface Viewer {
  world: World;
  token: Token;
  app: App;
  /** `https://graph.facebook.com/v25.0`, for the addresses of further pages. */
  base: string;
  /** The token as the caller gave it in the address; null if it came in a header. */
  tokenParameter: string | null;
}

type Reader<T> = (viewer: Viewer, item: T, field: Field) => unknown;
type Readers<T> = Record<string, Reader<T>>;

export const isoTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+0000`;
const seconds = (at: number): number => Math.floor(at / 1000);

/**
 * A node with the wanted fields; `id` always among them. Fields without data are left out.
 * @param wanted null: `usual`
 * @throws GraphRefusal `unknownField`
 */
function render<T>(
  viewer: Viewer,
  type: NodeType,
  readers: Readers<T>,
  item: T,
  wanted: readonly Field[] | null,
  usual: readonly string[],
): Record<string, unknown> {
  const fields = wanted ?? usual.map((name): Field => ({ name, modifiers: {}, fields: null }));
  const node: Record<string, unknown> = {};
  for (const field of fields) {
    const reader = readers[field.name];
    if (!reader && fieldsOf[type][field.name] === undefined) {
      throw new GraphRefusal(
        'unknownField',
        `(#100) Tried accessing nonexisting field (${field.name}) on node type (${type})`,
      );
    }
    const value = reader?.(viewer, item, field);
    if (value !== undefined) node[field.name] = value;
  }
  node.id ??= readers.id?.(viewer, item, { name: 'id', modifiers: {}, fields: null });
  return node;
}

// ── Conversations ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether this app may know of the conversation at all. */
export function maySee(viewer: Viewer, thread: Thread): boolean {
  return (
    viewer.token.pageId === viewer.world.state.page.id &&
    platformOf(thread) !== null &&
    (viewer.app.advancedAccess || thread.hasRole)
  );
}

/** The messages that Graph lists, oldest first. */
function listedMessages(world: World, thread: Thread): Message[] {
  return thread.messages.filter((message) => {
    if (isSystemLine(message)) return world.doubts['notices-listed'] === 'yes';
    return message.kind !== 'postback' || world.doubts['postbacks-listed'] === 'yes';
  });
}

/** The last message that somebody wrote, as far as Graph lists it. */
const lastListed = (world: World, thread: Thread): Message | undefined =>
  listedMessages(world, thread).findLast((message) => !isSystemLine(message));

export function updatedAt(world: World, thread: Thread): number {
  const lag = { same: 0, 'seconds-later': 7_000, 'minutes-later': 3 * MINUTE }[world.doubts['updated-time']];
  return (lastListed(world, thread)?.at ?? 0) + lag;
}

function pagePerson({ world }: Viewer, platform: Platform | null): Record<string, string> {
  const { page } = world.state;
  return platform === 'instagram'
    ? { username: page.username, id: page.instagramMailboxId }
    : { name: page.name, email: `${page.id}@facebook.com`, id: page.id };
}

function customerPerson(thread: Thread): Record<string, string> {
  return thread.channel === 'instagram'
    ? { username: thread.name, id: thread.psid }
    : { name: thread.name, email: `${thread.psid}@facebook.com`, id: thread.psid };
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

interface ListParams {
  limit?: unknown;
  after?: unknown;
  before?: unknown;
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

function address(viewer: Viewer, path: string, params: Record<string, string>): string {
  const query = new URLSearchParams(params);
  if (viewer.tokenParameter !== null) query.set('access_token', viewer.tokenParameter);
  return `${viewer.base}/${path}?${query}`;
}

// ── Messages ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A message with its conversation: Graph's answers need both. */
export interface Placed {
  thread: Thread;
  message: Message;
}

export function messageList(viewer: Viewer, thread: Thread, params: ListParams, fields: readonly Field[] | null) {
  const request = pageRequest(params, MOST_MESSAGES, viewer.world.doubts['large-limits']);
  return paged(
    listedMessages(viewer.world, thread),
    (message) => ({ at: message.at, id: message.id }),
    request,
    (message) => renderListed(viewer, { thread, message }, fields),
    (cursor) => address(viewer, `${thread.id}/messages`, { limit: String(request.limit), ...cursor }),
  );
}

/** Only ids and times are listed of messages older than the newest twenty. */
function renderListed(viewer: Viewer, placed: Placed, fields: readonly Field[] | null) {
  const bare: Field[] = ['id', 'created_time'].map((name) => ({ name, modifiers: {}, fields: null }));
  return renderMessage(viewer, placed, isReadable(viewer.world, placed) ? fields : bare);
}

export function isReadable(world: World, { thread, message }: Placed): boolean {
  return listedMessages(world, thread).slice(-READABLE_MESSAGES).includes(message);
}

export function renderMessage(viewer: Viewer, placed: Placed, fields: readonly Field[] | null) {
  return render(viewer, 'UnifiedMessage', messageReaders, placed, fields, ['id', 'created_time']);
}

const fromCustomer = ({ message }: Placed): boolean => message.author.kind === 'customer';

const messageReaders: Readers<Placed> = {
  id: (_, { message }) => message.id,
  created_time: ({ world }, { message }) =>
    isoTime(message.at + (world.doubts['created-time'] === 'same' ? 0 : CREATED_LATER)),
  thread_id: (_, { thread }) => thread.id,
  from: (viewer, placed) =>
    fromCustomer(placed) ? customerPerson(placed.thread) : pagePerson(viewer, platformOf(placed.thread)),
  to: (viewer, placed) => ({
    data: [fromCustomer(placed) ? pagePerson(viewer, platformOf(placed.thread)) : customerPerson(placed.thread)],
  }),
  message: ({ world }, { message }) =>
    message.template?.type === 'button' && world.doubts['button-template'] === 'text'
      ? message.template.title
      : message.text,
  tags: ({ world }, placed) =>
    world.doubts.tags === 'told' ? { data: tagsOf(world, placed).map((name) => ({ name })) } : undefined,
  attachments: (_, { message }) => attachmentsOf(message),
  sticker: (_, { message }) => (message.kind === 'sticker' ? 'https://example.invalid/sticker.png' : undefined),
  reactions: (_, { message }) =>
    message.reactions.length === 0
      ? undefined
      : { data: message.reactions.map(({ reaction, by }) => ({ reaction, users: [{ id: by }] })) },
  is_unsupported: (_, { message }) => (message.unsupported ? true : undefined),
  reply_to: (_, { message }) => (message.replyTo === null ? undefined : { mid: message.replyTo, is_self_reply: false }),
};

/** Folder and coarse source. Field check, Oct 2026; recordings of 2016 to 2021. */
function tagsOf(world: World, { thread, message }: Placed): string[] {
  const { author } = message;
  if (author.kind === 'customer')
    return [
      'inbox',
      ...(message.at <= thread.readAt ? ['read'] : []),
      Number(thread.psid.at(-1)) % 2 ? 'source:mobile' : 'source:chat',
    ];
  const typed =
    author.kind === 'human' ? (author.device === 'mobile' ? 'mobile' : world.doubts['desktop-source']) : 'web';
  return ['inbox', 'read', 'sent', `source:${typed}`];
}

function attachmentsOf(message: Message): { data: unknown[] } | undefined {
  const id = createHash('sha256').update(message.id).digest().readUIntBE(0, 6).toString();
  if (message.kind === 'image')
    return { data: [{ id, mime_type: 'image/jpeg', name: `image-${id}`, size: 10240, image_data: IMAGE }] };
  if (!message.template) return undefined;
  if (message.template.type === 'button') return { data: [] };
  const { title, subtitle, buttons } = message.template;
  const cta = buttons[0] ? { cta: { title: buttons[0].title, type: 'postback' } } : {};
  return {
    data: [
      {
        id,
        generic_template: {
          title,
          ...(subtitle === null ? {} : { subtitle }),
          media_url: 'https://example.invalid/a.jpg',
          ...cta,
        },
      },
    ],
  };
}

const IMAGE = {
  width: 640,
  height: 480,
  max_width: 0,
  max_height: 0,
  url: 'https://example.invalid/i.jpg',
  preview_url: 'https://example.invalid/p.jpg',
  image_type: 1,
  render_as_sticker: false,
};

// ── Control ───────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── Page, person, app, label ──────────────────────────────────────────────────────────────────────────────────────

/** A Page as a node: this world's own, or the other one that some tokens act for. */
export interface PageNode {
  id: string;
  mine: boolean;
}

function featureStatus(world: World): Record<string, boolean> {
  const reading = world.doubts['multi-app-flag'];
  const messenger = reading === 'always-true' || (reading === 'routing' && world.defaultApp('messenger') !== null);
  return {
    hop_v2: true,
    ...(reading === 'absent'
      ? {}
      : { msgr_multi_app: messenger, ig_multi_app: world.defaultApp('instagram') !== null }),
  };
}

const ofMine =
  (read: Reader<PageNode>): Reader<PageNode> =>
  (viewer, page, field) =>
    page.mine ? read(viewer, page, field) : undefined;

const pageReaders: Readers<PageNode> = {
  id: (_, page) => page.id,
  name: ({ world }, page) => (page.mine ? world.state.page.name : 'Another Page'),
  username: ofMine(({ world }) => world.state.page.username),
  category: ofMine(({ world }) => world.state.page.category),
  link: (_, page) => `https://www.facebook.com/${page.id}`,
  access_token: ({ world, token }, page) => pageTokenFor(world, token, page.id)?.value,
  messaging_feature_status: ofMine(({ world }) => featureStatus(world)),
  is_published: () => true,
  has_added_app: ofMine(({ app }) => app.subscribedFields.length > 0),
  is_webhooks_subscribed: ofMine(({ app }) => app.subscribedFields.length > 0),
  is_messenger_platform_bot: ofMine(({ world }) => world.defaultApp('messenger') !== null),
  is_messenger_bot_get_started_enabled: ofMine(({ world }) => 'get_started' in world.state.page.messengerProfile),
  instagram_business_account: ofMine(({ world }) => ({ id: world.state.page.instagramMailboxId })),
  connected_instagram_account: ofMine(({ world }) => ({ id: world.state.page.instagramMailboxId })),
  unread_message_count: ofMine(({ world }) => world.feed().threads.filter(({ unread }) => unread).length),
};

export function renderPage(
  viewer: Viewer,
  page: PageNode,
  fields: readonly Field[] | null,
  usual: readonly string[] = ['id', 'name'],
) {
  return render(viewer, 'Page', pageReaders, page, fields, usual);
}

/** The Page token of the same app and person, as a user token is exchanged for one. */
export function pageTokenFor(world: World, { appId, userId }: Token, pageId: string): Token | undefined {
  return world.state.tokens.find(
    (token) =>
      token.type === 'PAGE' &&
      token.appId === appId &&
      token.userId === userId &&
      token.pageId === pageId &&
      token.expiresAt === null &&
      token.invalidated === null,
  );
}

const appReaders: Readers<App> = {
  id: (_, app) => app.id,
  name: (_, app) => app.name,
  category: (_, app) => app.category,
  link: (_, app) => app.link,
  logo_url: (_, app) => `https://example.invalid/${app.id}.png`,
  subscribed_fields: (_, app) => app.subscribedFields,
};

export function renderApp(
  viewer: Viewer,
  app: App,
  fields: readonly Field[] | null,
  usual: readonly string[] = ['id', 'name', 'category', 'link'],
) {
  return render(viewer, 'Application', appReaders, app, fields, usual);
}

const personReaders: Readers<Thread> = {
  id: (_, thread) => thread.psid,
  name: (_, thread) => thread.name,
  first_name: (_, thread) => thread.name.split(' ')[0],
  last_name: (_, thread) => thread.name.split(' ').slice(1).join(' ') || undefined,
  profile_pic: () => 'https://example.invalid/p.jpg',
};

export function renderPerson(viewer: Viewer, thread: Thread, fields: readonly Field[] | null) {
  return render(viewer, 'Person', personReaders, thread, fields, ['id', 'first_name', 'last_name', 'profile_pic']);
}

export interface Label {
  id: string;
  name: string;
}

const labelReaders: Readers<Label> = { id: (_, label) => label.id, page_label_name: (_, label) => label.name };

export function renderLabel(viewer: Viewer, label: Label, fields: readonly Field[] | null) {
  return render(viewer, 'Label', labelReaders, label, fields, ['id', 'page_label_name']);
}

export function renderUser(viewer: Viewer, user: Label, fields: readonly Field[] | null) {
  return render<Label>(viewer, 'User', { id: (_, { id }) => id, name: (_, { name }) => name }, user, fields, [
    'id',
    'name',
  ]);
}

/** The permissions of an edge that the token lacks. */
export function missingScopes(token: Token, edge: keyof typeof edges): string[] {
  return edges[edge].scopes.filter((scope) => !token.scopes.includes(scope));
}
