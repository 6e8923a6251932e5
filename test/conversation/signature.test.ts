import { describe, expect, it } from 'vitest';
import { carriesSignature, invisibleIn, whyNoSignature } from '../../utils/conversation/signature';

const MARK = '\u2063\u2064';

describe('a message carries the signature', () => {
  it.each([
    ['a prefix', 'Shop bot: hello', 'Shop bot:', true],
    ['in another case', 'SHOP BOT: hello', 'Shop bot:', true],
    ['not in the middle', 'hello from Shop bot:', 'Shop bot:', false],
    ['a mark that is not seen, anywhere', `hel${MARK}lo`, MARK, true],
    ['not half a mark', 'hel\u2063lo', MARK, false],
    ['one letter is no signature', 'B careful', 'B', false],
    ['nor are spaces', ' hello', ' ', false],
    ['nor is what joins an emoji', '👨‍👩‍👧', '\u200d', false],
    ['nor is none', 'hello', null, false],
  ])('%s', (_, text, signature, expected) => {
    expect(carriesSignature(text, signature)).toBe(expected);
  });
});

describe('what can be a signature', () => {
  it.each([
    ['a name in brackets', '[bot]'],
    ['a name before a colon', 'Bot:'],
    ['three characters with a sign among them', 'AI:'],
    ['an emoji and a word', '🤖 Bot'],
    ['words that are long enough', 'Harbour Street Bikes assistant'],
    ['a word with a marker behind it', `Bot${MARK}:`],
    ['two characters that no keyboard gives', MARK],
    ['those that zero-width writing is made of', '\u200b\u200c\u200b'],
    ['byte order marks', '\ufeff\ufeff'],
  ])('%s', (_, text) => {
    expect(whyNoSignature(text)).toBeNull();
  });
});

describe('what can be none is refused in one sentence', () => {
  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['spaces of another width', '\u00a0\u2003\u00a0'],
    ['a letter', 'B'],
    ['a greeting', 'Hi'],
    ['a greeting and a comma', 'Hello,'],
    ['thanks', 'Thank you!'],
    ['a smile', ':)'],
    ['an emoji', '👋'],
    ['what joins emoji', '\u200d'],
    ['what joins and varies emoji', '\ufe0f\u200d'],
    ['what a flag is made of', '\u{e0067}\u{e0062}\u{e007f}'],
    ['what turns the direction of writing', '\u200f\u200e\u202b'],
    ['one character that is copied with text from the web', '\u200b'],
    ['two lines', '[bot]\nHello'],
    ['control characters', '\u0000\u0000\u0000'],
    ['a whole paragraph', `[bot] ${'x'.repeat(100)}`],
  ])('%s', (_, text) => {
    expect(whyNoSignature(text)).toMatch(/^[A-Z][^.]*\.$/);
  });
});

describe('what is not seen is named', () => {
  it.each([
    ['\u200b\u2063\u{e0062}', ['U+200B', 'U+2063', 'U+E0062']],
    [`[bot]${MARK}`, ['U+2063', 'U+2064']],
    ['[the bot]', []],
  ])('%#', (text, expected) => {
    expect(invisibleIn(text)).toEqual(expected);
  });
});
