import { expect, test } from 'vitest';
import { holdsSecret } from './secrets';

const TOKEN = 'EAABkZqT7wQpLm4NcXr9VbHs2YdGfJ';
const bytes = Buffer.from(TOKEN);
const wide = Buffer.from(TOKEN, 'utf16le');

test.each<[string, unknown]>([
  ['plain', TOKEN],
  ['within words', { rows: [{ owner: { reason: `Asked with ${TOKEN}.` } }] }],
  ['as a key', { [TOKEN]: 1 }],
  ['in a map', new Map([['token', TOKEN]])],
  ['as bytes', new Uint8Array(bytes)],
  ['as a buffer', new Uint8Array(bytes).buffer],
  ['as a list of bytes', [...bytes]],
  ['as UTF-16 in bytes', new Uint8Array(wide)],
  ['as UTF-16, the other way round', new Uint8Array(Buffer.from(wide).swap16())],
  ['as UTF-16 in a text', wide.toString('latin1')],
  ['two signs in each character', bytes.toString('utf16le')],
  ['in base64', bytes.toString('base64')],
  ['in base64, one byte after others', Buffer.from(`.${TOKEN}.`).toString('base64')],
  ['in base64, two bytes after others', Buffer.from(`..${TOKEN}..`).toString('base64')],
  ['in base64 for addresses', Buffer.from(`..${TOKEN}..`).toString('base64url')],
  ['in base64 of UTF-16', wide.toString('base64')],
  ['percent-encoded', [...bytes].map((byte) => `%${byte.toString(16)}`).join('')],
  ['percent-encoded in capitals', [...bytes].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')],
])('a secret is found %s', (_, value) => {
  expect(holdsSecret(value, TOKEN)).toBe(true);
});

test.each<[string, unknown]>([
  ['half of it', TOKEN.slice(0, 15)],
  ['another', TOKEN.toLowerCase()],
  ['nothing', [null, undefined, 7, true, {}]],
])('and not in %s', (_, value) => {
  expect(holdsSecret(value, TOKEN)).toBe(false);
});
