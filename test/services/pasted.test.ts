import { expect, test } from 'vitest';
import { botAppOf, tokenOf } from '../../utils/services/pasted';
import { PASTED } from './pasted-texts';

test('there are 200 kinds of them, no two alike', () => {
  expect(PASTED.length).toBeGreaterThanOrEqual(200);
  expect(new Set(PASTED.map(([, text]) => text)).size).toBe(PASTED.length);
});

test.each(PASTED)('%s is told in one or two plain sentences that repeat none of it', (_, text) => {
  const read = tokenOf(text);
  const sentence = read.ok ? '' : read.sentence;
  expect(sentence).toMatch(/^[A-Z][^.]+\.( [A-Z][^.]+\.)?$/);
  expect(sentence.length).toBeLessThan(160);
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word.length > 12);
  expect(words.filter((word) => sentence.includes(word))).toEqual([]);
});

test.each([
  ['Stripe, secret', 'another service'],
  ['an app’s secret', 'an app’s secret'],
  ['an app’s token', 'an app’s own token'],
  ['a Page’s id', 'a number'],
  ['an Instagram token', 'Instagram'],
  ['in an address', 'a web address'],
  ['in HTML', 'a piece of a web page'],
  ['in JSON', 'data around a token'],
  ['after Bearer', 'the word before the token'],
  ['in double quotes', 'the quotation marks'],
  ['with a gap', 'a gap'],
  ['a token with U+200b in it', 'cannot be seen'],
  ['1 MB of letters', 'far too long'],
  ['nothing', 'Paste a Page access token first'],
])('%s is called %s', (kind, words) => {
  const [, text] = PASTED.find(([name]) => name === kind)!;
  expect(tokenOf(text)).toMatchObject({ ok: false, sentence: expect.stringContaining(words) });
});

test.each([
  ['as it is', (token: string) => token],
  ['with space around it', (token: string) => `  ${token}\n`],
])('a token %s is taken', (_, around) => {
  const token = `EAAG${'aB3'.repeat(60)}`;
  expect(tokenOf(around(token))).toEqual({ ok: true, value: token });
});

test.each([
  ['', { ok: true, value: null }],
  [' manychat ', { ok: true, value: '532160876956612' }],
  ['Hootsuite', { ok: true, value: '183319479511' }],
  ['555000000000005', { ok: true, value: '555000000000005' }],
  ['555000000000005 or so', { ok: false, sentence: 'Baton does not know this bot app by name. Type its app id.' }],
  ['Nobody’s Bot', { ok: false, sentence: 'Baton does not know this bot app by name. Type its app id.' }],
])('bot app “%s”', (typed, expected) => {
  expect(botAppOf(typed)).toEqual(expected);
});
