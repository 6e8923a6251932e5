// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeWorld, type FakeWorld } from '../inbox/fake-world';
import { CustomerApp } from './page/CustomerApp';
import type { Threads } from './page/feed-client';

let world: FakeWorld;
let refusal: string | null;

beforeEach(async () => {
  world = createFakeWorld(3);
  refusal = null;
  history.replaceState(null, '', '/');
  const seen = (): Threads => ({
    pageName: 'Brightwater Goods',
    byId: new Map(world.feed().threads.map((thread) => [thread.userId, thread])),
  });
  const client = {
    subscribe(listener: (threads: Threads) => void) {
      world.subscribe(() => listener(seen()));
      listener(seen());
    },
    async say(userId: string, text: string) {
      if (refusal === null) world.customerSays(userId, text);
      return refusal;
    },
  };
  await act(() => render(<CustomerApp client={client} />, document.body));
});

afterEach(() => render(null, document.body));

const find = (selector: string) => document.querySelector<HTMLElement>(selector);
const texts = (selector: string) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
const button = (words: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(words));
const press = (words: string) => act(async () => button(words)?.click());

async function write(words: string) {
  const field = document.querySelector<HTMLInputElement>('input')!;
  await act(() => {
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press('Send');
}

describe('whom one plays', () => {
  it('is the newest conversation at first', () => {
    expect(texts('nav [aria-current="true"] bdi')).toEqual(['Mara Lindqvist']);
    expect(find('header')?.textContent).toBe('Brightwater GoodsYou are Mara Lindqvist, on Messenger');
  });

  it('is whom one chooses, also when another becomes the newest', async () => {
    await press('Tomás Oliveira');
    await act(() => void world.say(world.feed().threads[2]!.userId, { text: 'Newest now' }));
    expect(texts('nav bdi')[0]).toMatch(/^Anneliese/);
    expect(texts('nav [aria-current="true"] bdi')).toEqual(['Tomás Oliveira']);
  });
});

describe('what one sees', () => {
  it("is what both sides said, without lines of Meta's own", () => {
    const said = world.feed().threads[0]!.messages.filter(({ direction }) => direction !== 'system');
    expect([...document.querySelectorAll('li')].map(({ className }) => className)).toEqual(
      said.map(({ direction }) => direction),
    );
    expect(find('ol')?.textContent).not.toContain('replied to an ad');
  });

  it('has a word for what has no words, and the quote before its answer', () => {
    expect(texts('li').filter((text) => text === 'Sticker')).toHaveLength(1);
    expect(texts('li q')).toEqual(['Hi, parcel 4471 has not arrived.']);
  });
});

describe('what one says', () => {
  it.each([
    ['written', () => write('Good morning'), 'Good morning'],
    ['by a quick button', () => press('Talk to a human'), 'Talk to a human'],
  ])('%s, arrives and is shown', async (_, speak, words) => {
    await speak();
    expect(world.feed().threads[0]!.messages.at(-1)).toMatchObject({ direction: 'customer', text: words });
    expect(texts('li').at(-1)).toBe(words);
    expect(find('[role="alert"]')).toBeNull();
  });

  it('is nothing when nothing is written', async () => {
    const before = world.feed().threads[0]!.messages.length;
    await write('  ');
    expect(world.feed().threads[0]!.messages).toHaveLength(before);
  });

  it('and is refused, is refused in words', async () => {
    refusal = 'No conversation with them.';
    await press('Hello');
    expect(find('[role="alert"]')?.textContent).toBe(refusal);
  });
});
