import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import { type Driven, drive, until } from './launch';
import { openInbox } from './set-up';
import { paste } from './setup-page';
import { press, showTab } from './sight';

/** Where the browser has a way to be given a policy that leaves the computer's own alone. */
const CAN_BE_GIVEN: Record<BrowserKind, boolean> = { chromium: true, firefox: process.platform === 'linux' };

/** A policy as the browser itself hands it on: what it sets holds, and Setup says so. */
describe.each<BrowserKind>(['chromium', 'firefox'])('a policy in %s', (kind) => {
  const run = test.runIf(CAN_BE_GIVEN[kind] && (findBrowser(kind) !== null || process.env.CI === 'true'));
  let meta: Meta;
  let driven: Driven | null = null;
  afterEach(async () => {
    await driven?.close();
    driven = null;
    await meta.close();
  });

  run('sets what the bot writes, what is read, and how and for how long it is kept', async () => {
    meta = await startMeta({ bot: false });
    const { pageId, tokens } = meta;
    driven = await drive(kind, {
      port: meta.port,
      spki: meta.spki,
      headless: true,
      policy: {
        pages: [{ id: pageId, signature: '[bot]', handBackPhrase: '#bot' }],
        keepDays: 14,
        pageFacts: false,
        vault: 'session',
      },
    });
    const inbox = await openInbox(meta, driven);
    // How the token is kept is settled when the background starts.
    await driven.killWorker();
    const setup = await driven.popup(inbox);
    await until(async () => (await setup.$$('[role=tab]')).length > 1, 'the tabs');
    await showTab(setup, 'Setup');
    await setup.waitForSelector('[name=keepDays]');
    expect(await fields(setup, ['keepDays', 'pageFacts', 'vault'])).toEqual([
      'vault device, locked',
      'vault passphrase, locked',
      'vault session, chosen, locked',
      'keepDays 14, locked',
      'pageFacts off, locked',
    ]);

    await paste(setup, 'token', tokens['4']!);
    await press(setup, 'Connect Page');
    await setup.waitForSelector('[name=signature]');
    expect(await fields(setup, ['signature', 'handBackPhrase'])).toEqual([
      'signature [bot], locked',
      'handBackPhrase #bot, locked',
    ]);
  });
});

/** Setup's fields of these names as a person finds them, in their order. */
function fields(setup: Page, names: string[]): Promise<string[]> {
  return setup.evaluate(
    (wanted) =>
      [...document.querySelectorAll<HTMLInputElement>('input')]
        .filter(({ name }) => wanted.includes(name))
        .map(({ name, type, value, checked, disabled }) => {
          const shown = type === 'checkbox' ? (checked ? 'on' : 'off') : value;
          return `${name} ${shown}${type === 'radio' && checked ? ', chosen' : ''}${disabled ? ', locked' : ''}`;
        }),
    names,
  );
}
