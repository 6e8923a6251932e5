import { describe, expect, test } from 'vitest';
import type { InboxView } from '../../utils/conversation/view';
import { createTabs } from '../../utils/services/tabs';
import { NOW, seen, seenConversation, seenPage } from '../conversation/given';

/** A background that reads its own store as slowly as the test lets it. */
function slowBackground() {
  const waiting: (() => void)[] = [];
  const unused = () => Promise.reject(new TypeError('Not to be called without a Page'));
  const tabs = createTabs({
    store: { spans: async () => [], vaultState: () => ({ mode: 'device', locked: false }) },
    pages: { of: () => new Promise((read) => waiting.push(() => read(null))) },
    reader: { list: unused, owner: unused, conversation: unused },
    control: { latest: unused, press: unused },
    links: { of: unused, put: unused, drop: unused, choose: unused },
    clock: { now: () => NOW, after: () => () => {} },
    changed: () => {},
  });
  const told: InboxView[] = [];
  return {
    tab: tabs.open((view) => told.push(view)),
    names: () => told.map(({ conversation }) => conversation?.name),
    underWay: () => waiting.length,
    /** What is being read now is there. */
    async read() {
      for (const done of waiting.splice(0)) done();
      await rest();
    },
  };
}

const rest = () => new Promise((rested) => setTimeout(rested));

const open = (name: string) =>
  seenPage({ pageId: '1', conversation: { ...seenConversation([seen({ key: name })]), key: name, name } });

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
});
