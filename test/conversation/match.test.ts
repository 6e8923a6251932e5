import { describe, expect, it } from 'vitest';
import type { KnownMessage } from '../../utils/conversation/known';
import { matchMessages } from '../../utils/conversation/match';
import type { SeenMessage } from '../../utils/conversation/seen';
import { known, NOW, SECOND, seen } from './given';

/** For each message on screen, the index of Graph's; -1 where none was matched. */
function match(onScreen: SeenMessage[], told: KnownMessage[]): number[] {
  const matches = matchMessages(onScreen, told);
  return onScreen.map(({ key }) => told.indexOf(matches.get(key) as KnownMessage));
}

const at = (seconds: number) => NOW + seconds * SECOND;

describe('messages on screen and Graph’s', () => {
  it.each([
    ['the same words at the same time', [seen()], [known()], [0]],
    [
      'words that differ in case, width and invisible marks',
      [seen({ text: 'Ｈello\u200b  there' })],
      [known({ text: 'hello there' })],
      [0],
    ],
    ['clocks 30 s apart', [seen({ sentAt: at(30) })], [known()], [0]],
    ['more than that', [seen({ sentAt: at(31) })], [known()], [-1]],
    ['another direction', [seen()], [known({ direction: 'customer' })], [-1]],
    ['other words', [seen({ text: 'no' })], [known()], [-1]],
    ['no time on the page', [seen({ sentAt: null })], [known()], [-1]],
    ['one that can’t be read', [seen()], [known({ unreadable: true })], [-1]],
    ['two alike on screen', [seen(), seen({ sentAt: at(5) })], [known()], [-1, -1]],
    ['two alike in Graph', [seen()], [known(), known({ at: at(5) })], [-1]],
    [
      'two alike, told apart by the clocks’ difference',
      [seen({ text: 'hello', sentAt: at(0) }), seen({ sentAt: at(10) }), seen({ sentAt: at(20) })],
      [known({ text: 'hello', at: at(2) }), known({ at: at(12) }), known({ at: at(22) })],
      [0, 1, 2],
    ],
    [
      'a sticker, once the difference is known',
      [seen(), seen({ text: '', sentAt: at(9) })],
      [known(), known({ text: '', at: at(9) })],
      [0, 1],
    ],
    ['a sticker alone', [seen({ text: '' })], [known({ text: '' })], [-1]],
    [
      'a template, whose words only the page has',
      [seen(), seen({ text: 'Blue shoes', sentAt: at(9) })],
      [known(), known({ text: '', template: true, at: at(9) })],
      [0, 1],
    ],
  ])('%s', (_, onScreen, told, expected) => {
    expect(match(onScreen, told)).toEqual(expected);
  });
});
