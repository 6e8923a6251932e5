import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

export const CONTENDERS = [
  'nothing',
  'floor',
  'baton',
  'arrive',
  'selector-observer',
  'page-parser-tree',
  'naive',
] as const;

export type Contender = (typeof CONTENDERS)[number];

/** An extension that holds one contender as content script of the bench's host page; null for nothing at all. */
export async function buildExtension(contender: Contender): Promise<string | null> {
  if (contender === 'nothing') return null;
  const folder = mkdtempSync(join(tmpdir(), `bench-${contender}-`));
  mkdirSync(folder, { recursive: true });
  const matches = ['http://127.0.0.1/*'];
  const scripts: object[] = [{ matches, js: ['content.js'], run_at: 'document_idle' }];
  writeFileSync(join(folder, 'content.js'), await bundle(`contenders/${contender}.ts`));
  if (contender === 'baton') {
    writeFileSync(join(folder, 'page.js'), await bundle('contenders/page-facts.ts'));
    writeFileSync(join(folder, 'background.js'), await bundle('contenders/background.ts'));
    scripts.push({ matches, js: ['page.js'], world: 'MAIN', run_at: 'document_start' });
  }
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: contender,
      version: '1',
      permissions: ['storage'],
      content_scripts: scripts,
      ...(contender === 'baton' && { background: { service_worker: 'background.js' } }),
    }),
  );
  return folder;
}

/** What draws in Facebook's page in place of Preact, for every contender. */
const renderer = fileURLToPath(new URL('../../components/inbox/renderer.ts', import.meta.url));

/** Every contender has its answers at hand: in place of what Baton keeps of its background's. */
const answersAtHand: Plugin = {
  name: 'answers-at-hand',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './views' && importer?.includes('/entrypoints/inbox.content/')
      ? fileURLToPath(new URL('views-at-hand.ts', import.meta.url))
      : null,
};

/** One script of the bench, as a production build makes it. @throws if it does not compile */
export async function bundle(file: string): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    logLevel: 'error',
    plugins: [answersAtHand],
    resolve: { alias: { 'preact/jsx-runtime': renderer, preact: renderer } },
    // One of the peers expects Node's name for the global object.
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      minify: true,
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['iife'], name: 'bench' },
    },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error(`${file} gave no script.`);
  return chunk.code;
}
