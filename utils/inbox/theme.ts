/** How the page looks where one of our elements lies, so that it can look as if it belonged there. */
import { styleOf } from './dom';

/** Relative luminance under which a surface is dark. Facebook's are 0 to 0.03 and 0.8 to 1. */
const DARK_BELOW = 0.2;

/** Of the first opaque surface behind `element`: the page decides, not the operating system. */
export function themeOn(element: Element): 'light' | 'dark' {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const luminance = luminanceOf(styleOf(at)?.backgroundColor ?? '');
    if (luminance !== null) return luminance < DARK_BELOW ? 'dark' : 'light';
  }
  return 'light';
}

/** The page's computed font family at `element`, as CSS; empty where there is none. */
export function fontOn(element: Element): string {
  return styleOf(element)?.fontFamily ?? '';
}

/** WCAG's relative luminance of an `rgb()` colour; null for one that lets the surface behind it through. */
function luminanceOf(color: string): number | null {
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (!color.startsWith('rgb') || red === undefined || green === undefined || blue === undefined || alpha < 0.5)
    return null;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
