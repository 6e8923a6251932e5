import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import { type Driven, drive, until } from './launch';
import { connect, openInbox } from './set-up';
import { paste } from './setup-page';
import { press, read, showTab, sight } from './sight';

const PASSPHRASE = 'nine bicycles in the rain';

/** One profile of a browser's, closed and started again: what each way to keep the token comes to. */
describe.each<BrowserKind>(['chromium', 'firefox'])('%s is started again', (kind) => {
  const run = test.runIf(findBrowser(kind) !== null || process.env.CI === 'true');
  let meta: Meta;
  let profile: string;
  let driven: Driven | null = null;

  beforeEach(async () => {
    meta = await startMeta({ bot: false });
    profile = mkdtempSync(join(tmpdir(), 'baton-restart-'));
  });
  afterEach(async () => {
    await driven?.close();
    driven = null;
    await meta.close();
    rmSync(profile, { recursive: true, force: true });
  });

  /** Closes the browser, if it is open, and opens the inbox in the next one. */
  async function restart(): Promise<Page> {
    await driven?.close();
    driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true, profile });
    const inbox = await openInbox(meta, driven);
    await until(async () => (await banner(inbox)) !== '', 'the banner');
    return inbox;
  }

  async function openSetup(inbox: Page): Promise<Page> {
    const setup = await driven!.popup(inbox);
    await until(async () => (await setup.$$('[role=tab]')).length > 1, 'the tabs');
    await showTab(setup, 'Setup');
    return setup;
  }

  async function keepBy(inbox: Page, mode: 'device' | 'passphrase' | 'session'): Promise<void> {
    const setup = await openSetup(inbox);
    await (await setup.waitForSelector(`[name=vault][value=${mode}]`))?.click();
    if (mode === 'passphrase') await paste(setup, 'passphrase', PASSPHRASE);
    await press(setup, 'Keep it this way');
    await until(async () => (await read(setup)).includes('Done.'), 'the word of success');
    await setup.close();
  }

  const reads = (page: Page, words: string) => until(async () => (await read(page)).includes(words), `“${words}”`);
  const ownerIsShown = (inbox: Page) =>
    until(async () => (await banner(inbox)).includes('has this conversation'), 'the owner', 30_000);

  run('locked by a passphrase, at hand in this browser, gone with its session', async () => {
    const first = await restart();
    await connect(driven!, first, meta.tokens['4']!);
    await keepBy(first, 'passphrase');

    const locked = await restart();
    const setup = await openSetup(locked);
    await reads(setup, 'Baton is locked');
    expect(await banner(locked)).toContain('Unlock Baton in Setup');
    await paste(setup, 'passphrase', PASSPHRASE);
    await press(setup, 'Unlock');
    await reads(setup, 'Configuration checks');
    await setup.close();
    await locked.bringToFront();
    await ownerIsShown(locked);
    await keepBy(locked, 'device');

    const open = await restart();
    await ownerIsShown(open);
    await keepBy(open, 'session');

    const gone = await restart();
    const empty = await openSetup(gone);
    await reads(empty, 'The last session has ended');
    expect(await read(empty)).not.toContain('Configuration checks');
    expect(await banner(gone)).toContain('Connect the Page in Setup');
  });
});

const banner = async (inbox: Page): Promise<string> => (await sight(inbox, 'baton-banner'))?.text ?? '';
