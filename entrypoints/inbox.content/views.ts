import type { ConversationView, InboxView, RowView } from '../../utils/conversation/view';
import { type Shown, shownBy } from '../../utils/inbox/row-key';

/** How many views are kept, so that a return to what is known shows at once. */
const ROWS_KEPT = 400;
const CONVERSATIONS_KEPT = 40;

/** A view, and the row that it is of. */
interface KeptRow extends Shown {
  view: RowView;
}

/** The newest views by what they are of, the least lately told dropped first. `rowsKept`: at most so many of rows. */
export function createViews(rowsKept = ROWS_KEPT) {
  /**
   * By the time of a row's last activity. Rows are looked up in each frame: a number is found without being read, as a
   * text would have to be, and hardly two rows share it.
   */
  const rows = new Map<number | null, readonly KeptRow[]>();
  const conversations = new Map<string, ConversationView>();
  let clockOffset = 0;

  const rowsAt = (time: number | null) => rows.get(time) ?? [];

  function rowOf({ name, lastActivity, preview, channel }: Shown): RowView | null {
    const isIt = (kept: KeptRow) => kept.name === name && kept.preview === preview && kept.channel === channel;
    return rowsAt(lastActivity).find(isIt)?.view ?? null;
  }

  function keepRow(view: RowView): void {
    const shown = shownBy(view.key);
    const before = rowOf(shown);
    const others = rowsAt(shown.lastActivity).filter((kept) => kept.view !== before);
    put(rows, shown.lastActivity, [...others, { ...shown, view: reuse(before, view) }].slice(-rowsKept), rowsKept);
  }

  function keepConversation(view: ConversationView): void {
    put(conversations, view.key, reuse(conversations.get(view.key), view), CONVERSATIONS_KEPT);
  }

  return {
    keep(view: InboxView): void {
      clockOffset = view.clockOffset;
      view.rows.forEach(keepRow);
      const { conversation } = view;
      if (conversation) keepConversation(conversation);
    },
    row: rowOf,
    conversation: (key: string): ConversationView | null => conversations.get(key) ?? null,
    /** Epoch ms on the server's clock, of a time on ours. */
    now: (at = Date.now()): number => at + clockOffset,
  };
}

function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most) map.delete(oldest as Key);
}

/**
 * `value`, with every part that says the same as in `before` taken from there: each answer brings new objects, and what
 * was drawn is known by its object.
 */
function reuse<Value>(before: unknown, value: Value): Value {
  if (typeof before !== 'object' || typeof value !== 'object' || before === null || value === null) return value;
  let isSame = Object.keys(before).length === Object.keys(value).length;
  for (const name in value) {
    const part = Reflect.get(before, name);
    value[name] = reuse(part, value[name]);
    isSame &&= value[name] === part;
  }
  return isSame ? (before as Value) : value;
}
