import type { KnownConversation } from './known';
import { foldWords, wordsOf } from './words';

/** Fewer characters than this ("thanks", "ok") repeat by themselves. */
const SHORTEST = 12;

/** In how many conversations the same words have to stand. */
const ENOUGH = 3;

/** Tells of a text whether the Page said the same words in several of these conversations. */
export function repeatedWords(conversations: readonly KnownConversation[]): (text: string) => boolean {
  const counts = new Map<string, number>();
  for (const { messages } of conversations) {
    const said = messages.filter((message) => message.direction === 'page').map(wordsOf);
    for (const words of new Set(said)) {
      if (words.length >= SHORTEST) counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  }
  return (text) => (counts.get(foldWords(text)) ?? 0) >= ENOUGH;
}
