import { browser } from 'wxt/browser';

/** Hears what the content script tells, as Baton's background does, and has nothing to add. */
browser.runtime.onConnect.addListener((port) => port.onMessage.addListener(() => {}));
