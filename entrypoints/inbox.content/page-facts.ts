import { type FactsOf, factsOf, noFacts } from '../../utils/inbox/facts';
import { follow } from './stored';

/**
 * The facts of the page's own world, while Setup or a policy has them on. Until the browser has said so none is read.
 * `changed` is called when they come or go; the function returned stops that.
 */
export function followFacts(changed: (facts: FactsOf) => void): () => void {
  let on = false;
  return follow('pageFacts', (pageFacts) => {
    const wanted = pageFacts !== false;
    if (wanted === on) return;
    on = wanted;
    changed(on ? factsOf : noFacts);
  });
}
