/**
 * Tells when the page has changed where Baton reads it, at most once a frame, and nothing at all while it is hidden.
 *
 *   seeking ── all parts found ──▶ watching ── a part is gone ──▶ seeking
 *      └──────── hidden ──▶ asleep ◀── hidden ────────┘      (visible: one change told, then seeking)
 *
 * Watching costs what changes within the list, the header and the messages. Whether a part itself was replaced is
 * told by its ancestors' own children. While a part is missing the whole body is looked at, a few times a second.
 */
import { isOwn } from './dom';
import { isRecent } from './recent';
import { findRegions, NOWHERE, type Part, type Regions, type Touched } from './regions';
import { SELECTORS, type Selectors } from './selectors';

export interface Watch {
  /**
   * Something moved that the DOM does not tell, such as the address: everything is read again, in the next frame or
   * `delay` ms later. A later poke takes the place of one that is still waiting.
   */
  poke(delay?: number): void;
  /** To be called after own edits: what is queued of them is forgotten, what the page did is not. */
  takeRecords(): void;
  /** How often the slow sweep found a change that nothing had told. */
  readonly sweepHits: number;
  /** Ends it all. */
  stop(): void;
}

export interface Change {
  /** The page's parts as they are now. */
  regions: Regions;
  /** What moved; null where anything may have. */
  touched: Touched | null;
  cause: 'change' | 'sweep';
}

/** Reads the page; true where something was seen that the last reading had not. */
export type OnChange = (change: Change) => boolean | undefined;

export interface WatchOptions {
  selectors?: Selectors;
  /**
   * Words and times changed in the list, as these records tell, and nothing else. True where that was enough to go by;
   * else a change is told. What rushes by is told so, and as a change once it is quiet. `now`: epoch ms.
   */
  onWords?: (words: Touched['words'], now: number) => boolean;
}

type Timer = ReturnType<typeof setTimeout> | undefined;

const SWEEP_EVERY = 60_000;
const SEEK_EVERY = 250;
/** While words rush by a change is told this often, ms, and one when there were none for so long. */
const CHANGE_EVERY = 10_000;
const QUIET_MS = 400;
/** Less than one at 120 a second, so that a page that changes in each is told of each. */
const FRAME_MS = 6;

const TOLD: MutationObserverInit = {
  childList: true,
  characterData: true,
  attributeFilter: ['data-utime', 'data-message-id', 'alt', 'hidden'],
};

/**
 * What is told, of which part. In the list words and times change most, so they are heard apart from all else; and
 * last, so that it is known by then whether anything else has changed with them.
 */
const WATCHED = {
  rows: { part: 'list', told: { childList: true, attributeFilter: ['hidden', 'class'] } },
  header: { part: 'header', told: TOLD },
  region: { part: 'region', told: TOLD },
  tabs: { part: 'tabs', told: { childList: true, attributeFilter: ['href'] } },
  words: { part: 'list', told: { characterData: true, attributeFilter: ['data-utime'] } },
} as const satisfies Record<keyof Touched, { part: Part; told: MutationObserverInit }>;

const NAMES = Object.keys(WATCHED) as (keyof Touched)[];
const PARTS = Object.keys(NOWHERE) as Part[];
/** Parts without which there is something to look for. */
const NEEDED = ['list', 'header', 'region'] as const;

/** Watches `document` until stopped. The first change is told in the next frame. */
export function observe(
  document: Document,
  onChange: OnChange,
  { selectors = SELECTORS, onWords = () => false }: WatchOptions = {},
): Watch {
  let regions = NOWHERE;
  let heard = nothing();
  /** Whether anything may have moved, and whether more than words and times in the list has. */
  let isAnywhere = true;
  let isBesideWords = false;
  let frame = 0;
  let awake = false;
  let sweepHits = 0;
  let seekTimer: Timer;
  let sweepTimer: Timer;
  let pokeTimer: Timer;
  let quietTimer: Timer;
  /** When something was told last, and when a change was, epoch ms. */
  let toldAt = Number.NEGATIVE_INFINITY;
  let changedAt = Number.NEGATIVE_INFINITY;

  const ears = NAMES.map((name) => {
    const { part, told } = WATCHED[name];
    /** Notes what records tell; true where that has to be told. Only what comes and goes can be our own. */
    function hear(records: MutationRecord[], counts: (record: MutationRecord) => boolean): boolean {
      const isWords = name === 'words';
      const news = isWords ? records : records.filter(counts);
      heard[name] = heard[name].concat(news);
      isBesideWords ||= !isWords && news.length > 0;
      return news.length > 0;
    }
    const observer = new MutationObserver((records) => {
      if (hear(records, isForeign)) tellSoon();
    });
    return { part, told, hear, observer };
  });
  const ancestors = new MutationObserver((records) => {
    if (!records.some(isForeign)) return;
    isAnywhere = true;
    if (!isWhole(regions)) seek();
  });
  const body = new MutationObserver((records) => {
    if (records.some(isForeign)) seekTimer ??= setTimeout(seek, SEEK_EVERY);
  });
  const observers = [...ears.map(({ observer }) => observer), ancestors, body];

  /**
   * The first change after a pause is told as it is heard, once the page's own task is done: what belongs to it is
   * drawn with it. What follows within a frame waits for the next one.
   */
  function tellSoon() {
    const now = Date.now();
    if (isAnywhere || isRecent(toldAt, now, FRAME_MS)) schedule();
    else if (frame === 0) heed(now);
  }

  function schedule() {
    if (awake && frame === 0) frame = requestAnimationFrame(flush);
  }

  function flush() {
    frame = 0;
    heed(Date.now());
  }

  /** Rows that rush by are told as words alone: the clock is asked as little as can be, for it is dear. */
  function heed(now: number) {
    const isWordsAlone = !isAnywhere && !isBesideWords && isRecent(changedAt, now, CHANGE_EVERY);
    if (!isWordsAlone || !onWords(heard.words, now)) return tell('change');
    toldAt = now;
    heard.words = [];
    quietTimer ??= setTimeout(awaitQuiet, QUIET_MS);
  }

  function tell(cause: Change['cause']) {
    // What is queued belongs to this change.
    for (const { hear, observer } of ears) hear(observer.takeRecords(), isForeign);
    if (cause === 'sweep') isAnywhere = true;
    if (isAnywhere || !isWhole(regions)) attach(findRegions(document, selectors));
    const change = { regions, touched: isAnywhere ? null : heard, cause };
    heard = nothing();
    isAnywhere = false;
    isBesideWords = false;
    toldAt = Date.now();
    changedAt = toldAt;
    const seenAnew = onChange(change) === true;
    takeRecords();
    return seenAnew;
  }

  /** Looks for the parts again; a change is told if other ones are there than before. */
  function seek() {
    seekTimer = undefined;
    if (attach(findRegions(document, selectors))) schedule();
  }

  /** True where a part is another one than before. */
  function attach(found: Regions): boolean {
    if (ears.every(({ part }) => found[part] === regions[part])) return false;
    regions = found;
    isAnywhere = true;
    for (const observer of observers) observer.disconnect();
    for (const { part, told, observer } of ears)
      if (regions[part]) observer.observe(regions[part], { subtree: true, ...told });
    for (const ancestor of ancestorsOf(regions)) ancestors.observe(ancestor, { childList: true });
    if (isMissingAny(regions)) body.observe(document.documentElement, { childList: true, subtree: true });
    return true;
  }

  function takeRecords() {
    for (const { hear, observer } of ears) if (hear(observer.takeRecords(), isTheirs)) schedule();
  }

  function awaitQuiet() {
    const left = toldAt + QUIET_MS - Date.now();
    // Timers may ring a little early; and only where the clock was set is more left than that.
    if (left > 1 && left <= QUIET_MS) quietTimer = setTimeout(awaitQuiet, left);
    else readAll();
  }

  /** What waited for quiet is read with it. */
  function readAll() {
    clearTimeout(quietTimer);
    quietTimer = undefined;
    isAnywhere = true;
    schedule();
  }

  function sweep() {
    sweepTimer = setTimeout(sweep, SWEEP_EVERY);
    if (tell('sweep')) sweepHits += 1;
  }

  function wake() {
    awake = true;
    isAnywhere = true;
    schedule();
    body.observe(document.documentElement, { childList: true, subtree: true });
    sweepTimer = setTimeout(sweep, SWEEP_EVERY);
  }

  function sleep() {
    awake = false;
    for (const observer of observers) observer.disconnect();
    cancelAnimationFrame(frame);
    for (const timer of [seekTimer, sweepTimer, pokeTimer, quietTimer]) clearTimeout(timer);
    seekTimer = undefined;
    quietTimer = undefined;
    frame = 0;
    regions = NOWHERE;
  }

  function follow() {
    sleep();
    if (document.visibilityState === 'visible') wake();
  }

  document.addEventListener('visibilitychange', follow);
  follow();

  return {
    poke(delay = 0) {
      if (!awake) return;
      clearTimeout(pokeTimer);
      pokeTimer = setTimeout(readAll, delay);
    },
    takeRecords,
    get sweepHits() {
      return sweepHits;
    },
    stop() {
      sleep();
      document.removeEventListener('visibilitychange', follow);
    },
  };
}

/** Anything but our own elements going in. That one of ours was taken out is a change: it has to go back. */
function isForeign(record: MutationRecord): boolean {
  // Word by word a page changes most, so that is asked first, and nothing else of such a record.
  if (record.type === 'characterData') return true;
  if (isOwn(record.target)) return false;
  return (
    record.type === 'attributes' ||
    record.removedNodes.length > 0 ||
    [...record.addedNodes].some((node) => !isOwn(node))
  );
}

/** The same right after our own edits, of which taking out may be one. */
function isTheirs(record: MutationRecord): boolean {
  return (
    isForeign(record) &&
    (record.type !== 'childList' || [...record.addedNodes, ...record.removedNodes].some((node) => !isOwn(node)))
  );
}

function nothing(): Record<keyof Touched, MutationRecord[]> {
  return { rows: [], header: [], region: [], tabs: [], words: [] };
}

function isMissingAny(regions: Regions): boolean {
  return NEEDED.some((part) => regions[part] === null);
}

/** Everything that was found, and something was, is still there. */
function isWhole(regions: Regions): boolean {
  let found = 0;
  for (const part of PARTS) {
    const element = regions[part];
    if (element?.isConnected === false) return false;
    if (element) found += 1;
  }
  return found > 0;
}

function ancestorsOf(regions: Regions): Set<Element> {
  const found = new Set<Element>();
  for (const part of NEEDED) for (let at = regions[part]?.parentElement; at; at = at.parentElement) found.add(at);
  return found;
}
