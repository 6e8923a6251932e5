// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageFacts, RowFacts } from '../../utils/conversation/seen';
import { type FactsOf, noFacts } from '../../utils/inbox/facts';
import type { Touched } from '../../utils/inbox/regions';
import { caughtUp, type Reading, readPage, readWords } from '../../utils/inbox/seen';

const MESSENGER = 'https://business.facebook.com/latest/inbox/messenger?asset_id=1';

interface Row {
  name: string;
  preview?: string;
  at?: number;
}

interface Words {
  text: string;
  from?: 'customer' | 'page';
  id?: string;
}

interface Scene {
  rows?: Row[];
  header?: string;
  avatar?: string;
  messages?: Words[];
}

function show({ rows = [], header = '', avatar, messages = [] }: Scene): void {
  const rowBoxes = rows.map(
    ({ name, preview = 'hello', at = 1000 }) =>
      `<div role="presentation"><div class="_4ik4 _4ik5">${name}</div><div class="_4ik4 _4ik5">${preview}</div><abbr data-utime="${at}"></abbr></div>`,
  );
  const picture = avatar ? `<img alt="${avatar}" width="32" height="32">` : '';
  const bubbles = messages.map(
    ({ text, from = 'customer', id }) =>
      `<div><div style="display:flex;justify-content:flex-${from === 'page' ? 'end' : 'start'}"><div>${picture}</div><div${id ? ` data-message-id="${id}"` : ''}><div><div>${text}</div></div></div></div></div>`,
  );
  document.body.innerHTML = `<div data-pagelet="GenericBizInboxThreadListViewBody">${rowBoxes.join('')}</div>
    <div data-pagelet="BizInboxDetailViewHeaderSectionWrapper"><div class="_4ik4 _4ik5">${header}</div></div>
    <div role="region" tabindex="0"><div><div></div><div>${bubbles.join('')}</div></div></div>`;
}

function read(scene: Scene, before: Reading | null = null, url = MESSENGER, factsOf: FactsOf = noFacts): Reading {
  show(scene);
  return readPage({ document, url, factsOf, before });
}

const ada: Scene = { header: 'Ada', avatar: 'Ada', messages: [{ text: 'hello', id: 'mid.1' }] };

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('rows', () => {
  it('carry what they show, and their elements in the same places', () => {
    const { seen, parsed } = read({ rows: [{ name: 'Ada', preview: 'You: hello', at: 1774717339.408 }] });
    const [row] = seen.rows;
    expect(row).toMatchObject({ name: 'Ada', preview: 'You: hello', lastActivity: 1_774_717_339_408, facts: null });
    expect(parsed.map(({ element }) => element)).toEqual([document.querySelector('[role=presentation]')]);
  });

  it('share a key where they look alike, and only there', () => {
    const { seen } = read({
      rows: [{ name: 'Ada' }, { name: 'Ada' }, { name: 'Ada', at: 999 }, { name: 'Ada', preview: 'bye' }],
    });
    const keys = seen.rows.map(({ key }) => key);
    expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 2, 3]);
  });

  it.each([
    ['of the customer on show', { userId: '42', title: 'Ada', at: null }, '42'],
    ['of the one before, in a recycled box', { userId: '43', title: 'Bob', at: null }, undefined],
    ['without a name', { userId: '43', title: null, at: null }, undefined],
  ])('take facts %s', (_, facts: RowFacts, userId) => {
    const { seen } = read({ rows: [{ name: 'Ada' }] }, null, MESSENGER, { ...noFacts, row: () => facts });
    expect(seen.rows[0]?.facts?.userId).toBe(userId);
    expect(seen.factsReadable).toBe(userId !== undefined);
  });

  it('are asked for facts once, as long as they show the same', () => {
    let asked = 0;
    const facts: FactsOf = { ...noFacts, row: () => ({ userId: String(++asked), title: 'Ada', at: null }) };
    const first = read({ rows: [{ name: 'Ada' }] }, null, MESSENGER, facts);
    readPage({ document, url: MESSENGER, factsOf: facts, before: first });
    expect(asked).toBe(1);
    (document.querySelector('abbr') as Element).setAttribute('data-utime', '2000');
    expect(readPage({ document, url: MESSENGER, factsOf: facts, before: first }).seen.rows[0]?.facts?.userId).toBe('2');
  });
});

describe('messages', () => {
  it('have a key each, by id where there is one', () => {
    const { seen, messages } = read({
      ...ada,
      messages: [
        { text: 'a', id: 'mid.1' },
        { text: 'b', id: 'mid.1' },
        { text: 'c', id: 'mid.2' },
      ],
    });
    const keys = seen.conversation?.messages.map(({ key }) => key) ?? [];
    expect([keys.length, new Set(keys).size]).toEqual([3, 3]);
    expect([...messages.keys()]).toEqual(keys);
  });

  it('keep their keys while others arrive', () => {
    const before = read({ ...ada, messages: [{ text: 'hi' }, { text: 'ok' }] });
    const after = read({ ...ada, messages: [{ text: 'hi' }, { text: 'ok' }, { text: 'ok' }] }, before);
    const keysOf = ({ seen }: Reading) => seen.conversation?.messages.map(({ key }) => key) ?? [];
    expect(keysOf(after).slice(0, 2)).toEqual(keysOf(before));
    expect(new Set(keysOf(after)).size).toBe(3);
  });

  it.each([
    ['its own', 'mid.1', true],
    ["another message's", 'mid.2', false],
  ])('take %s facts', (_, messageId, taken) => {
    const facts: MessageFacts = { messageId, senderId: null, at: null, creator: null };
    const { seen } = read(ada, null, MESSENGER, { ...noFacts, message: () => facts });
    expect(seen.conversation?.messages[0]?.facts).toEqual(taken ? facts : null);
  });
});

describe('the conversation', () => {
  const sentBy = (senderId: string): FactsOf => ({
    row: (row) => ({
      userId: row.textContent?.includes('Ada') ? '42' : '43',
      title: row.textContent?.includes('Ada') ? 'Ada' : 'Bob',
      at: null,
    }),
    message: () => ({ messageId: 'mid.1', senderId, at: null, creator: null }),
  });
  const both = [{ name: 'Ada' }, { name: 'Bob' }];

  it.each<[string, Scene, FactsOf, 'Ada' | null]>([
    ["with the customer's picture", ada, noFacts, 'Ada'],
    ["with another's picture", { ...ada, avatar: 'Bob' }, noFacts, null],
    ["whose sender's row bears the name", { ...ada, rows: both }, sentBy('42'), 'Ada'],
    ["whose sender's row bears another name", { ...ada, avatar: 'Ada', rows: both }, sentBy('43'), null],
    [
      'whose handle is no name, but whose sender is known',
      { ...ada, avatar: 'ada_lovelace', rows: both },
      sentBy('42'),
      'Ada',
    ],
    [
      'whose row previews the last message',
      {
        header: 'Ada',
        messages: [{ text: 'parcel 4471 left', from: 'page' }],
        rows: [{ name: 'Ada', preview: 'You: parcel 4471 left' }],
      },
      noFacts,
      'Ada',
    ],
    ['of which nothing can tell', { header: 'Ada', messages: [{ text: 'ok', from: 'page' }] }, noFacts, null],
    ['without a name in the header', { ...ada, header: '' }, noFacts, null],
  ])('%s', (_, scene, facts, name) => {
    expect(read(scene, null, MESSENGER, facts).seen.conversation?.name ?? null).toBe(name);
  });

  it('of which nothing can tell is accepted once it was read twice alike', () => {
    const scene: Scene = { header: 'Ada', messages: [{ text: 'ok', from: 'page' }] };
    const first = read(scene);
    expect([first.seen.conversation, first.unsettled]).toEqual([null, true]);
    const second = read(scene, first);
    expect([second.seen.conversation?.name, second.unsettled]).toEqual(['Ada', false]);
    const other = read({ ...scene, header: 'Bob', messages: [{ text: 'no', from: 'page' }] }, second);
    expect(other.seen.conversation).toBeNull();
  });

  it('that goes on disagreeing is left in peace, until the page changes', () => {
    let reading: Reading | null = null;
    const unsettled = Array.from({ length: 25 }, () => {
      reading = read({ ...ada, avatar: 'Bob' }, reading);
      return reading.unsettled;
    });
    expect(unsettled.filter(Boolean).length).toBe(20);
    expect(read(ada, reading).seen.conversation?.name).toBe('Ada');
  });

  it('is not taken for the next one, whose header comes before its messages', () => {
    const words = [{ text: 'ok', from: 'page' as const, id: 'mid.1' }];
    const first = read({ header: 'Ada', messages: words });
    const accepted = read({ header: 'Ada', messages: words }, first);
    let reading = accepted;
    for (let times = 0; times < 5; times += 1) {
      reading = read({ header: 'Bob', messages: words }, reading);
      expect(reading.seen.conversation).toBeNull();
      expect(reading.messages.size).toBe(0);
    }
    const next = { header: 'Bob', messages: [{ text: 'yes', from: 'page' as const, id: 'mid.9' }] };
    expect(read(next, read(next, reading)).seen.conversation?.name).toBe('Bob');
  });

  it.each([
    [
      'a message arrives',
      [
        { text: 'hello', id: 'mid.1' },
        { text: 'more', id: 'mid.2' },
      ],
      true,
    ],
    [
      'older ones load above',
      [
        { text: 'earlier', id: 'mid.0' },
        { text: 'hello', id: 'mid.1' },
      ],
      true,
    ],
    ["a namesake's is opened", [{ text: 'hello', id: 'mid.7' }], false],
  ])('when %s keeps its key: %s', (_, messages, keeps) => {
    const before = read(ada);
    const after = read({ ...ada, messages }, before);
    expect(after.seen.conversation?.key === before.seen.conversation?.key).toBe(keeps);
  });

  it('of a namesake with the same words has another key in a build without ids, if its id is known', () => {
    const words: Scene = { ...ada, messages: [{ text: 'hello' }] };
    const before = read(words, null, `${MESSENGER}&selected_item_id=42&thread_type=FB_MESSAGE`);
    const after = read(words, before, `${MESSENGER}&selected_item_id=43&thread_type=FB_MESSAGE`);
    expect(after.seen.conversation?.key).not.toBe(before.seen.conversation?.key);
  });
});

describe('words that alone have changed', () => {
  const scene: Scene = { ...ada, rows: [{ name: 'Ada' }, { name: 'Bob' }] };
  const wordsOf = (index: number) =>
    document.querySelectorAll('[role=presentation]')[index]!.querySelector('._4ik4')!.firstChild as Text;
  /** As mutation records tell of a text, so many times. */
  const at = (target: Node, times = 1) => Array.from({ length: times }, () => ({ target }));

  it('are read in their row, and nothing else is; the reading follows', () => {
    const before = read(scene);
    wordsOf(1).nodeValue = 'Cleo';
    expect(readWords(before, at(wordsOf(1)), Date.now())).toMatchObject([{ name: 'Cleo' }]);
    expect(caughtUp(before).seen.rows.map(({ name }) => name)).toEqual(['Ada', 'Cleo']);
    expect(before.seen.rows.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
  });

  it('are read in all rows where the records are so many that nearly all moved', () => {
    const before = read(scene);
    wordsOf(0).nodeValue = 'Dora';
    wordsOf(1).nodeValue = 'Cleo';
    expect(readWords(before, at(wordsOf(1), 21), Date.now())).toMatchObject([{ name: 'Dora' }, { name: 'Cleo' }]);
  });

  it('are read in the text that took the place of another', () => {
    const before = read(scene);
    const name = wordsOf(1).parentElement as Element;
    name.replaceChildren('Cleo');
    const touched: Touched = { words: [], rows: at(name), header: [], region: [], tabs: [] };
    const after = readPage({ document, url: before.url, factsOf: noFacts, before, touched });
    expect(after.seen.rows.map((row) => row.name)).toEqual(['Ada', 'Cleo']);
    wordsOf(1).nodeValue = 'Dora';
    expect(readWords(after, at(wordsOf(1)), Date.now())).toMatchObject([{ name: 'Dora' }]);
  });

  it('and say the same are no news', () => {
    const before = read(scene);
    expect(readWords(before, at(wordsOf(1)), Date.now())).toEqual([]);
    expect(caughtUp(before)).toEqual(before);
  });

  it('in a row that a later reading left out ask for a whole one', () => {
    const before = read(scene);
    const box = wordsOf(1).parentElement?.closest<HTMLElement>('[role=presentation]');
    box!.style.display = 'none';
    const after = readPage({ document, url: before.url, factsOf: noFacts, before });
    expect(after.seen.rows.map(({ name }) => name)).toEqual(['Ada']);
    expect(readWords(after, at(wordsOf(1)), Date.now())).toBeNull();
  });

  it('outside of the rows ask for a whole reading', () => {
    expect(readWords(read(scene), at(document.body, 20), Date.now())).toBeNull();
  });
});

describe('what was not touched', () => {
  const scene = { ...ada, rows: [{ name: 'Ada' }, { name: 'Bob' }] };
  const nothing: Touched = { words: [], rows: [], header: [], region: [], tabs: [] };

  it.each<[string, Scene, Touched, string]>([
    [
      'the list',
      { ...scene, rows: [{ name: 'Cleo' }] },
      { ...nothing, rows: [{ target: document }] },
      'Cleo Ada hello',
    ],
    [
      'the messages',
      { ...ada, messages: [{ text: 'bye', id: 'mid.1' }] },
      { ...nothing, region: [{ target: document }] },
      'Ada Bob Ada bye',
    ],
    ['nothing', {}, nothing, 'Ada Bob Ada hello'],
  ])('is taken over where only %s moved', (_, next, touched, expected) => {
    const before = read(scene);
    show(next);
    const { seen } = readPage({ document, url: MESSENGER, factsOf: noFacts, before, touched });
    const shown = [...seen.rows, seen.conversation].map((part) => part?.name);
    expect([...shown, seen.conversation?.messages[0]?.text].join(' ')).toBe(expected);
  });

  it('is read all the same at another address', () => {
    const before = read(scene);
    const { seen } = readPage({
      document,
      url: `${MESSENGER}&selected_item_id=7`,
      factsOf: noFacts,
      before,
      touched: nothing,
    });
    expect(seen.selectedItemId).toBe('7');
  });
});

it.each([
  ['https://business.facebook.com/latest/inbox/facebook?asset_id=1', 'facebook'],
  ['https://business.facebook.com/latest/inbox/instagram?asset_id=1', 'instagram'],
  ['https://business.facebook.com/latest/home?asset_id=1', null],
])('on %s nothing is seen', (url, tab) => {
  const { seen, ...elements } = read({ ...ada, rows: [{ name: 'Ada' }] }, null, url);
  expect(seen).toMatchObject({ pageId: '1', tab, rows: [], conversation: null });
  expect(elements).toMatchObject({ list: null, header: null, region: null, composer: null });
});
