import type { Page } from 'puppeteer-core';
import type { Meta } from '../meta/meta';

/** The same steps in every one of these pages: a scroll, a message that arrives, a press on a row, in turn. */
export async function step(meta: Meta, pages: readonly Page[], count: number): Promise<void> {
  const kind = count % 3;
  if (kind === 0) await each(pages, (page) => scroll(page, (count * 947) % 4000));
  if (kind === 1) arrive(meta, count);
  if (kind === 2) await each(pages, (page) => press(page, count));
  await each(pages, (page) => frames(page));
}

export async function each<Value>(pages: readonly Page[], work: (page: Page) => Promise<Value>): Promise<Value[]> {
  return Promise.all(pages.map(work));
}

export function scroll(page: Page, top: number): Promise<void> {
  return page.evaluate((to) => document.querySelector('.zq-scroll')?.scrollTo(0, to), top);
}

/** A customer writes whose conversation somebody has: control stays where it is. */
function arrive({ world }: Meta, count: number): void {
  const held = world.state.threads.filter((thread) => world.owner(thread) !== null);
  const thread = held[(count * 7) % held.length];
  if (thread) world.customerSays(thread.psid, `Is number ${count} still there?`);
}

/** Presses one of the rows on screen, as an agent does. */
export function press(page: Page, place: number): Promise<void> {
  return page.evaluate((wanted) => {
    const boxes = [...document.querySelectorAll<HTMLElement>('[role=presentation]')].filter((box) =>
      box.checkVisibility(),
    );
    boxes[wanted % boxes.length]?.click();
  }, place);
}

/** A few frames: the page's own, ours, and the mark's. */
export function frames(page: Page, count = 4): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        let left = wanted;
        const next = () => {
          left -= 1;
          if (left === 0) resolve();
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    count,
  );
}
