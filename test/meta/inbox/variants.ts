/**
 * The cohorts of the inbox: Facebook ships its page in waves, and public material disagrees on details.
 * Each is a query parameter of the inbox's address. The page keeps them when it moves to another tab or conversation.
 *
 * What a default rests on: the most frequent of the captures and projects of 2026.
 */

export const LOCALES = ['en', 'en-gb', 'id', 'de', 'th', 'ar', 'ja'] as const;
export type Locale = (typeof LOCALES)[number];

export interface Variants {
  /** Which wrapper family regions carry: logging surfaces, pagelets, or both. */
  list: 'both' | 'surfaces' | 'pagelets';
  locale: Locale;
  /** `selected_item_id` in the address: kept, dropped after load, or written two seconds after a switch. */
  url: 'drop' | 'keep' | 'late';
  /** Whether activity lines say `role=note`. */
  system: 'plain' | 'note';
  /** The captures of March and April 2026 show neither `data-message-id` nor `data-utime` on messages: `ids=0`. */
  ids: boolean;
  /** `fiber=0`: rows and messages are drawn from view models, and no component carries `thread` or `message`. */
  fiber: boolean;
  /** How slots are recycled: the window slides over all nodes, or each node jumps from one end to the other. */
  slots: 'window' | 'ring';
  /** What a "Sent by" footer closes: a run of one creator's messages, or a run of any of the Page's. */
  runs: 'creator' | 'page';
  /** `apps=1`: messages whose creator is an app have its name under them, as in Facebook's code of 2021. */
  apps: boolean;
  dark: boolean;
  dir: 'ltr' | 'rtl';
  /** Every row exists twice, the first time out of sight. */
  copies: boolean;
  /** Notices among the rows that look like rows. */
  lookalikes: boolean;
  /** Between the header's change and the messages', in ms. */
  delay: number;
  /** Facebook's own failure page instead of the inbox. */
  broken: boolean;
}

const NAMES = [
  'list',
  'locale',
  'url',
  'system',
  'ids',
  'fiber',
  'slots',
  'runs',
  'apps',
  'dark',
  'dir',
  'copies',
  'lookalikes',
  'delay',
  'broken',
];
const DELAY_MS = 700;

/** Reads the variants of an address. What is unknown or misspelt falls back to its default. */
export function readVariants(query: URLSearchParams): Variants {
  const one = <T extends string>(name: string, values: readonly [T, ...T[]]): T =>
    values.find((value) => value === query.get(name)) ?? values[0];
  const on = (name: string) => query.has(name) && query.get(name) !== '0';
  const locale = one('locale', LOCALES);
  const delay = Number(query.get('delay') ?? DELAY_MS);
  return {
    list: one('list', ['both', 'surfaces', 'pagelets']),
    locale,
    url: one('url', ['drop', 'keep', 'late']),
    system: one('system', ['plain', 'note']),
    ids: query.get('ids') !== '0',
    fiber: query.get('fiber') !== '0',
    slots: one('slots', ['window', 'ring']),
    runs: one('runs', ['creator', 'page']),
    apps: on('apps'),
    dark: on('dark'),
    dir: one('dir', locale === 'ar' ? ['rtl', 'ltr'] : ['ltr', 'rtl']),
    copies: on('copies'),
    lookalikes: on('lookalikes'),
    delay: Number.isFinite(delay) && delay >= 0 ? delay : DELAY_MS,
    broken: on('broken'),
  };
}

/** The variants of `from`, as they are to be added to another address of the same visit. */
export function keptVariants(from: URLSearchParams): [string, string][] {
  return NAMES.flatMap((name) => {
    const value = from.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
}
