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
import { findRegions, type Regions } from './regions';
import { SELECTORS, type Selectors } from './selectors';

export interface Watch {
  /** Something moved that the DOM does not tell, such as the address. After `delay` ms, at once by default. */
  poke(delay?: number): void;
  /** To be called after own edits: what is queued of them is forgotten, what the page did is not. */
  takeRecords(): void;
  /** How often the slow sweep found a change that nothing had told. */
  readonly sweepHits: number;
  /** Ends it all. */
  stop(): void;
}

/** Reads the page, whose parts have just been found; true where something was seen that the last reading had not. */
export type OnChange = (regions: Regions, cause: 'change' | 'sweep') => boolean | undefined;

type Timer = ReturnType<typeof setTimeout> | undefined;

const NOWHERE: Regions = { list: null, header: null, region: null, composer: null };

const SWEEP_EVERY = 60_000;
const SEEK_EVERY = 250;

/** `class` is left out: Facebook rewrites it on every hover and selection. */
const ATTRIBUTES = ['data-utime', 'data-message-id', 'data-surface', 'alt', 'hidden', 'href'];
const WITHIN: MutationObserverInit = {
  childList: true,
  subtree: true,
  characterData: true,
  attributes: true,
  attributeFilter: ATTRIBUTES,
};
const CHILDREN: MutationObserverInit = { childList: true };

/** Watches `document` until stopped. The first change is told in the next frame. */
export function observe(document: Document, onChange: OnChange, selectors: Selectors = SELECTORS): Watch {
  let regions = NOWHERE;
  let frame = 0;
  let awake = false;
  let sweepHits = 0;
  let seekTimer: Timer;
  let sweepTimer: Timer;
  const pokes = new Set<Timer>();

  const parts = new MutationObserver((records) => {
    if (records.some(isForeign)) schedule();
  });
  const ancestors = new MutationObserver((records) => {
    if (records.some(isForeign) && !isWhole(regions)) seek();
  });
  const body = new MutationObserver((records) => {
    if (records.some(isForeign)) seekTimer ??= setTimeout(seek, SEEK_EVERY);
  });
  const observers = [parts, ancestors, body];

  function schedule() {
    if (awake && frame === 0) frame = requestAnimationFrame(flush);
  }

  function flush() {
    frame = 0;
    tell('change');
  }

  function tell(cause: 'change' | 'sweep') {
    attach(findRegions(document, selectors));
    const seenAnew = onChange(regions, cause) === true;
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
    if (isSame(found, regions)) return false;
    regions = found;
    for (const observer of observers) observer.disconnect();
    for (const part of partsOf(regions)) parts.observe(part, WITHIN);
    for (const ancestor of ancestorsOf(partsOf(regions))) ancestors.observe(ancestor, CHILDREN);
    if (isMissingAny(regions)) body.observe(document.documentElement, { childList: true, subtree: true });
    return true;
  }

  function takeRecords() {
    if (parts.takeRecords().some(isTheirs)) schedule();
  }

  function sweep() {
    sweepTimer = setTimeout(sweep, SWEEP_EVERY);
    if (tell('sweep')) sweepHits += 1;
  }

  function wake() {
    awake = true;
    schedule();
    body.observe(document.documentElement, { childList: true, subtree: true });
    sweepTimer = setTimeout(sweep, SWEEP_EVERY);
  }

  function sleep() {
    awake = false;
    for (const observer of observers) observer.disconnect();
    cancelAnimationFrame(frame);
    for (const timer of [seekTimer, sweepTimer, ...pokes]) clearTimeout(timer);
    pokes.clear();
    seekTimer = undefined;
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
      if (delay === 0 || !awake) return schedule();
      const timer = setTimeout(() => {
        pokes.delete(timer);
        schedule();
      }, delay);
      pokes.add(timer);
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
function isForeign({ type, addedNodes, removedNodes, target }: MutationRecord): boolean {
  if (isOwn(target)) return false;
  return type !== 'childList' || removedNodes.length > 0 || [...addedNodes].some((node) => !isOwn(node));
}

/** The same right after our own edits, of which taking out may be one. */
function isTheirs(record: MutationRecord): boolean {
  return (
    isForeign(record) &&
    (record.type !== 'childList' || [...record.addedNodes, ...record.removedNodes].some((node) => !isOwn(node)))
  );
}

function partsOf({ list, header, region }: Regions): Element[] {
  return [list, header, region].filter((part) => part !== null);
}

function isSame(a: Regions, b: Regions): boolean {
  return a.list === b.list && a.header === b.header && a.region === b.region;
}

function isMissingAny(regions: Regions): boolean {
  return partsOf(regions).length < 3;
}

function isWhole(regions: Regions): boolean {
  return partsOf(regions).every((part) => part.isConnected);
}

function ancestorsOf(parts: readonly Element[]): Set<Element> {
  const found = new Set<Element>();
  for (const part of parts) for (let at = part.parentElement; at; at = at.parentElement) found.add(at);
  return found;
}
