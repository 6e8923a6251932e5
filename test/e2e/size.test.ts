import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

/** Bytes. */
const MOST = 25_000;

test.each(['chrome', 'firefox'])('%s: what Facebook’s page has to load stays small', (browser) => {
  const script = readFileSync(new URL(`../../.output/${browser}-mv3/content-scripts/inbox.js`, import.meta.url));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(MOST);
});
