/**
 * A page like the inbox's list, in plain script: 2,000 conversations, slots that are recycled, and steps on demand.
 * It tells the floor which rows changed; nobody else listens. Runs in the page.
 */

import { activeAt, CONVERSATIONS, idOf, nameOf, observedAt, previewOf } from './answers';

export interface Host {
  /** Plays so many steps, one a frame, and waits until what was put off is done. */
  play(steps: number): Promise<void>;
  /** Rows on screen that carry no mark, or another customer's. */
  mismarked(): string[];
}

declare global {
  interface Window {
    host: Host;
  }
}

interface Thread {
  customer: number;
  /** How many messages have come. */
  times: number;
  id: string;
  name: string;
  preview: string;
  at: number;
}

interface Slot {
  box: HTMLElement;
  slot: HTMLElement;
  name: HTMLElement;
  preview: HTMLElement;
  time: HTMLElement;
  surfaces: HTMLElement[];
  thread: Thread | null;
  index: number;
}

const SLOTS = 20;
const ROW_HEIGHT = 94;
const LIST = '/bizweb:inbox/bizweb:INBOX/lib:bizweb_inbox:main_content/bizweb_inbox:thread_list';
const ENDINGS = ['', '/lib:thread_title', '/lib:thread_row_footer'];
/** Longer than any contender puts work off. */
const SETTLE_MS = 800;

const threads: Thread[] = Array.from({ length: CONVERSATIONS }, (_, index) => ({
  customer: index,
  times: 0,
  id: idOf(index),
  name: nameOf(index),
  preview: previewOf(index, 0),
  at: activeAt(index),
}));

const list = document.querySelector('#list') as HTMLElement;
const slots = Array.from({ length: SLOTS }, makeSlot);
let top = 0;

function make(tag: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function makeSlot(): Slot {
  const wrap = (...children: Node[]) => make('span', { 'data-surface-wrapper': '1', class: 'wrapper' }, ...children);
  const name = make('div', { class: 'name' });
  const title = wrap(name);
  const preview = make('div', { class: '_4ik4 _4ik5' });
  const time = make('abbr', { class: 'timestamp', 'aria-hidden': 'true' });
  const footer = wrap(make('div', {}, 'Intake'));
  const actions = make(
    'div',
    { class: '_4a51', role: 'grid' },
    make('a', { role: 'row', href: '#' }, make('div', { role: 'gridcell' })),
  );
  const pictures = make(
    'div',
    {},
    make('img', { alt: '' }),
    make('img', { alt: 'Messenger', width: '16', height: '16' }),
  );
  const cells = make(
    'div',
    {},
    make('div', { class: '_4ik4 _4ik5' }, title),
    preview,
    make('div', {}, make('span', { class: 'accessible_elem' }), time),
    footer,
  );
  const row = wrap(make('div', { class: 'row' }, pictures, cells, actions));
  const box = make('div', { class: '_5_n1', role: 'presentation' }, row);
  const slot = make('div', { class: 'slot' }, box);
  list.append(slot);
  return { box, slot, name, preview, time, surfaces: [row, title, footer], thread: null, index: -1 };
}

/** Shows the rows from `top` on. A slot keeps its row as long as it is in sight, so a scroll refills few of them. */
function paint(): void {
  for (let index = top; index < top + SLOTS; index += 1) {
    const slot = slots[index % SLOTS];
    const thread = threads[index];
    if (slot && thread) fill(slot, thread, index);
  }
}

function fill(slot: Slot, thread: Thread, index: number): void {
  const { box, name, preview, time, surfaces } = slot;
  if (slot.index !== index) {
    slot.index = index;
    slot.slot.style.top = `${index * ROW_HEIGHT}px`;
    surfaces.forEach((surface, place) => {
      surface.dataset.surface = `${LIST}/thread_row${index}${ENDINGS[place]}`;
    });
  }
  const utime = (thread.at / 1000).toFixed(3);
  if (slot.thread === thread && time.dataset.utime === utime) return;
  slot.thread = thread;
  setText(name, thread.name);
  setText(preview, thread.preview);
  time.dataset.utime = utime;
  setText(time, utime);
  const props = { thread: { threadID: thread.id, title: thread.name, timestamp: thread.at } };
  Object.assign(box, { __reactFiber$bench: { memoizedProps: {}, return: { memoizedProps: props, return: null } } });
  box.dispatchEvent(new CustomEvent('host-row', { bubbles: true, detail: thread.id }));
}

/** As React does: the text node stays. */
function setText(element: HTMLElement, text: string): void {
  if (element.firstChild) element.firstChild.nodeValue = text;
  else element.textContent = text;
}

/** Two scrolls, then a message that lifts a conversation to the top. */
function step(number: number): void {
  if (number % 3 === 2) bump((number * 131) % CONVERSATIONS);
  else top = (top + 1 + (number % 5)) % (CONVERSATIONS - SLOTS);
  paint();
}

function bump(index: number): void {
  const [thread] = threads.splice(index, 1);
  if (!thread) return;
  thread.at = (threads[0]?.at ?? 0) + 1000;
  thread.times += 1;
  thread.preview = previewOf(thread.customer, thread.times);
  threads.unshift(thread);
}

/** An open conversation that nothing happens in. */
function detail(): HTMLElement {
  const header = make(
    'div',
    { 'data-pagelet': 'BizInboxDetailViewHeaderSectionWrapper' },
    make('div', { class: '_4ik4 _4ik5' }, 'Customer 1'),
  );
  const avatar = make('img', { alt: 'Customer 1', width: '32', height: '32' });
  const message = make('div', { 'data-message-id': 'mid.1' }, make('div', {}, 'hello'));
  const group = make(
    'div',
    { 'data-utime': '1774717339' },
    make('div', { class: 'bubble' }, make('div', {}, avatar), make('div', {}, message)),
  );
  const region = make('div', { role: 'region', tabindex: '0' }, make('div', {}, make('div'), make('div', {}, group)));
  return make('section', {}, header, region);
}

/** As React renders: in a task of its own, between two frames. */
const task = () => new Promise<void>((resolve) => setTimeout(resolve));
const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

window.host = {
  async play(steps) {
    for (let number = 0; number < steps; number += 1) {
      await frame();
      await task();
      step(number);
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  },
  mismarked() {
    return slots.flatMap(({ box, thread }) => {
      const marked = box.querySelector('baton-row')?.getAttribute('data-observed-at');
      return thread && marked === String(observedAt(thread.id)) ? [] : [`${marked} on ${thread?.id}`];
    });
  },
};

document.body.append(detail());
paint();
