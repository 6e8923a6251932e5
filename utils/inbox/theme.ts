/** How the page looks where one of our elements lies, so that it can look as if it belonged there. */
import { styleOf } from './dom';

/** Luma, of 255, under which a surface is dark. Facebook's are up to 50, and 230 or more. */
const DARK_BELOW = 123;

/** Of the first opaque surface behind `element`: the page decides, not the operating system. */
export function themeOn(element: Element): 'light' | 'dark' {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const luma = lumaOf(styleOf(at)?.backgroundColor ?? '');
    if (luma !== null) return luma < DARK_BELOW ? 'dark' : 'light';
  }
  return 'light';
}

/** The page's computed font family at `element`, as CSS; empty where there is none. */
export function fontOn(element: Element): string {
  return styleOf(element)?.fontFamily ?? '';
}

/** How bright an `rgb()` colour is, by ITU-R BT.709; null for one that lets the surface behind it through. */
function lumaOf(color: string): number | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return color.startsWith('rgb') && alpha >= 0.5 ? 0.2126 * red + 0.7152 * green + 0.0722 * blue : null;
}
