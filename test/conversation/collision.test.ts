import { describe, expect, it } from 'vitest';
import type { Author } from '../../utils/conversation/author';
import { noticeFor, type Typing } from '../../utils/conversation/collision';
import type { Owner } from '../../utils/conversation/owner';
import type { SeenMessage } from '../../utils/conversation/seen';
import type { ConversationView } from '../../utils/conversation/view';
import { NOW } from './given';

const KEY = 'conversation';

function message(key: string, direction: SeenMessage['direction'], sentAt: number | null = NOW + 1_000): SeenMessage {
  return { key, messageId: key, direction, text: 'Hello', sentAt, attribution: null, facts: null };
}

function view(owner: Owner, authors: Record<string, Author> = {}, observedAt = NOW): ConversationView {
  return {
    key: KEY,
    owner: { value: owner, source: 'graph', observedAt, certainty: 'certain', reason: '' },
    labels: Object.entries(authors).map(([key, value]) => ({
      key,
      author: { value, source: 'page', observedAt: NOW, certainty: 'certain', reason: '' },
      shownByPage: false,
    })),
  } as unknown as ConversationView;
}

const typing: Typing = { key: KEY, since: NOW, seen: new Set(['old']), phrase: null };
const inbox: Owner = { kind: 'inbox' };
const old = message('old', 'customer');

describe('what an agent is told while typing', () => {
  it.each<[string, ConversationView, SeenMessage[], ReturnType<typeof noticeFor>]>([
    ['nothing new, the inbox has it', view(inbox), [old], null],
    ['the bot has it', view({ kind: 'bot' }), [old], { kind: 'bot-has-it' }],
    ['the bot had it a while ago', view({ kind: 'bot' }, {}, NOW - 120_001), [old], null],
    [
      'the bot answered',
      view({ kind: 'bot' }, { new: { kind: 'chatbot' } }),
      [old, message('new', 'page')],
      { kind: 'bot-answered', at: NOW + 1_000 },
    ],
    [
      'a colleague answered',
      view(inbox, { new: { kind: 'human', name: 'Sam' } }),
      [old, message('new', 'page')],
      { kind: 'colleague-answered', at: NOW + 1_000, name: 'Sam' },
    ],
    [
      'the customer wrote, at a time that the page does not tell yet',
      view(inbox),
      [old, message('new', 'customer', null)],
      { kind: 'customer-wrote', at: NOW },
    ],
    [
      'the newest of two decides',
      view(inbox, { first: { kind: 'chatbot' } }),
      [old, message('first', 'page'), message('second', 'customer', NOW + 2_000)],
      { kind: 'customer-wrote', at: NOW + 2_000 },
    ],
    ['nobody knows who answered', view(inbox, { new: { kind: 'unknown', why: '' } }), [message('new', 'page')], null],
  ])('%s', (_, shown, messages, expected) => {
    expect(noticeFor(typing, shown, messages, NOW)).toEqual(expected);
  });

  it('the hand-back phrase comes before all else', () => {
    const phrase = { ...typing, phrase: 'back to bot' };
    expect(noticeFor(phrase, view({ kind: 'bot' }), [message('new', 'customer')], NOW)).toEqual({
      kind: 'phrase',
      phrase: 'back to bot',
    });
  });

  it.each([
    ['nobody types', null],
    ['the answer is for another conversation', { ...typing, key: 'another' }],
  ])('nothing where %s', (_, none) => {
    expect(noticeFor(none, view({ kind: 'bot' }), [message('new', 'customer')], NOW)).toBeNull();
  });
});
