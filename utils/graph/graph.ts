import type * as v from 'valibot';
import type { AppId } from '../conversation/apps';
import type { KnownConversation, KnownMessage } from '../conversation/known';
import type { OwnerAnswer, OwnerReading } from '../conversation/owner';
import type { Step } from '../conversation/plan';
import { GraphRefusal } from './errors';
import {
  accountsSchema,
  applicationSchema,
  applicationsSchema,
  type conversationSchema,
  conversationsSchema,
  debugTokenSchema,
  labelsSchema,
  meSchema,
  type messageSchema,
  successSchema,
  threadOwnerSchema,
} from './schemas';
import type { Answer, Ask } from './transport';

export type Platform = 'messenger' | 'instagram';

export interface TokenFacts {
  appId: AppId | null;
  appName: string | null;
  type: string | null;
  valid: boolean;
  /** Why Meta calls the token dead; null while it lives. */
  error: { code: number | null; subcode: number | null } | null;
  /** Epoch ms; null: never, or not told. */
  expiresAt: number | null;
  dataAccessExpiresAt: number | null;
  /** The Page of a Page token. */
  pageId: string | null;
  scopes: string[];
}

export interface PageFacts {
  id: string;
  name: string | null;
  /** `messaging_feature_status`; that `msgr_multi_app` means routing is inferred, not documented. */
  features: { messenger: boolean | null; instagram: boolean | null } | null;
}

/** One page of the conversations list. */
export interface ConversationsPage {
  conversations: KnownConversation[];
  /** What `is_owner` said, by PSID; absent where Meta left it out. */
  isOwner: Map<string, boolean>;
  /** Cursor of the next page; null at the end. */
  after: string | null;
}

const MESSAGE_FIELDS = 'id,created_time,from,message,tags,attachments,shares,is_unsupported';

/**
 * Every call that Baton makes, in Baton's words. Each rejects with GraphRefusal or GraphLost.
 * `turn` resolves when the next conversations call may go out: no way leads around it.
 */
export function createGraph(ask: Ask, pageId: string | null, turn: () => Promise<void>) {
  const toConversation = conversationOf(pageId);

  async function conversations(params: Record<string, string>, messages: number): Promise<Answer<ConversationsPage>> {
    await turn();
    const answer = await ask(
      {
        method: 'GET',
        path: 'me/conversations',
        params: {
          platform: 'messenger',
          fields: `id,updated_time,participants,is_owner,messages.limit(${messages}){${MESSAGE_FIELDS}}`,
          ...params,
        },
      },
      conversationsSchema,
    );
    const known = answer.body.data.map((raw) => ({ raw, conversation: toConversation(raw) }));
    return {
      ...answer,
      body: {
        conversations: known.flatMap(({ conversation }) => conversation ?? []),
        isOwner: new Map(
          known.flatMap(({ raw, conversation }) =>
            conversation && raw.is_owner !== undefined ? [[conversation.psid, raw.is_owner] as const] : [],
          ),
        ),
        after: answer.body.paging?.next ? (answer.body.paging.cursors?.after ?? null) : null,
      },
    };
  }

  return {
    async me(): Promise<Answer<PageFacts>> {
      const answer = await ask(
        { method: 'GET', path: 'me', params: { fields: 'id,name,messaging_feature_status' } },
        meSchema,
      );
      const status = answer.body.messaging_feature_status;
      return {
        ...answer,
        body: {
          id: answer.body.id,
          name: answer.body.name ?? null,
          features: status
            ? { messenger: status.msgr_multi_app ?? null, instagram: status.ig_multi_app ?? null }
            : null,
        },
      };
    },

    /**
     * A token asked about itself. Meta documents this for app tokens; that Page tokens may is seen in the field only.
     * The token goes in the body, by Graph's method override; by URL only where Meta refuses that.
     */
    async debugToken(token: string): Promise<Answer<TokenFacts>> {
      const params = { input_token: token };
      const answer = await ask(
        { method: 'POST', path: 'debug_token', params: { ...params, method: 'get' } },
        debugTokenSchema,
      ).catch((error: unknown) => {
        if (error instanceof GraphRefusal && error.code !== 190)
          return ask({ method: 'GET', path: 'debug_token', params }, debugTokenSchema);
        throw error;
      });
      const { data } = answer.body;
      return {
        ...answer,
        body: {
          appId: data.app_id ?? null,
          appName: data.application ?? null,
          type: data.type ?? null,
          valid: data.is_valid,
          error: data.error ? { code: data.error.code ?? null, subcode: data.error.subcode ?? null } : null,
          expiresAt: data.expires_at || null,
          dataAccessExpiresAt: data.data_access_expires_at || null,
          pageId: data.profile_id ?? null,
          scopes: data.scopes,
        },
      };
    },

    /** Newest conversations first. `messages`: how many of each one's newest messages come along. */
    conversations: ({ limit, after, messages }: { limit: number; after: string | null; messages: number }) =>
      conversations({ limit: String(limit), ...(after ? { after } : {}) }, messages),

    /** One customer's conversation with its newest 20 messages: the ones Meta lets be read (Meta, Conversations, Feb 2026). */
    async conversationWith(
      psid: string,
    ): Promise<Answer<{ conversation: KnownConversation | null; isOwner: boolean | null }>> {
      const answer = await conversations({ user_id: psid }, 20);
      return {
        ...answer,
        body: { conversation: answer.body.conversations[0] ?? null, isOwner: answer.body.isOwner.get(psid) ?? null },
      };
    },

    async threadOwner(psid: string): Promise<Answer<OwnerAnswer>> {
      const answer = await ask(
        { method: 'GET', path: 'me/thread_owner', params: { recipient: psid } },
        threadOwnerSchema,
      );
      return { ...answer, body: ownerAnswer(answer.body) };
    },

    /** Carries out one step of a control plan. Resolves to whether Meta said `success`. */
    async control(psid: string, step: Step, metadata: string | null): Promise<Answer<boolean>> {
      const params: Record<string, string> = { recipient: JSON.stringify({ id: psid }) };
      if (step.call === 'pass') params.target_app_id = step.to;
      if (step.call === 'extend') params.duration = String(step.seconds);
      if (metadata !== null && step.call !== 'extend' && step.call !== 'release') params.metadata = metadata;
      const answer = await ask({ method: 'POST', path: `me/${step.call}_thread_control`, params }, successSchema);
      return { ...answer, body: answer.body.success };
    },

    async subscribedApps() {
      return ask(
        { method: 'GET', path: 'me/subscribed_apps', params: { fields: 'id,name,subscribed_fields' } },
        applicationsSchema,
      );
    },

    async secondaryReceivers(platform: 'MESSENGER' | 'INSTAGRAM') {
      return ask(
        { method: 'GET', path: 'me/secondary_receivers', params: { platform, fields: 'id,name' } },
        applicationsSchema,
      );
    },

    async customLabels() {
      return ask({ method: 'GET', path: 'me/custom_labels', params: { limit: '1' } }, labelsSchema);
    },

    async app(appId: AppId) {
      return ask({ method: 'GET', path: appId, params: { fields: 'id,name' } }, applicationSchema);
    },

    /** The Pages of a user token, each with a Page token of its own. */
    async accounts(after: string | null = null) {
      return ask(
        {
          method: 'GET',
          path: 'me/accounts',
          params: { fields: 'id,name,access_token,tasks', limit: '100', ...(after ? { after } : {}) },
        },
        accountsSchema,
      );
    },
  };
}

export type Graph = ReturnType<typeof createGraph>;

/** An answer about the owner as a reading: true at some moment between asking and receiving. */
export function readingOf(answer: Answer<unknown>, said: OwnerAnswer, clockOffset: number): OwnerReading {
  return { startedAt: answer.startedAt + clockOffset, endedAt: answer.endedAt + clockOffset, answer: said };
}

function ownerAnswer(body: v.InferOutput<typeof threadOwnerSchema>): OwnerAnswer {
  const owner = body.data[0]?.thread_owner;
  if (owner?.app_id) return { kind: 'named', appId: owner.app_id, expiresAt: owner.expiration ?? null };
  if (typeof owner?.expiration === 'number') return { kind: 'unnamed', expiresAt: owner.expiration };
  return { kind: 'empty' };
}

function conversationOf(pageId: string | null) {
  return (raw: v.InferOutput<typeof conversationSchema>): KnownConversation | null => {
    const customer = raw.participants?.data.find((person) => person.id !== undefined && person.id !== pageId);
    if (!customer?.id) return null;
    const messages = (raw.messages?.data ?? []).map(messageOf(pageId));
    return {
      psid: customer.id,
      threadId: raw.id,
      name: customer.name ?? '',
      updatedAt: raw.updated_time ?? messages[0]?.at ?? 0,
      messages,
    };
  };
}

function messageOf(pageId: string | null) {
  return (raw: v.InferOutput<typeof messageSchema>): KnownMessage => ({
    id: raw.id,
    at: raw.created_time,
    direction: raw.from?.id === pageId ? 'page' : 'customer',
    text: raw.message,
    tags: raw.tags?.data.map((tag) => tag.name) ?? [],
    template:
      (raw.attachments?.data.some((one) => one.generic_template !== undefined) ?? false) ||
      (raw.shares?.data.some((one) => one.template !== undefined) ?? false),
    unreadable: raw.is_unsupported || raw.from?.id === undefined,
  });
}
