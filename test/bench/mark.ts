import { jsx } from 'preact/jsx-runtime';
import { setAttributes } from '../../components/inbox/attributes';
import { mount, type Show } from '../../components/inbox/mount';
import { RowMark, rowAttributes } from '../../components/inbox/RowMark';
import { placeIn } from '../../utils/inbox/place';
import { NOW } from './answers';
import { viewOf } from './told';

/** The same mark for every contender, by what draws in Baton: anew only where another customer is meant. */

const drawn = new WeakMap<HTMLElement, { show: Show; customer: string }>();

/** Marks a row's box as this customer's. */
export function mark(box: Element, customer: string): void {
  const element = placeIn(box, 'baton-row');
  const known = drawn.get(element);
  if (known?.customer === customer) return;
  const view = viewOf(customer);
  setAttributes(element, rowAttributes(view, NOW));
  const show = known?.show ?? mount(element);
  show(jsx(RowMark, { view, now: NOW }));
  drawn.set(element, { show, customer });
}
