import { afterAll, expect, test } from 'vitest';
import { startMeta } from '../meta/meta';
import { findBrowser } from './browsers';
import { drive, until } from './launch';
import { heldBy, switchThrough } from './page-heap';
import { connect, openInbox } from './set-up';
import { sights } from './sight';

/** `npm run soak` plays 10,000. */
const SWITCHES = Number(process.env.BATON_SWITCHES ?? 300);
/** By then every row on screen was open several times, so that what is kept of each is kept. */
const SETTLED_AFTER = 100;

const run = test.runIf(findBrowser('chromium') !== null || process.env.CI === 'true');
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

run(
  `${SWITCHES} switches leave nothing behind in chromium`,
  async () => {
    const meta = await startMeta({ bot: false, moreConversations: 20 });
    open.push(meta);
    const driven = await drive('chromium', { port: meta.port, spki: meta.spki, headless: true });
    open.push(driven);
    const inbox = await openInbox(meta, driven, '&delay=0');
    await connect(driven, inbox, meta.tokens['4'] ?? '');
    await until(async () => (await sights(inbox)).filter(({ tag }) => tag === 'baton-row').length > 2, 'the marks');

    // The same conversation is open at both measurements: another one has other messages to hold.
    await switchThrough(inbox, 0, SETTLED_AFTER);
    await switchThrough(inbox, 0, 1);
    const before = await heldBy(inbox);
    await switchThrough(inbox, SETTLED_AFTER, SWITCHES);
    await switchThrough(inbox, 0, 1);
    const after = await heldBy(inbox);

    expect((await sights(inbox)).map(({ tag }) => tag)).toContain('baton-banner');
    expect(after.values / before.values).toBeLessThan(1.01);
    expect(after.values / before.values).toBeGreaterThan(0.9);
    // One that is left behind at every switch would make hundreds.
    expect(after.nodes - before.nodes).toBeLessThan(100);
    expect(after.listeners - before.listeners).toBeLessThan(30);
  },
  120_000 + SWITCHES * 100,
);
