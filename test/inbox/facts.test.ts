// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { factsOf } from '../../utils/inbox/facts';
import { listenForFacts, messageFacts, rowFacts } from '../../utils/inbox/react-facts';

/** A fiber as React leaves it on its node: `depth` empty ones, then one with props. */
function withFiber(element: Element, depth: number, props: unknown, alternate: unknown = null): Element {
  const bearer = { memoizedProps: props, alternate: alternate && { memoizedProps: alternate }, return: null };
  let fiber: unknown = bearer;
  for (let hop = 0; hop < depth; hop += 1) fiber = { memoizedProps: {}, alternate: null, return: fiber };
  Object.assign(element, { __reactFiber$k: fiber });
  return element;
}

function box(text: string): Element {
  const element = document.createElement('div');
  element.textContent = text;
  document.body.append(element);
  return element;
}

function message(id: string | null): Element {
  const element = box('words');
  if (id) element.setAttribute('data-message-id', id);
  return element;
}

const ada = { threadID: '42', title: 'Ada', timestamp: 1000 };
const bob = { threadID: '43', title: 'Bob', timestamp: 2000 };

describe("a row's facts", () => {
  const ofAda = { userId: '42', title: 'Ada', at: 1000 };

  it.each([
    ['beside its own fiber', () => withFiber(box('Ada'), 0, { thread: ada }), ofAda],
    ['four returns above', () => withFiber(box('Ada'), 4, { thread: ada }), ofAda],
    ['five returns above, which is too far', () => withFiber(box('Ada'), 5, { thread: ada }), null],
    ['in the twin of a recycled row', () => withFiber(box('Ada'), 2, { thread: bob }, { thread: ada }), ofAda],
    [
      'of the newer of two twins',
      () => withFiber(box('Ada'), 2, { thread: { ...ada, timestamp: 1 } }, { thread: ada }),
      ofAda,
    ],
    [
      'of the twin whose time is on screen, where two bear the name',
      () => {
        const row = withFiber(box('Ada'), 2, { thread: { ...ada, threadID: '99', timestamp: 9000 } }, { thread: ada });
        row.insertAdjacentHTML('beforeend', '<abbr data-utime="1.000"></abbr>');
        return row;
      },
      ofAda,
    ],
    ['with a time that is a string', () => withFiber(box('Ada'), 1, { thread: { ...ada, timestamp: '1000' } }), ofAda],
    ['without an id', () => withFiber(box('Ada'), 1, { thread: { title: 'Ada' } }), null],
    ['without React', () => box('Ada'), null],
  ])('%s', (_, make, expected) => {
    expect(rowFacts(make())).toEqual(expected);
  });
});

describe("a message's facts", () => {
  const props = { messageID: 'mid.1', sender: { userID: '42' }, timestamp: 1000, creatorInfo: null };
  const facts = { messageId: 'mid.1', senderId: '42', at: 1000, creator: null };
  const ida = { creatorType: 'direct_admin', creatorName: 'Ida' };

  it.each([
    ['thirty returns above', 'mid.1', 30, props, facts],
    ['thirty-one, which is too far', 'mid.1', 31, props, null],
    [
      'with a creator',
      'mid.1',
      3,
      { ...props, creatorInfo: ida },
      { ...facts, creator: { type: 'direct_admin', name: 'Ida' } },
    ],
    [
      'with a creator without a name',
      'mid.1',
      3,
      { ...props, creatorInfo: { creatorType: 'application' } },
      { ...facts, creator: { type: 'application', name: null } },
    ],
    ['with a creator in no known shape', 'mid.1', 3, { ...props, creatorInfo: 'Ida' }, null],
    ['without any word of creators', 'mid.1', 3, { messageID: 'mid.1', sender: { userID: '42' } }, null],
    ['of another message', 'mid.2', 3, props, null],
    ['in a build without ids', null, 3, props, facts],
  ])('%s', (_, id, depth, given, expected) => {
    expect(messageFacts(withFiber(message(id), depth, { message: given }))).toEqual(expected);
  });
});

describe('asking across worlds', () => {
  let stop: () => void;
  beforeEach(() => {
    stop = listenForFacts(document);
  });
  afterEach(() => stop());

  it('answers about rows and messages', () => {
    expect(factsOf.row(withFiber(box('Ada'), 1, { thread: ada }))).toEqual({ userId: '42', title: 'Ada', at: 1000 });
    const props = { messageID: 'mid.1', sender: null, creatorInfo: undefined };
    expect(factsOf.message(withFiber(message('mid.1'), 1, { message: props }))).toEqual({
      messageId: 'mid.1',
      senderId: null,
      at: null,
      creator: null,
    });
  });

  it('is silent once stopped', () => {
    const row = withFiber(box('Ada'), 1, { thread: ada });
    stop();
    expect(factsOf.row(row)).toBeNull();
  });

  it('never throws, whatever lies on the page', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('mine');
        },
      },
    );
    const row = box('Ada');
    Object.assign(row, { __reactFiber$k: { memoizedProps: trap, return: trap } });
    expect(factsOf.row(row)).toBeNull();
    expect(factsOf.message(row)).toBeNull();
  });

  it('is heard by no listener of the page that listens for bubbling events', () => {
    const heard: string[] = [];
    const row = withFiber(box('Ada'), 1, { thread: ada });
    for (const type of ['baton-ask-row', 'baton-facts']) document.body.addEventListener(type, () => heard.push(type));
    factsOf.row(row);
    expect(heard).toEqual([]);
  });
});

describe('a forged answer', () => {
  it.each([
    ['no JSON', 'nonsense'],
    ['no object', '"42"'],
    ['null', 'null'],
    ['no id', '{"title":"Ada","at":null}'],
    ['an id that is no number', '{"userId":"42<b>","title":"Ada","at":null}'],
    ['an id that is not a string', '{"userId":42,"title":"Ada","at":null}'],
    ['a title that is no text', '{"userId":"42","title":{},"at":null}'],
    ['a time that is no number', '{"userId":"42","title":"Ada","at":"now"}'],
    ['far too long', JSON.stringify({ userId: '42', title: 'A'.repeat(5000), at: null })],
    ['an object from another world', { userId: '42' }],
  ])('%s is no fact', (_, detail) => {
    const row = box('Ada');
    row.addEventListener('baton-ask-row', () => row.dispatchEvent(new CustomEvent('baton-facts', { detail })));
    expect(factsOf.row(row)).toBeNull();
  });

  it('brings in nothing but the known fields', () => {
    const row = box('Ada');
    const detail = JSON.stringify({ userId: '42', title: 'Ada', at: 1, owner: 'bot' });
    row.addEventListener('baton-ask-row', () => row.dispatchEvent(new CustomEvent('baton-facts', { detail })));
    expect(factsOf.row(row)).toEqual({ userId: '42', title: 'Ada', at: 1 });
  });
});
