/**
 * Random damage to a page, as drift would do it, and a judge who knows what is where because he followed each node.
 * Runs within a real page: layout, visibility and computed style are the browser's own.
 */
import { parseHeader, parseMessages, parseNotices, parseThreadRows } from '../../utils/inbox/parse';
import { placeIn, removeAll } from '../../utils/inbox/place';
import { nameOf, render, type Variant } from '../fixtures/model';
import { WORDS } from '../fixtures/words';

export interface Verdict {
  /** Exceptions in the page, by message. */
  exceptions: string[];
  /** Attributes, texts or orders of the host that changed. */
  hostChanges: number;
  /** Marks on a row of another customer. */
  wrongMarks: number;
  /** Presses that reached the host. */
  clicks: number;
  /** Rows whose name and time survived, and how many of them were marked. */
  survived: number;
  marked: number;
}

export const CLEAN: Verdict = { exceptions: [], hostChanges: 0, wrongMarks: 0, clicks: 0, survived: 0, marked: 0 };

export function sum(a: Verdict, b: Verdict): Verdict {
  return {
    exceptions: [...a.exceptions, ...b.exceptions],
    hostChanges: a.hostChanges + b.hostChanges,
    wrongMarks: a.wrongMarks + b.wrongMarks,
    clicks: a.clicks + b.clicks,
    survived: a.survived + b.survived,
    marked: a.marked + b.marked,
  };
}

/** Mangles the variant's page once, by `seed`, lets Baton read and mark it, and judges. Replaces the whole document. */
export function trial(variant: Variant, seed: number): Verdict {
  return judge(damage(variant, seed), variant);
}

/** Shows the variant's page and damages it. The same seed gives the same page. */
export function damage(variant: Variant, seed: number): Truth {
  const random = randomFrom(seed);
  show(variant);
  const truth = takeTruth();
  // Baton has read the page before the damage, and may remember more than is still true.
  parseThreadRows(document);
  const count = 1 + Math.floor(random() * MOST_CHANGES);
  for (let change = 0; change < count; change += 1) mangleOnce(truth, random);
  return truth;
}

const MOST_CHANGES = 24;

/** Small, fast and good enough to pick nodes with. */
function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

function show(variant: Variant): void {
  const parsed = new DOMParser().parseFromString(render(variant, true), 'text/html');
  document.documentElement.replaceWith(document.adoptNode(parsed.documentElement));
}

// ---- what is where

type Part = 'row' | 'name' | 'time';

/** The row that each box, each name's text and each time belongs to. Copies belong where their originals do. */
export type Truth = Record<Part, Map<Node, number>>;

/** Takes the model's ids out of the page, so that no parser can lean on them. */
function takeTruth(): Truth {
  const truth: Truth = { row: new Map(), name: new Map(), time: new Map() };
  for (const element of document.querySelectorAll('[data-truth]')) {
    const [part, index] = (element.getAttribute('data-truth') ?? '').split(' ') as [Part, string];
    element.removeAttribute('data-truth');
    truth[part].set((part === 'name' && element.firstChild) || element, Number(index));
  }
  return truth;
}

function followCopy(truth: Truth, original: Element, copy: Element): void {
  const copies = nodesOf(copy);
  nodesOf(original).forEach((node, place) => {
    for (const part of Object.values(truth)) {
      const row = part.get(node);
      const twin = copies[place];
      if (row !== undefined && twin) part.set(twin, row);
    }
  });
}

function nodesOf(root: Node): Node[] {
  const walker = document.createTreeWalker(root);
  const nodes: Node[] = [];
  for (let node: Node | null = root; node; node = walker.nextNode()) nodes.push(node);
  return nodes;
}

// ---- damage

type Change = (element: Element, truth: Truth, random: () => number) => void;

const CHANGES: readonly Change[] = [
  function drop(element) {
    element.remove();
  },
  function unwrap(element) {
    element.replaceWith(...element.childNodes);
  },
  function wrap(element, _truth, random) {
    const wrapper = document.createElement(pick(['div', 'span', 'section'], random) ?? 'div');
    element.replaceWith(wrapper);
    wrapper.append(element);
  },
  function reorder(element, _truth, random) {
    const sibling = pick([...(element.parentElement?.children ?? [])], random);
    sibling?.before(element);
  },
  function duplicate(element, truth) {
    const copy = element.cloneNode(true) as Element;
    followCopy(truth, element, copy);
    element.after(copy);
  },
  function rewrite(element, truth, random) {
    if (element.childElementCount > 0 || !element.textContent?.trim()) return;
    if (truth.time.has(element) || [...truth.name.keys()].some((name) => element.contains(name))) return;
    element.textContent = pick(SCRIPTS, random) ?? '';
  },
];

const SCRIPTS = [
  'Kære ven',
  'Дорогой друг',
  'صديقي العزيز',
  'ידיד יקר',
  '亲爱的朋友',
  'प्रिय मित्र',
  'เพื่อนรัก',
  '11:34',
  '',
];

function mangleOnce(truth: Truth, random: () => number): void {
  const element = pick([...document.body.querySelectorAll('*')], random);
  if (element) pick(CHANGES, random)?.(element, truth, random);
}

// ---- judgement

function judge(truth: Truth, variant: Variant): Verdict {
  const before = hostText();
  let clicks = 0;
  const count = () => {
    clicks += 1;
  };
  document.addEventListener('click', count, true);
  const exceptions: string[] = [];
  let wrongMarks = 0;
  const marked = new Set<number>();
  try {
    for (const { mark, index } of markAll(variant)) {
      if (isOn(mark, index, truth)) marked.add(index);
      else wrongMarks += 1;
    }
    parseMessages(document);
    parseNotices(document);
    parseHeader(document);
  } catch (error) {
    exceptions.push(String(error));
  }
  const survivors = survivingRows(truth, variant);
  const hostChanges = hostText() === before ? 0 : 1;
  removeAll(document);
  document.removeEventListener('click', count, true);
  return {
    exceptions,
    hostChanges,
    wrongMarks,
    clicks,
    survived: survivors.length,
    marked: survivors.filter((index) => marked.has(index)).length,
  };
}

/** What a person would do with a list of customers in hand: mark the row that shows a name and time known from it. */
export function markAll(variant: Variant): { mark: HTMLElement; index: number }[] {
  const known = new Map(
    Array.from({ length: 8 }, (_, index) => [`${nameOf(WORDS[variant.language], index)} ${timeOfRow(index)}`, index]),
  );
  return parseThreadRows(document).flatMap(({ element, name, lastActivity }) => {
    const index = known.get(`${name} ${lastActivity}`);
    return index === undefined ? [] : [{ mark: placeIn(element, 'baton-row'), index }];
  });
}

/** As the model has it: 90 minutes from row to row. */
function timeOfRow(index: number): number {
  return Math.round((1_774_717_339.408 - index * 5400) * 1000);
}

/** The mark's parent shows that customer and no other. */
export function isOn(mark: HTMLElement, index: number, truth: Truth): boolean {
  const shown = [...truth.name].filter(([name]) => mark.parentElement?.contains(name));
  return shown.length > 0 && shown.every(([, row]) => row === index);
}

/** Rows of which a name and a time are still on screen, side by side in something that holds no other row's. */
export function survivingRows(truth: Truth, variant: Variant): number[] {
  if (variant.comments) return [];
  const alive = (part: Part, index: number) =>
    [...truth[part]].filter(([node, row]) => row === index && isOnScreen(node)).map(([node]) => node);
  return Array.from({ length: 8 }, (_, index) => index).filter((index) =>
    alive('name', index).some((name) => alive('time', index).some((time) => shareARow(name, time, index, truth))),
  );
}

function isOnScreen(node: Node): boolean {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : (node as Element);
  return element?.isConnected === true && isVisible(element);
}

/** A wrapper without a box is as visible as what it lies in. */
function isVisible(element: Element): boolean {
  const boxless = getComputedStyle(element).display === 'contents';
  return boxless && element.parentElement
    ? isVisible(element.parentElement)
    : element.checkVisibility({ visibilityProperty: true });
}

function shareARow(name: Node, time: Node, index: number, truth: Truth): boolean {
  let common: Node | null = name;
  while (common && !common.contains(time)) common = common.parentNode;
  const others = [...truth.name, ...truth.time].filter(([node, row]) => node.isConnected && row !== index);
  return common !== null && !others.some(([node]) => common.contains(node));
}

/** Every attribute, text and order of the host's. */
function hostText(): string {
  const copy = document.documentElement.cloneNode(true) as Element;
  for (const own of copy.querySelectorAll('baton-row')) own.remove();
  return copy.outerHTML;
}
