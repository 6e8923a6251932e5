import { describe, expect, it } from 'vitest';
import type { FeedMessage } from './feed';
import { timeline } from './page/timeline';

const MINUTE = 60_000;
const ida = { type: 'direct_admin', name: 'Ida' };
const ben = { type: 'direct_admin', name: 'Ben' };
const automation = { type: 'automated_response', name: 'Automated Response' };

interface Line {
  from: FeedMessage['direction'];
  creator?: FeedMessage['creator'];
  /** Minutes after the line before. */
  after?: number;
}

const customer: Line = { from: 'customer' };
const page = (creator: FeedMessage['creator'], after = 1): Line => ({ from: 'page', creator, after });

function messages(lines: Line[]): FeedMessage[] {
  let at = 0;
  return lines.map(({ from, creator = null, after = 1 }, index) => {
    at += after * MINUTE;
    return {
      mid: `mid.${index}`,
      at,
      direction: from,
      kind: from === 'system' ? 'notice' : 'text',
      text: `line ${index}`,
      creator,
      aiGenerated: false,
      replyTo: null,
    };
  });
}

/** One letter a line: a date, a system line, a message, or the creator whose footer stands under it. */
function drawn(lines: Line[], runs: 'creator' | 'page' = 'creator'): string {
  return timeline(messages(lines), runs)
    .map((item) => (item.kind === 'message' ? (item.footer?.name ?? '-') : item.kind))
    .join(' ');
}

describe('a footer stands under the last message of a run', () => {
  it.each([
    ['one creator, three messages', [page(ida), page(ida), page(ida)], 'date - - Ida'],
    ['another creator begins a run', [page(ida), page(ben)], 'date Ida Ben'],
    ['a message without creator ends it', [page(ida), page(null), page(ida)], 'date Ida - Ida'],
    ['the customer ends it', [page(ida), customer, page(ida)], 'date Ida - Ida'],
    ["a line of Meta's own ends it", [page(ida), { from: 'system' }, page(ida)], 'date Ida system Ida'],
    ['a pause ends it', [page(ida), page(ida, 60)], 'date Ida date Ida'],
    ["Meta's automation is a creator too", [page(automation), page(ida)], 'date Automated Response Ida'],
    ['no creator, no footer', [page(null), page(null)], 'date - -'],
  ] satisfies [string, Line[], string][])('%s', (_, lines, expected) => {
    expect(drawn(lines)).toBe(expected);
  });

  it.each([
    ['takes the last creator for all', [page(automation), page(ida)], 'date - Ida'],
    ['shows nothing where the last has none', [page(ida), page(null)], 'date - -'],
    ['still ends with the customer', [page(ida), customer], 'date Ida -'],
  ] satisfies [string, Line[], string][])('a run of any of the Page: %s', (_, lines, expected) => {
    expect(drawn(lines, 'page')).toBe(expected);
  });
});

describe('a date stands above the first message and after each hour of silence', () => {
  it.each([
    [[customer, { from: 'customer', after: 59 }], 'date - -'],
    [[customer, { from: 'customer', after: 60 }], 'date - date -'],
    [[], ''],
  ] satisfies [Line[], string][])('%j', (lines, expected) => {
    expect(drawn(lines)).toBe(expected);
  });
});
