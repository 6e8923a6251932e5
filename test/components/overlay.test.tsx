// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { createOverlay } from '../../entrypoints/inbox.content/overlay';
import type { ConversationView } from '../../utils/conversation/view';
import { noFacts } from '../../utils/inbox/facts';
import { removeAll } from '../../utils/inbox/place';
import { readPage } from '../../utils/inbox/seen';
import { all, installPopovers, named, press } from './dom';
import { CONVERSATIONS, NOW } from './states';

beforeEach(() => {
  removeAll(document);
  document.body.replaceChildren();
  installPopovers();
});

const unmatched = CONVERSATIONS['Unknown: the reason, no claim'] as ConversationView;

test('a choice stays open when the conversation is drawn anew, and is not open for the next', async () => {
  const { banner, show } = overlay();
  const open = () => [named(banner(), 'Choose').getAttribute('aria-expanded'), all(banner(), '.candidates').length];
  show(unmatched);
  expect(open()).toEqual(['false', 0]);
  await press(named(banner(), 'Choose'));
  expect(open()).toEqual(['true', 1]);
  show({ ...unmatched });
  expect(open()).toEqual(['true', 1]);
  show({ ...unmatched, key: 'another' });
  expect(open()).toEqual(['false', 0]);
  await press(named(banner(), 'Choose'));
  await press(named(banner(), 'Choose'));
  expect(open()).toEqual(['false', 0]);
});

test('the keyboard’s focus stays on a button through what it brings about', async () => {
  const { banner, show } = overlay();
  show(unmatched);
  const choose = named(banner(), 'Choose');
  choose.focus();
  await press(choose);
  show({ ...unmatched });
  expect(banner().activeElement).toBe(choose);
});

/** An overlay over a page that has a header and nothing else. */
function overlay() {
  const header = document.body.appendChild(document.createElement('header'));
  const reading = { ...readPage({ document, url: 'https://business.facebook.com/', factsOf: noFacts }), header };
  const { show } = createOverlay({ onControl: vi.fn(), onChoose: vi.fn(), onReadAgain: vi.fn() });
  return {
    banner: () => header.querySelector('baton-banner')?.shadowRoot as ShadowRoot,
    show: (conversation: ConversationView) =>
      show({ reading, viewOf: () => null, conversation, notice: null, now: NOW }),
  };
}
