import type { ComponentChildren, VNode } from 'preact';
import { hideTip, type Side, showTip, showTipSoon } from './tip';

interface Props {
  /** The tip's id within its shadow root; what takes the focus in `children` names it in `aria-describedby`. */
  id: string;
  /** What the tip says. */
  tip: ComponentChildren;
  side: Side;
  class?: string;
  children: ComponentChildren;
}

/** A claim or a button together with what explains it on hover and focus. */
export function Explained({ id, tip, side, class: name, children }: Props): VNode {
  return (
    <span
      class={name}
      onPointerEnter={(event) => showTipSoon(event.currentTarget, side)}
      onPointerLeave={(event) => hideTip(event.currentTarget)}
      onFocusIn={(event) => showTip(event.currentTarget, side)}
      onFocusOut={(event) => hideTip(event.currentTarget)}
    >
      {children}
      <span class="tip" id={id} role="tooltip" popover="manual">
        {tip}
      </span>
    </span>
  );
}
