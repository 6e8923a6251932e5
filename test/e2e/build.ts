import { spawnSync } from 'node:child_process';

/** The suite drives the production builds, so they are made first: as anyone makes them, not in the runner's own mode. */
export default function build(): void {
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, 'run', 'build']] : ['npm', ['run', 'build']];
  const { NODE_ENV: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: env as NodeJS.ProcessEnv });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}\n${stderr}`);
}
