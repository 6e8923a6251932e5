/**
 * Shows what explains a claim, on hover and on focus; Escape puts it away. One at a time.
 * The tip is the last child of its anchor, so that a pointer on the tip is still on the anchor.
 */

/** Where a tip stands when there is room: over its anchor, under it, or beside it before its start. */
export type Side = 'above' | 'below' | 'beside';

/** A pointer on its way to somewhere else opens nothing, ms. */
const REST_MS = 150;
const GAP = 6;
const MARGIN = 8;

let shown: { anchor: Element; tip: HTMLElement } | null = null;
let resting: ReturnType<typeof setTimeout> | undefined;

/** The tip of an anchor, which is its last child. */
export function tipOf(anchor: Element): HTMLElement {
  return anchor.lastElementChild as HTMLElement;
}

/** Shows the tip once the pointer has come to rest on its anchor. `fill`: makes what it says, just before. */
export function showTipSoon(anchor: Element, side: Side, fill = () => {}): void {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (!anchor.isConnected) return;
    fill();
    showTip(anchor, side);
  }, REST_MS);
}

export function showTip(anchor: Element, side: Side): void {
  if (shown?.anchor === anchor) return;
  hideTip();
  const tip = tipOf(anchor);
  tip.showPopover();
  place(tip, anchor.getBoundingClientRect(), side);
  shown = { anchor, tip };
  anchor.ownerDocument.addEventListener('keydown', hideOnEscape, true);
}

/** Puts the tip away; with an anchor, only if it is that one's. */
export function hideTip(anchor?: Element): void {
  clearTimeout(resting);
  if (!shown || (anchor && shown.anchor !== anchor)) return;
  const { tip } = shown;
  shown = null;
  tip.ownerDocument.removeEventListener('keydown', hideOnEscape, true);
  tip.hidePopover();
}

function hideOnEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') hideTip();
}

/** On the wished side if the window has room there, else on the opposite one; never past the window's edges. */
function place(tip: HTMLElement, { left, right, top, bottom }: DOMRect, side: Side): void {
  const { clientWidth, clientHeight } = tip.ownerDocument.documentElement;
  const { width, height } = tip.getBoundingClientRect();
  const rightToLeft = getComputedStyle(tip).direction === 'rtl';
  const spot =
    side === 'beside'
      ? { left: besides(left, right, width, clientWidth, !rightToLeft), top: bottom - height }
      : { left: rightToLeft ? right - width : left, top: besides(top, bottom, height, clientHeight, side === 'above') };
  tip.style.left = `${within(spot.left, width, clientWidth)}px`;
  tip.style.top = `${within(spot.top, height, clientHeight)}px`;
}

/** Before what reaches from `start` to `end`, or after it: where it is wished, if there is room. */
function besides(start: number, end: number, size: number, available: number, isBefore: boolean): number {
  const before = start - GAP - size;
  const after = end + GAP;
  const fits = isBefore ? before >= MARGIN : after + size <= available - MARGIN;
  return fits === isBefore ? before : after;
}

function within(start: number, size: number, available: number): number {
  return Math.max(MARGIN, Math.min(start, available - size - MARGIN));
}
