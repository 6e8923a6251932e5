import type { Page } from 'puppeteer-core';
import type { FakeWorld } from '../meta/inbox/fake-world';
import type { startMarking } from './marking';

declare global {
  interface Window {
    marking: ReturnType<typeof startMarking>;
  }
}

export interface Harm {
  wrong: string[];
  unmarked: string[];
  mixed: string[];
  /** Conversations that were opened and never accepted. */
  neverOpen: string[];
}

/**
 * Scrolls, switches and lets messages arrive, in turn, and judges the marks after each step.
 * `judged`: React can say whom a row belongs to.
 */
export async function playSteps(page: Page, world: FakeWorld, steps: number, { judged = true } = {}): Promise<Harm> {
  const harm: Harm = { wrong: [], unmarked: [], mixed: [], neverOpen: [] };
  const customers = () =>
    world
      .feed()
      .threads.map(({ userId, title, lastActivityAt }) => ({ userId, name: title, lastActivity: lastActivityAt }));
  await page.evaluate((first) => {
    window.marking = window.inbox.startMarking(first);
  }, customers());
  for (let step = 0; step < steps; step += 1) {
    const kind = step % 3;
    if (kind === 0)
      await page.evaluate((to) => document.querySelector('.zq-scroll')?.scrollTo(0, to), (step * 947) % 2400);
    if (kind === 1) {
      const threads = world.feed().threads;
      world.say(threads[(step * 7) % threads.length]!.userId, { text: `step ${step}` });
      await page.evaluate((told) => window.marking.tell(told), customers());
    }
    if (kind === 2) harm.neverOpen.push(...(await switchTo(page, step)));
    await settle(page);
    const found = await page.evaluate(() => window.marking.find());
    harm.mixed = found.mixed;
    if (!judged) continue;
    harm.wrong.push(...found.wrong.map((row) => `step ${step}: ${row}`));
    harm.unmarked.push(...found.unmarked.map((row) => `step ${step}: ${row} of ${found.rows}`));
  }
  await page.evaluate(() => window.marking.stop());
  return harm;
}

/** A few frames: the page's own, ours, and the mark's. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let frames = 5;
        const next = () => {
          frames -= 1;
          if (frames === 0) resolve();
          else requestAnimationFrame(next);
        };
        next();
      }),
  );
}

/** Presses one of the rows on screen and waits until its conversation is accepted. */
async function switchTo(page: Page, step: number): Promise<string[]> {
  const name = await page.evaluate((place) => {
    const rows = window.inbox.parseThreadRows(document);
    const row = rows[place % rows.length]!;
    (row.element as HTMLElement).click();
    return row.name;
  }, step);
  const opened = page.waitForFunction(
    (wanted) => window.marking.find().open === wanted,
    { timeout: 3000, polling: 20 },
    name,
  );
  return opened.then(
    () => [],
    () => [`step ${step}: ${name}`],
  );
}
