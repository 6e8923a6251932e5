/** The world at its start: one Page, its apps and a few dozen conversations, told relative to the world's own now. */
import { defaultDoubts } from './doubts';
import { Dice, newMessageId, newPageMid, newToken } from './ids';
import {
  type App,
  type Author,
  type Control,
  INBOX_APP,
  type Message,
  type Routing,
  type Thread,
  type Token,
  type WorldState,
} from './model';
import { newThread } from './new-thread';
import { AD_WINDOW, DAY, HUMAN_AGENT_WINDOW, MINUTE, STANDARD_WINDOW } from './rules';
import { type Line, plainConversations, type SeedConversation, seedConversations } from './seed-conversations';

export const PAGE_ID = '104857600000017';

/** The apps by what they are to the Page. */
export const appIds = {
  /** The Page's chatbot. */
  bot: '555000000000005',
  /** A second vendor's bot. */
  rival: '532160876956612',
  /** A help desk with Advanced Access: not a bot, not the default app. */
  desk: '666000000000006',
  /** A customer database: connected, never in control by itself. */
  crm: '999000000000009',
  /** Another connected app, without Advanced Access and without the toggle. */
  young: '777000000000007',
  /** Meta's Page inbox, which also writes for Meta's own AI. */
  inbox: INBOX_APP.messenger,
  instagramInbox: INBOX_APP.instagram,
  /** An app that is not connected to the Page at all. */
  stranger: '888000000000008',
} as const;

export const PAGE_SCOPES = [
  'pages_show_list',
  'pages_messaging',
  'pages_manage_metadata',
  'pages_read_engagement',
  'instagram_basic',
  'instagram_manage_messages',
];
const HOOK_FIELDS = [
  'messages',
  'messaging_postbacks',
  'message_reactions',
  'message_echoes',
  'messaging_handovers',
  'standby',
];

/**
 * A world as new.
 * @param now epoch ms: what the conversations' ages count back from
 * @param seed the same seed and `now` give the same world
 * @param more so many plain conversations besides
 */
export function seedWorld(now: number, seed = 1, more = 0): WorldState {
  const dice = new Dice(seed);
  const person = { id: dice.digits(15), name: 'Frida Holm' };
  const otherPageId = '104857600000099';
  const threads = [...seedConversations, ...plainConversations(more)].map((conversation) =>
    seedThread(dice, now, conversation),
  );
  return {
    seed,
    clockOffset: 0,
    page: {
      id: PAGE_ID,
      name: 'Harbour Street Bikes',
      username: 'harbourstreetbikes',
      category: 'Bicycle shop',
      businessId: dice.digits(15),
      instagramMailboxId: `178414${dice.digits(11)}`,
      labelTermsAccepted: true,
      messengerProfile: {},
      settings: {},
    },
    viewer: 'Frida Holm',
    person,
    otherPageId,
    apps: seedApps(dice),
    tokens: seedTokens(dice, now, person.id, otherPageId),
    routing: { messenger: routingTo(appIds.bot), instagram: routingTo(appIds.bot) },
    labels: [
      { id: dice.digits(13), name: 'handoff:billing' },
      { id: dice.digits(13), name: 'vip' },
    ],
    threads,
    doubts: defaultDoubts(),
    dice: dice.state,
  };
}

const routingTo = (defaultApp: string): Routing => ({
  on: true,
  defaultApp,
  entries: { ad: null, link: null, social: null },
  adControlDays: 7,
});

function seedApps(dice: Dice): App[] {
  const app = (id: string, name: string, category: string, more: Partial<App> = {}): App => ({
    id,
    name,
    category,
    link: `https://www.facebook.com/games/?app_id=${id}`,
    secret: dice.letters(32).toLowerCase(),
    connected: true,
    takeControl: true,
    advancedAccess: true,
    humanAgent: false,
    profileAccess: false,
    webhook: null,
    subscribedFields: HOOK_FIELDS,
    ...more,
  });
  return [
    app(appIds.bot, 'Spoke Bot', 'Messenger bots'),
    app(appIds.rival, 'ManyChat', 'Messenger bots'),
    app(appIds.desk, 'Deskwise', 'Business and Pages', { humanAgent: true, profileAccess: true }),
    app(appIds.crm, 'Ledgerly', 'Business and Pages', { takeControl: false }),
    app(appIds.young, 'Weekend Project', 'Utility & productivity', {
      advancedAccess: false,
      takeControl: false,
      subscribedFields: [],
    }),
    app(appIds.inbox, 'Page Inbox', 'Business and Pages', { subscribedFields: [], humanAgent: true }),
    app(appIds.instagramInbox, 'Instagram Inbox', 'Business and Pages', { subscribedFields: [], humanAgent: true }),
    app(appIds.stranger, 'Stranger', 'Games', { connected: false, subscribedFields: [] }),
  ];
}

function seedTokens(dice: Dice, now: number, userId: string, otherPageId: string): Token[] {
  const token = (label: string, appId: string, more: Partial<Token> = {}): Token => ({
    value: newToken(dice),
    label,
    type: 'PAGE',
    appId,
    userId,
    pageId: PAGE_ID,
    scopes: [...PAGE_SCOPES],
    issuedAt: now - 30 * DAY,
    expiresAt: null,
    dataAccessExpiresAt: now + 60 * DAY,
    invalidated: null,
    ...more,
  });
  const user: Partial<Token> = { type: 'USER', pageId: null, expiresAt: now + 30 * DAY };
  return [
    token('degree-2', appIds.desk),
    token('degree-3', appIds.bot),
    token('degree-4', appIds.bot),
    token('bot', appIds.bot),
    token('rival', appIds.rival),
    token('desk', appIds.desk),
    token('crm', appIds.crm),
    token('young', appIds.young),
    token('expired', appIds.bot, { expiresAt: now - DAY }),
    token('password-changed', appIds.bot, { invalidated: 460 }),
    token('checkpointed', appIds.bot, { invalidated: 459 }),
    token('lost-role', appIds.bot, { invalidated: 492 }),
    token('data-access-over', appIds.bot, { dataAccessExpiresAt: now - DAY }),
    token('other-page', appIds.bot, { pageId: otherPageId }),
    token('few-scopes', appIds.bot, { scopes: ['pages_show_list'] }),
    token('surplus-scopes', appIds.bot, {
      scopes: [...PAGE_SCOPES, 'ads_management', 'business_management', 'pages_manage_posts'],
    }),
    token('user', appIds.bot, user),
    token('user-few-scopes', appIds.bot, { ...user, scopes: [] }),
    token('user-of-desk', appIds.desk, user),
    // An app's own token is its id and secret; it reads its own tokens, and no Page.
    token('app', appIds.bot, { type: 'APP', userId: null, pageId: null, scopes: [] }),
  ];
}

function seedThread(dice: Dice, now: number, conversation: SeedConversation): Thread {
  const thread = newThread(dice, conversation.name, conversation.channel ?? 'messenger');
  const messages = seedMessages(dice, now, conversation);
  const asked = messages.findLast((message) => message.author.kind === 'customer')?.at ?? now - 30 * DAY;
  const last = messages.at(-1)?.at ?? asked;
  return {
    ...thread,
    hasRole: conversation.hasRole ?? false,
    folder: conversation.done ? 'done' : 'inbox',
    pills: conversation.pills ?? [],
    assignedTo: conversation.assignedTo ?? null,
    metaAi: conversation.metaAi ?? false,
    control: seedControl(now, asked, conversation, thread.channel),
    adControlDays: conversation.ad ? 7 : null,
    standardWindowEndsAt: asked + (conversation.ad ? AD_WINDOW : STANDARD_WINDOW),
    humanAgentWindowEndsAt: asked + HUMAN_AGENT_WINDOW,
    readAt: conversation.unread ? asked - 1 : last,
    messages,
  };
}

function seedControl(
  now: number,
  asked: number,
  { owner, ad }: SeedConversation,
  channel: Thread['channel'],
): Control | null {
  if (owner === 'idle' || channel === 'whatsapp') return null;
  const expiresAt = asked + (ad ? 7 : 1) * DAY;
  const id = owner === 'inbox' && channel === 'instagram' ? appIds.instagramInbox : appIds[owner];
  return expiresAt > now ? { owner: id, since: asked, expiresAt } : null;
}

function seedMessages(dice: Dice, now: number, { lines, age }: SeedConversation): Message[] {
  let at = now - age * MINUTE;
  const times: number[] = [];
  for (const [, , gap] of lines.toReversed()) {
    times.unshift(Math.round(at));
    // A few seconds of chance, so that no two conversations tick alike.
    at -= gap * MINUTE + dice.int(900) + 40;
  }
  return lines.map((line, i) => seedMessage(dice, line, times[i] ?? now));
}

function seedMessage(dice: Dice, [who, text]: Line, at: number): Message {
  const kind =
    text === '(sticker)'
      ? 'sticker'
      : text === '(image)'
        ? 'image'
        : who === 'activity'
          ? 'activity'
          : who === 'notice'
            ? 'notice'
            : text.startsWith('[card] ')
              ? 'template'
              : 'text';
  const words = kind === 'sticker' || kind === 'image' || kind === 'template' ? '' : text;
  const card = {
    type: 'generic' as const,
    title: text.slice(7),
    subtitle: null,
    buttons: [{ title: 'Talk to a person', payload: 'HUMAN' }],
  };
  return {
    id: newMessageId(dice),
    mid: newPageMid(dice),
    at,
    author: seedAuthor(who),
    kind,
    text: words,
    template: kind === 'template' ? card : null,
    replyTo: null,
    reactions: [],
    unsupported: false,
  };
}

function seedAuthor(who: Line[0]): Author {
  switch (who) {
    case 'customer':
      return { kind: 'customer' };
    case 'bot':
    case 'rival':
    case 'desk':
      return { kind: 'app', appId: appIds[who] };
    case 'automation':
      return { kind: 'automation' };
    case 'meta-ai':
      return { kind: 'meta-ai' };
    case 'activity':
    case 'notice':
      return { kind: 'meta' };
    default:
      return { kind: 'human', name: who.by, device: who.device ?? 'desktop' };
  }
}
