/**
 * `npm run soak`: the long versions. What `npm test` plays in part is played whole here; each part ends the run with
 * its own exit code, so that the first that fails is named.
 */
import { spawnSync } from 'node:child_process';

const PARTS: readonly { what: string; command: string[]; env?: Record<string, string> }[] = [
  { what: 'the known world, whole', command: ['tsx', 'test/world/accuracy.ts'] },
  { what: 'the planted faults', command: ['tsx', 'test/world/faults.ts'] },
  {
    what: 'control runs killed at every await, at both moments, 10,000 manglings of the page, 5,000 rows of drawings',
    command: [
      ...['vitest', 'run', '--project', 'unit'],
      ...['test/services/control-killed.test.ts', 'test/inbox', 'test/components/renderer.test.tsx'],
    ],
    env: { BATON_SOAK: '1' },
  },
  {
    what: 'control in real browsers: every call killed at every moment, every refusal, 20 interleavings in each',
    command: ['vitest', 'run', '--project', 'e2e', 'test/e2e/control-'],
    env: { BATON_SOAK: '1' },
  },
  {
    what: '10,000 scrolls, arrivals and switches in each of two browsers',
    command: ['vitest', 'run', '--project', 'e2e', 'test/e2e/page.test.ts'],
    env: { BATON_STEPS: '10000' },
  },
  {
    what: '10,000 switches, and what they leave in Chromium’s memory',
    command: ['vitest', 'run', '--project', 'e2e', 'test/e2e/page-heap.test.ts'],
    env: { BATON_SWITCHES: '10000' },
  },
];

for (const { what, command, env } of PARTS) {
  console.log(`\n── ${what}`);
  const from = Date.now();
  const { status } = spawnSync('npx', command, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  console.log(`── ${what}: ${status === 0 ? 'held' : 'FAILED'}, ${Math.round((Date.now() - from) / 1000)} s`);
  if (status !== 0) process.exit(status ?? 1);
}
