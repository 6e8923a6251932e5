import * as v from 'valibot';

/**
 * The shapes of Graph's answers, as loose as the evidence is: what is not needed may be missing, ids come as
 * numbers or strings, and unknown keys are ignored.
 */

const id = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => String(value)),
);

/** Seconds since 1970, as number or string, to epoch ms. */
const unixSeconds = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform((value) => Number(value) * 1000),
  v.number(),
  v.finite(),
);

/** `2026-11-20T10:38:15+0000` to epoch ms. */
const graphTime = v.pipe(
  v.string(),
  v.transform((value) => Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))),
  v.number(),
  v.finite(),
);

const list = <Item extends v.GenericSchema>(item: Item) => v.object({ data: v.array(item) });

export const errorSchema = v.object({
  error: v.object({
    message: v.optional(v.string(), ''),
    code: v.optional(v.number()),
    error_subcode: v.optional(v.number()),
    is_transient: v.optional(v.boolean(), false),
    error_user_msg: v.optional(v.string()),
  }),
});

export const meSchema = v.object({
  id,
  name: v.optional(v.string()),
  messaging_feature_status: v.optional(
    v.object({
      hop_v2: v.optional(v.boolean()),
      msgr_multi_app: v.optional(v.boolean()),
      ig_multi_app: v.optional(v.boolean()),
    }),
  ),
});

export const debugTokenSchema = v.object({
  data: v.object({
    app_id: v.optional(id),
    type: v.optional(v.string()),
    application: v.optional(v.string()),
    /** 0: never. Epoch ms otherwise. */
    expires_at: v.optional(unixSeconds),
    data_access_expires_at: v.optional(unixSeconds),
    is_valid: v.optional(v.boolean(), false),
    profile_id: v.optional(id),
    scopes: v.optional(v.array(v.string()), []),
    error: v.optional(
      v.object({ code: v.optional(v.number()), subcode: v.optional(v.number()), message: v.optional(v.string(), '') }),
    ),
  }),
});

const person = v.object({ id: v.optional(id), name: v.optional(v.string()) });

const attachment = v.object({ generic_template: v.optional(v.unknown()) });
const share = v.object({ template: v.optional(v.unknown()) });

export const messageSchema = v.object({
  id,
  created_time: graphTime,
  from: v.optional(person),
  message: v.optional(v.string(), ''),
  tags: v.optional(list(v.object({ name: v.string() }))),
  attachments: v.optional(list(attachment)),
  shares: v.optional(list(share)),
  is_unsupported: v.optional(v.boolean(), false),
});

export const conversationSchema = v.object({
  id,
  updated_time: v.optional(graphTime),
  snippet: v.optional(v.string()),
  is_owner: v.optional(v.boolean()),
  participants: v.optional(list(person)),
  messages: v.optional(list(messageSchema)),
});

const paging = v.optional(
  v.object({
    cursors: v.optional(v.object({ after: v.optional(v.string()) })),
    next: v.optional(v.string()),
  }),
);

export const conversationsSchema = v.object({ data: v.array(conversationSchema), paging });

export const threadOwnerSchema = v.object({
  data: v.array(
    v.object({
      thread_owner: v.optional(v.object({ app_id: v.optional(id), expiration: v.optional(unixSeconds) })),
    }),
  ),
});

export const applicationsSchema = v.object({
  data: v.array(v.object({ id, name: v.optional(v.string()), subscribed_fields: v.optional(v.array(v.string())) })),
  paging,
});

export const accountsSchema = v.object({
  data: v.array(
    v.object({
      id,
      name: v.optional(v.string(), ''),
      access_token: v.optional(v.string()),
      tasks: v.optional(v.array(v.string())),
    }),
  ),
  paging,
});

export const labelsSchema = v.object({ data: v.array(v.object({ id })) });

export const successSchema = v.object({ success: v.optional(v.boolean(), false) });

export const applicationSchema = v.object({ id, name: v.optional(v.string()) });
