import * as v from 'valibot';

/**
 * The shapes of Graph's answers, as loose as the evidence is: what is not needed may be missing, ids come as
 * numbers or strings, and unknown keys are ignored.
 */

/** A number beyond 2^53 has lost its last digits on the way and names somebody else: it is no id. */
const id = v.pipe(
  v.union([v.pipe(v.string(), v.nonEmpty()), v.pipe(v.number(), v.safeInteger())]),
  v.transform((value) => String(value)),
);

const appId = v.pipe(id, v.regex(/^[1-9]\d{4,19}$/));

/** Seconds since 1970, as number or string, to epoch ms. */
const unixSeconds = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform((value) => (value === '' ? Number.NaN : Number(value) * 1000)),
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

/** An object that is no list: the library takes a list for an object in which everything is left out. */
const plainObject = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom<object>((value) => !Array.isArray(value)),
    v.object(entries),
  );

const list = <Item extends v.GenericSchema>(item: Item) => v.object({ data: v.array(item) });

/** A number, also where it comes as text. What is neither counts as left out: an error stays an error. */
const looseNumber = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/))]),
      v.transform((value) => Number(value)),
    ),
  ),
  undefined,
);
const looseText = v.fallback(v.optional(v.string()), undefined);

/** Meta's error envelope. Nothing in it is relied on but that it is there. */
export const errorSchema = v.object({
  error: v.union([
    v.object({
      message: looseText,
      code: looseNumber,
      error_subcode: looseNumber,
      is_transient: v.fallback(v.optional(v.boolean(), false), false),
      error_user_msg: looseText,
    }),
    // Seen of gateways in front of Graph: the words alone.
    v.pipe(
      v.string(),
      v.transform((message) => ({
        message,
        code: undefined,
        error_subcode: undefined,
        is_transient: false,
        error_user_msg: undefined,
      })),
    ),
  ]),
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
    is_valid: v.boolean(),
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

/** At most one owner. Nulls, as one public tool reports them, are what an empty list is. */
export const threadOwnerSchema = v.object({
  data: v.pipe(
    v.array(
      v.object({
        thread_owner: v.nullable(plainObject({ app_id: v.nullish(appId), expiration: v.nullish(unixSeconds) })),
      }),
    ),
    v.maxLength(1),
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

/** An answer that does not say `success` says nothing. */
export const successSchema = v.object({ success: v.boolean() });

export const applicationSchema = v.object({ id, name: v.optional(v.string()) });
