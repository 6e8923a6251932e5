import * as v from 'valibot';
import type { Declared } from '../conversation/declared';
import { whyNoPhrase } from '../conversation/hand-back';
import { whyNoSignature } from '../conversation/signature';
import type { VaultMode } from '../store/vault';

const vaultMode = v.picklist(['device', 'passphrase', 'session']);
const appId = v.pipe(v.string(), v.regex(/^\d{5,20}$/));

const usable = (whyNot: (text: string) => string | null) =>
  v.optional(
    v.pipe(
      v.string(),
      v.check((text) => whyNot(text) === null),
    ),
  );
const page = v.object({
  id: appId,
  botApp: v.optional(appId),
  signature: usable(whyNoSignature),
  handBackPhrase: usable(whyNoPhrase),
});

/** Words that cannot be used are left out alone: that no other Page may be connected holds all the same. */
const pageInPart = v.object({
  ...page.entries,
  signature: v.fallback(page.entries.signature, undefined),
  handBackPhrase: v.fallback(page.entries.handBackPhrase, undefined),
});

/**
 * What may be set from outside: by a browser's policy, or by a configuration file. Both have the same shape, which
 * public/managed-schema.json tells browsers. There is no secret in it.
 */
const entries = {
  /** The Pages that Baton is for; where a policy names some, no other may be connected. */
  pages: v.array(page),
  /** For how many days what was seen is kept. */
  keepDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
  /** Whether the facts that the inbox page's own code holds may be read. */
  pageFacts: v.boolean(),
  vault: vaultMode,
};

/** A Page as it is set from outside: by its id. What is absent is not set. */
export type PageSettings = v.InferOutput<typeof page>;

export interface Settings {
  pages: PageSettings[];
  keepDays: number;
  pageFacts: boolean;
}

/** Settings by hand or by policy; what is absent is not set. */
export type Given = Partial<Settings> & { vault?: VaultMode };

export const DEFAULTS: Settings = { pages: [], keepDays: 30, pageFacts: true };

/** The two areas of the browser's storage, as few verbs as are needed. */
export interface SettingsAreas {
  local: {
    get(): Promise<unknown>;
    /** Sets what is given and leaves the rest. */
    set(given: Given): Promise<void>;
  };
  /** What the browser's policy sets. Rejects where there is none. */
  managed: { get(): Promise<unknown> };
}

/** What an admin has set, under what a policy sets. */
export function createSettings({ local, managed }: SettingsAreas) {
  const policy = async (): Promise<Given> => readGiven(await managed.get().catch(() => ({})));
  const own = async (): Promise<Given> => readGiven(await local.get());

  return {
    async get(): Promise<Settings> {
      const { vault: _, ...set } = { ...DEFAULTS, ...(await own()), ...(await policy()) };
      return set;
    },

    policy,

    /** What is declared about the bot's words of one Page: by a policy, and by a file that was imported. */
    async declared(pageId: string): Promise<{ policy: Partial<Declared>; own: Partial<Declared> }> {
      return { policy: declaredIn(await policy(), pageId), own: declaredIn(await own(), pageId) };
    },

    /** Nothing that was imported for a Page stays. */
    async forgetPage(pageId: string): Promise<void> {
      const { pages = [] } = await own();
      const others = pages.filter(({ id }) => id !== pageId);
      if (others.length < pages.length) await local.set({ pages: others });
    },

    /** The inbox page's script can read the local area alone: what it heeds of a policy is laid there. */
    async tellPage(): Promise<void> {
      const { pageFacts } = await policy();
      if (pageFacts !== undefined) await local.set({ pageFacts });
    },

    /** Sets what no policy sets. */
    async change(given: Given): Promise<void> {
      const locked = Object.keys(await policy());
      const free = Object.entries(given).filter(([name]) => !locked.includes(name));
      await local.set(Object.fromEntries(free));
    },
  };
}

export type SettingsService = ReturnType<typeof createSettings>;

/** Reads what was given from outside, setting by setting: one that makes no sense is left out. */
function readGiven(value: unknown): Given {
  if (typeof value !== 'object' || value === null) return {};
  const read = Object.entries({ ...entries, pages: v.array(pageInPart) }).flatMap(([name, schema]) => {
    const parsed = v.safeParse(schema, (value as Record<string, unknown>)[name]);
    return parsed.success ? [[name, parsed.output]] : [];
  });
  return Object.fromEntries(read) as Given;
}

function declaredIn({ pages = [] }: Given, pageId: string): Partial<Declared> {
  const { signature, handBackPhrase } = pages.find(({ id }) => id === pageId) ?? {};
  return { ...(signature !== undefined && { signature }), ...(handBackPhrase !== undefined && { handBackPhrase }) };
}

/** The configuration file: what a policy can hold, and the mark of its kind. */
const file = v.strictObject({ baton: v.literal(1), ...v.entriesFromObjects([v.partial(v.object(entries))]) });

export function writeFile(given: Given): string {
  return `${JSON.stringify({ baton: 1, ...given }, null, 2)}\n`;
}

/** Null where the text is no configuration file. */
export function readFile(text: string): Given | null {
  try {
    const parsed = v.safeParse(file, JSON.parse(text));
    if (!parsed.success) return null;
    const { baton: _, ...given } = parsed.output;
    return given;
  } catch {
    return null;
  }
}
