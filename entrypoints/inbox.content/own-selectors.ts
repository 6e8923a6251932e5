import { SELECTORS, type Selectors, selectorsWith } from '../../utils/inbox/selectors';
import { follow } from './stored';

/**
 * The table of selectors with a team's own before it, which Setup has checked and kept as JSON.
 * `changed` is called when they come or go; the function returned stops that.
 */
export function followSelectors(changed: (selectors: Selectors) => void): () => void {
  let own: unknown;
  return follow('selectors', (kept) => {
    if (kept === own) return;
    own = kept;
    changed(typeof kept === 'string' ? selectorsWith(JSON.parse(kept)) : SELECTORS);
  });
}
