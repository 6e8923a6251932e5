import type { Typing } from '../../utils/conversation/collision';
import { holdsPhrase } from '../../utils/conversation/hand-back';
import { draftIn, isEmpty } from '../../utils/inbox/composer';
import type { Reading } from '../../utils/inbox/seen';

/** While an agent types the owner is read again at most this often, ms. */
const READ_EVERY_MS = 5_000;

export interface TypingOptions {
  reading(): Reading | null;
  /** The hand-back phrase that was declared for the conversation under `key`; null where none was. */
  phraseOf(key: string): string | null;
  /** Epoch ms on the server's clock. */
  now(): number;
  /** An agent types: the owner of the conversation under `key` is to be read again. */
  onTyping(key: string): void;
  /** Typing began or ended, or the phrase came or went. */
  onChange(): void;
}

/**
 * Follows whether an agent is writing an answer, by the page's input events. Of the draft nothing is kept and nothing
 * told but whether it holds the phrase.
 */
export function followTyping({ reading, phraseOf, now, onTyping, onChange }: TypingOptions) {
  let typing: Typing | null = null;
  let toldAt = 0;

  function onInput(event: Event): void {
    const read = reading();
    const { composer = null } = read ?? {};
    const conversation = read?.seen.conversation;
    if (!event.isTrusted || !conversation || !(event.target instanceof Node) || !composer?.contains(event.target))
      return;
    const before = typing;
    const begins = typing?.key !== conversation.key;
    if (begins) {
      const seen = new Set(conversation.messages.map(({ key }) => key));
      typing = { key: conversation.key, since: now(), seen, phrase: null };
    }
    if (begins || now() - toldAt >= READ_EVERY_MS) {
      toldAt = now();
      onTyping(conversation.key);
    }
    const after = current();
    if (before?.key !== after?.key || before?.phrase !== after?.phrase) onChange();
  }

  /** The answer that is being written in the open conversation; null where none is, or it was sent or deleted. */
  function current(): Typing | null {
    const { seen, composer } = reading() ?? {};
    if (!typing || seen?.conversation?.key !== typing.key || !composer || isEmpty(composer)) typing = null;
    else typing = { ...typing, phrase: heldPhrase(composer, phraseOf(typing.key)) };
    return typing;
  }

  document.addEventListener('input', onInput, { capture: true, passive: true });
  return {
    current,
    stop: () => document.removeEventListener('input', onInput, { capture: true }),
  };
}

function heldPhrase(composer: Element, phrase: string | null): string | null {
  return phrase !== null && holdsPhrase(draftIn(composer), phrase) ? phrase : null;
}
