import type { KnownConversation, KnownList } from './known';
import { SKEW_MS } from './match';
import { foldWords, wordsOf } from './words';

/** The conversations list, arranged so that nothing has to look at every conversation. */
export interface ConversationIndex {
  /** When the list was read, epoch ms; null where none was. */
  readAt: number | null;
  /** Read without a gap from `readAt` back to this time (epoch ms). */
  completeSince: number | null;
  byPsid: ReadonlyMap<string, KnownConversation>;
  /** By folded name. */
  byName: ReadonlyMap<string, readonly KnownConversation[]>;
  /** By decoded thread id. */
  byInstagramId: ReadonlyMap<string, KnownConversation>;
  /** Folded words that stand in several conversations: they tell less. */
  common: ReadonlySet<string>;
}

/** Arranges the conversations list for {@link identifyRow} and {@link identifyConversation}. */
export function buildIndex(list: KnownList | null): ConversationIndex {
  const byPsid = new Map<string, KnownConversation>();
  const byName = new Map<string, KnownConversation[]>();
  const byInstagramId = new Map<string, KnownConversation>();
  const said = new Set<string>();
  const common = new Set<string>();
  for (const conversation of list?.conversations ?? []) {
    byPsid.set(conversation.psid, conversation);
    const name = foldWords(conversation.name);
    byName.set(name, [...(byName.get(name) ?? []), conversation]);
    const instagramId = decodeInstagramId(conversation.threadId);
    if (instagramId !== null) byInstagramId.set(instagramId, conversation);
    const words = new Set(conversation.messages.map(wordsOf));
    for (const one of words) (said.has(one) ? common : said).add(one);
  }
  return {
    readAt: list?.readAt ?? null,
    completeSince: list?.completeSince ?? null,
    byPsid,
    byName,
    byInstagramId,
    common,
  };
}

/**
 * The Instagram thread id that the page's address carries, from Graph's conversation id (`aWdf…`); null where the id
 * is none. Graph writes base64 with ZA for Z, ZB for +, ZC for / and ZD for =.
 */
export function decodeInstagramId(graphId: string): string | null {
  if (!graphId.startsWith('aWdf')) return null;
  const letters: Readonly<Record<string, string>> = { ZA: 'Z', ZB: '+', ZC: '/', ZD: '=' };
  const base64 = graphId.replace(/Z[ABCD]/g, (pair) => letters[pair] ?? pair);
  try {
    return /^ig_dm:(\d+)$/.exec(atob(base64))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Whether the list was read without a gap around a time, so that a rival would be in it. */
export function isSettled(at: number, { readAt, completeSince }: ConversationIndex): boolean {
  return readAt !== null && completeSince !== null && completeSince <= at - SKEW_MS && at + SKEW_MS <= readAt;
}
