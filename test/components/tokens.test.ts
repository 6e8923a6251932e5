import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Theme = 'light' | 'dark';

const css = ['tokens.css', 'popup/tokens.css']
  .map((file) => readFileSync(new URL(`../../components/${file}`, import.meta.url), 'utf8'))
  .join('\n')
  .replace(/\/\*.*?\*\//gs, '');

/** The colours of a theme, as they are written; those of the light one hold where the dark one names none. */
function coloursOf(theme: Theme): Record<string, string> {
  const blocks = [...css.matchAll(/\[data-theme="(light|dark)"\][^{]*\{([^}]*)\}/g)];
  const colours: Record<string, string> = {};
  for (const [, name, body = ''] of blocks) {
    if (name === 'dark' && theme === 'light') continue;
    for (const [, token = '', value = ''] of body.matchAll(/--baton-([\w-]+):\s*(#[0-9a-f]+)/g)) colours[token] = value;
  }
  return colours;
}

/** Relative luminance. Source: WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('the formula gives what WCAG gives', () => {
  expect(contrast('#000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#fff')).toBeCloseTo(4.54, 2);
});

describe.each<Theme>(['light', 'dark'])('%s', (theme) => {
  const colours = coloursOf(theme);
  const between = (front: string, back: string) => contrast(colours[front] ?? '', colours[back] ?? '');
  const grounds = ['surface', 'wash', 'accent-wash'];

  test.each(['text', 'text-2', 'accent', 'caution', 'critical', 'positive'])(
    '%s is readable on every ground: 4.5',
    (front) => {
      expect(Math.min(...grounds.map((back) => between(front, back)))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each([
    ['text', 'button'],
    ['text', 'button-hover'],
    ['on-accent', 'accent-fill'],
    ['on-tip', 'tip'],
    ['surface', 'text-2'],
  ])('%s is readable on %s: 4.5', (front, back) => {
    expect(between(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['outline', 'ring'])('%s can be told from every ground: 3', (front) => {
    expect(Math.min(...grounds.map((back) => between(front, back)))).toBeGreaterThanOrEqual(3);
  });
});
