/** Longest prefix, in characters, that a row may put before the Page's own words ("You: ", in any language). */
const LONGEST_PREFIX = 24;

/** A preview that was cut shorter than this says too little. */
const SHORTEST_CUT = 12;

/** Words of plain letters with single spaces: most are, and need no more than one case. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Folds words for comparison: width, case, spacing and invisible characters do not tell two texts apart. */
export function foldWords(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The folded words of a message, which is looked at again and again: folded once, and kept for as long as it is. */
export function wordsOf(message: { readonly text: string }): string {
  const known = FOLDED.get(message);
  if (known !== undefined) return known;
  const words = foldWords(message.text);
  FOLDED.set(message, words);
  return words;
}

const FOLDED = new WeakMap<object, string>();

/**
 * Whether a row's preview can be that of a message. The page puts "You: " before the Page's own words, in the
 * language of its interface, and may cut the words. A message without words is never recognised.
 */
export function previewShows(preview: string, message: { text: string; direction: 'customer' | 'page' }): boolean {
  const words = wordsOf(message);
  if (words === '') return false;
  const shown = foldWords(preview);
  if (message.direction === 'customer') return sameOrCut(shown, words);
  return afterPrefixes(shown).some((rest) => sameOrCut(rest, words));
}

/** `NFKC` turns "…" into three dots, so that one mark of a cut is enough. */
function sameOrCut(shown: string, words: string): boolean {
  if (shown === words) return true;
  if (!shown.endsWith('...')) return false;
  const stem = shown.slice(0, -3).trimEnd();
  return stem.length >= SHORTEST_CUT && words.startsWith(stem);
}

/** What follows each colon near the beginning: one of them ends the prefix. */
function afterPrefixes(shown: string): string[] {
  return [...shown.slice(0, LONGEST_PREFIX).matchAll(/:/g)].map((colon) => shown.slice(colon.index + 1).trimStart());
}
