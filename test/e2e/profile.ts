import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { encodings } from '../setup/secrets';

/** The files under a folder that hold the text in any of its encodings, by their paths in it. */
export function filesWith(folder: string, text: string): string[] {
  const wanted = encodings(text);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return wanted.some((one) => bytes.includes(one));
    })
    .map((path) => relative(folder, path));
}
