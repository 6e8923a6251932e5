/** Which icon stands for which value: solid where certain, outlined where likely. */
import type { AuthorClaim } from '../utils/conversation/author';
import type { OwnerClaim } from '../utils/conversation/owner';
import type { OutcomeKind, Wanted } from '../utils/conversation/plan';
import { type ClockName, ENDING_MS, type WindowState } from '../utils/conversation/window';
import type { IconName } from './icons';
import { isOld } from './words';

/** An owner's icon; `cannot-check` where the owner is not known. */
export function ownerIcon(claim: OwnerClaim, now: number): IconName {
  const { kind } = claim.value;
  if (kind === 'unknown') return 'cannot-check';
  if (isOld(claim, now)) return 'old';
  return claim.certainty === 'likely' ? `${kind}-line` : kind;
}

const AUTHORS = { chatbot: 'bot', human: 'person', automation: 'automation', 'meta-ai': 'meta-ai' } as const;

/** An author's icon; null where the author is not known. */
export function authorIcon({ value, certainty }: AuthorClaim): IconName | null {
  if (value.kind === 'unknown') return null;
  const icon = AUTHORS[value.kind];
  return certainty === 'likely' ? `${icon}-line` : icon;
}

/** A window's icon in a row; null where the window is not known. */
export const WINDOW_ICONS: Readonly<Record<WindowState, IconName | null>> = {
  open: 'clock',
  ending: 'clock-ending',
  'human-agent': 'human-agent',
  closed: 'closed',
  unknown: null,
};

/** Whether a clock is the standard one and nearly run out. `endsAt` and `now`: epoch ms. */
export function isEnding({ clock, endsAt }: { clock: ClockName; endsAt: number }, now: number): boolean {
  return clock === 'standard' && endsAt - now < ENDING_MS;
}

/** A running clock's icon. */
export function clockIcon(clock: ClockName, ending: boolean): IconName {
  if (clock === 'standard') return ending ? 'clock-ending' : 'clock';
  return clock;
}

export const OUTCOME_ICONS: Readonly<Record<OutcomeKind, IconName>> = {
  done: 'ok',
  accepted: 'clock',
  refused: 'wrong',
  unsure: 'cannot-check',
};

/** Buttons with an icon: the two moves that hand a conversation over. */
export const WANTED_ICONS: Readonly<Partial<Record<Wanted, IconName>>> = { human: 'take', bot: 'pass' };
