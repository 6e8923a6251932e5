// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { lineOf, textOf } from '../../utils/inbox/text';
import { attributionIn, isDateLine } from '../../utils/inbox/words';

function element(html: string): Element {
  const box = document.createElement('div');
  box.innerHTML = html;
  return box;
}

describe('text', () => {
  it.each([
    ['hello', 'hello'],
    ['<span>one</span><br><span>two</span>', 'one\ntwo'],
    ['yes <img alt="👍🏽"> <img alt="🏴󠁧󠁢󠁳󠁣󠁴󠁿"><img alt="❤️"><img alt="7️⃣"><img alt="🇮🇩">', 'yes 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿❤️7️⃣🇮🇩'],
    ['<img alt="Mara Lindqvist"><img alt="7"><img alt=""><img>', ''],
    ['a<baton-label>Replied by a chatbot</baton-label>b', 'ab'],
    ['<div>\n   <span>indented</span>\n  </div>', 'indented'],
    ['two  spaces\nand a line', 'two  spaces\nand a line'],
    ['<b>bold</b>er', 'bolder'],
  ])('of %s', (html, text) => {
    expect(textOf(element(html))).toBe(text);
  });

  it('on one line has single spaces', () => {
    expect(lineOf(element('one<br>two   three'))).toBe('one two three');
  });

  it('leaves out what it is told to', () => {
    expect(textOf(element('a<i>b</i>c'), ({ localName }) => localName === 'i')).toBe('ac');
  });
});

describe('a footer', () => {
  it.each([
    ['Sent by Ida Novak', { kind: 'admin', name: 'Ida Novak' }],
    ['Automated response. Manage Automations', { kind: 'automation' }],
    ['Improve AI response', { kind: 'meta-ai' }],
    ['I was sent by Ida', null],
    ['Sent by ', null],
    ['Dikirim oleh Ida', null],
    ['', null],
  ])('%j', (words, attribution) => {
    expect(attributionIn(words)).toEqual(attribution);
  });
});

describe('a line between messages', () => {
  it.each([
    ['Fri 11:34 PM', true],
    ['1/13/24, 8:22 AM', true],
    ['Jum 23.34', true],
    ['الجمعة ١١:٣٤ م', true],
    ['金 午後11:34', true],
    ['Mara Lindqvist replied to an ad.', false],
    ['You took over this chat from your AI agent.', false],
    ['Lead stage set to Intake', false],
    ['Ida Novak assigned this conversation to Ben Achter, who will call at 11:34', false],
  ])('%j is a date: %s', (line, date) => {
    expect(isDateLine(line)).toBe(date);
  });
});
