import type { Owner } from './owner';

/** App ids are compared as strings: Meta sends them as numbers and as strings. */
export type AppId = string;

/** Meta's Page inbox as an app. Source: Meta, Conversation routing, Sep 2025. */
export const PAGE_INBOX: AppId = '263902037430900';

/** The same for Instagram. Source: Meta, Conversation routing, Sep 2025. */
export const INSTAGRAM_INBOX: AppId = '1217981644879628';

/** Apps that public code names, so that an owner can be shown by name. */
export const KNOWN_APPS: Readonly<Record<AppId, string>> = {
  '183319479511': 'Hootsuite',
  '532160876956612': 'ManyChat',
};

/** The three apps of the truth rules: T, whose token acts; B, the bot; I, Meta's inbox. Null where not known. */
export interface Apps {
  token: AppId | null;
  bot: AppId | null;
  inbox: AppId;
}

/** R, conversation routing with a default app. `unknown` counts as off until a call proves otherwise. */
export type Routing = 'on' | 'off' | 'unknown';

/** Names of apps that Graph told, by id. */
export type AppNames = Readonly<Record<AppId, string>>;

/** Whether an app is one of Meta's own inboxes. Says nothing of a human: Meta's AI writes under the same id. */
export function isInbox(appId: AppId): boolean {
  return appId === PAGE_INBOX || appId === INSTAGRAM_INBOX;
}

/** The name of an app, or null where nobody told it. */
export function nameOfApp(appId: AppId, appNames: AppNames): string | null {
  return appNames[appId] ?? KNOWN_APPS[appId] ?? null;
}

/** The owner that an app id names. */
export function ownerOfApp(appId: AppId, apps: Apps, appNames: AppNames): Owner {
  if (appId === apps.bot) return { kind: 'bot' };
  if (appId === apps.inbox || isInbox(appId)) return { kind: 'inbox' };
  return { kind: 'app', appId, name: nameOfApp(appId, appNames) };
}
