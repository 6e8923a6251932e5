import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { capture } from '../utils/inbox/capture';
import { settledFieldCheck } from '../utils/inbox/diagnose';
import { readOverride } from '../utils/inbox/override';
import { selectorsWith } from '../utils/inbox/selectors';

/** Put into the inbox on screen when Setup asks, and gone again: what it returns is the answer. It changes nothing. */
export default defineUnlistedScript(async () => {
  const { selectors } = await browser.storage.local.get('selectors');
  const own = readOverride(typeof selectors === 'string' ? selectors : '{}', () => true);
  const check = await settledFieldCheck(document, selectorsWith(own.ok ? own.override : {}));
  return { ...check, capture: capture(document.documentElement) };
});
