// @vitest-environment happy-dom
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { capture } from '../../utils/inbox/capture';
import { fieldCheck, settledFieldCheck } from '../../utils/inbox/diagnose';
import { EVIDENCE } from '../../utils/inbox/evidence';
import { readOverride } from '../../utils/inbox/override';
import { parseThreadRows } from '../../utils/inbox/parse';
import { HOOKS, selectorsWith } from '../../utils/inbox/selectors';
import { addFixture } from '../fixtures/add';
import { readCounts, UNCOUNTED, writeCounts } from '../fixtures/counts';
import { countsOf, PLAIN, render, type Variant } from '../fixtures/model';
import { WORDS } from '../fixtures/words';

function show(variant: Partial<Variant> = {}): void {
  document.documentElement.innerHTML = render({ ...PLAIN, ...variant });
}

describe('the table of hooks', () => {
  const alternatives = Object.entries(HOOKS).flatMap(([name, hook]) =>
    hook.map((css) => ({ name, css, ...EVIDENCE[css] })),
  );

  it.each(alternatives)('$name: $css is dated, and valid', ({ css, seen, trust, evidence }) => {
    expect(seen).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
    expect(['A', 'B', 'C']).toContain(trust);
    expect(evidence).not.toBe('');
    expect(() => document.querySelector(css)).not.toThrow();
  });

  it('holds no hook that is an atomic class alone, but those that say which side', () => {
    const atomic = alternatives.filter(({ css }) => /^(\.x[0-9a-z]+)+$/.test(css)).map(({ name }) => name);
    expect(atomic).toEqual(['pageSide', 'customerSide']);
  });

  it('holds no hook whose every alternative is a localised text', () => {
    const localised = Object.values(HOOKS).filter((hook) =>
      hook.every((css) => /aria-label|placeholder|title=/.test(css)),
    );
    expect(localised).toEqual([]);
  });
});

describe('the field check of a page that is still loading', () => {
  const region = () => document.querySelector('[role=region]') as Element;

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    { comesAfter: 0, endsBy: 0, errors: [] },
    { comesAfter: 1_000, endsBy: 1_250, errors: [] },
    { comesAfter: null, endsBy: 4_250, errors: ['Not found on this page: region.'] },
  ])('messages after $comesAfter ms: told within $endsBy ms', async ({ comesAfter, endsBy, errors }) => {
    vi.useFakeTimers();
    show();
    const messages = region();
    const parent = messages.parentElement as Element;
    if (comesAfter !== 0) messages.remove();
    if (comesAfter) setTimeout(() => parent.append(messages), comesAfter);
    const told = vi.fn();
    void settledFieldCheck(document).then(told);
    await vi.advanceTimersByTimeAsync(endsBy);
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ errors }));
  });
});

describe('the field check', () => {
  it('finds every required hook on a page of today', () => {
    show();
    const { hooks, parsed, errors } = fieldCheck(document);
    expect(hooks.filter(({ required }) => required).map(({ state }) => state)).toEqual([
      'found',
      'found',
      'found',
      'found',
      'found',
    ]);
    expect(parsed).toEqual({ rows: 8, messages: 7, notices: 2, header: true });
    expect(errors).toEqual([]);
  });

  it.each([
    ['a build of pagelets alone', { wrappers: 'pagelets' }, 'threadList', 'fallback'],
    ['a build without ids', { date: '2026-04' }, 'message', 'missing'],
    ['the same', { date: '2026-04' }, 'region', 'fallback'],
  ] as const)('on %s', (_, variant, name, state) => {
    show(variant);
    expect(fieldCheck(document).hooks.find(({ hook }) => hook === name)?.state).toBe(state);
  });

  it('names the required hooks that are missing', () => {
    show({ open: false });
    expect(fieldCheck(document).errors).toEqual(['Not found on this page: header.', 'Not found on this page: region.']);
  });

  it('tells how many of what it found are on screen', () => {
    show({ copies: true });
    const composer = fieldCheck(document).hooks.find(({ hook }) => hook === 'composer');
    expect(composer).toMatchObject({ state: 'found', found: 4, shown: 1 });
  });
});

describe('a capture', () => {
  const secrets =
    /Mara|Lindqvist|Customer|Same Name|Ida|Novak|hello|price|person|\d{5}|asset_id|http|data:image|assigned/;

  it('holds nothing that anybody could be known by', () => {
    show({ quotes: true, copies: true, lookAlikes: true });
    document.querySelector('.zq-row')?.setAttribute('data-user', 'Mara Lindqvist');
    document.querySelector('.zq-row')?.classList.add('user-100020000000000', 'Customer@1');
    document.body.insertAdjacentHTML(
      'beforeend',
      '<script>"Mara"</script><svg><text>Mara</text></svg><input value="Mara"><baton-row title="Mara"></baton-row><!-- Mara -->',
    );
    const taken = capture(document.documentElement);
    expect(taken.replace(/data-utime="\d+"/g, '')).not.toMatch(secrets);
    expect(taken).not.toContain('baton-');
  });

  it('changes nothing on the page', () => {
    show();
    const before = document.documentElement.outerHTML;
    capture(document.documentElement);
    expect(document.documentElement.outerHTML).toBe(before);
  });
});

describe('a capture becomes a fixture', () => {
  const folder = (): URL => {
    const made = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'fixture-'))}/`);
    writeCounts({ known: countsOf(PLAIN) }, made);
    return made;
  };
  const captureFile = (name: string, html = '<!doctype html>\n<html></html>'): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'capture-')), name);
    writeFileSync(file, html);
    return file;
  };

  it('whose test fails until a person has counted', () => {
    const into = folder();
    expect(addFixture(captureFile('2026-11_wave.html'), into)).toBe('2026-11_wave');
    expect(readFileSync(new URL('2026-11_wave.html', into), 'utf8')).toBe('<!doctype html>\n<html></html>');
    expect(readCounts(into)).toEqual({ known: countsOf(PLAIN), '2026-11_wave': UNCOUNTED });
  });

  it.each([
    ['a missing file', () => '/nowhere/2026-11_wave.html', /no file/],
    ['a name of another kind', () => captureFile('my page.html'), /Name the file/],
    ['what is no capture', () => captureFile('2026-11_wave.html', '{}'), /no capture/],
  ])('but not from %s', (_, file, problem) => {
    expect(() => addFixture(file(), folder())).toThrow(problem);
  });

  it('but not in place of another', () => {
    const into = folder();
    addFixture(captureFile('2026-11_wave.html'), into);
    expect(() => addFixture(captureFile('2026-11_wave.html'), into)).toThrow(/there already/);
  });
});

describe("a team's own selectors", () => {
  const understands = (css: string) => {
    try {
      document.createDocumentFragment().querySelector(css);
      return true;
    } catch {
      return false;
    }
  };

  it('go before the known ones', () => {
    const check = readOverride('{"rowTitle": [" .new-title "]}', understands);
    expect(check).toEqual({ ok: true, override: { rowTitle: ['.new-title'] } });
    show({ wrappers: 'pagelets' });
    for (const name of document.querySelectorAll('.zq-name')) name.className = 'new-title';
    for (const clamped of document.querySelectorAll('._4ik4')) clamped.className = '';
    const selectors = selectorsWith(check.ok ? check.override : {});
    expect(parseThreadRows(document, selectors)[0]?.name).toBe(WORDS.en.name);
  });

  it.each([
    ['no JSON', '{', ['This is not JSON.']],
    ['no object', '".x"', ['Selectors by hook are expected.']],
    ['an unknown hook', '{"token": [".x"]}', ['token: No hook has that name.']],
    ['no list', '{"header": ".x"}', ['header: Alternatives are a list of selectors.']],
    ['an empty selector', '{"header": [" "]}', ['header.0: A selector is empty.']],
    [
      'too long a selector',
      `{"header": [".${'x'.repeat(300)}"]}`,
      ['header.0: A selector has more than 300 characters.'],
    ],
    [
      'too many',
      `{"header": ${JSON.stringify(Array(9).fill('.x'))}}`,
      ['header: A hook has more than 8 alternatives.'],
    ],
    [
      "Baton's own elements",
      '{"header": ["baton-banner"]}',
      ['header.0: A selector names an element of Baton itself.'],
    ],
  ])('are refused: %s', (_, json, problems) => {
    expect(readOverride(json, understands)).toEqual({ ok: false, problems });
  });

  it('are refused where the browser does not understand them', () => {
    const nothing = () => false;
    expect(readOverride('{"header": ["::what("]}', nothing)).toEqual({
      ok: false,
      problems: ['The browser does not understand: ::what('],
    });
  });
});
