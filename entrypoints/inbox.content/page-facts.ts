import { browser } from 'wxt/browser';
import { type FactsOf, factsOf, noFacts } from '../../utils/inbox/facts';

/**
 * The facts of the page's own world, while Setup or a policy has them on. Until the browser has said so none is read.
 * `changed` is called when they come or go; the function returned stops that.
 */
export function followFacts(changed: (facts: FactsOf) => void): () => void {
  let on = false;
  const heed = (pageFacts: unknown) => {
    const wanted = pageFacts !== false;
    if (wanted === on) return;
    on = wanted;
    changed(on ? factsOf : noFacts);
  };
  const hear = (changes: Record<string, { newValue?: unknown }>) => {
    if (changes.pageFacts) heed(changes.pageFacts.newValue);
  };
  void browser.storage.local.get('pageFacts').then(({ pageFacts }) => heed(pageFacts));
  browser.storage.local.onChanged.addListener(hear);
  return () => browser.storage.local.onChanged.removeListener(hear);
}
