import type { VNode } from 'preact';
import type { HandoverView } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { handoverLine, handoverReason } from '../words';
import type { Attributes } from './attributes';
import { Explained } from './Explained';

/** Attributes of `baton-handover`, without `data-after` where nothing was read before the change. */
export function handoverAttributes({ to, at, after }: HandoverView): Attributes {
  return { 'data-to': to, 'data-at': String(at), 'data-after': after === null ? null : String(after) };
}

/** A line between two messages: control moved here, or between two readings. */
export function HandoverMark({ view, now }: { view: HandoverView; now: number }): VNode {
  return (
    <div class="line">
      <Explained id="why" side="above" tip={handoverReason(view, now)}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a claim explains itself on focus as it does on hover. */}
        <span class="said" tabIndex={0} aria-describedby="why">
          <Icon name="handover" />
          <bdi>{handoverLine(view, now)}</bdi>
        </span>
      </Explained>
    </div>
  );
}
