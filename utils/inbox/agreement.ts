/**
 * Do header and messages belong to the same conversation? On a switch Facebook renders the header first and the
 * messages up to a second later, so what stands side by side need not belong together.
 */
import type { SeenMessage, SeenRow } from '../conversation/seen';

export interface Evidence {
  /** The header's. */
  name: string;
  messages: readonly SeenMessage[];
  /** Names of the pictures beside incoming bubbles. */
  avatars: readonly string[];
  rows: readonly SeenRow[];
  /** A Messenger user's id; null on other channels, whose selection is no user. */
  selectedUserId: string | null;
}

export type Verdict = 'agree' | 'disagree' | 'unknown';

/** What earlier readings came to. */
export interface Agreement {
  accepted: Accepted | null;
  /** Name and beginning of what could not be told at the last reading. */
  pending: string | null;
  /** How many readings in a row were found to disagree. */
  refusals: number;
}

export interface Accepted {
  key: string;
  name: string;
  beginning: string;
  /** Messages' own ids, as far as the page has them. */
  ids: ReadonlySet<string>;
}

export const NOTHING_YET: Agreement = { accepted: null, pending: null, refusals: 0 };

/** The strongest evidence decides: who sent, whose picture, what was accepted before, what the row says. */
export function verdictOn(evidence: Evidence, before: Agreement): Verdict {
  for (const judge of [bySender, byAvatar, byHistory, byRow]) {
    const verdict = judge(evidence, before);
    if (verdict !== 'unknown') return verdict;
  }
  return 'unknown';
}

/** The incoming messages' sender against the rows that bear the header's name. */
function bySender({ name, messages, rows, selectedUserId }: Evidence): Verdict {
  const senders = new Set(
    messages.flatMap(({ direction, facts }) => (direction === 'customer' && facts?.senderId) || []),
  );
  const [sender] = senders;
  if (senders.size !== 1 || !sender) return 'unknown';
  const theirs = rows.filter(({ facts }) => facts?.userId === sender);
  if (theirs.length > 0) return theirs.some((row) => row.name === name) ? 'agree' : 'disagree';
  return selectedUserId !== null && selectedUserId !== sender ? 'disagree' : 'unknown';
}

function byAvatar({ name, avatars }: Evidence): Verdict {
  if (avatars.length === 0) return 'unknown';
  return avatars.includes(name) ? 'agree' : 'disagree';
}

/** Messages that were another's a moment ago still are; messages that were theirs still are. */
function byHistory({ name, messages }: Evidence, { accepted }: Agreement): Verdict {
  if (!accepted || messages.length === 0 || !continues(accepted, messages)) return 'unknown';
  return accepted.name === name ? 'agree' : 'disagree';
}

/** The row of the same name previews the last message. */
function byRow({ name, messages, rows }: Evidence): Verdict {
  const last = messages.at(-1);
  if (!last || last.text.length < SHORTEST_PROOF) return 'unknown';
  const start = last.text.replace(/\s+/g, ' ').slice(0, LONGEST_PREVIEW);
  return rows.some((row) => row.name === name && row.preview.includes(start)) ? 'agree' : 'unknown';
}

/** "ok" stands in many rows. */
const SHORTEST_PROOF = 8;
/** Previews are cut; so much of a message is left in any. */
const LONGEST_PREVIEW = 24;

/** Whether these are the same conversation's messages, even if newer or older ones have been added. */
export function continues(accepted: Accepted, messages: readonly SeenMessage[]): boolean {
  if (accepted.ids.size > 0) return messages.some(({ messageId }) => messageId !== null && accepted.ids.has(messageId));
  return beginningOf(messages) === accepted.beginning;
}

/** How many messages make a beginning: enough to tell customers apart, few enough to be there early. */
const BEGINNING = 3;

export function beginningOf(messages: readonly SeenMessage[]): string {
  return messages
    .slice(0, BEGINNING)
    .map(({ key }) => key)
    .join('\n');
}
