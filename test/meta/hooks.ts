/** What Meta tells the apps' servers: who hears of what, and in which words. Delivery is another file's. */
import { type App, INBOX_APP, type Message, type Platform, type Thread } from './model';

/** One event for one app, in the shape of Meta's webhooks. */
export interface HookEvent {
  appId: string;
  /** `page` or `instagram`, the name Meta gives the object. */
  object: 'page' | 'instagram';
  pageId: string;
  at: number;
  /** `messaging` for who may act on it, `standby` for who only listens. */
  list: 'messaging' | 'standby';
  item: Record<string, unknown>;
}

export type HookField =
  | 'messages'
  | 'messaging_postbacks'
  | 'message_reactions'
  | 'message_echoes'
  | 'messaging_handovers'
  | 'standby';

interface Scene {
  pageId: string;
  platform: Platform;
  /** Null: conversation routing is off. */
  defaultApp: string | null;
  owner: string | null;
  thread: Thread;
  at: number;
}

const hears = (app: App, field: HookField): boolean =>
  app.connected && app.webhook !== null && app.subscribedFields.includes(field);

function event(
  scene: Scene,
  app: App,
  list: HookEvent['list'],
  body: Record<string, unknown>,
  fromPage = false,
): HookEvent {
  const [sender, recipient] = fromPage ? [scene.pageId, scene.thread.psid] : [scene.thread.psid, scene.pageId];
  return {
    appId: app.id,
    object: scene.platform === 'instagram' ? 'instagram' : 'page',
    pageId: scene.pageId,
    at: scene.at,
    list,
    item: { sender: { id: sender }, recipient: { id: recipient }, timestamp: scene.at, ...body },
  };
}

/** To the owner in messaging, to the others in standby; without routing to everybody in messaging. */
function spread(
  apps: App[],
  scene: Scene,
  field: HookField,
  body: Record<string, unknown>,
  inStandby: Record<string, unknown>,
  fromPage = false,
): HookEvent[] {
  return apps.flatMap((app) => {
    const acts = scene.defaultApp === null || scene.owner === app.id;
    if (acts) return hears(app, field) ? [event(scene, app, 'messaging', body, fromPage)] : [];
    return hears(app, 'standby') ? [event(scene, app, 'standby', inStandby, fromPage)] : [];
  });
}

/** A customer's message, tapped button or reaction. */
export function customerHooks(apps: App[], scene: Scene, message: Message, payload: string | null): HookEvent[] {
  if (message.kind === 'postback') {
    const postback = { mid: message.id, title: message.text };
    return spread(apps, scene, 'messaging_postbacks', { postback: { ...postback, payload } }, { postback });
  }
  const body = { message: messageBody(message) };
  return spread(apps, scene, 'messages', body, body);
}

export function reactionHooks(apps: App[], scene: Scene, messageId: string, reaction: string): HookEvent[] {
  const body = { reaction: { reaction, emoji: reaction, action: 'react', mid: messageId } };
  return spread(apps, scene, 'message_reactions', body, body);
}

/** A message of the Page. Meta's own automations are not echoed; its AI is, under the inbox's id (observed Aug 2026). */
export function echoHooks(apps: App[], scene: Scene, message: Message, metadata: string | null): HookEvent[] {
  const { author } = message;
  if (author.kind === 'automation' || author.kind === 'customer') return [];
  const ai = author.kind === 'meta-ai';
  const echo = {
    ...messageBody(message),
    is_echo: true,
    app_id: Number(author.kind === 'app' ? author.appId : INBOX_APP[scene.platform]),
    ...(ai ? { ai_generated: true, metadata: '{"source":"axon"}' } : metadata === null ? {} : { metadata }),
  };
  return spread(apps, scene, 'message_echoes', { message: echo }, { message: echo }, true);
}

export type Handover = 'pass_thread_control' | 'take_thread_control' | 'request_thread_control';

/** A change of control, told to the one app it concerns. */
export function handoverHook(
  apps: App[],
  scene: Scene,
  told: string | null,
  kind: Handover,
  body: Record<string, unknown>,
): HookEvent[] {
  return apps
    .filter((app) => app.id === told && hears(app, 'messaging_handovers'))
    .map((app) => event(scene, app, 'messaging', { [kind]: body }));
}

/** The new default app learns of its role in the retired protocol's words, which Meta still sends. */
export function roleHooks(
  apps: App[],
  page: { id: string; platform: Platform },
  at: number,
  defaultApp: string | null,
): HookEvent[] {
  const roles = Object.fromEntries(
    apps
      .filter((app) => app.connected)
      .map((app) => [app.id, [app.id === defaultApp ? 'primary_receiver' : 'secondary_receiver']]),
  );
  return apps
    .filter((app) => hears(app, 'messaging_handovers'))
    .map((app) => ({
      appId: app.id,
      object: page.platform === 'instagram' ? ('instagram' as const) : ('page' as const),
      pageId: page.id,
      at,
      list: 'messaging' as const,
      item: { recipient: { id: page.id }, timestamp: at, app_roles: { [app.id]: roles[app.id] } },
    }));
}

function messageBody(message: Message): Record<string, unknown> {
  const body: Record<string, unknown> = { mid: message.id };
  if (message.text !== '') body.text = message.text;
  if (message.kind === 'sticker') body.sticker_id = 369239263222822;
  if (message.kind === 'sticker' || message.kind === 'image') {
    body.attachments = [{ type: message.kind, payload: { url: 'https://example.invalid/i.jpg' } }];
  }
  if (message.template) body.attachments = [{ type: 'template', payload: templatePayload(message.template) }];
  if (message.replyTo !== null) body.reply_to = { mid: message.replyTo, is_self_reply: false };
  return body;
}

function templatePayload(template: NonNullable<Message['template']>): Record<string, unknown> {
  const buttons = template.buttons.map(({ title, payload }) => ({ type: 'postback', title, payload }));
  return template.type === 'button'
    ? { template_type: 'button', text: template.title, buttons }
    : { template_type: 'generic', elements: [{ title: template.title, subtitle: template.subtitle, buttons }] };
}
