import type { Page } from 'puppeteer-core';

/** A control run as the extension's store has it, as far as tests look. */
export interface StoredRun {
  startedAt: number;
  outcome: { kind: string } | null;
  ownerUnread?: boolean;
}

/** The control runs in the extension's store, oldest first, read from a page of its own. */
export function storedRuns(page: Page): Promise<StoredRun[]> {
  return page.evaluate(
    () =>
      new Promise<StoredRun[]>((resolve, reject) => {
        const opening = indexedDB.open('baton');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const asking = database.transaction('intents').objectStore('intents').getAll();
          asking.onerror = () => reject(asking.error);
          asking.onsuccess = () => {
            database.close();
            resolve((asking.result as StoredRun[]).sort((a, b) => a.startedAt - b.startedAt));
          };
        };
      }),
  );
}

/** A stretch in which no other write of a control run reaches the disk. */
export interface Stall {
  /** Resolves once it has begun: what was asked for before it is on the disk by then. */
  begun(): Promise<void>;
  end(): Promise<void>;
}

let stalls = 0;

/** A test that fails meanwhile must not leave the disk stalled for all that come after it. */
const LONGEST_MS = 30_000;

/** Asks for a stall, as a slow disk makes it: it begins after the writes that were asked for before. */
export async function stall(page: Page): Promise<Stall> {
  stalls += 1;
  const name = `stall-${stalls}`;
  await page.evaluate(
    (mark, longest) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('baton');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const store = database.transaction('intents', 'readwrite').objectStore('intents');
          // A transaction lasts for as long as something is asked of it.
          const latest = performance.now() + longest;
          const goOn = () => {
            if (document.body.getAttribute(mark) === 'over' || performance.now() > latest) return database.close();
            document.body.setAttribute(mark, 'begun');
            store.count().onsuccess = goOn;
          };
          store.count().onsuccess = goOn;
          resolve();
        };
      }),
    name,
    LONGEST_MS,
  );
  return {
    begun: async () => {
      await page.waitForSelector(`body[${name}=begun]`, { timeout: 10_000 });
    },
    end: () => page.evaluate((mark) => document.body.setAttribute(mark, 'over'), name),
  };
}
