import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The peers are in a package of their own, so that nobody who only builds or tests Baton installs them. @throws where that fails */
export function installPeers(): void {
  if (existsSync(new URL('node_modules/arrive', import.meta.url))) return;
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm, 'ci'] : ['npm', 'ci'];
  const { status } = spawnSync(command ?? 'npm', args, {
    cwd: fileURLToPath(new URL('./', import.meta.url)),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The peers could not be installed: run npm ci in test/bench.');
}
