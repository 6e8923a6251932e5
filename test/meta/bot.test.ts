import { expect, test } from 'vitest';
import { noteIn } from './bot';

test.each<[string, string | undefined, string | null]>([
  ['a note', '{"source":"baton","event":"human-ended","note":"Size 54"}', 'Size 54'],
  ['the beginning of a human stretch', '{"source":"baton","event":"human-began","note":"Size 54"}', null],
  ['a note that is no text', '{"event":"human-ended","note":{"a":1}}', null],
  ['plain words of another app', 'asked for a human', null],
  ['a list', '[]', null],
  ['null', 'null', null],
  ['nothing', undefined, null],
])('the bot reads %s', (_, metadata, note) => {
  expect(noteIn(metadata)).toBe(note);
});
