import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import inbox from '../../../entrypoints/inbox.content';

/** Baton's content script as it is, but for the answers, which are at hand as they are to the others. */
const { signal } = new AbortController();
const context = { signal, onInvalidated: () => () => {} };
void inbox.main(context as unknown as ContentScriptContext);
