import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type BrowserKind = 'chromium' | 'firefox';

const PLACES: Record<BrowserKind, { variable: string; names: string[]; paths: string[] }> = {
  chromium: {
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'],
    paths: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
    paths: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  },
};

/** The browser's path, or null where none is found. Throws where the variable names a file that cannot be run. */
export function findBrowser(kind: BrowserKind): string | null {
  const { variable, names, paths } = PLACES[kind];
  const named = process.env[variable];
  if (named) {
    if (!canRun(named)) throw new Error(`${variable} names ${named}, and that is not a program that can be run.`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...paths];
  return candidates.find(canRun) ?? null;
}

/** The sentence for a person without any browser. */
export const NO_BROWSER =
  'No browser was found. Install Chromium, Chrome or Firefox, or name one in CHROME_PATH or FIREFOX_PATH.';

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
