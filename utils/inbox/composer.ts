/** The reply field. Its words belong to the agent: nothing here gives them away, and nothing writes into it. */

/** Whether nothing is written in it. */
export function isEmpty(composer: Element): boolean {
  const words = composer instanceof HTMLTextAreaElement ? composer.value : (composer.textContent ?? '');
  return words.trim() === '';
}

/** The words as they stand there, one line for each of its paragraphs. Asked for only where a phrase was declared. */
export function draftIn(composer: Element): string {
  if (composer instanceof HTMLTextAreaElement) return composer.value;
  return composer instanceof HTMLElement ? composer.innerText : '';
}

/** The nearest box around the composer that stacks its children, so that one more lies below and moves nothing. */
export function stackAround(composer: Element): Element | null {
  for (let box = composer.parentElement; box; box = box.parentElement) {
    const { display, flexDirection } = getComputedStyle(box);
    if (display === 'block' || (display === 'flex' && flexDirection.startsWith('column'))) return box;
  }
  return null;
}
