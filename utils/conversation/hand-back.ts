import { foldWords } from './words';

const SHORTEST = 2;
const LONGEST = 100;

/** What continues a word; of the scripts that set no space between words nothing does. */
const IN_WORD = /[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]]/v;

/**
 * Whether an agent's draft holds the phrase by which agents hand a conversation back to the bot. Case, width and
 * spacing do not tell two apart; a part of a longer word is none.
 */
export function holdsPhrase(draft: string, phrase: string): boolean {
  const [words, wanted] = [foldWords(draft), foldWords(phrase)];
  if (wanted === '') return false;
  for (let at = words.indexOf(wanted); at !== -1; at = words.indexOf(wanted, at + 1))
    if (!isInside(words, at) && !isInside(words, at + wanted.length)) return true;
  return false;
}

/** Whether a word goes on over this place. */
function isInside(words: string, at: number): boolean {
  const [before, after] = [[...words.slice(0, at)].at(-1) ?? '', [...words.slice(at)][0] ?? ''];
  return IN_WORD.test(before) && IN_WORD.test(after);
}

/** Why a text can be no hand-back phrase, in a sentence for the admin; null where it can be one. */
export function whyNoPhrase(phrase: string): string | null {
  const { length } = [...foldWords(phrase)];
  return length >= SHORTEST && phrase.length <= LONGEST
    ? null
    : `A hand-back phrase has ${SHORTEST} to ${LONGEST} characters.`;
}
