import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The house: rooms, and which arrows may run between them. Whoever wants another arrow changes this table, and says
 * why in the commit.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'utils/conversation': [],
  'utils/graph': ['utils/conversation'],
  'utils/inbox': ['utils/conversation'],
  'utils/store': ['utils/conversation'],
  'utils/messages': ['utils/conversation'],
  components: ['utils/conversation'],
  'utils/services': ['utils/graph', 'utils/store', 'utils/conversation', 'utils/messages'],
  'entrypoints/background': ['utils/services', 'utils/messages', 'utils/conversation'],
  'entrypoints/inbox.content': ['components', 'utils/inbox', 'utils/messages', 'utils/conversation'],
  'entrypoints/page-facts.content': ['utils/inbox'],
  'entrypoints/field-check': ['utils/inbox'],
  'entrypoints/popup': ['components', 'utils/inbox', 'utils/messages', 'utils/conversation'],
  'test/meta': [],
};

/** Packages that a room may use; `wxt` and the browser's API belong to the entrypoints alone. */
const PACKAGES: Record<string, RegExp> = {
  'utils/conversation': /^$/,
  'utils/graph': /^valibot$/,
  'utils/inbox': /^valibot$/,
  'utils/store': /^(idb|valibot)$/,
  'utils/messages': /^$/,
  'utils/services': /^valibot$/,
  components: /^preact(\/|$)/,
  'entrypoints/background': /^(wxt\/|@webext-core\/messaging$)/,
  'entrypoints/inbox.content': /^(wxt\/|preact)/,
  'entrypoints/page-facts.content': /^wxt\//,
  'entrypoints/field-check': /^wxt\//,
  'entrypoints/popup': /^(wxt\/|preact|@webext-core\/messaging$)/,
};

interface Import {
  from: string;
  to: string;
}

const files = ['utils', 'components', 'entrypoints', 'test/meta'].flatMap(sources);

describe('arrows run one way', () => {
  const imports = files.flatMap(importsOf);

  test('every file lies in a room', () => {
    expect(files.filter((file) => roomOf(file) === null)).toEqual([]);
  });

  test('no room reaches into one that it may not know', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      return (
        to.startsWith('.') === false &&
        room !== null &&
        isOurs(to) &&
        other !== room &&
        !MAY_IMPORT[room]?.includes(other ?? '')
      );
    });
    expect(wrong).toEqual([]);
  });

  test('no room uses a package that is not its business', () => {
    const wrong = imports.filter(({ from, to }) => {
      const allowed = PACKAGES[roomOf(from) ?? ''];
      return allowed !== undefined && !isOurs(to) && !allowed.test(to);
    });
    expect(wrong).toEqual([]);
  });

  test('the table of rooms itself runs one way', () => {
    const reaches = (room: string, goal: string): boolean =>
      (MAY_IMPORT[room] ?? []).some((next) => next === goal || reaches(next, goal));
    expect(Object.keys(MAY_IMPORT).filter((room) => reaches(room, room))).toEqual([]);
  });
});

describe('the truth is pure', () => {
  const rooms = files.filter((file) => file.startsWith('utils/conversation/'));

  test.each([
    ['the clock', /\bDate\.now\(|new Date\(\)|performance\./],
    ['the DOM', /\bdocument\.|\bwindow\.(document|location|navigator|\w*EventListener)\b|\bnavigator\./],
    ['the network', /\bfetch\(/],
    ['chance', /Math\.random|crypto\./],
    ['the browser', /\b(browser|chrome)\./],
  ])('it does not touch %s', (_, pattern) => {
    expect(rooms.filter((file) => pattern.test(withoutComments(readFileSync(file, 'utf8'))))).toEqual([]);
  });
});

test('one constant names the version of Graph', () => {
  const naming = files
    .filter((file) => file.startsWith('utils/') || file.startsWith('entrypoints/'))
    .filter((file) => /['"`/]v\d+\.0['"`/]/.test(readFileSync(file, 'utf8')));
  expect(naming).toEqual(['utils/graph/transport.ts']);
});

test('only the background knows the token’s room', () => {
  const built = files.filter((file) => /entrypoints\/(inbox\.content|popup|page-facts)/.test(file)).flatMap(importsOf);
  expect(built.filter(({ to }) => /utils\/(services|store|graph)/.test(to))).toEqual([]);
});

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path.split(sep).join('/')] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = withoutComments(readFileSync(file, 'utf8'));
  const found = [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
  return found.map((to) => ({
    from: file,
    to: to.startsWith('.')
      ? relative('.', normalize(join(dirname(file), to)))
          .split(sep)
          .join('/')
      : to,
  }));
}

function isOurs(path: string): boolean {
  return /^(utils|components|entrypoints)\//.test(path);
}

function roomOf(path: string): string | null {
  const rooms = Object.keys(MAY_IMPORT).filter(
    (room) => path === room || path.startsWith(`${room}/`) || path.startsWith(`${room}.`),
  );
  return rooms.sort((a, b) => b.length - a.length)[0] ?? null;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
