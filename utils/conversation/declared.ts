import { whyNoPhrase } from './hand-back';
import { whyNoSignature } from './signature';

/** What the admin declares about the words around a Page's bot. Null: nothing was declared. */
export interface Declared {
  /** What every message of the bot's carries, and nobody else's: see `signature.ts`. It is found and shown nowhere. */
  signature: string | null;
  /** Words by which agents give a conversation back to the bot in the bot's own way: see `hand-back.ts`. */
  handBackPhrase: string | null;
}

export const NOTHING_DECLARED: Declared = { signature: null, handBackPhrase: null };

/** Why what was declared cannot be used, in a sentence for the admin; null where it can. */
export function whyNotDeclared({ signature = null, handBackPhrase = null }: Partial<Declared>): string | null {
  return (
    (signature === null ? null : whyNoSignature(signature)) ??
    (handBackPhrase === null ? null : whyNoPhrase(handBackPhrase))
  );
}
