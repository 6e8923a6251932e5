import { describe, expect, test } from 'vitest';
import type { KnownMessage } from '../../utils/conversation/known';
import type { SeenMessage, SeenPage } from '../../utils/conversation/seen';
import type { OwnerSpan } from '../../utils/conversation/timeline';
import { concludeInbox } from '../../utils/services/conclude';
import { createLinks } from '../../utils/services/links';
import { emptyMemory, type PageMemory, rememberList, rememberMessages } from '../../utils/services/memory';
import { BOT, facts, known, MINUTE, NOW, SECOND, seen, seenConversation, seenPage } from '../conversation/given';
import { pageWith } from './given';

const ANA = { psid: '24000000000000001', threadId: 't_1', name: 'Ana Example' };
const ITEM = '100000000000001';
const at = (seconds: number) => NOW + seconds * SECOND;

/** What Meta told: of a customer and the bot in turn, a minute each, the last of them at {@link NOW}. */
const told: KnownMessage[] = ['Where is my parcel?', 'It left on Monday', 'And when will it come?', 'On Friday'].map(
  (text, index) =>
    known({ text, direction: index % 2 === 0 ? 'customer' : 'page', at: at(60 * (index - 3)), tags: ['source:web'] }),
);

/** The same on screen, on a page whose clock is so many seconds behind. */
function onScreen(behind = 0): SeenMessage[] {
  return told.map(({ text, direction, at: sentAt }, index) =>
    seen({
      key: `message ${index}`,
      text,
      direction,
      sentAt: sentAt - behind * SECOND,
      facts: facts(null, direction === 'customer' ? ITEM : 'page'),
    }),
  );
}

function memoryOf(): PageMemory {
  const memory = emptyMemory();
  const conversation = { ...ANA, updatedAt: NOW, messages: [...told].reverse() };
  rememberList(memory, [conversation], { older: false, readAt: at(85), after: null });
  rememberMessages(memory, conversation, 20);
  return memory;
}

async function conclude(messages: SeenMessage[], page: Partial<SeenPage> = {}, spans: OwnerSpan[] = []) {
  const links = createLinks({ links: async () => [], putLink: async () => {}, dropLink: async () => {} });
  const { view } = await concludeInbox({
    seen: seenPage({ pageId: '1', selectedItemId: ITEM, conversation: seenConversation(messages), ...page }),
    page: pageWith({ record: { tokenApp: BOT, botApp: BOT }, memory: memoryOf() }),
    store: { spans: async () => spans },
    links,
    control: { latest: async () => ({ running: null, outcome: null, passed: null }) },
    now: NOW + 2 * MINUTE,
  });
  return view.conversation!;
}

const asks = (sentAt: number) =>
  seen({ text: 'Hello? Still there?', direction: 'customer', sentAt, facts: facts(null, ITEM) });

describe('a page whose clock is 20 s behind Meta’s', () => {
  test('has the window of a message that Meta has not told yet by Meta’s clock', async () => {
    const { clocks } = await conclude([...onScreen(20), asks(at(90 - 20))]);
    expect(clocks.window).toMatchObject({ value: { lastCustomerAt: at(90) }, source: 'inferred', certainty: 'likely' });
  });

  test('has the handover’s mark under the last message before it', async () => {
    const owned = (kind: 'bot' | 'inbox', from: number, to: number): OwnerSpan => ({
      owner: { kind },
      from: at(from),
      to: at(to),
      source: 'graph',
    });
    const messages = [...onScreen(20), asks(at(90 - 20))];
    const { handovers } = await conclude(messages, {}, [owned('bot', -100, 75), owned('inbox', 80, 110)]);
    expect(handovers).toMatchObject([{ to: 'inbox', at: at(80), afterKey: 'message 3' }]);
  });
});

describe('a handover and a message in the same second', () => {
  // The bot answers and passes control at 120.4 s; a person answers at 120.8 s. Meta dates both messages 120 s.
  const [owned, passed] = [at(120.2), at(120.4)];
  const spans: OwnerSpan[] = [
    { owner: { kind: 'bot' }, from: at(-100), to: owned, source: 'graph' },
    { owner: { kind: 'inbox' }, from: passed, to: at(125), source: 'graph' },
  ];
  const passes = seen({ key: 'passes', text: 'A colleague will answer', sentAt: at(120) });
  const answers = seen({ key: 'answers', attribution: { kind: 'admin', name: 'Maria' }, sentAt: at(120) });

  test.each([
    ['the bot’s last words are before it', [passes], 'passes', true],
    ['a person’s answer is after it, and ends the wait', [passes, answers], 'passes', false],
    ['a customer’s words are before it', [passes, { ...asks(at(120)), key: 'asks' }], 'asks', true],
  ])('%s', async (_, messages, afterKey, waits) => {
    const { handovers, transferred } = await conclude([...onScreen(), ...messages], {}, spans);
    expect(handovers).toMatchObject([{ to: 'inbox', at: passed, afterKey }]);
    expect(transferred).toEqual(waits ? { at: passed, after: owned } : null);
  });
});

describe('while the address names another customer than the messages', () => {
  const asked = [...onScreen(), seen({ attribution: { kind: 'admin', name: 'Maria' }, sentAt: at(80) }), asks(at(90))];
  const shown = async (selectedItemId: string) => {
    const { clocks, owner, labels } = await conclude(asked, { selectedItemId });
    return { window: clocks.window !== null, owner: owner.value.kind, labels: labels.length };
  };

  test('no window and no owner is concluded from these; who wrote them stays', async () => {
    expect(await shown(ITEM)).toEqual({ window: true, owner: 'inbox', labels: 3 });
    expect(await shown('100000000000002')).toEqual({ window: false, owner: 'unknown', labels: 3 });
  });
});
