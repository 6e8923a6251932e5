import { afterAll, describe, expect, test } from 'vitest';
import { type Meta, startMeta } from '../meta/meta';
import { type BrowserKind, findBrowser } from './browsers';
import { type Driven, drive } from './launch';
import { type Played, playStory } from './story';

/**
 * A conversation handed from the bot to a human and back, on the production builds, and the same once more with the
 * background's worker killed before every step.
 */
describe.each<BrowserKind>(['chromium', 'firefox'])('the seed story in %s', (kind) => {
  const open: { meta: Meta; driven: Driven }[] = [];
  let unkilled: Played | null = null;

  async function stage() {
    const meta = await startMeta();
    const driven = await drive(kind, { port: meta.port, spki: meta.spki, headless: true });
    open.push({ meta, driven });
    return { meta, driven };
  }

  afterAll(async () => {
    for (const { meta, driven } of open) {
      await driven.close();
      await meta.close();
    }
  });

  // Where a person has no such browser the test is skipped; in CI that is a failure.
  const found = findBrowser(kind) !== null;
  const run = test.runIf(found || process.env.CI === 'true');

  run('from the bot to a human and back', async () => {
    const { meta, driven } = await stage();
    unkilled = await playStory(meta, driven, async () => {});
    expect(unkilled.steps.map(({ name, writes }) => [name, writes.length])).toEqual([
      ['connect', 0],
      ['the bot answers', 0],
      ['the bot passes control', 0],
      ['a person answers', 0],
      ['Pass to bot', 1],
      ['the bot answers again', 0],
      ['Take control', 1],
    ]);
  });

  run('the same with the worker killed before every step', async () => {
    const { meta, driven } = await stage();
    const killed = await playStory(meta, driven, driven.killWorker);
    expect(killed).toEqual(unkilled);
  });
});
