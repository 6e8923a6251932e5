import type { VNode } from 'preact';
import type { Degree } from '../../utils/conversation/view';
import { timeOfDay } from '../words';
import { Part } from './Part';

const DEGREES: readonly { degree: Degree; title: string; tells: string }[] = [
  { degree: 1, title: 'The page alone', tells: 'Windows, labels from the page' },
  { degree: 2, title: 'Another app’s token', tells: 'All conversations, take and pass' },
  { degree: 3, title: 'The bot’s own token', tells: 'Whether the bot has it, for every row' },
  { degree: 4, title: 'The default app’s token', tells: 'Owners by name' },
];

/** What the next degree takes and what it adds; `vendor`: where the bot is a vendor's, whose token nobody gets. */
const NEXT: Readonly<Record<Degree, { to: string; takes: string; vendor?: string } | null>> = {
  1: {
    to: 'To reach 2:',
    takes:
      'connect the token of an app that is linked to the Page and has Advanced Access. Then every conversation is known, and control can be taken and passed.',
  },
  2: {
    to: 'To reach 3:',
    takes: 'use a token of the bot’s own app. Then every row says whether the bot has it.',
    vendor:
      'A vendor’s bot such as ManyChat gives its token to nobody. Make the app of your own token the default app instead: that reaches 4.',
  },
  3: {
    to: 'To reach 4:',
    takes:
      'make the bot the default app, or use the default app’s token. Then a banner can name who else has a conversation.',
  },
  4: null,
};

interface Props {
  degree: Degree;
  /** Epoch ms; null: not yet measured. */
  measuredAt: number | null;
  now: number;
}

/** How much Meta tells for a Page, as it was measured, and what would make it more. */
export function Degrees({ degree, measuredAt, now }: Props): VNode {
  const next = NEXT[degree];
  return (
    <Part
      title="How much Meta tells"
      aside={measuredAt === null ? 'not yet measured' : `measured ${timeOfDay(measuredAt, now)}`}
    >
      <ol class="degrees">
        {DEGREES.map((step) => (
          <li
            key={step.degree}
            class={step.degree === degree ? 'here' : step.degree < degree ? 'have' : ''}
            aria-current={step.degree === degree ? 'step' : undefined}
          >
            <span class="number">{step.degree}</span>
            <span>
              {step.title}
              <span class="sub">{step.tells}</span>
            </span>
            {step.degree === degree && <span class="sub">You are here</span>}
          </li>
        ))}
      </ol>
      {next && (
        <p class="sub next">
          <b>{next.to}</b> {next.takes} {next.vendor}
        </p>
      )}
    </Part>
  );
}
