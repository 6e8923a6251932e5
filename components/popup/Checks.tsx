import type { ComponentChildren, VNode } from 'preact';
import type { Candidate, CheckState, CheckView } from '../../utils/conversation/view';
import { ExternalLink } from '../ExternalLink';
import { Icon } from '../icons';
import { timeOfDay } from '../words';
import { Part } from './Part';
import { Trial } from './Trial';

const STATES: Readonly<Record<CheckState, string>> = {
  ok: 'In order',
  wrong: 'Needs fixing',
  'cannot-check': 'Could not check',
  'not-tested': 'Not tested',
};

interface Props {
  checks: readonly CheckView[];
  now: number;
  onCheckAgain(): void;
  /** Conversations on which take and pass can be tried. */
  candidates?: readonly Candidate[];
  /** Absent: nothing can be tried. */
  onTrial?(psid: string): Promise<unknown>;
}

/** What was checked, how and when, and who can mend what is wrong. What is in order keeps to one line. */
export function Checks({ checks, now, onCheckAgain, candidates = [], onTrial }: Props): VNode {
  return (
    <Part title="Configuration checks" aside={summary(checks)}>
      <ul class="checks" aria-label="Configuration checks">
        {checks.map((check) => (
          <Check key={check.id} check={check} now={now}>
            {check.id === 'trial' && onTrial && candidates.length > 0 && (
              <Trial candidates={candidates} onTrial={onTrial} />
            )}
          </Check>
        ))}
      </ul>
      <div class="acts">
        <button type="button" class="btn" onClick={onCheckAgain}>
          Check again
        </button>
      </div>
    </Part>
  );
}

function summary(checks: readonly CheckView[]): string {
  if (checks.length === 0) return 'not checked yet';
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  const wrong = count('wrong');
  if (wrong > 0) return `${wrong} of ${checks.length} ${wrong === 1 ? 'needs' : 'need'} fixing`;
  return `${count('ok')} of ${checks.length} in order`;
}

function Check({ check, now, children }: { check: CheckView; now: number; children: ComponentChildren }): VNode {
  const { id, state, title, at, how, who, link } = check;
  const when = at === null ? 'Not yet' : timeOfDay(at, now);
  return (
    <li data-check={id} data-state={state}>
      <Icon name={state} />
      <span>{title}</span>
      <span class="state">{STATES[state]}</span>
      {state === 'ok' ? (
        <p class="more">
          {when}. {how}
        </p>
      ) : (
        <div class="more">
          <dl>
            <Detail name="When" value={when} />
            <Detail name="How" value={how} />
            {who && <Detail name="Who" value={who} />}
          </dl>
          {link && <ExternalLink {...link} />}
        </div>
      )}
      {children && <div class="more">{children}</div>}
    </li>
  );
}

function Detail({ name, value }: { name: string; value: string }): VNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
