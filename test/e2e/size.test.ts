import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

/** Bytes. */
const MOST = 25_000;

test.each(['chrome', 'firefox'])('%s: all that Facebook’s page has to load stays small', (browser) => {
  const folder = new URL(`../../.output/${browser}-mv3/content-scripts/`, import.meta.url);
  const sizes = readdirSync(folder).map((file) => gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST);
});
