import { type ComponentChild, render } from 'preact';
import { type ElementName, styles } from './styles';

/** Shows a component in the element's shadow root; null clears it. */
export type Show = (component: ComponentChild) => void;

/**
 * Opens a shadow root on an element of ours and gives it its style. Call it once for an element.
 *
 * The style is set as text, in one piece: Firefox then counts it as the extension's and not as the page's, whose
 * policy may forbid inline style. The component gets a place of its own beside it, since a renderer clears what it
 * finds in its root.
 * The shadow root may be open already, and empty.
 */
export function mount(host: HTMLElement, name: ElementName = host.localName as ElementName): Show {
  const { ownerDocument: document } = host;
  const style = document.createElement('style');
  style.textContent = styles[name];
  const place = document.createElement('div');
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.append(style, place);
  return (component) => render(component, place);
}
