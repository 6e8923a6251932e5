import { render, type VNode } from 'preact';
import type { RowView } from '../../utils/conversation/view';
import { endsOf, type WindowClaim, type WindowState, windowStateAt } from '../../utils/conversation/window';
import { Icon } from '../icons';
import { ownerIcon, WINDOW_ICONS } from '../signs';
import { isOld, NO_WINDOW, rowOwner, standing, timeLeft, uncapitalise } from '../words';
import { type Attributes, claimAttributes } from './attributes';
import { hideTip, showTipSoon, tipOf } from './tip';

/** Attributes of `baton-row`. `now`: epoch ms on the server's clock. */
export function rowAttributes(view: RowView, now: number): Attributes {
  return {
    'data-owner': view.owner.value.kind,
    ...claimAttributes(view.owner),
    'data-window': windowStateAt(view.window, now),
  };
}

/**
 * Who has a row's conversation and how long its window is open, on the line of the row's time.
 * Draws nothing of what is unknown. There are forty at a time, so it holds no state, and its tip is made on hover.
 */
export function RowMark({ view, now }: { view: RowView; now: number }): VNode | null {
  const who = rowOwner(view.owner, now);
  const window = windowStateAt(view.window, now);
  const left = windowWords(view.window, window, now);
  if (who === null && left === null) return null;
  return (
    <span
      class={`mark ${window}`}
      onPointerEnter={({ currentTarget }) =>
        showTipSoon(currentTarget, 'below', () => render(<RowTip view={view} now={now} />, tipOf(currentTarget)))
      }
      onPointerLeave={({ currentTarget }) => hideTip(currentTarget)}
    >
      {who !== null && (
        <span class={`who ${view.owner.value.kind}${isOld(view.owner, now) ? ' old' : ''}`}>
          <Icon name={ownerIcon(view.owner, now)} />
          <bdi>{who}</bdi>
        </span>
      )}{' '}
      {left !== null && (
        <span class="left">
          <WindowIcon state={window} />
          <bdi>
            {window === 'ending' && <span class="sr">Ending soon, </span>}
            {left}
          </bdi>
        </span>
      )}
      <span class="tip" role="tooltip" popover="manual" />
    </span>
  );
}

function WindowIcon({ state }: { state: WindowState }): VNode | null {
  const name = WINDOW_ICONS[state];
  return name && <Icon name={name} />;
}

/** "3 h 12 min left" of the clock that the state speaks of; null where the window is unknown. */
function windowWords(claim: WindowClaim | null, state: WindowState, now: number): string | null {
  if (state === 'closed') return NO_WINDOW;
  const at = claim?.value.lastCustomerAt;
  if (state === 'unknown' || at === null || at === undefined) return null;
  const ends = endsOf(at);
  return timeLeft(state === 'human-agent' ? ends.humanAgent : ends.standard, now);
}

function RowTip({ view: { owner, window }, now }: { view: RowView; now: number }): VNode {
  return (
    <>
      {owner.value.kind !== 'unknown' && (
        <div>
          <b>Owner: {uncapitalise(standing(owner, now, isOld(owner, now)))}</b> {owner.reason}
        </div>
      )}
      {window && (
        <div>
          <b>Window: {uncapitalise(standing(window, now))}</b> {window.reason}
        </div>
      )}
    </>
  );
}
