import type { Page } from 'puppeteer-core';

/** One element of Baton's as a person sees it: its words, and the attributes that tests may rely on. */
export interface Sight {
  tag: string;
  text: string;
  data: Record<string, string>;
  /** Words of the host's element that it lies in: a row, a message, a group. */
  host: string;
}

/** Everything of Baton's that is drawn in the page, in document order. */
export async function sights(page: Page): Promise<Sight[]> {
  // No helper has a name inside of `evaluate`: the runner of `npm start` would mark it with one of its own.
  const found = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('*')]
      .filter(({ localName }) => localName.startsWith('baton-'))
      .map((element) => ({
        tag: element.localName,
        text: [...(element.shadowRoot?.children ?? [])]
          .map((child) => (child instanceof HTMLElement && child.localName !== 'style' ? child.innerText : ''))
          .join(' '),
        data: { ...element.dataset } as Record<string, string>,
        host: element.parentElement?.innerText ?? '',
      })),
  );
  return found.map((one) => ({ ...one, text: tidy(one.text), host: tidy(one.host) }));
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The first element of one kind whose host shows these words. */
export async function sight(page: Page, tag: string, host = ''): Promise<Sight | null> {
  return (await sights(page)).find((one) => one.tag === tag && one.host.includes(host)) ?? null;
}

/** The running clocks in the banner, by name: when each ends, epoch ms. */
export function timers(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const root = document.querySelector('baton-banner')?.shadowRoot;
    const found = [...(root?.querySelectorAll<HTMLElement>('baton-timer') ?? [])];
    return Object.fromEntries(found.map(({ dataset }) => [dataset.clock ?? '', Number(dataset.ends)]));
  });
}

/** Sends a reply from the inbox's composer, as an agent does. */
export async function reply(page: Page, text: string): Promise<void> {
  await page.bringToFront();
  const composers = await page.$$('[role=textbox][contenteditable=true]');
  for (const composer of composers) {
    if (!(await composer.isVisible())) continue;
    await composer.click();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    return;
  }
  throw new Error('The inbox has no composer.');
}

/** Opens a conversation by pressing its row, as an agent does. */
export async function openConversation(page: Page, name: string): Promise<void> {
  for (const row of await page.$$('[role=presentation]')) {
    const text = await row.evaluate((element) => (element as HTMLElement).innerText);
    if (!text.includes(name)) continue;
    await row.evaluate((element) => (element as HTMLElement).click());
    return;
  }
  throw new Error(`No row of ${name}.`);
}

/** Presses a button of the popup by its words. */
export async function press(popup: Page, words: string): Promise<void> {
  for (const button of await popup.$$('button')) {
    const text = await button.evaluate((element) => element.textContent ?? '');
    if (text.trim() !== words) continue;
    await button.click();
    return;
  }
  throw new Error(`The popup has no button “${words}”.`);
}

/** What the popup shows, as a person reads it. */
export function read(popup: Page): Promise<string> {
  return popup.evaluate(() => document.body.innerText);
}

/** Shows one of the popup's tabs. */
export async function showTab(popup: Page, title: string): Promise<void> {
  for (const tab of await popup.$$('[role=tab]')) {
    if ((await tab.evaluate((element) => element.textContent)) === title) await tab.click();
  }
}

/** The words of how a control run ended, empty while there is none of that kind. */
export async function outcome(popup: Page, kind: string): Promise<string> {
  const shown = await popup.$(`[data-outcome=${kind}]`);
  return (await shown?.evaluate((element) => (element as HTMLElement).innerText)) ?? '';
}
