import type { VNode } from 'preact';
import type { Reply } from '../../utils/conversation/view';

/** What came of something that was asked for, in words. */
export interface Words {
  ok: boolean;
  words: string;
}

/** `done`: what there is to say where it went well. */
export function wordsOf(reply: Reply<unknown>, done = 'Done.'): Words {
  return { ok: reply.ok, words: reply.ok ? done : reply.sentence };
}

/** The line below a form: what went wrong interrupts (`alert`), all else waits its turn (`status`). */
export function Said({ said }: { said: Words | null }): VNode {
  return (
    <p role={said && !said.ok ? 'alert' : 'status'} class="sub">
      {said?.words}
    </p>
  );
}
