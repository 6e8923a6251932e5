/** What each edge of the specification does. Everything about tokens, parameters and limits was settled before. */
import type { App, Message, Platform, Template, Thread } from '../model';
import { GraphRefusal } from '../refusals';
import type { ControlAction } from '../rules';
import type { SendParams } from '../world';
import { platformOf } from '../world-base';
import type { Field } from './fields';
import { type Params, refuseUnknownKeys, textIn } from './params';
import type { EdgeName, edges } from './spec';
import { refuseDeadToken } from './tokens';
import {
  isReadable,
  type Label,
  maySee,
  messageList,
  type PageNode,
  type Placed,
  pageTokenFor,
  renderApp,
  renderLabel,
  renderMessage,
  renderPage,
  renderPerson,
  renderThread,
  renderUser,
  threadList,
  threadOwner,
  type Viewer,
} from './view';

/** What an id turned out to be. */
export interface NodeOf {
  Page: PageNode;
  User: Label;
  UnifiedThread: Thread;
  UnifiedMessage: Placed;
  Application: App;
  Label: Label;
  Person: Thread;
  Root: null;
}

export interface Context {
  viewer: Viewer;
  params: Params;
  /** limit, after, before. */
  paging: Params;
  /** Null where the caller named none. */
  fields: Field[] | null;
  /** False: decide and answer, but change nothing (a fault that tests can order). */
  apply: boolean;
}

type Handler<E extends EdgeName> = (context: Context, node: NodeOf[(typeof edges)[E]['node']]) => unknown;

const SUCCESS = { success: true };
const METADATA_LIMIT = 1000;
const LONGEST_TEXT = 2000;
const LIVE_TAGS = ['HUMAN_AGENT', 'UTILITY'];
const REMOVED_TAGS = ['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE'];

export const handlers: { [E in EdgeName]: Handler<E> } = {
  page: ({ viewer, fields }, page) => renderPage(viewer, page, fields),
  user: ({ viewer, fields }, user) => renderUser(viewer, user, fields),
  person: ({ viewer, fields }, thread) => {
    if (!viewer.app.profileAccess) throw new GraphRefusal('noObject');
    return renderPerson(viewer, thread, fields);
  },
  application: ({ viewer, fields }, app) => {
    if (app.id !== viewer.app.id && viewer.world.doubts['app-names'] === 'refused') throw new GraphRefusal('noObject');
    return renderApp(viewer, app, fields, ['id', 'name', 'category', 'link']);
  },
  accounts: ({ viewer, fields }) => {
    const ids = [viewer.world.state.page.id, viewer.world.state.otherPageId].filter((id) =>
      pageTokenFor(viewer.world, viewer.token, id),
    );
    const pages = ids.map((id) => {
      const page = { id, mine: id === viewer.world.state.page.id };
      const plain = renderPage(viewer, page, fields?.filter(({ name }) => name !== 'tasks') ?? null, [
        'access_token',
        'category',
        'name',
        'id',
      ]);
      return fields === null || fields.some(({ name }) => name === 'tasks') ? { ...plain, tasks: TASKS } : plain;
    });
    return pages.length === 0 ? { data: [] } : { data: pages, paging: { cursors: { before: 'MTE=', after: 'MTE=' } } };
  },
  debugToken: ({ viewer, params }) => debugToken(viewer, String(params.input_token)),

  conversations: (context, page) => conversations(context, page),
  threads: (context, page) => conversations(context, page),
  thread: ({ viewer, fields }, thread) => renderThread(viewer, thread, fields),
  threadMessages: ({ viewer, fields, paging }, thread) => messageList(viewer, thread, paging, fields),
  message: ({ viewer, fields }, placed) => {
    if (!isReadable(viewer.world, placed)) throw new GraphRefusal('messageTooOld');
    return renderMessage(viewer, placed, fields);
  },

  threadOwner: ({ viewer, params }) => {
    const { thread, platform } = recipientOf(viewer, String(params.recipient));
    return threadOwner(viewer, thread, platform);
  },
  pass: (context) => control('pass', context, { target: textIn(context.params, 'target_app_id') }),
  take: (context) => control('take', context, {}),
  request: (context) => control('request', context, {}),
  release: (context) => control('release', context, {}),
  extend: (context) =>
    control(
      'extend',
      context,
      context.params.duration === undefined ? {} : { duration: Number(context.params.duration) * 1000 },
    ),
  secondaryReceivers: ({ viewer, params, fields }) => {
    const platform: Platform = params.platform === 'INSTAGRAM' ? 'instagram' : 'messenger';
    if (viewer.world.defaultApp(platform) !== viewer.app.id) throw new GraphRefusal('notReceivers');
    const others = viewer.world.state.apps.filter((app) => app.connected && app.id !== viewer.app.id);
    return { data: others.map((app) => renderApp(viewer, app, fields, ['id', 'name'])) };
  },
  send: (context) => send(context),

  customLabels: ({ viewer, fields }) => {
    refuseWithoutTerms(viewer);
    return { data: viewer.world.state.labels.map((label) => renderLabel(viewer, label, fields)) };
  },
  createLabel: ({ viewer, params, apply }) => {
    refuseWithoutTerms(viewer);
    return { id: apply ? viewer.world.createLabel(String(params.page_label_name)) : '0' };
  },
  label: ({ viewer, fields }, label) => renderLabel(viewer, label, fields),
  deleteLabel: ({ viewer, apply }, label) => {
    if (apply) viewer.world.deleteLabel(label.id);
    return SUCCESS;
  },
  attachLabel: ({ viewer, params, apply }, label) => labelPerson(viewer, label, String(params.user), true, apply),
  detachLabel: ({ viewer, params, apply }, label) => labelPerson(viewer, label, String(params.user), false, apply),
  labelsOfPerson: ({ viewer, fields }, thread) => {
    refuseWithoutTerms(viewer);
    const labels = viewer.world.state.labels.filter(({ id }) => thread.labelIds.includes(id));
    return { data: labels.map((label) => renderLabel(viewer, label, fields)) };
  },

  subscribedApps: ({ viewer, fields }) => {
    const apps = viewer.world.state.apps.filter((app) => app.connected && app.subscribedFields.length > 0);
    const listed =
      viewer.world.doubts['subscribed-apps'] === 'all' ? apps : apps.filter((app) => app.id === viewer.app.id);
    return {
      data: listed.map((app) =>
        renderApp(viewer, app, fields, ['link', 'name', 'id', 'category', 'subscribed_fields']),
      ),
    };
  },
  subscribe: ({ viewer, params, apply }) => {
    if (apply) viewer.world.subscribeApp(viewer.app.id, params.subscribed_fields as string[]);
    return SUCCESS;
  },
  unsubscribe: ({ viewer, apply }) => {
    if (apply) viewer.world.subscribeApp(viewer.app.id, []);
    return SUCCESS;
  },

  profile: ({ viewer, fields }) => {
    const profile = Object.entries(viewer.world.state.page.messengerProfile).filter(
      ([key]) => fields?.some(({ name }) => name === key) ?? true,
    );
    return { data: profile.length === 0 ? [] : [Object.fromEntries(profile)] };
  },
  setProfile: ({ viewer, params: { platform: _, ...profile }, apply }) => {
    if (apply) viewer.world.setProfile(profile);
    return { result: 'success' };
  },
  clearProfile: ({ viewer, params, apply }) => {
    const names = (params.fields as string[]).map((name) => name.toLowerCase());
    if (apply) viewer.world.setProfile(Object.fromEntries(names.map((name) => [name, undefined])));
    return { result: 'success' };
  },
  settings: ({ viewer }) => ({
    data: Object.entries(viewer.world.state.page.settings).map(([setting, value]) => ({ setting, value })),
  }),
  setSettings: ({ viewer, params, apply }) => {
    if (apply) viewer.world.setSettings((params.option ?? {}) as Record<string, unknown>);
    return SUCCESS;
  },
};

const TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'];

/** The conversation of a person, as far as the app may know of it. @throws GraphRefusal `noPerson` */
function recipientOf(viewer: Viewer, psid: string): { thread: Thread; platform: Platform } {
  const thread = viewer.world.state.threads.find((candidate) => candidate.psid === psid);
  const platform = thread ? platformOf(thread) : null;
  if (!thread || platform === null || !maySee(viewer, thread)) throw new GraphRefusal('noPerson');
  return { thread, platform };
}

function recipientParam(viewer: Viewer, recipient: unknown): { thread: Thread; platform: Platform } {
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

function control(
  action: ControlAction,
  { viewer, params, apply }: Context,
  more: { target?: string | null; duration?: number },
): typeof SUCCESS {
  const { thread } = recipientParam(viewer, params.recipient);
  const metadata = textIn(params, 'metadata');
  if (viewer.world.doubts['metadata-limit'] === '1000' && (metadata?.length ?? 0) > METADATA_LIMIT) {
    throw new GraphRefusal('invalidParameter', '(#100) Param metadata must be at most 1000 characters long');
  }
  viewer.world.control(action, viewer.app, thread, { metadata, ...more }, apply);
  return SUCCESS;
}

function conversations({ viewer, params, paging, fields }: Context, page: PageNode) {
  const channel: Platform = params.platform === 'INSTAGRAM' ? 'instagram' : 'messenger';
  const folder = textIn(params, 'folder');
  const user = textIn(params, 'user_id');
  const threads = page.mine
    ? viewer.world.state.threads.filter(
        (thread) =>
          thread.channel === channel &&
          maySee(viewer, thread) &&
          (user === null || thread.psid === user) &&
          (folder === null || (folder === 'page_done') === (thread.folder === 'done')),
      )
    : [];
  const given = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
  const kept = fields === null ? given : { ...given, fields: fieldText(fields) };
  return threadList(viewer, threads, paging, fields, user === null ? undefined : ['id'], kept);
}

/** The tree written as the caller could have, for the address of the next page. */
function fieldText(fields: readonly Field[]): string {
  return fields
    .map(({ name, modifiers, fields: inner }) => {
      const modifiersText = Object.entries(modifiers).map(([key, value]) => `.${key}(${value})`);
      return name + modifiersText.join('') + (inner ? `{${fieldText(inner)}}` : '');
    })
    .join(',');
}

// ── Sending ───────────────────────────────────────────────────────────────────────────────────────────────────────

function send({ viewer, params, apply }: Context) {
  const { thread } = recipientParam(viewer, params.recipient);
  const silent = params.sender_action !== undefined;
  const content = silent ? {} : readMessage(params.message);
  const sent = viewer.world.appSends(
    viewer.app,
    thread,
    {
      ...content,
      ...readTag(params),
      handsOver: readHandsOver(params.thread_control),
      replyTo: replyTarget(thread, params.reply_to),
      silent,
    },
    apply,
  );
  return { recipient_id: thread.psid, ...(silent ? {} : { message_id: sent?.id ?? unsentId(thread) }) };
}

/** An id for an answer that claims a message which does not exist. */
const unsentId = (thread: Thread): string => `m_${Buffer.from(thread.id).toString('base64url')}`;

function readMessage(message: unknown): SendParams {
  if (message === undefined) throw new GraphRefusal('invalidParameter', '(#100) The parameter message is required');
  refuseUnknownKeys('message', message, [
    'text',
    'attachment',
    'attachments',
    'quick_replies',
    'metadata',
    'dynamic_text',
    'reply_to',
  ]);
  const text = textIn(message, 'text');
  const attachment = (message as Params).attachment;
  if (text === null && attachment === undefined)
    throw new GraphRefusal('invalidParameter', '(#100) Message cannot be empty, must provide valid attachment or text');
  if (text !== null && text.length > LONGEST_TEXT)
    throw new GraphRefusal(
      'invalidParameter',
      '(#100) Length of param message[text] must be less than or equal to 2000',
    );
  return {
    metadata: textIn(message, 'metadata'),
    ...(attachment === undefined ? { text: text ?? '' } : readAttachment(attachment)),
  };
}

function readAttachment(attachment: unknown): SendParams {
  const type = textIn(attachment, 'type');
  if (type !== 'template') {
    if (!['image', 'audio', 'video', 'file'].includes(type ?? ''))
      throw new GraphRefusal(
        'invalidParameter',
        '(#100) Param message[attachment][type] must be one of image, audio, video, file, template',
      );
    return { image: true };
  }
  const payload = (attachment as Params).payload;
  const kind = textIn(payload, 'template_type');
  const element = kind === 'generic' ? ((payload as Params).elements as unknown[] | undefined)?.[0] : payload;
  const title = textIn(element, kind === 'generic' ? 'title' : 'text');
  if ((kind !== 'generic' && kind !== 'button') || title === null)
    throw new GraphRefusal(
      'invalidParameter',
      '(#100) Param message[attachment][payload] is not a template of this emulator',
    );
  return {
    template: {
      type: kind,
      title,
      subtitle: textIn(element, 'subtitle'),
      buttons: readButtons((element as Params).buttons),
    },
  };
}

const readButtons = (buttons: unknown): Template['buttons'] =>
  Array.isArray(buttons)
    ? buttons.map((button) => ({ title: textIn(button, 'title') ?? '', payload: textIn(button, 'payload') ?? '' }))
    : [];

function readTag(params: Params): Pick<SendParams, 'humanAgentTag' | 'removedTag'> {
  const tag = typeof params.tag === 'string' ? params.tag : null;
  if (tag !== null && ![...LIVE_TAGS, ...REMOVED_TAGS].includes(tag))
    throw new GraphRefusal('invalidParameter', `(#100) Param tag must be one of {${LIVE_TAGS.join(', ')}}`);
  return { humanAgentTag: tag === 'HUMAN_AGENT', removedTag: tag !== null && REMOVED_TAGS.includes(tag) };
}

function readHandsOver(control: unknown): SendParams['handsOver'] {
  if (control === undefined) return null;
  refuseUnknownKeys('thread_control', control, ['control_type', 'app_id']);
  const to = textIn(control, 'control_type') ?? 'release';
  if (to !== 'pass' && to !== 'release')
    throw new GraphRefusal(
      'invalidParameter',
      '(#100) Param thread_control[control_type] must be one of {pass, release}',
    );
  return { to, target: textIn(control, 'app_id') };
}

function replyTarget(thread: Thread, replyTo: unknown): string | null {
  const mid = textIn(replyTo, 'mid');
  if (mid !== null && !thread.messages.some((message: Message) => message.id === mid))
    throw new GraphRefusal('invalidParameter', '(#100) Param reply_to[mid] is no message of this conversation');
  return mid;
}

// ── Labels and tokens ─────────────────────────────────────────────────────────────────────────────────────────────

function refuseWithoutTerms(viewer: Viewer): void {
  if (!viewer.world.state.page.labelTermsAccepted) throw new GraphRefusal('labelTerms');
}

function labelPerson(viewer: Viewer, label: Label, psid: string, on: boolean, apply: boolean): typeof SUCCESS {
  refuseWithoutTerms(viewer);
  const { thread } = recipientOf(viewer, psid);
  if (apply) viewer.world.labelPerson(thread, label.id, on);
  return SUCCESS;
}

/** For an app's own token, a person's token of that app, or (a doubt) the token itself. */
function debugToken(viewer: Viewer, value: string) {
  const { world, token: asker } = viewer;
  const token = world.token(value);
  if (!token) return { data: { is_valid: false, scopes: [], error: { code: 190, message: 'Malformed access token' } } };
  const self = token === asker && (asker.type !== 'PAGE' || world.doubts['self-debug'] === 'allowed');
  if (!self && (asker.type === 'PAGE' || asker.appId !== token.appId)) throw new GraphRefusal('debugNotAllowed');
  const known = { app_id: token.appId, type: token.type, application: world.app(token.appId)?.name };
  try {
    refuseDeadToken(token, world.now());
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    const { code, message, subcode } = error.refusal;
    return { data: { ...known, error: { code, message, subcode }, is_valid: false, scopes: [] } };
  }
  return {
    data: {
      ...known,
      data_access_expires_at: Math.floor(token.dataAccessExpiresAt / 1000),
      expires_at: token.expiresAt === null ? 0 : Math.floor(token.expiresAt / 1000),
      is_valid: true,
      issued_at: Math.floor(token.issuedAt / 1000),
      ...(token.pageId === null ? {} : { profile_id: token.pageId }),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => ({
        scope,
        target_ids: token.pageId === null ? [] : [token.pageId],
      })),
      ...(token.userId === null ? {} : { user_id: token.userId }),
    },
  };
}
