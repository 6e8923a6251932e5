import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const pageFolder = new URL('./page/', import.meta.url);

export interface Bundle {
  script: string;
  style: string;
}

let made: Promise<Bundle> | undefined;

/**
 * The page's script and style, built once a process.
 * React's production build, as on the real page: its fibers lie in `__reactFiber$…` there too.
 * @throws if the page's source does not compile
 */
export function inboxBundle(): Promise<Bundle> {
  made ??= makeBundle();
  return made;
}

async function makeBundle(): Promise<Bundle> {
  const [script, style] = await Promise.all([buildScript('main.tsx'), readFile(new URL('style.css', pageFolder), 'utf8')]);
  return { script, style };
}

async function buildScript(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    root: fileURLToPath(pageFolder),
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, modulePreload: false, rollupOptions: { input: fileURLToPath(new URL(entry, pageFolder)) } },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error(`The inbox page did not build: ${entry} gave no script.`);
  return chunk.code;
}
