import { defineContentScript } from 'wxt/utils/define-content-script';
import { listenForFacts } from '../utils/inbox/react-facts';

/** Runs in the page's own world, where alone React's facts can be read. Answers questions, asks none. */
export default defineContentScript({
  matches: ['https://business.facebook.com/*'],
  world: 'MAIN',
  runAt: 'document_start',
  main() {
    listenForFacts(document);
  },
});
