import type { Typing } from '../../utils/conversation/collision';
import { isEmpty } from '../../utils/inbox/composer';
import type { Reading } from '../../utils/inbox/seen';

/** While an agent types the owner is read again at most this often, ms. */
const READ_EVERY_MS = 5_000;

export interface TypingOptions {
  reading(): Reading | null;
  /** Epoch ms on the server's clock. */
  now(): number;
  /** An agent types: the owner of the conversation under `key` is to be read again. */
  onTyping(key: string): void;
  /** Typing began. */
  onBegin(): void;
}

/** Follows whether an agent is writing an answer, by the page's input events. */
export function followTyping({ reading, now, onTyping, onBegin }: TypingOptions) {
  let typing: Typing | null = null;
  let toldAt = 0;

  function onInput(event: Event): void {
    const read = reading();
    const { composer = null } = read ?? {};
    const conversation = read?.seen.conversation;
    if (!event.isTrusted || !conversation || !(event.target instanceof Node) || !composer?.contains(event.target))
      return;
    const begins = typing?.key !== conversation.key;
    if (begins) {
      const seen = new Set(conversation.messages.map(({ key }) => key));
      typing = { key: conversation.key, since: now(), seen, phrase: null };
    }
    if (begins || now() - toldAt >= READ_EVERY_MS) {
      toldAt = now();
      onTyping(conversation.key);
    }
    if (begins) onBegin();
  }

  document.addEventListener('input', onInput, { capture: true, passive: true });
  return {
    /** The answer that is being written in the open conversation; null where none is, or it was sent or deleted. */
    current(): Typing | null {
      const read = reading();
      const open = read?.seen.conversation?.key;
      if (typing && (open !== typing.key || !read?.composer || isEmpty(read.composer))) typing = null;
      return typing;
    },
    stop: () => document.removeEventListener('input', onInput, { capture: true }),
  };
}
