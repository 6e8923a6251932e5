import { describe, expect, test } from 'vitest';
import type { KnownConversation } from '../../utils/conversation/known';
import { Budget } from '../../utils/graph/budget';
import { GraphLost } from '../../utils/graph/errors';
import { type ConversationsPage, createGraph } from '../../utils/graph/graph';
import type { Answer } from '../../utils/graph/transport';
import { emptyMemory } from '../../utils/services/memory';
import type { LivePage } from '../../utils/services/pages';
import { createReader } from '../../utils/services/reader';

/** A conversation by the time of its last message. */
const at = (updatedAt: number): KnownConversation => ({
  psid: String(updatedAt),
  threadId: `t_${updatedAt}`,
  name: String(updatedAt),
  updatedAt,
  messages: [],
});

/** A Page whose conversations list is `times`, newest first, two at a time; a page of it waits for `gate`. */
function pageWith(meta: { times: number[] }, gate: (after: string | null) => Promise<void> = async () => {}): LivePage {
  const unasked = createGraph(
    () => Promise.reject(new GraphLost('network')),
    '1',
    async () => {},
  );
  return {
    record: { pageId: '1', name: 'Shop', token: '', tokenApp: null, botApp: null, connectedAt: 0, stopped: null },
    graph: {
      ...unasked,
      conversations: async ({ after }): Promise<Answer<ConversationsPage>> => {
        const older = meta.times.filter((time) => after === null || time < Number(after));
        const body = {
          conversations: older.slice(0, 2).map(at),
          isOwner: new Map(),
          after: older.length > 2 ? String(older[1]) : null,
        };
        await gate(after);
        return { body, startedAt: 1_000, endedAt: 1_000, clock: null, usage: null };
      },
    },
    memory: emptyMemory(),
    budget: new Budget(),
    declared: { signature: null, handBackPhrase: null, byPolicy: [] },
  };
}

const reader = createReader({
  store: { updateSpans: async (_, __, change) => change([]) },
  pages: { save: async () => {}, stop: async () => {} },
  clock: { now: () => 1_000 },
});

const knownTimes = (page: LivePage) => page.memory.list.conversations.map(({ updatedAt }) => updatedAt);

describe('older pages of the list after a pause', () => {
  test('fill the gap that the newest one left, before they go further back', async () => {
    const meta = { times: [40, 30, 20, 10] };
    const page = pageWith(meta);
    await reader.list(page);
    expect(page.memory.list.completeSince).toBe(30);

    meta.times = [90, 80, 70, 60, 50, 40, 30, 20, 10];
    await reader.list(page);
    expect(page.memory.list.completeSince).toBe(80);

    await reader.list(page, { older: true });
    expect(knownTimes(page)).toEqual([90, 80, 70, 60, 40, 30]);
    expect(page.memory.list.completeSince).toBe(60);
  });

  test('that were on their way when the gap was found say nothing of it', async () => {
    const meta = { times: [40, 30, 20, 10] };
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const page = pageWith(meta, async (after) => (after === null ? undefined : held));
    await reader.list(page);
    const older = reader.list(page, { older: true });

    meta.times = [90, 80, 70, 60, 50, 40, 30, 20, 10];
    await reader.list(page);
    letGo();
    await older;
    expect(page.memory.list.completeSince).toBe(80);
  });
});
