import { browser } from 'wxt/browser';

/**
 * Tells what Setup keeps under a key, now and whenever it changes; undefined where there is nothing.
 * The function returned stops that.
 */
export function follow(key: string, heed: (value: unknown) => void): () => void {
  const hear = (changes: Record<string, { newValue?: unknown }>) => {
    if (changes[key]) heed(changes[key].newValue);
  };
  void browser.storage.local.get(key).then((kept) => heed(kept[key]));
  browser.storage.local.onChanged.addListener(hear);
  return () => browser.storage.local.onChanged.removeListener(hear);
}
