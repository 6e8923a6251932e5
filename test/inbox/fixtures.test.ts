import { readdirSync, readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import table from '../fixtures/counts.json';
import { type Counts, render } from '../fixtures/model';
import { VARIANTS } from '../fixtures/variants';
import { countPage } from './count';

const folder = new URL('../fixtures/', import.meta.url);
const names = readdirSync(folder).flatMap((file) => /^(.+)\.html$/.exec(file)?.[1] ?? []);
const expected: Readonly<Record<string, Counts>> = table;

function htmlOf(name: string): string {
  return readFileSync(new URL(`${name}.html`, folder), 'utf8');
}

describe('the count table', () => {
  it('has at least 40 fixtures, and a line for each', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(expected).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s', (name) => {
    const { document } = new Window({ settings: { disableJavaScriptFileLoading: true } });
    document.write(htmlOf(name));
    expect(countPage(document as unknown as Document)).toEqual(expected[name]);
  });
});

describe('the fixtures of the model', () => {
  it.each(Object.entries(VARIANTS))('%s is as the model draws it', (name, variant) => {
    expect(htmlOf(name)).toBe(render(variant));
  });
});
