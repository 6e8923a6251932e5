import { setImmediate as rest } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { InboxView } from '../../utils/conversation/view';
import type { LivePage } from '../../utils/services/pages';
import { createTabs } from '../../utils/services/tabs';
import { NOW, seen, seenConversation, seenPage } from '../conversation/given';
import { pageWith } from './given';

/** A background that reads its own store as slowly as the test lets it. `page`: null where it is not connected. */
function slowBackground(page: LivePage | null = null) {
  const waiting: (() => void)[] = [];
  const chosen: [itemId: string | null, psid: string | null][] = [];
  const unused = () => Promise.reject(new TypeError('Not to be called here'));
  const tabs = createTabs({
    store: { spans: async () => [], vaultState: () => ({ mode: 'device', locked: false }) },
    pages: { of: () => new Promise((read) => waiting.push(() => read(page))) },
    reader: { list: unused, owner: unused, conversation: unused },
    control: { latest: unused, press: unused },
    links: {
      of: async () => new Map(),
      put: unused,
      drop: unused,
      choose: async (_, { selectedItemId }, psid) => void chosen.push([selectedItemId, psid]),
    },
    clock: { now: () => NOW, after: () => () => {} },
    changed: () => {},
  });
  const told: InboxView[] = [];
  return {
    tab: tabs.open((view) => told.push(view)),
    names: () => told.map(({ conversation }) => conversation?.name),
    chosen,
    underWay: () => waiting.length,
    /** What is being read now is there. */
    async read() {
      for (const done of waiting.splice(0)) done();
      await rest();
    },
  };
}

const open = (name: string) =>
  seenPage({
    pageId: '1',
    selectedItemId: `item of ${name}`,
    conversation: { ...seenConversation([seen({ key: name })]), key: name, name },
  });

describe('an inbox that changes faster than it can be answered', () => {
  test('is answered all the same: each conclusion is shown, and the next one knows the newest', async () => {
    const { tab, names, read } = slowBackground();
    for (const name of ['Ana', 'Bela', 'Caro']) {
      tab.saw(open(name));
      await rest();
      tab.saw(open(`${name}, who is open for a moment`));
      tab.saw(open(`${name} again`));
      await read();
    }
    await read();
    expect(names()).toEqual(['Ana', 'Ana again', 'Bela again', 'Caro again']);
  });

  test('is concluded for once at a time, so that nothing is shown after what is newer', async () => {
    const { tab, names, underWay, read } = slowBackground();
    for (const name of ['Ana', 'Bela', 'Caro']) {
      tab.saw(open(name));
      await rest();
    }
    expect(underWay()).toBe(1);
    await read();
    await read();
    expect(names()).toEqual(['Ana', 'Caro']);
  });

  test('has what an agent chooses kept for the conversation that was shown, not for the next one', async () => {
    const { tab, chosen, read } = slowBackground(pageWith({}));
    tab.saw(open('Ana'));
    await rest();
    await read();
    tab.saw(open('Bela'));
    tab.choose('Ana', '24000000000000001');
    await read();
    expect(chosen).toEqual([['item of Ana', '24000000000000001']]);
  });
});
