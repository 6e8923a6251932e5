import { isNamed, type Owner, type OwnerClaim } from '../conversation/owner';
import type { Outcome, OutcomeKind, Step, Wanted } from '../conversation/plan';
import type { Refusal } from '../graph/refusals';

/** How a control run ended, in words. Times are epoch ms on the server's clock, `offset` what it is ahead of ours. */
interface Ending {
  wanted: Wanted;
  at: number;
}

type Words = Pick<Outcome, 'title' | 'cause'> & Partial<Pick<Outcome, 'next' | 'link'>>;

function ended({ wanted, at }: Ending, kind: OutcomeKind, { title, cause, next = null, link = null }: Words): Outcome {
  return { kind, wanted, title, cause, next, link, at };
}

/** A reading shows what was wanted. */
export function done(ending: Ending, owner: OwnerClaim, offset: number): Outcome {
  return ended(ending, 'done', {
    title: doneTitle(ending.wanted, owner.value),
    cause: `${owner.reason} Read at ${timeOfDay(owner.observedAt - offset)}.`,
  });
}

function doneTitle(wanted: Wanted, owner: Owner): string {
  return wanted !== 'longer' && isNamed(owner) ? `${nameOf(owner)} has it` : DONE[wanted];
}

/** What was done, where the owner after it is not named. */
const DONE: Record<Wanted, string> = {
  human: 'The bot no longer has it',
  bot: 'Control was passed to the bot',
  ask: 'Control was given to the bot',
  'let-go': 'Control was released',
  longer: 'Control extended',
};

/** Meta said yes, and no reading shows it yet. */
export function accepted(ending: Ending, owner: Owner): Outcome {
  return ended(ending, 'accepted', {
    title: 'Meta accepted',
    cause:
      owner.kind === 'unnamed' || owner.kind === 'unknown' || owner.kind === 'not-bot'
        ? 'Meta does not name the new owner to this token.'
        : `Meta said yes, and still names ${nameOf(owner)}. Baton goes on reading.`,
  });
}

/** An answer was lost. `owner`: read since; null where Meta could not be asked. */
export function unsure(ending: Ending, owner: Owner | null): Outcome {
  return ended(ending, 'unsure', {
    title: 'The answer from Meta was lost',
    cause:
      owner === null
        ? 'It may have happened. Baton reads the owner as soon as Meta answers.'
        : `It may have happened. The owner was read since: ${holder(owner)}.`,
    next: 'Look at the owner before you press again.',
  });
}

/** Meta refused a step. `after`: who has the conversation now, where something was done before it. */
export function refusedStep(ending: Ending, step: Step, refusal: Refusal, after: string | null): Outcome {
  return ended(ending, 'refused', {
    title: REFUSED[step.call],
    cause: after === null ? refusal.cause : `${refusal.cause} ${after}`,
    next: refusal.next,
    link: refusal.link,
  });
}

/** Nothing was called: the plan has no call, the owner could not be read, or the run was cut off before its first. */
export function notCalled(ending: Ending, words: Words): Outcome {
  return ended(ending, 'refused', words);
}

/** There was nothing to do. */
export function nothingToDo(ending: Ending, cause: string): Outcome {
  return ended(ending, 'done', { title: 'Nothing to do', cause });
}

/** A run that was cut off between two steps, and can't go on. */
export function cutOff(ending: Ending, after: string): Outcome {
  return ended(ending, 'refused', {
    title: 'The browser ended Baton’s work half-way',
    cause: after,
    next: 'Press again if you still want it.',
  });
}

/** In the place of who has a conversation, while Meta cannot be asked. */
export const UNREAD = 'Baton could not read who has the conversation now.';

/** A run that had ended before the owner could be read, now that it was: `after` says who has the conversation. */
export function readSince(ending: Ending, { title, cause }: Outcome, after: string): Outcome {
  return ended(ending, 'refused', {
    title,
    cause: cause.includes(UNREAD) ? cause.replace(UNREAD, after) : after,
    next: 'Press again if you still want it.',
  });
}

/** Baton itself failed. */
export function failed(ending: Ending, kind: 'refused' | 'unsure'): Outcome {
  return ended(ending, kind, {
    title: 'Something went wrong inside Baton',
    cause: kind === 'refused' ? 'Nothing was called.' : 'It may have happened.',
    next: 'Reload the inbox, and look at the owner.',
  });
}

/** Who has a conversation and until when, as a sentence. `until`: epoch ms; null where it is not known. */
export function holdsNow(owner: Owner, until: number | null): string {
  const holding = until !== null && owner.kind !== 'idle' && owner.kind !== 'inbox';
  const end = holding ? `, until ${dayAndTime(until)}` : '';
  return `${holder(owner)}${end}.`;
}

function holder(owner: Owner): string {
  return owner.kind === 'unknown' ? 'Meta does not tell who has the conversation' : `${nameOf(owner)} has it now`;
}

function nameOf(owner: Owner): string {
  switch (owner.kind) {
    case 'bot':
      return 'Bot';
    case 'inbox':
      return 'Inbox';
    case 'idle':
      return 'Nobody';
    case 'app':
      return owner.name ?? `App ${owner.appId}`;
    case 'not-bot':
      return 'Somebody other than the bot';
    default:
      return 'Somebody unnamed';
  }
}

const REFUSED: Record<Step['call'], string> = {
  take: 'Meta refused to give control',
  pass: 'Meta refused to pass control',
  request: 'Meta refused the request',
  release: 'Meta refused to release control',
  extend: 'Meta refused to extend control',
};

function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(at);
}

function dayAndTime(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
