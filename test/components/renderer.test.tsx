// @vitest-environment happy-dom
import fc from 'fast-check';
import { render as preactRender } from 'preact';
import { jsx as preactJsx } from 'preact/jsx-runtime';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../../components/inbox/renderer';
import { CONVERSATIONS, handover, label, NOW, OWNERS, ownerClaim, row, WINDOWS } from './states';

/** What the two make elements with, and draw them with. */
const OURS = { jsx: ours.jsx, render: ours.render } as unknown as Renderer;
const PREACT = { jsx: preactJsx, render: preactRender } as unknown as Renderer;

interface Renderer {
  jsx(type: string, props: object, key?: string): unknown;
  render(child: unknown, place: Element): void;
}

interface Tree {
  tag: string;
  key: string | undefined;
  props: Record<string, unknown>;
  children: Child[];
}

type Child = Tree | string | number | boolean | null | Child[];

beforeEach(() => document.body.replaceChildren());

describe('draws what Preact draws', () => {
  const props = fc.record(
    {
      class: fc.constantFrom('a', 'a b'),
      id: fc.constantFrom('one', 'two'),
      role: fc.constantFrom('status', 'alert'),
      tabIndex: fc.constantFrom(0, undefined),
      popover: fc.constant('manual'),
      'aria-label': fc.string({ maxLength: 3 }),
      'aria-expanded': fc.boolean(),
      'data-flip': fc.constantFrom(true, false, undefined, null),
    },
    { requiredKeys: [] },
  );
  const { tree } = fc.letrec<{ tree: Tree; child: Child; list: Tree[] }>((tie) => ({
    tree: fc.record({
      tag: fc.constantFrom('div', 'span', 'b', 'button', 'svg', 'baton-timer'),
      key: fc.constant(undefined),
      props,
      children: fc.array(tie('child'), { maxLength: 4 }),
    }),
    child: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<Child>('', 'words', 'other words', 7, 0, null, false, true),
      tie('tree'),
      tie('list'),
    ),
    list: fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), tie('tree')), {
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map((keyed) => keyed.map(([key, inner]) => ({ ...inner, key }))),
  }));

  test('any drawing onto any other', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(fc.option(tree), { minLength: 1, maxLength: 6 }), (drawings) => {
        const [mine, theirs] = [placeFor(), placeFor()];
        for (const drawing of drawings) {
          OURS.render(built(drawing, OURS), mine);
          PREACT.render(built(drawing, PREACT), theirs);
          expect(contents(mine)).toEqual(contents(theirs));
        }
        document.body.replaceChildren();
      }),
      { numRuns: process.env.BATON_SOAK ? 5_000 : 500 },
    );
  });

  test('every state of every component, onto the state before', async () => {
    const [mine, theirs] = [await drawnWith(OURS), await drawnWith(PREACT)];
    expect(mine.length).toBeGreaterThan(60);
    expect(new Set(mine).size).toBeGreaterThan(40);
    expect(mine).toEqual(theirs);
  });
});

describe('what stays is not touched', () => {
  const { jsx, render } = OURS;
  const button = (name: string) => jsx('button', { children: name }, name);
  const names = (place: Element) => [...place.querySelectorAll('button')].map(({ textContent }) => textContent);

  test.each<[string, string[], string[]]>([
    ['one before it goes', ['a', 'b', 'c'], ['b', 'c']],
    ['one before it comes', ['b'], ['a', 'b']],
    ['one after it goes', ['b', 'c'], ['b']],
    ['all others are others', ['a', 'b', 'c'], ['d', 'b', 'e']],
  ])('it keeps the focus when %s', (_, before, after) => {
    const place = placeFor();
    render(jsx('div', { children: before.map(button) }), place);
    const focused = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === 'b');
    focused?.focus();
    const moved = new MutationObserver(() => {});
    moved.observe(place, { childList: true, subtree: true });
    render(jsx('div', { children: after.map(button) }), place);
    const touched = moved.takeRecords().flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]);
    expect([names(place), document.activeElement === focused, touched.includes(focused as Node)]).toEqual([
      after,
      true,
      false,
    ]);
  });

  test('a press on what has taken the place of another thing is not meant for that: they are two elements', () => {
    const place = placeFor();
    const offer = (why: boolean, choose: boolean) =>
      jsx('div', {
        children: [why && jsx('button', { children: 'Why' }), choose && jsx('button', { children: 'Choose' })],
      });
    render(offer(true, true), place);
    const [why, choose] = place.querySelectorAll('button');
    render(offer(false, true), place);
    expect([why?.isConnected, choose?.isConnected, choose?.textContent]).toEqual([false, true, 'Choose']);
  });

  test('nothing is written where nothing is new', () => {
    const place = placeFor();
    const drawing = () => jsx('div', { class: 'a', children: ['words ', 7, jsx('b', { children: 'more' })] });
    render(drawing(), place);
    const changes = new MutationObserver(() => {});
    changes.observe(place, { childList: true, subtree: true, attributes: true, characterData: true });
    render(drawing(), place);
    expect(changes.takeRecords()).toEqual([]);
  });

  test('what others put into an element without children of ours stays there', () => {
    const place = placeFor();
    const drawing = (name: string) => jsx('div', { children: [name, jsx('span', { class: 'tip' })] });
    render(drawing('one'), place);
    render('a tip', place.querySelector('.tip') as Element);
    render(drawing('two'), place);
    expect(place.textContent).toBe('twoa tip');
  });
});

describe('handlers', () => {
  const { jsx, render } = OURS;

  test('the newest is called, once, and none where none is wanted any more', () => {
    const place = placeFor();
    const [first, second] = [vi.fn(), vi.fn()];
    for (const [onClick, calls] of [
      [first, [1, 0]],
      [second, [1, 1]],
      [undefined, [1, 1]],
      [first, [2, 1]],
    ] as const) {
      render(jsx('button', onClick ? { onClick } : {}), place);
      (place.firstElementChild as HTMLElement).click();
      expect([first.mock.calls.length, second.mock.calls.length]).toEqual(calls);
    }
  });

  test.each(['onPointerEnter', 'onPointerLeave', 'onFocusIn', 'onFocusOut', 'onClick'])('%s', (name) => {
    const place = placeFor();
    const heard = vi.fn();
    render(jsx('span', { [name]: heard }), place);
    place.firstElementChild?.dispatchEvent(new Event(name.slice(2).toLowerCase()));
    expect(heard).toHaveBeenCalledOnce();
  });
});

function placeFor(): Element {
  return document.body.appendChild(document.createElement('div'));
}

function built(child: Child, renderer: Renderer): unknown {
  if (Array.isArray(child)) return child.map((inner) => built(inner, renderer));
  if (child === null || typeof child !== 'object') return child;
  const { tag, key, props, children } = child;
  return renderer.jsx(tag, { ...props, children: children.map((inner) => built(inner, renderer)) }, key);
}

/** What an element holds. Preact leaves some attributes empty where they are no longer wanted. */
function contents(element: Element): unknown[] {
  return [...element.childNodes].map((node) => {
    if (!(node instanceof Element)) return node.nodeValue;
    const attributes = [...node.attributes].map(({ name, value }) => [name, value]).filter(([, value]) => value !== '');
    return [node.namespaceURI, node.localName, attributes.sort(), contents(node)];
  });
}

/** The markup of all states, each drawn in the same place as the one before, by components that were loaded anew. */
async function drawnWith({ render }: Renderer): Promise<string[]> {
  vi.resetModules();
  if (render === OURS.render) vi.doMock('preact/jsx-runtime', () => ({ ...ours, jsxDEV: ours.jsx }));
  else vi.doUnmock('preact/jsx-runtime');
  const { Banner } = await import('../../components/inbox/Banner');
  const { HandoverMark } = await import('../../components/inbox/HandoverMark');
  const { Label } = await import('../../components/inbox/Label');
  const { Notice } = await import('../../components/inbox/Notice');
  const { RowMark } = await import('../../components/inbox/RowMark');
  const nothing = () => {};
  const presses = { onControl: nothing, onToggleChoice: nothing, onChoose: nothing, onReadAgain: nothing };
  const { jsx } = (await import('preact/jsx-runtime')) as unknown as {
    jsx(component: unknown, props: object): unknown;
  };
  const owners = Object.values(OWNERS).flatMap((owner) =>
    (['certain', 'likely'] as const).map((certainty) => ownerClaim(owner, { certainty })),
  );
  const states: unknown[][] = [
    Object.values(CONVERSATIONS).flatMap((view) =>
      [false, true].map((choosing) => jsx(Banner, { view, now: NOW, choosing, ...presses })),
    ),
    owners.flatMap((owner) =>
      Object.values(WINDOWS).map((window) => jsx(RowMark, { view: row(owner, window), now: NOW })),
    ),
    (['chatbot', 'human', 'automation', 'meta-ai', 'unknown'] as const).flatMap((kind) =>
      (['certain', 'likely'] as const).map((certainty) =>
        jsx(Label, { view: label({ kind, name: null } as never, certainty), now: NOW }),
      ),
    ),
    [{}, { from: null }, { to: 'bot' }, { after: null }].map((change) =>
      jsx(HandoverMark, { view: handover(change as never), now: NOW }),
    ),
    [
      { kind: 'bot-has-it' },
      { kind: 'bot-answered', at: NOW },
      { kind: 'colleague-answered', at: NOW, name: 'Ann' },
      { kind: 'customer-wrote', at: NOW },
      { kind: 'phrase', phrase: 'All done' },
    ].map((view) => jsx(Notice, { view, now: NOW })),
  ];
  return states.flatMap((drawings) => {
    const place = placeFor();
    return drawings.map((drawing) => {
      render(drawing, place);
      return place.innerHTML;
    });
  });
}
