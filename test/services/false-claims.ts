/** Holds what Baton shows against what is true in the emulator's world, at the moment it was observed. */
import type { Owner, OwnerClaim } from '../../utils/conversation/owner';
import type { InboxView, LabelView } from '../../utils/conversation/view';
import { type Control, INBOX_APP, type Message, type Thread } from '../meta/model';
import { ownerAt } from '../meta/rules';
import { appIds } from '../meta/seed';
import type { World } from '../meta/world';

/** Each conversation's control as it was set, oldest first, by the page's id of the conversation. */
export type History = ReadonlyMap<string, readonly { at: number; control: Control | null }[]>;

/** A claim's time is known to a second: Meta's clock comes in whole ones. */
const SLACK_MS = 1_000;

/** Keeps every change of control from now on. */
export function keepHistory(world: World): History {
  const history = new Map<string, { at: number; control: Control | null }[]>();
  const keep = ({ userId, control }: Thread, at: number) =>
    history.set(userId, [...(history.get(userId) ?? []), { at, control: control && { ...control } }]);
  for (const thread of world.state.threads) keep(thread, 0);
  world.subscribe((changed) => {
    for (const { userId } of changed) keep(world.thread(userId), world.now());
  });
  return history;
}

/** What is shown and was not true when it was observed, in words; empty where all of it was. */
export function falseClaims({ conversation, rows }: InboxView, world: World, history: History): string[] {
  const owners = [...rows, ...(conversation ? [conversation] : [])].flatMap(({ key, owner }) =>
    isTrue(owner, ownersAround(history.get(key) ?? [], owner.observedAt))
      ? []
      : [`${world.thread(key).name}: shown as ${owner.value.kind} (${owner.certainty}). ${owner.reason}`],
  );
  const authors = (conversation?.labels ?? []).flatMap((label) => {
    const message = world.thread(conversation?.key ?? '').messages.find(({ mid }) => mid === label.key);
    return message && isWriter(label, message)
      ? []
      : [`“${message?.text}”: ${label.author.certainty} ${label.author.value.kind}. ${label.author.reason}`];
  });
  return [...owners, ...authors];
}

/** Who had it at some moment around this one; null: nobody. */
function ownersAround(changes: readonly { at: number; control: Control | null }[], at: number): (string | null)[] {
  return changes.flatMap(({ at: from, control }, index) => {
    const to = changes[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (to < at - SLACK_MS || from > at + SLACK_MS) return [];
    return [ownerAt(control, Math.max(from, at - SLACK_MS)), ownerAt(control, Math.min(to, at + SLACK_MS))];
  });
}

function isTrue({ value }: OwnerClaim, owners: readonly (string | null)[]): boolean {
  return value.kind === 'unknown' || owners.some((owner) => isOwner(value, owner));
}

function isOwner(shown: Owner, owner: string | null): boolean {
  switch (shown.kind) {
    case 'bot':
      return owner === appIds.bot;
    case 'not-bot':
      return owner !== appIds.bot;
    case 'inbox':
      return owner === INBOX_APP.messenger || owner === INBOX_APP.instagram;
    case 'app':
      return owner === shown.appId;
    case 'unnamed':
      return owner !== null;
    case 'idle':
      return owner === null;
    case 'unknown':
      return true;
  }
}

/** A likely author counts as much as a certain one: no label here may name another than the writer. */
function isWriter({ author: { value } }: LabelView, { author }: Message): boolean {
  if (value.kind === 'unknown') return true;
  if (value.kind === 'chatbot') return author.kind === 'app' && author.appId === appIds.bot;
  return value.kind === author.kind;
}
