import { describe, expect, it } from 'vitest';
import { repeatedWords } from '../../utils/conversation/repeated';
import { foldWords, previewShows } from '../../utils/conversation/words';
import { known, knownConversation } from './given';

describe('folded words', () => {
  it.each([
    ['case and spacing', '  Hello\n THERE ', 'hello there'],
    ['width', 'ＡＢＣ１', 'abc1'],
    ['direction marks', '\u200fمرحبا\u202c', 'مرحبا'],
    ['how an emoji is drawn', 'ok \u2764\ufe0f', 'ok \u2764'],
    ['no more than that', 'José', 'josé'],
  ])('%s', (_, text, folded) => {
    expect(foldWords(text)).toBe(folded);
  });
});

describe('a preview shows', () => {
  const long = 'Where is my parcel with the blue shoes in it?';
  it.each([
    ['a customer’s words', 'ok', 'customer', 'ok', true],
    ['not part of them', 'ok', 'customer', 'ok then', false],
    ['cut words', 'Where is my parcel…', 'customer', long, true],
    ['not words cut too short', 'Where…', 'customer', long, false],
    ['the Page’s words, in English', 'You: ok', 'page', 'ok', true],
    ['in Arabic', 'أنت: ok', 'page', 'ok', true],
    ['in Japanese, with a wide colon', 'あなた：ok', 'page', 'ok', true],
    ['cut', 'You: Where is my parcel…', 'page', long, true],
    ['words with a colon of their own', 'You: note: ok', 'page', 'note: ok', true],
    ['not the customer’s words as the Page’s', 'ok', 'page', 'ok', false],
    ['nor the Page’s as the customer’s', 'You: ok', 'customer', 'ok', false],
    ['not words far behind a colon', 'I heard from a neighbour that: ok', 'page', 'ok', false],
    ['nothing of a message without words', '', 'customer', '', false],
  ] as const)('%s', (_, preview, direction, text, expected) => {
    expect(previewShows(preview, { text, direction })).toBe(expected);
  });
});

describe('repeated words', () => {
  const saying = (...texts: string[]) => knownConversation({ messages: texts.map((text) => known({ text })) });
  const welcome = 'Welcome to our shop!';
  it.each([
    ['in three conversations', [saying(welcome), saying(welcome), saying(welcome.toUpperCase())], true],
    ['not in two', [saying(welcome), saying(welcome)], false],
    ['nor often in one', [saying(welcome, welcome, welcome)], false],
  ])('%s', (_, conversations, expected) => {
    expect(repeatedWords(conversations)(welcome)).toBe(expected);
  });

  it('are not short ones, nor the customers’', () => {
    const thanks = Array.from({ length: 3 }, () => saying('thanks'));
    const asked = Array.from({ length: 3 }, () =>
      knownConversation({ messages: [known({ text: welcome, direction: 'customer' })] }),
    );
    expect([repeatedWords(thanks)('thanks'), repeatedWords(asked)(welcome)]).toEqual([false, false]);
  });
});
