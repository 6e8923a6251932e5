import { parseHeader, parseMessages, parseNotices, parseThreadRows } from '../../utils/inbox/parse';
import type { Counts } from '../fixtures/model';

/** What the parsers find in a page, in the terms of the count table. */
export function countPage(root: ParentNode): Counts {
  const rows = parseThreadRows(root);
  const messages = parseMessages(root);
  const how = <Item>(items: readonly Item[], test: (item: Item) => unknown) => items.filter(test).length;
  return {
    rows: rows.length,
    unread: how(rows, ({ unread }) => unread),
    channels: how(rows, ({ channel }) => channel),
    messages: messages.length,
    fromPage: how(messages, ({ direction }) => direction === 'page'),
    withId: how(messages, ({ messageId }) => messageId),
    withTime: how(messages, ({ sentAt }) => sentAt),
    attributed: how(messages, ({ attribution }) => attribution),
    notices: parseNotices(root).length,
    header: parseHeader(root) ? 1 : 0,
  };
}
