// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followTyping } from '../../entrypoints/inbox.content/typing';
import type { Reading } from '../../utils/inbox/seen';

const KEY = 'maja';
let composer: HTMLElement;
let phrase: string | null;
let typing: ReturnType<typeof followTyping>;
const onChange = vi.fn();
const onTyping = vi.fn();

beforeEach(() => {
  vi.resetAllMocks();
  document.body.innerHTML = '<div role="textbox" contenteditable="true"></div>';
  composer = document.querySelector<HTMLElement>('[role=textbox]')!;
  phrase = 'back to bot';
  const reading = { composer, seen: { conversation: { key: KEY, name: 'Maja', messages: [] } } } as unknown as Reading;
  typing = followTyping({
    reading: () => reading,
    phraseOf: (key) => (key === KEY ? phrase : null),
    now: () => 1_000,
    onTyping,
    onChange,
  });
});
afterEach(() => typing.stop());

/** The draft becomes this, as a person's typing or a script of the page makes it. */
function write(draft: string, by: 'person' | 'script' = 'person'): void {
  composer.innerHTML = draft
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('');
  const event = new Event('input', { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: by === 'person' });
  composer.dispatchEvent(event);
}

test('the phrase comes and goes as the draft changes, and each time it is told', () => {
  const seen = ['Thanks', 'Thanks. BACK to  bot', 'Thanks. Back to bot.', 'Thanks. Back to bo', '', 'back\nto bot'].map(
    (draft) => {
      write(draft);
      return [draft, typing.current()?.phrase, onChange.mock.calls.length];
    },
  );
  expect(seen).toEqual([
    ['Thanks', null, 1],
    ['Thanks. BACK to  bot', 'back to bot', 2],
    ['Thanks. Back to bot.', 'back to bot', 2],
    ['Thanks. Back to bo', null, 3],
    ['', undefined, 4],
    ['back\nto bot', 'back to bot', 5],
  ]);
});

test('a phrase that is declared, or removed, while one types is heeded', () => {
  phrase = null;
  write('back to bot');
  expect(typing.current()?.phrase).toBeNull();
  phrase = 'back to bot';
  expect(typing.current()?.phrase).toBe('back to bot');
  phrase = null;
  expect(typing.current()?.phrase).toBeNull();
});

test('the draft leaves by no way: what is told of it is the conversation’s key alone', () => {
  write('The alarm code is 4711. back to bot');
  expect(onTyping.mock.calls).toEqual([[KEY]]);
  expect(onChange.mock.calls).toEqual([[]]);
  expect(JSON.stringify(typing.current())).not.toContain('4711');
});

test('without a phrase the draft is not read', () => {
  phrase = null;
  const read = vi.spyOn(composer, 'innerText', 'get');
  write('back to bot');
  expect(typing.current()).toMatchObject({ key: KEY, phrase: null });
  expect(read).not.toHaveBeenCalled();
});

test('what a script of the page makes up is not typing', () => {
  write('back to bot', 'script');
  expect(typing.current()).toBeNull();
  expect(onChange).not.toHaveBeenCalled();
});
