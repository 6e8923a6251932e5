import { foldWords } from './words';

/** A prefix shorter than this would be found in people's words. */
const SHORTEST_PREFIX = 2;

/** Characters that are there and not seen: the marks that a bot may put into its words. */
const VISIBLE = /[^\p{Cf}\p{Mn}\p{Zs}\s]/u;

/**
 * Whether a message carries the signature that the admin declared for the bot: words that every message of the bot's
 * begins with, or a marker of invisible characters anywhere in it. Null: none was declared.
 */
export function carriesSignature(text: string, signature: string | null): boolean {
  if (signature === null || signature === '') return false;
  if (!VISIBLE.test(signature)) return signature.trim() !== '' && text.includes(signature);
  const words = foldWords(signature);
  return words.length >= SHORTEST_PREFIX && foldWords(text).startsWith(words);
}
