import type { ConversationView, InboxView, RowView } from '../../utils/conversation/view';

/** How many views are kept, so that a return to what is known shows at once. */
const ROWS_KEPT = 400;
const CONVERSATIONS_KEPT = 40;

/** The newest views by key, the least lately told dropped first. */
export function createViews() {
  const rows = new Map<string, RowView>();
  const conversations = new Map<string, ConversationView>();
  let clockOffset = 0;

  return {
    keep(view: InboxView): void {
      clockOffset = view.clockOffset;
      for (const row of view.rows) put(rows, row.key, row, ROWS_KEPT);
      if (view.conversation) put(conversations, view.conversation.key, view.conversation, CONVERSATIONS_KEPT);
    },
    row: (key: string): RowView | null => rows.get(key) ?? null,
    conversation: (key: string): ConversationView | null => conversations.get(key) ?? null,
    /** Epoch ms on the server's clock. */
    now: (): number => Date.now() + clockOffset,
  };
}

function put<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  const kept = reuse(map.get(key), value);
  map.delete(key);
  map.set(key, kept);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
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
