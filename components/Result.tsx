import type { VNode } from 'preact';
import type { Outcome, Wanted } from '../utils/conversation/plan';
import { ExternalLink } from './ExternalLink';
import { Icon } from './icons';
import { OUTCOME_ICONS } from './signs';
import { RUNNING } from './words';

interface Props {
  /** A control run under way; its words take the place of an older outcome. */
  running: Wanted | null;
  outcome: Outcome | null;
}

/**
 * How a control run stands or ended. A refusal interrupts (`alert`), all else waits its turn (`status`);
 * the status element is always there, since screen readers announce only what changes in a region they know.
 */
export function Result({ running, outcome }: Props): VNode {
  const refused = running === null && outcome?.kind === 'refused';
  return (
    <div
      key={refused ? 'alert' : 'status'}
      role={refused ? 'alert' : 'status'}
      class="result"
      data-outcome={running ? undefined : outcome?.kind}
    >
      {running ? <Running wanted={running} /> : outcome && <Ended outcome={outcome} />}
    </div>
  );
}

function Running({ wanted }: { wanted: Wanted }): VNode {
  return (
    <>
      <Icon name="clock" />
      <bdi class="words">
        <b>{RUNNING[wanted]}</b> <span>Waiting for Meta.</span>
      </bdi>
    </>
  );
}

function Ended({ outcome: { kind, title, cause, next, link } }: { outcome: Outcome }): VNode {
  return (
    <>
      <Icon name={OUTCOME_ICONS[kind]} />
      <bdi class="words">
        <b>{title}</b> <span>{cause}</span>{' '}
        {next && (
          <span>
            <b>Next:</b> {next}
          </span>
        )}{' '}
        {link && <ExternalLink {...link} />}
      </bdi>
    </>
  );
}
