// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { fontOn, themeOn } from '../../utils/inbox/theme';

function within(...surfaces: string[]): Element {
  document.body.innerHTML = '';
  return surfaces.reduce<Element>((parent, color) => {
    const surface = document.createElement('div');
    surface.style.backgroundColor = color;
    parent.append(surface);
    return surface;
  }, document.body);
}

it.each([
  [['rgb(255, 255, 255)'], 'light'],
  [['rgb(240, 242, 245)'], 'light'],
  [['rgb(36, 37, 38)'], 'dark'],
  [['rgb(24, 25, 26)'], 'dark'],
  [['rgb(36, 37, 38)', 'rgba(0, 0, 0, 0)'], 'dark'],
  [['rgb(36, 37, 38)', 'rgba(255, 255, 255, 0.1)'], 'dark'],
  [['rgb(36, 37, 38)', 'rgb(245, 246, 247)'], 'light'],
  [['transparent'], 'light'],
  [[], 'light'],
] as const)('on %j it is %s', (surfaces, theme) => {
  expect(themeOn(within(...surfaces))).toBe(theme);
});

it("speaks in the page's own font", () => {
  const element = within('rgb(255, 255, 255)') as HTMLElement;
  element.style.fontFamily = '"Segoe UI", Helvetica';
  expect(fontOn(element)).toBe('"Segoe UI", Helvetica');
});
