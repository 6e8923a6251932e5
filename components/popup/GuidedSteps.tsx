import type { VNode } from 'preact';
import type { CheckView } from '../../utils/conversation/view';
import { ExternalLink } from '../ExternalLink';
import { Part } from './Part';

/** What no API tells: the admin looks, and ticks. */
const GUIDED: ReadonlySet<string> = new Set(['default-app', 'take-toggle', 'other-routing']);

export function isGuided({ id }: CheckView): boolean {
  return GUIDED.has(id);
}

interface Props {
  checks: readonly CheckView[];
  onTick(checkId: string, ticked: boolean): void;
}

/** The steps that only a person can check, each with its link; `how` tells the date of the tick. */
export function GuidedSteps({ checks, onTick }: Props): VNode | null {
  if (checks.length === 0) return null;
  return (
    <Part title="Only you can see these">
      <ul class="ticks">
        {checks.map(({ id, state, title, how, link }) => (
          <li key={id} data-check={id} data-state={state}>
            <label>
              <input
                type="checkbox"
                checked={state === 'ok'}
                onChange={({ currentTarget }) => onTick(id, currentTarget.checked)}
              />
              <span>{title}</span>
            </label>
            <p class="sub">{how}</p>
            {link && <ExternalLink {...link} />}
          </li>
        ))}
      </ul>
    </Part>
  );
}
