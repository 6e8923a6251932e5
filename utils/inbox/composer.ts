/** The reply field. Its words belong to the agent: nothing here gives them away, and nothing writes into it. */
import { foldWords } from '../conversation/words';

/** Whether nothing is written in it. */
export function isEmpty(composer: Element): boolean {
  return wordsIn(composer).trim() === '';
}

/** Whether the draft holds a phrase, whatever its case, spaces and punctuation around it. */
export function holds(composer: Element, phrase: string): boolean {
  const wanted = foldWords(phrase);
  return wanted !== '' && foldWords(wordsIn(composer)).includes(wanted);
}

function wordsIn(composer: Element): string {
  return composer instanceof HTMLTextAreaElement ? composer.value : (composer.textContent ?? '');
}

/** The nearest box around the composer that stacks its children, so that one more lies below and moves nothing. */
export function stackAround(composer: Element): Element | null {
  for (let box = composer.parentElement; box; box = box.parentElement) {
    const { display, flexDirection } = getComputedStyle(box);
    if (display === 'block' || (display === 'flex' && flexDirection.startsWith('column'))) return box;
  }
  return null;
}
