import type { Page } from 'puppeteer-core';
import { until } from './launch';
import { press } from './sight';

/** The state of every check that Setup shows, by id. */
export function states(setup: Page): Promise<Record<string, string>> {
  return setup.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-check]')].map(({ dataset }) => [
        dataset.check ?? '',
        dataset.state ?? '',
      ]),
    ),
  );
}

/** Waits until the checks are in these states; says which are not. */
export async function reach(setup: Page, expected: Record<string, string>): Promise<Record<string, string>> {
  let found: Record<string, string> = {};
  const differing = () => Object.entries(expected).filter(([id, state]) => found[id] !== state);
  await until(async () => {
    found = await states(setup);
    return differing().length === 0;
  }, 'the checks').catch(() => {
    throw new Error(
      differing()
        .map(([id, state]) => `${id} is ${found[id]}, not ${state}`)
        .join('; '),
    );
  });
  return found;
}

/** Has everything checked again and waits for these states. */
export async function checkAgain(setup: Page, expected: Record<string, string>): Promise<Record<string, string>> {
  await press(setup, 'Check again');
  return reach(setup, expected);
}

/** Tries take and pass on one customer's conversation. */
export async function tryOn(setup: Page, name: string, expected: string): Promise<void> {
  const option = await setup.evaluate(
    (wanted) =>
      [...document.querySelectorAll<HTMLOptionElement>('select[name=trial] option')].find(
        ({ textContent }) => textContent === wanted,
      )?.value ?? '',
    name,
  );
  if (option === '') throw new Error(`${name} is not offered for a trial.`);
  await setup.select('select[name=trial]', option);
  await press(setup, 'Try take and pass');
  await reach(setup, { trial: expected });
}

/** Writes into one of Setup's fields as a paste does: at once. */
export async function paste(setup: Page, field: string, text: string): Promise<void> {
  await setup.focus(`[name=${field}]`);
  await setup.evaluate((pasted) => document.execCommand('insertText', false, pasted), text);
}
