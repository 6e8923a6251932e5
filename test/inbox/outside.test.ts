/** What others rely on of the parsers: names and kinds of the fields that they give, on a page that has everything. */
import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import { expect, it } from 'vitest';
import { parseHeader, parseMessages, parseNotices, parseThreadRows } from '../../utils/inbox/parse';

const { document } = new Window({ settings: { disableJavaScriptFileLoading: true } });
document.write(readFileSync(new URL('../fixtures/2026-09_everything.html', import.meta.url), 'utf8'));
const page = document as unknown as Document;

const SOON = Date.UTC(2030, 0);
const LONG_AGO = Date.UTC(2020, 0);
const isElement = (value: unknown) => (value as Element).nodeType === 1;
const isText = (value: unknown) => typeof value === 'string';
const isTime = (value: unknown) => typeof value === 'number' && value > LONG_AGO && value < SOON;
const isOneOf = (words: readonly string[]) => (value: unknown) => words.includes(value as string);
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);

it.each<[string, readonly object[], Record<string, (value: unknown) => boolean>]>([
  [
    'parseThreadRows',
    parseThreadRows(page),
    {
      element: isElement,
      name: isText,
      preview: isText,
      lastActivity: isTime,
      unread: orNull((value) => typeof value === 'boolean'),
      channel: orNull(isOneOf(['messenger', 'instagram', 'whatsapp'])),
    },
  ],
  ['parseHeader', [parseHeader(page)].flatMap((header) => header ?? []), { element: isElement, name: isText }],
  [
    'parseMessages',
    parseMessages(page),
    {
      element: isElement,
      messageId: orNull(isText),
      direction: isOneOf(['customer', 'page']),
      text: isText,
      sentAt: orNull(isTime),
      attribution: orNull((value) => isOneOf(['admin', 'automation', 'meta-ai'])((value as { kind: string }).kind)),
    },
  ],
  ['parseNotices', parseNotices(page), { element: isElement, text: isText }],
])('%s gives what it is relied on for', (_, found, fields) => {
  expect(found.length).toBeGreaterThan(0);
  for (const one of found)
    for (const [name, is] of Object.entries(fields)) expect([name, is(Reflect.get(one, name))]).toEqual([name, true]);
});
