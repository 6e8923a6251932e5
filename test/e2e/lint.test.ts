import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { BUILDS } from './launch';

/** Mozilla's own linter over the production build; its warnings are about Preact's `innerHTML` and Firefox for Android. */
test('the Firefox build passes the linter of its store', () => {
  const { stdout } = spawnSync(
    process.execPath,
    ['node_modules/web-ext/bin/web-ext.js', 'lint', '--source-dir', BUILDS.firefox, '--output', 'json'],
    { encoding: 'utf8' },
  );
  const report = JSON.parse(stdout) as { errors: { code: string; file: string }[]; summary: { errors: number } };
  expect(report.errors.map(({ code, file }) => `${code} ${file}`)).toEqual([]);
  expect(report.summary.errors).toBe(0);
});
