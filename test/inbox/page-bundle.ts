import { build } from 'vite';

type Inbox = typeof import('./in-page');

declare global {
  interface Window {
    inbox: Inbox;
  }
}

/** The inbox's modules as one script, so that a test can run them within a real page, as `window.inbox`. */
export async function bundleInbox(): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: new URL('in-page.ts', import.meta.url).pathname, formats: ['iife'], name: 'inbox' },
    },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error('The inbox modules gave no script.');
  return `${chunk.code}\nwindow.inbox = inbox;`;
}
