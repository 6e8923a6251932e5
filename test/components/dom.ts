/** Small helpers for tests that render: a shadow root of ours, presses, tips, what a person reads. */
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { mount } from '../../components/inbox/mount';
import type { ElementName } from '../../components/inbox/styles';

/** The popover API, which the test's DOM does not have: only whether a tip is open. */
export function installPopovers(): void {
  HTMLElement.prototype.showPopover = function (this: HTMLElement) {
    this.setAttribute('data-open', '');
  };
  HTMLElement.prototype.hidePopover = function (this: HTMLElement) {
    this.removeAttribute('data-open');
  };
}

/** Renders a component into the shadow root of an element of ours. */
export function inPage(name: ElementName, component: ComponentChild): ShadowRoot {
  const host = document.body.appendChild(document.createElement(name));
  mount(host)(component);
  return host.shadowRoot as ShadowRoot;
}

/** Renders a component into the document. */
export function inPopup(component: ComponentChild): HTMLElement {
  const place = document.body.appendChild(document.createElement('div'));
  render(component, place);
  return place;
}

/** What is to be read in an element, its tips apart. */
export function text(element: Element | ShadowRoot | null): string {
  const copy = document.createElement('div');
  for (const node of element?.childNodes ?? []) copy.append(node.cloneNode(true));
  for (const hidden of copy.querySelectorAll('style, [role=tooltip]')) hidden.remove();
  return words(copy);
}

/** An element's words with single spaces. */
export function words(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function all(root: ParentNode, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

/** The button, link or tab that bears these words. */
export function named(root: ParentNode, name: string): HTMLElement {
  const found = all(root, 'button, a').find((element) => text(element) === name);
  if (!found) throw new Error(`no button "${name}" among: ${all(root, 'button, a').map(text).join(', ')}`);
  return found;
}

/** A press by a person, or one that a script of the page makes up. */
export async function press(element: HTMLElement, by: 'person' | 'script' = 'person'): Promise<void> {
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
  Object.defineProperty(event, 'isTrusted', { value: by === 'person' });
  element.dispatchEvent(event);
  await settled();
}

/** After what state changes bring about has been drawn. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}
