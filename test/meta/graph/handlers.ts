/** What each edge of the specification does. Everything about tokens, parameters and limits was settled before. */
import type { App, Platform, Thread } from '../model';
import { GraphRefusal } from '../refusals';
import type { ControlAction } from '../rules';
import { debugToken } from './debug-token';
import type { Field } from './fields';
import { isReadable, messageList, type Placed, renderMessage } from './message-view';
import {
  type Label,
  type PageNode,
  pageTokenFor,
  renderApp,
  renderLabel,
  renderPage,
  renderPerson,
  renderUser,
} from './page-view';
import { type Params, textIn } from './params';
import { recipientOf, recipientParam } from './recipient';
import { maySee, type Viewer } from './render';
import { send } from './sending';
import type { EdgeName, edges } from './spec';
import { renderThread, threadList, threadOwner } from './thread-view';

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
  send: ({ viewer, params, apply }) => send(viewer, params, apply),

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

function refuseWithoutTerms(viewer: Viewer): void {
  if (!viewer.world.state.page.labelTermsAccepted) throw new GraphRefusal('labelTerms');
}

function labelPerson(viewer: Viewer, label: Label, psid: string, on: boolean, apply: boolean): typeof SUCCESS {
  refuseWithoutTerms(viewer);
  const { thread } = recipientOf(viewer, psid);
  if (apply) viewer.world.labelPerson(thread, label.id, on);
  return SUCCESS;
}
