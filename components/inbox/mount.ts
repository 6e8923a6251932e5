import { type ComponentChild, render } from 'preact';
import { type ElementName, styles } from './styles';

/** Shows a component in the element's shadow root; null clears it. */
export type Show = (component: ComponentChild) => void;

/** One sheet for all elements of a name: it is parsed once, and no row carries a copy. */
const sheets = new Map<ElementName, CSSStyleSheet>();

/**
 * Opens a shadow root on an element of ours and gives it its style. Call it once for an element.
 * The component gets a place of its own, since a renderer clears what it finds in its root.
 * @throws DOMException where the element already has a shadow root.
 */
export function mount(host: HTMLElement, name: ElementName = host.localName as ElementName): Show {
  const root = host.attachShadow({ mode: 'open' });
  dress(root, name);
  const place = root.appendChild(host.ownerDocument.createElement('div'));
  return (component) => render(component, place);
}

/** A browser that lets no content script share a sheet gets a style element in each root. */
function dress(root: ShadowRoot, name: ElementName): void {
  try {
    root.adoptedStyleSheets = [sheetOf(name)];
  } catch {
    root.append(styleOf(root.ownerDocument, name));
  }
}

function sheetOf(name: ElementName): CSSStyleSheet {
  const known = sheets.get(name);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles[name]);
  sheets.set(name, sheet);
  return sheet;
}

/** Set as text in one piece: Firefox then counts it as ours, and not as the page's, whose policy may forbid it. */
function styleOf(document: Document, name: ElementName): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = styles[name];
  return style;
}
