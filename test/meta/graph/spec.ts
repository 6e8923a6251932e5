/**
 * The shape of the Graph API that this emulator serves: edges, parameters, types and enums.
 * After the specification in Meta's own SDK (facebook-business-sdk-codegen, April 2026), messaging edges alone.
 * Whatever is `ours` comes from Meta's pages or recordings, since that specification leaves it out.
 */

export const enums = {
  platform: ['INSTAGRAM', 'MESSENGER'],
  folder: ['PARTNERSHIP'],
  messaging_type: ['MESSAGE_TAG', 'RESPONSE', 'UPDATE', 'UTILITY'],
  notification_type: ['NO_PUSH', 'REGULAR', 'SILENT_PUSH'],
  sender_action: ['MARK_SEEN', 'REACT', 'TYPING_OFF', 'TYPING_ON', 'UNREACT'],
  suggestion_action: ['ACCEPT', 'DISMISS', 'IMPRESSION'],
  source: ['ALL', 'PARTICIPANTS'],
  profile_fields: [
    'ACCOUNT_LINKING_URL',
    'COMMANDS',
    'DESCRIPTION',
    'GET_STARTED',
    'HOME_URL',
    'ICE_BREAKERS',
    'PERSISTENT_MENU',
    'PLATFORM',
    'SUBJECT_TO_NEW_EU_PRIVACY_RULES',
    'TITLE',
    'WHITELISTED_DOMAINS',
  ],
  /** The messaging ones of the hundred-odd names. */
  subscribed_fields: [
    'message_context',
    'message_deliveries',
    'message_echoes',
    'message_edits',
    'message_mention',
    'message_reactions',
    'message_reads',
    'messages',
    'messaging_account_linking',
    'messaging_customer_information',
    'messaging_feedback',
    'messaging_game_plays',
    'messaging_handovers',
    'messaging_integrity',
    'messaging_optins',
    'messaging_optouts',
    'messaging_payments',
    'messaging_policy_enforcement',
    'messaging_postbacks',
    'messaging_referrals',
    'response_feedback',
    'standby',
    'conversations',
    'feed',
    'inbox_labels',
    'mention',
  ],
} as const satisfies Record<string, readonly string[]>;

export type EnumName = keyof typeof enums;
export type ParamType =
  | 'string'
  | 'int'
  | 'unsigned int'
  | 'bool'
  | 'Object'
  | 'list<Object>'
  | 'list<map>'
  | 'list<string>'
  | `enum ${EnumName}`
  | `list<enum ${EnumName}>`;

export interface Param {
  type: ParamType;
  required?: true;
  /** Not in Meta's specification, but in its pages. */
  ours?: true;
}

export type NodeType =
  | 'Page'
  | 'User'
  | 'UnifiedThread'
  | 'UnifiedMessage'
  | 'Application'
  | 'Label'
  | 'Person'
  | 'Root';
export type Method = 'GET' | 'POST' | 'DELETE';

export interface Edge {
  method: Method;
  node: NodeType;
  /** Null: the node itself. */
  edge: string | null;
  /** What is returned, in Meta's names. */
  returns: string;
  params: Record<string, Param>;
  /** Permissions of the token. */
  scopes: readonly string[];
  /** Counts against the Conversations API's limit. */
  conversations?: true;
  ours?: true;
}

const MESSAGING = ['pages_messaging'] as const;
const READING = ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement'] as const;
const METADATA = ['pages_manage_metadata'] as const;
const NONE = [] as const;

const object = { type: 'Object' } as const;
const text = { type: 'string' } as const;
const recipient = { type: 'Object', required: true } as const;
const platform = { type: 'enum platform' } as const;
const conversationParams = { folder: text, platform, tags: { type: 'list<string>' }, user_id: text } as const;

type EdgeOf<N extends NodeType> = Edge & { node: N };
type More = Partial<Pick<Edge, 'conversations' | 'ours'>>;

const edge =
  (method: Method) =>
  <N extends NodeType>(
    node: N,
    name: string | null,
    returns: string,
    params: Record<string, Param>,
    scopes: readonly string[],
    more: More = {},
  ): EdgeOf<N> => ({ method, node, edge: name, returns, params, scopes, ...more });

const get = edge('GET');
const post = edge('POST');
const del = edge('DELETE');

export const edges = {
  page: get('Page', null, 'Page', {}, NONE, { ours: true }),
  conversations: get('Page', 'conversations', 'UnifiedThread', conversationParams, READING, { conversations: true }),
  threads: get('Page', 'threads', 'UnifiedThread', conversationParams, READING, { conversations: true }),
  customLabels: get('Page', 'custom_labels', 'PageUserMessageThreadLabel', {}, READING),
  createLabel: post(
    'Page',
    'custom_labels',
    'PageUserMessageThreadLabel',
    { name: text, page_label_name: { type: 'string', required: true } },
    READING,
  ),
  extend: post('Page', 'extend_thread_control', 'Page', { duration: { type: 'unsigned int' }, recipient }, MESSAGING),
  pass: post('Page', 'pass_thread_control', 'Page', { metadata: text, recipient, target_app_id: text }, MESSAGING),
  release: post('Page', 'release_thread_control', 'Page', { recipient }, MESSAGING),
  request: post('Page', 'request_thread_control', 'Page', { metadata: text, recipient }, MESSAGING),
  take: post('Page', 'take_thread_control', 'Page', { metadata: text, recipient }, MESSAGING),
  threadOwner: get(
    'Page',
    'thread_owner',
    'PageThreadOwner',
    { recipient: { type: 'string', required: true } },
    MESSAGING,
  ),
  send: post(
    'Page',
    'messages',
    'Page',
    {
      folder: { type: 'enum folder' },
      message: object,
      messaging_type: { type: 'enum messaging_type' },
      notification_type: { type: 'enum notification_type' },
      payload: text,
      persona_id: text,
      recipient,
      reply_to: object,
      sender_action: { type: 'enum sender_action' },
      suggestion_action: { type: 'enum suggestion_action' },
      tag: object,
      thread_control: object,
    },
    MESSAGING,
  ),
  profile: get('Page', 'messenger_profile', 'MessengerProfile', { platform }, MESSAGING),
  setProfile: post(
    'Page',
    'messenger_profile',
    'Page',
    {
      account_linking_url: text,
      commands: { type: 'list<Object>' },
      description: { type: 'list<Object>' },
      get_started: object,
      ice_breakers: { type: 'list<map>' },
      persistent_menu: { type: 'list<Object>' },
      platform,
      whitelisted_domains: { type: 'list<string>' },
    },
    MESSAGING,
  ),
  clearProfile: del(
    'Page',
    'messenger_profile',
    'Object',
    { fields: { type: 'list<enum profile_fields>', required: true }, platform },
    MESSAGING,
  ),
  secondaryReceivers: get('Page', 'secondary_receivers', 'Application', { platform }, MESSAGING),
  settings: get('Page', 'settings', 'PageSettings', {}, METADATA),
  setSettings: post('Page', 'settings', 'Page', { option: object }, METADATA),
  subscribedApps: get('Page', 'subscribed_apps', 'Application', {}, METADATA),
  subscribe: post(
    'Page',
    'subscribed_apps',
    'Page',
    { subscribed_fields: { type: 'list<enum subscribed_fields>', required: true } },
    METADATA,
  ),
  unsubscribe: del('Page', 'subscribed_apps', 'Object', {}, METADATA),

  thread: get('UnifiedThread', null, 'UnifiedThread', {}, READING, { conversations: true }),
  threadMessages: get('UnifiedThread', 'messages', 'UnifiedMessage', { source: { type: 'enum source' } }, READING, {
    conversations: true,
  }),
  message: get('UnifiedMessage', null, 'UnifiedMessage', {}, READING, { conversations: true, ours: true }),

  label: get('Label', null, 'PageUserMessageThreadLabel', {}, READING),
  deleteLabel: del('Label', null, 'Object', {}, READING),
  attachLabel: post('Label', 'label', 'PageUserMessageThreadLabel', { user: { type: 'int', required: true } }, READING),
  detachLabel: del('Label', 'label', 'Object', { user: { type: 'int', required: true } }, READING),

  person: get('Person', null, 'User', {}, NONE, { ours: true }),
  labelsOfPerson: get('Person', 'custom_labels', 'PageUserMessageThreadLabel', {}, READING, { ours: true }),
  user: get('User', null, 'User', {}, NONE, { ours: true }),
  accounts: get('User', 'accounts', 'Page', {}, ['pages_show_list'], { ours: true }),
  application: get('Application', null, 'Application', {}, NONE, { ours: true }),
  debugToken: get(
    'Root',
    'debug_token',
    'Object',
    { input_token: { type: 'string', required: true, ours: true } },
    NONE,
    { ours: true },
  ),
} satisfies Record<string, Edge>;

export type EdgeName = keyof typeof edges;
export const edgeNames = Object.keys(edges) as EdgeName[];

/** Parameters that every call may carry. */
export const universalParams = [
  'access_token',
  'fields',
  'limit',
  'after',
  'before',
  'method',
  'format',
  'pretty',
  'appsecret_proof',
  'locale',
  'include_headers',
  'batch',
];

/** Fields of each node, with Meta's type. Fields that a node has but that hold nothing here are left out of answers. */
export const fieldsOf: Record<NodeType, Record<string, string>> = {
  Root: {},
  Page: {
    about: 'string',
    access_token: 'string',
    app_id: 'string',
    business: 'Object',
    category: 'string',
    category_list: 'list<PageCategory>',
    connected_instagram_account: 'IGUser',
    description: 'string',
    fan_count: 'unsigned int',
    followers_count: 'unsigned int',
    has_added_app: 'bool',
    id: 'string',
    instagram_business_account: 'IGUser',
    is_messenger_bot_get_started_enabled: 'bool',
    is_messenger_platform_bot: 'bool',
    is_published: 'bool',
    is_webhooks_subscribed: 'bool',
    link: 'string',
    messaging_feature_status: 'MessagingFeatureStatus',
    name: 'string',
    page_token: 'string',
    unread_message_count: 'unsigned int',
    user_access_expire_time: 'datetime',
    username: 'string',
    website: 'string',
  },
  UnifiedThread: {
    can_reply: 'bool',
    folder: 'string',
    former_participants: 'Object',
    id: 'string',
    is_owner: 'bool',
    is_subscribed: 'bool',
    link: 'string',
    linked_group: 'Group',
    message_count: 'int',
    name: 'string',
    participants: 'Object',
    scoped_thread_key: 'string',
    senders: 'Object',
    snippet: 'string',
    unread_count: 'int',
    updated_time: 'datetime',
    wallpaper: 'string',
  },
  /** Without a specification of Meta's: its Message reference (v18/19) and changelog to Oct 2025. */
  UnifiedMessage: {
    id: 'string',
    created_time: 'datetime',
    from: 'Object',
    to: 'Object',
    message: 'string',
    tags: 'Object',
    attachments: 'Object',
    shares: 'Object',
    story: 'Object',
    sticker: 'string',
    reactions: 'Object',
    is_unsupported: 'bool',
    reply_to: 'Object',
    thread_id: 'string',
  },
  Label: { id: 'string', page_label_name: 'string' },
  Application: {
    id: 'string',
    name: 'string',
    link: 'string',
    category: 'string',
    logo_url: 'string',
    subscribed_fields: 'list<string>',
    namespace: 'string',
  },
  Person: { id: 'string', name: 'string', first_name: 'string', last_name: 'string', profile_pic: 'string' },
  User: { id: 'string', name: 'string' },
};
