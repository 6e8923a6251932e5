/**
 * Stands in for Preact where Baton draws in Facebook's page, in a fifth of its bytes: JSX into elements, and a later
 * drawing onto the one before. Components there hold no state, so each is called as its JSX is made; hooks, classes,
 * refs and contexts there are none. What is drawn is what Preact draws: test/components/renderer.test.tsx.
 */

type Key = string | number;
type Text = string | number;
type Child = Vnode | Text | boolean | null | undefined | readonly Child[];
type Handler = (event: Event) => void;

interface Props {
  readonly children?: Child;
  readonly [name: string]: unknown;
}

/** An element that is wanted. */
interface Vnode {
  readonly type: string;
  readonly props: Props;
  readonly key: Key | undefined;
}

type Component = (props: Props) => Child;

/** What is drawn in a slot of its parent. */
interface Drawn {
  readonly slot: string;
  wanted: Vnode | Text;
  readonly node: Node;
  children: Drawn[];
}

const SVG = 'http://www.w3.org/2000/svg';

/** What was drawn last in the places that were given to {@link render}. */
const places = new WeakMap<Element, Drawn[]>();

/** What elements of ours answer to, by the event's type. */
const handlers = new WeakMap<EventTarget, Record<string, Handler>>();

/** What JSX comes to. A component's key goes on to the element that it draws. */
export function jsx(type: string | Component, props: Props, key?: Key): Child {
  if (typeof type === 'string') return { type, props, key };
  const child = type(props);
  return key !== undefined && isVnode(child) ? { ...child, key } : child;
}

export { jsx as jsxs };

/** Several children without an element around them. */
export function Fragment({ children }: Props): Child {
  return children;
}

/** Draws a child as the only content of a place of ours, onto what was drawn there before; null clears it. */
export function render(child: Child, place: Element): void {
  places.set(place, drawIn(place, child, places.get(place) ?? []));
}

/** What lies in the same slot and is of the same kind stays, with the focus on it; what has no successor goes first. */
function drawIn(parent: Element, children: Child, before: readonly Drawn[]): Drawn[] {
  const drawn: Drawn[] = [];
  const kept = new Set<Drawn>();
  gather(children, '', (wanted, slot) => {
    const at = drawn.length;
    const last = before[at]?.slot === slot ? before[at] : before.find((other) => other.slot === slot);
    const same = last && typeOf(last.wanted) === typeOf(wanted) ? last : null;
    if (same) kept.add(same);
    drawn.push(same ? update(same, wanted) : make(parent, slot, wanted));
  });
  for (const last of before) if (!kept.has(last)) last.node.parentNode?.removeChild(last.node);
  let next = parent.firstChild;
  for (const { node } of drawn)
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
  return drawn;
}

/** Calls for each child that draws something. Its slot is its key, else its place among its siblings. */
function gather(children: Child, within: string, each: (wanted: Vnode | Text, slot: string) => void): void {
  const list = Array.isArray(children) ? children : [children];
  list.forEach((child: Child, place) => {
    if (child === null || child === undefined || typeof child === 'boolean') return;
    const slot = isVnode(child) && child.key !== undefined ? `${within}=${child.key}` : `${within}${place}`;
    if (typeof child !== 'object' || isVnode(child)) each(child, slot);
    else gather(child, `${slot}.`, each);
  });
}

function make(parent: Element, slot: string, wanted: Vnode | Text): Drawn {
  const node = isVnode(wanted)
    ? document.createElementNS(wanted.type === 'svg' ? SVG : parent.namespaceURI, wanted.type)
    : document.createTextNode('');
  return update({ slot, wanted: '', node, children: [] }, wanted);
}

function update(drawn: Drawn, wanted: Vnode | Text): Drawn {
  const { node, wanted: before } = drawn;
  drawn.wanted = wanted;
  if (isVnode(wanted)) {
    setProps(node as Element, wanted.props, isVnode(before) ? before.props : {});
    drawn.children = drawIn(node as Element, wanted.props.children, drawn.children);
  } else if (before !== wanted) {
    node.nodeValue = String(wanted);
  }
  return drawn;
}

function setProps(element: Element, props: Props, before: Props): void {
  for (const name in before) if (!(name in props)) setProp(element, name, null);
  for (const name in props) if (props[name] !== before[name]) setProp(element, name, props[name]);
}

/** `false` is a value of `aria-` and `data-` attributes, and takes others away. */
function setProp(element: Element, name: string, value: unknown): void {
  if (name === 'children') return;
  if (name.startsWith('on')) setHandler(element, name.slice(2).toLowerCase(), value as Handler | null);
  else if (value === null || value === undefined || (value === false && name[4] !== '-')) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

/** The browser is told of the first handler of a type alone: another one takes its place in our table. */
function setHandler(element: Element, type: string, handler: Handler | null): void {
  const known = handlers.get(element) ?? {};
  handlers.set(element, known);
  if (!known[type]) element.addEventListener(type, heed);
  known[type] = handler ?? (() => {});
}

function heed(event: Event): void {
  const { currentTarget, type } = event;
  if (currentTarget) handlers.get(currentTarget)?.[type]?.(event);
}

function isVnode(child: Child): child is Vnode {
  return typeof child === 'object' && child !== null && 'type' in child;
}

function typeOf(wanted: Vnode | Text): string | null {
  return isVnode(wanted) ? wanted.type : null;
}
