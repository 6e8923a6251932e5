import { foldWords } from './words';

/** A prefix with a sign in it that sentences do not begin with, such as "Bot:" or "[bot]": characters at least. */
const SHORTEST_WITH_SIGN = 3;

/** A prefix that a person's sentence could begin with as well: characters at least. */
const SHORTEST_OF_WORDS = 12;

/** A marker: characters at least of those that no keyboard gives. */
const SHORTEST_MARKER = 2;

const LONGEST = 100;

/** Everything but the characters that are there and not seen, of which a marker consists. */
const VISIBLE = /[^\p{Cf}\p{Mn}\p{Zs}\s]/u;

/** What a sentence may begin with. */
const PLAIN_WORDS = /^[\p{L}\p{M}\p{N}\p{Zs}.,!?'’…-]*$/u;

/**
 * Invisible characters that people's own words hold: those that join letters and emoji, turn the direction of
 * writing, vary what stands before them or hyphenate.
 */
const OF_WRITING = /[\p{Mn}\p{Zs}\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069\u{e0020}-\u{e007f}]/gu;

const CONTROL = /\p{Cc}/u;

/**
 * Whether a message carries the signature that the admin declared for the bot: words that every message of the bot's
 * begins with, or a marker of invisible characters anywhere in it. Null: none was declared.
 */
export function carriesSignature(text: string, signature: string | null): boolean {
  if (signature === null || whyNoSignature(signature) !== null) return false;
  return VISIBLE.test(signature) ? foldWords(text).startsWith(foldWords(signature)) : text.includes(signature);
}

/** Why a text can be no signature, in a sentence for the admin; null where it can be one. */
export function whyNoSignature(signature: string): string | null {
  if (signature.length > LONGEST) return `A signature has at most ${LONGEST} characters.`;
  if (CONTROL.test(signature)) return 'A signature is one line, without tabs.';
  return VISIBLE.test(signature) ? whyNoPrefix(foldWords(signature)) : whyNoMarker(signature);
}

function whyNoPrefix(words: string): string | null {
  const shortest = PLAIN_WORDS.test(words) ? SHORTEST_OF_WORDS : SHORTEST_WITH_SIGN;
  return [...words].length >= shortest
    ? null
    : `People’s own words may begin like this: use ${SHORTEST_WITH_SIGN} characters with a sign among them, such as “[bot]”, or ${SHORTEST_OF_WORDS} of words alone.`;
}

function whyNoMarker(marker: string): string | null {
  return [...marker.replace(OF_WRITING, '')].length >= SHORTEST_MARKER
    ? null
    : `People’s own words may hold these invisible characters: use at least ${SHORTEST_MARKER} that writing does not need, such as U+2063.`;
}

/** The characters of a text that are not seen, as "U+200B", in their order; plain spaces aside. */
export function invisibleIn(text: string): string[] {
  return [...text]
    .filter((character) => character !== ' ' && !VISIBLE.test(character))
    .map((character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`);
}
