/** The Page, its apps, its labels and its people as one app is allowed to see them. */
import type { App, Thread, Token } from '../model';
import type { World } from '../world';
import type { Field } from './fields';
import { type Reader, type Readers, render, type Viewer } from './render';

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
