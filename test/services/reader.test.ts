import { describe, expect, test } from 'vitest';
import type { ConversationsPage } from '../../utils/graph/graph';
import type { Answer } from '../../utils/graph/transport';
import type { LivePage } from '../../utils/services/pages';
import { createReader } from '../../utils/services/reader';
import { conversationAt, pageWith } from './given';

/** A Page whose conversations list is `times`, newest first, two at a time; a page of it waits for `gate`. */
function pageOver(meta: { times: number[] }, gate: (after: string | null) => Promise<void> = async () => {}): LivePage {
  return pageWith({
    graph: {
      conversations: async ({ after }): Promise<Answer<ConversationsPage>> => {
        const older = meta.times.filter((time) => after === null || time < Number(after));
        const body = {
          conversations: older.slice(0, 2).map(conversationAt),
          isOwner: new Map(),
          after: older.length > 2 ? String(older[1]) : null,
        };
        await gate(after);
        return { body, startedAt: 1_000, endedAt: 1_000, clock: null, usage: null };
      },
    },
  });
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
    const page = pageOver(meta);
    await reader.list(page);
    expect(page.memory.list.completeSince).toBe(30);

    meta.times = [90, 80, 70, 60, 50, 40, 30, 20, 10];
    await reader.list(page);
    expect(page.memory.list.completeSince).toBe(80);

    await reader.list(page, { older: true });
    expect(knownTimes(page)).toEqual([90, 80, 70, 60, 40, 30]);
    expect(page.memory.list.completeSince).toBe(60);
  });

  test('make one list of it again where they reach what was known before', async () => {
    const meta = { times: [40, 30, 20, 10] };
    const page = pageOver(meta);
    await reader.list(page);
    await reader.list(page, { older: true });
    expect(page.memory.list.completeSince).toBe(0);

    meta.times = [80, 70, 40, 30, 20, 10];
    await reader.list(page);
    expect(page.memory.list.completeSince).toBe(70);

    await reader.list(page, { older: true });
    expect(page.memory).toMatchObject({ list: { completeSince: 0 }, listAfter: null });
  });

  test('that were on their way when the gap was found say nothing of it', async () => {
    const meta = { times: [40, 30, 20, 10] };
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const page = pageOver(meta, async (after) => (after === null ? undefined : held));
    await reader.list(page);
    const older = reader.list(page, { older: true });

    meta.times = [90, 80, 70, 60, 50, 40, 30, 20, 10];
    await reader.list(page);
    letGo();
    await older;
    expect(page.memory.list.completeSince).toBe(80);
  });
});
