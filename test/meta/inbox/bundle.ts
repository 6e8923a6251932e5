import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface Bundle {
  script: string;
  style: string;
}

const made = new Map<string, Promise<Bundle>>();

/**
 * The script (from `main.tsx`) and the style (`style.css`) of the page in a folder, built once a process.
 * The framework's production build, as on the real page: React's fibers lie in `__reactFiber$…` there too.
 * @param folder a file URL that ends in a slash
 * @throws if the page's source does not compile
 */
export function bundlePage(folder: URL): Promise<Bundle> {
  const known = made.get(folder.href) ?? makeBundle(folder);
  made.set(folder.href, known);
  return known;
}

async function makeBundle(folder: URL): Promise<Bundle> {
  const [script, style] = await Promise.all([buildScript(folder), readFile(new URL('style.css', folder), 'utf8')]);
  return { script, style };
}

async function buildScript(folder: URL): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    root: fileURLToPath(folder),
    logLevel: 'error',
    // Both said outright, since Vite would take them from NODE_ENV, which is `test` under a test runner.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: { write: false, modulePreload: false, rollupOptions: { input: fileURLToPath(new URL('main.tsx', folder)) } },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error(`The page in ${folder.pathname} gave no script.`);
  return chunk.code;
}
