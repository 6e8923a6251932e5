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

/** An element that is wanted. Never changed, so that the same one can be drawn again and in several places. */
interface Vnode {
  readonly type: string;
  readonly props: Props;
  readonly key: Key | undefined;
  readonly children: readonly Slot[];
}

/** A child that draws something, and what it is known by among its siblings: its key, else its place. */
interface Slot {
  readonly name: string;
  readonly wanted: Vnode | Text;
}

type Component = (props: Props) => Child;

/** What is drawn in a slot of its parent: what listens to its events as well. */
interface Drawn extends EventListenerObject {
  readonly name: string;
  wanted: Vnode | Text;
  readonly node: Node;
  children: readonly Drawn[];
  /** What it answers to, by the event's type; null as long as there is none. */
  handlers: Record<string, Handler> | null;
}

/** A place that was given to {@link render}, and what was drawn there last. */
interface Place extends Element {
  [DRAWN]?: readonly Drawn[];
}

/** Lies on the place itself: a WeakMap keeps the room of every element that ever came and went. */
const DRAWN = Symbol('drawn');
const SVG = 'http://www.w3.org/2000/svg';
const NO_PROPS: Props = {};
const NO_HANDLER = () => {};

/** What JSX comes to. A component's key goes on to the element that it draws. */
export function jsx(type: string | Component, props: Props, key?: Key): Child {
  if (typeof type === 'string') return { type, props, key, children: slotsOf(props.children) };
  const child = type(props);
  return key !== undefined && isVnode(child) ? { ...child, key } : child;
}

export { jsx as jsxs };

/** Several children without an element around them. */
export function Fragment({ children }: Props): Child {
  return children;
}

/** Draws a child as the only content of a place of ours, onto what was drawn there before; null clears it. */
export function render(child: Child, place: Place): void {
  place[DRAWN] = drawIn(place, slotsOf(child), place[DRAWN] ?? []);
}

function slotsOf(children: Child, within = ''): Slot[] {
  const slots: Slot[] = [];
  const list = Array.isArray(children) ? children : [children];
  list.forEach((child: Child, place) => {
    if (child === null || child === undefined || typeof child === 'boolean') return;
    const name = isVnode(child) && child.key !== undefined ? `${within}=${child.key}` : `${within}${place}`;
    if (typeof child !== 'object' || isVnode(child)) slots.push({ name, wanted: child });
    else slots.push(...slotsOf(child, `${name}.`));
  });
  return slots;
}

/** What lies in the same slot and is of the same kind stays, with the focus on it; what has no successor goes first. */
function drawIn(parent: Element, slots: readonly Slot[], before: readonly Drawn[]): readonly Drawn[] {
  if (slots.length === before.length && slots.every((slot, at) => fits(slot, before[at]))) {
    before.forEach((drawn, at) => {
      if (slots[at]) update(drawn, slots[at].wanted);
    });
    return before;
  }
  const kept = slots.map((slot) => before.find((last) => fits(slot, last)));
  for (const last of before) if (!kept.includes(last)) last.node.parentNode?.removeChild(last.node);
  let next = parent.firstChild;
  return slots.map((slot, at) => {
    const last = kept[at];
    const drawn = last ? update(last, slot.wanted) : make(parent, slot);
    if (drawn.node === next) next = next.nextSibling;
    else parent.insertBefore(drawn.node, next);
    return drawn;
  });
}

function fits({ name, wanted }: Slot, drawn: Drawn | undefined): boolean {
  return drawn?.name === name && typeOf(drawn.wanted) === typeOf(wanted);
}

function make(parent: Element, { name, wanted }: Slot): Drawn {
  const node =
    typeof wanted === 'object'
      ? document.createElementNS(wanted.type === 'svg' ? SVG : parent.namespaceURI, wanted.type)
      : document.createTextNode('');
  return update({ name, wanted: '', node, children: [], handlers: null, handleEvent }, wanted);
}

function update(drawn: Drawn, wanted: Vnode | Text): Drawn {
  const { node, wanted: before } = drawn;
  if (before === wanted) return drawn;
  drawn.wanted = wanted;
  if (typeof wanted === 'object') {
    setProps(drawn, wanted.props, typeof before === 'object' ? before.props : NO_PROPS);
    drawn.children = drawIn(node as Element, wanted.children, drawn.children);
  } else {
    node.nodeValue = String(wanted);
  }
  return drawn;
}

function setProps(drawn: Drawn, props: Props, before: Props): void {
  for (const name in before) if (!(name in props) && name !== 'children') setProp(drawn, name, null);
  for (const name in props) if (props[name] !== before[name] && name !== 'children') setProp(drawn, name, props[name]);
}

/** `false` is a value of `aria-` and `data-` attributes, and takes others away. */
function setProp(drawn: Drawn, name: string, value: unknown): void {
  const element = drawn.node as Element;
  if (name.startsWith('on')) setHandler(drawn, name.slice(2).toLowerCase(), value as Handler | null);
  else if (value === null || value === undefined || (value === false && name[4] !== '-')) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

/** The browser is told once of each type: another handler takes the place of the one before. */
function setHandler(drawn: Drawn, type: string, handler: Handler | null): void {
  drawn.handlers ??= {};
  if (!drawn.handlers[type]) drawn.node.addEventListener(type, drawn);
  drawn.handlers[type] = handler ?? NO_HANDLER;
}

function handleEvent(this: Drawn, event: Event): void {
  this.handlers?.[event.type]?.(event);
}

function isVnode(child: Child): child is Vnode {
  return typeof child === 'object' && child !== null && 'type' in child;
}

function typeOf(wanted: Vnode | Text): string | null {
  return typeof wanted === 'object' ? wanted.type : null;
}
