import { defineContentScript } from 'wxt/utils/define-content-script';
import { noticeFor } from '../../utils/conversation/collision';
import { type FactsOf, noFacts } from '../../utils/inbox/facts';
import { type Change, observe } from '../../utils/inbox/observe';
import { removeAll } from '../../utils/inbox/place';
import type { Touched } from '../../utils/inbox/regions';
import { caughtUp, type Reading, readPage, readWords } from '../../utils/inbox/seen';
import { SELECTORS } from '../../utils/inbox/selectors';
import { connect } from './link';
import { createOverlay } from './overlay';
import { followSelectors } from './own-selectors';
import { followFacts } from './page-facts';
import { followTyping } from './typing';
import { createViews } from './views';

/** What cannot be proved at once is read again after this long, ms. */
const SETTLE_MS = 150;

/**
 * The inbox in Business Suite is one page for every address under /latest, so the script is there for all of them
 * and looks at the address itself.
 */
export default defineContentScript({
  matches: ['https://business.facebook.com/*'],
  runAt: 'document_idle',
  noScriptStartedPostMessage: true,

  main(ctx) {
    removeAll(document);
    const views = createViews();
    let reading: Reading | null = null;
    /** Whether rows have rushed by since. */
    let isBehind = false;
    let facts: FactsOf = noFacts;
    let selectors = SELECTORS;

    const link = connect({
      isAlive: () => !ctx.signal.aborted && !isOrphan(),
      onView(view) {
        views.keep(view);
        if (document.visibilityState === 'visible') show();
      },
      onGone: () => ctx.abort(),
    });
    const overlay = createOverlay({
      onControl: (key, wanted) => link.send({ type: 'control', key, wanted }),
      onChoose: (key, psid) => link.send({ type: 'choose', key, psid }),
      onReadAgain: (key) => link.send({ type: 'read-again', key }),
    });
    const typing = followTyping({
      reading: () => reading,
      phraseOf: (key) => views.conversation(key)?.handBackPhrase ?? null,
      now: views.now,
      onTyping: (key) => link.send({ type: 'read-again', key }),
      onChange: show,
    });
    const observeAnew = () => observe(document, read, { onWords: readRows, selectors });
    let watch = observeAnew();
    const unfollow = [
      followFacts((now) => {
        facts = now;
        reading = null;
        watch.poke();
      }),
      followSelectors((now) => {
        selectors = now;
        reading = null;
        watch.stop();
        watch = observeAnew();
      }),
    ];
    const attend = () => watch.poke();
    const sleep = () => document.visibilityState === 'hidden' && link.sleep();
    // The context brings the signal that ends these.
    window.addEventListener('focus', attend, ctx);
    window.addEventListener('blur', attend, ctx);
    document.addEventListener('visibilitychange', sleep, ctx);
    ctx.onInvalidated(goodbye);

    function read({ regions, touched }: Change): boolean {
      if (ctx.signal.aborted) return false;
      catchUp();
      const before = reading;
      reading = readPage({ document, url: document.URL, factsOf: facts, regions, touched, before, selectors });
      const news = link.saw(reading.seen);
      show();
      if (reading.unsettled) watch.poke(SETTLE_MS);
      return news;
    }

    /** Rows rush by: their marks go along, and who is unknown is asked about. All else waits for the next whole reading. */
    function readRows(words: Touched['words'], now: number): boolean {
      if (!reading) return false;
      const rows = readWords(reading, words, now, selectors);
      if (!rows) return false;
      isBehind = true;
      const isAnyUnknown = overlay.showRows({ rows, surface: reading.list, viewOf: views.row, now: views.now(now) });
      if (isAnyUnknown) {
        // Nobody is told of rows of another tab as if they were customers.
        if (reading.url !== document.URL) return false;
        catchUp();
        link.sawRows(reading.seen);
        watch.takeRecords();
      }
      return true;
    }

    function catchUp(): void {
      if (reading && isBehind) reading = caughtUp(reading);
      isBehind = false;
    }

    function show(): void {
      catchUp();
      if (!reading) return;
      const { conversation } = reading.seen;
      const view = conversation && views.conversation(conversation.key);
      const now = views.now();
      overlay.show({
        reading,
        viewOf: views.row,
        conversation: view,
        notice: view && noticeFor(typing.current(), view, conversation.messages, now),
        now,
      });
      watch.takeRecords();
    }

    function goodbye(): void {
      watch.stop();
      typing.stop();
      link.close();
      // An orphan has nothing left to call.
      if (!isOrphan()) for (const stop of unfollow) stop();
      removeAll(document);
    }
  },
});

/** Chrome takes its API from an orphan. The polyfill, and with it WXT, would go on with what it has kept. */
function isOrphan(): boolean {
  return (globalThis as { chrome?: { runtime?: { id?: string } } }).chrome?.runtime?.id === undefined;
}
