/**
 * Runs before `npm start` and `npm test`, with Node's builtins alone: from a bare clone it installs what the lock
 * file names, and installs again only when the lock file changes.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const needed = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(`Baton needs Node ${needed.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const stamp = join(root, 'node_modules', '.baton-lock');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed =
  existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(join(root, '.wxt', 'tsconfig.json'));

if (!installed) {
  console.log('Installing what the lock file names. This takes about half a minute, once.');
  const npm = process.env.npm_execpath;
  const command = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const run = spawnSync(...command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) {
    console.error('npm ci failed: see the lines above.');
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, lock);
}
