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
  /** The parts in which something moved; null where anything may have. */
  touched: Touched | null;
  cause: 'change' | 'sweep';
}

/** Reads the page; true where something was seen that the last reading had not. */
export type OnChange = (change: Change) => boolean | undefined;

type Timer = ReturnType<typeof setTimeout> | undefined;

const SWEEP_EVERY = 60_000;
const SEEK_EVERY = 250;

const TOLD: MutationObserverInit = { childList: true, subtree: true, characterData: true, attributes: true };
const ATTRIBUTES = ['data-utime', 'data-message-id', 'alt', 'hidden'];

/** What is told of each part. Of the list as little as says that a row shows another, or is unread: it moves most. */
const WATCHED = {
  list: { ...TOLD, attributeFilter: ['data-utime', 'hidden', 'class'] },
  header: { ...TOLD, attributeFilter: ATTRIBUTES },
  region: { ...TOLD, attributeFilter: ATTRIBUTES },
  tabs: { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] },
} as const satisfies Partial<Record<Part, MutationObserverInit>>;

type WatchedPart = keyof typeof WATCHED;
const WATCHED_PARTS = Object.keys(WATCHED) as WatchedPart[];
/** Parts without which there is something to look for. */
const NEEDED = ['list', 'header', 'region'] as const;

/** Watches `document` until stopped. The first change is told in the next frame. */
export function observe(document: Document, onChange: OnChange, selectors: Selectors = SELECTORS): Watch {
  let regions = NOWHERE;
  let touched: Map<Part, Set<Node>> | null = null;
  let frame = 0;
  let awake = false;
  let sweepHits = 0;
  let seekTimer: Timer;
  let sweepTimer: Timer;
  let pokeTimer: Timer;

  const parts = WATCHED_PARTS.map((part) => ({
    part,
    observer: new MutationObserver((records) => hear(part, records, isForeign)),
  }));
  const ancestors = new MutationObserver((records) => {
    if (!records.some(isForeign)) return;
    touched = null;
    if (!isWhole(regions)) seek();
  });
  const body = new MutationObserver((records) => {
    if (records.some(isForeign)) seekTimer ??= setTimeout(seek, SEEK_EVERY);
  });
  const observers = [...parts.map(({ observer }) => observer), ancestors, body];

  function hear(part: Part, records: readonly MutationRecord[], counts: (record: MutationRecord) => boolean) {
    const moved = touched?.get(part) ?? new Set<Node>();
    let isChange = false;
    for (const record of records) {
      if (!counts(record)) continue;
      isChange = true;
      moved.add(record.target);
    }
    if (!isChange) return;
    touched?.set(part, moved);
    schedule();
  }

  function schedule() {
    if (awake && frame === 0) frame = requestAnimationFrame(flush);
  }

  function flush() {
    frame = 0;
    tell('change');
  }

  function tell(cause: Change['cause']) {
    if (cause === 'sweep') touched = null;
    if (touched === null || !isWhole(regions)) attach(findRegions(document, selectors));
    const change = { regions, touched, cause };
    touched = new Map();
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
    if (WATCHED_PARTS.every((part) => found[part] === regions[part])) return false;
    regions = found;
    touched = null;
    for (const observer of observers) observer.disconnect();
    for (const { part, observer } of parts) if (regions[part]) observer.observe(regions[part], WATCHED[part]);
    for (const ancestor of ancestorsOf(regions)) ancestors.observe(ancestor, { childList: true });
    if (isMissingAny(regions)) body.observe(document.documentElement, { childList: true, subtree: true });
    return true;
  }

  function takeRecords() {
    for (const { part, observer } of parts) hear(part, observer.takeRecords(), isTheirs);
  }

  function sweep() {
    sweepTimer = setTimeout(sweep, SWEEP_EVERY);
    if (tell('sweep')) sweepHits += 1;
  }

  function wake() {
    awake = true;
    touched = null;
    schedule();
    body.observe(document.documentElement, { childList: true, subtree: true });
    sweepTimer = setTimeout(sweep, SWEEP_EVERY);
  }

  function sleep() {
    awake = false;
    for (const observer of observers) observer.disconnect();
    cancelAnimationFrame(frame);
    for (const timer of [seekTimer, sweepTimer, pokeTimer]) clearTimeout(timer);
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
      if (!awake) return;
      clearTimeout(pokeTimer);
      pokeTimer = setTimeout(() => {
        touched = null;
        schedule();
      }, delay);
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
  if (type === 'characterData') return true;
  if (isOwn(target)) return false;
  return type === 'attributes' || removedNodes.length > 0 || [...addedNodes].some((node) => !isOwn(node));
}

/** The same right after our own edits, of which taking out may be one. */
function isTheirs(record: MutationRecord): boolean {
  return (
    isForeign(record) &&
    (record.type !== 'childList' || [...record.addedNodes, ...record.removedNodes].some((node) => !isOwn(node)))
  );
}

function isMissingAny(regions: Regions): boolean {
  return NEEDED.some((part) => regions[part] === null);
}

/** Everything that was found, and something was, is still there. */
function isWhole(regions: Regions): boolean {
  const found = Object.values(regions).filter((part) => part !== null);
  return found.length > 0 && found.every((part) => part.isConnected);
}

function ancestorsOf(regions: Regions): Set<Element> {
  const found = new Set<Element>();
  for (const part of NEEDED) for (let at = regions[part]?.parentElement; at; at = at.parentElement) found.add(at);
  return found;
}
