import { describe, expect, it } from 'vitest';
import { holdsPhrase, whyNoPhrase } from '../../utils/conversation/hand-back';

describe('a draft holds the hand-back phrase', () => {
  it.each([
    ['it alone', 'back to bot', 'back to bot', true],
    ['in another case, with other spaces', '  BACK to\u00a0 Bot ', 'back to bot', true],
    ['across lines', 'Thanks!\nback\nto bot', 'back to bot', true],
    ['before a full stop', 'Now back to bot.', 'back to bot', true],
    ['with an invisible character in it', 'back to\u200b bot', 'back to bot', true],
    ['a sign', 'Good bye #bot', '#bot', true],
    ['its second place', 'robots, bot', 'bot', true],
    ['not in a longer word', 'the robot is here', 'bot', false],
    ['not the beginning of a longer word', 'back to bottom', 'back to bot', false],
    ['not half of it', 'back to', 'back to bot', false],
    ['without spaces between words, as Japanese is written', 'ではボットに戻します', 'ボットに戻', true],
    ['nothing is written', '', 'back to bot', false],
    ['a phrase of nothing that is seen', 'hello', '\u200b\u200b', false],
  ])('%s', (_, draft, phrase, expected) => {
    expect(holdsPhrase(draft, phrase)).toBe(expected);
  });
});

describe('what can be a hand-back phrase', () => {
  it.each([
    ['ok', true],
    ['#bot', true],
    ['', false],
    [' ! ', false],
    ['\u200b\u200b', false],
    ['x'.repeat(100), true],
    ['x'.repeat(101), false],
  ])('%j: %s', (text, expected) => {
    expect(whyNoPhrase(text) === null).toBe(expected);
  });
});
