import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every way in which a text may lie in a file: as bytes, as UTF-16, and as base64 from each of its three offsets. */
export function encodings(text: string): Buffer[] {
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.from(`${'-'.repeat(offset)}${text}`).toString('base64');
    // The first and the last signs also hold what stands beside the text.
    return Buffer.from(whole.slice(offset === 0 ? 0 : 4, -4));
  });
  return [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16(), ...base64];
}

/** The files under a folder that hold the text in any of these ways, by their paths in it. */
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
