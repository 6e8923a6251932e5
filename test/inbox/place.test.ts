// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepOnly, placeIn, removeAll, removeFrom } from '../../utils/inbox/place';

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="row"><span>host</span></div><div id="other"></div>';
});

afterEach(() => {
  removeAll(document);
  vi.useRealTimers();
});

const row = () => document.querySelector('#row') as HTMLElement;
const names = (parent: Element) => [...parent.children].map(({ localName }) => localName);

describe('an own element', () => {
  it('is the last child, and the same at every call', () => {
    const mark = placeIn(row(), 'baton-row');
    expect(names(row())).toEqual(['span', 'baton-row']);
    expect(placeIn(row(), 'baton-row')).toBe(mark);
    expect(names(row())).toEqual(['span', 'baton-row']);
  });

  it('goes back when the page drops it, or puts something after it', () => {
    const mark = placeIn(row(), 'baton-row');
    mark.remove();
    placeIn(row(), 'baton-row');
    expect(mark.parentElement).toBe(row());
    row().append(document.createElement('i'));
    placeIn(row(), 'baton-row');
    expect(names(row())).toEqual(['span', 'i', 'baton-row']);
  });

  it('lies beside others of ours without pushing them', () => {
    const label = placeIn(row(), 'baton-label');
    placeIn(row(), 'baton-handover', 'first');
    placeIn(row(), 'baton-handover', 'second');
    expect(placeIn(row(), 'baton-label')).toBe(label);
    expect(names(row())).toEqual(['span', 'baton-label', 'baton-handover', 'baton-handover']);
  });

  it('leaves the host as it was', () => {
    const before = row().outerHTML;
    placeIn(row(), 'baton-row');
    removeAll(document);
    expect(row().outerHTML).toBe(before);
  });
});

describe('a page that keeps dropping it', () => {
  const drop = () => placeIn(row(), 'baton-row').remove();

  it('gets it back ten times in ten seconds, then has two seconds of peace', () => {
    for (let times = 0; times < 11; times += 1) drop();
    const mark = placeIn(row(), 'baton-row');
    expect(mark.isConnected).toBe(false);
    vi.advanceTimersByTime(1999);
    expect(placeIn(row(), 'baton-row').isConnected).toBe(false);
    vi.advanceTimersByTime(1);
    expect(mark.isConnected).toBe(true);
  });

  it('gets it back for ever if it is not in a hurry', () => {
    for (let times = 0; times < 40; times += 1) {
      drop();
      vi.advanceTimersByTime(1100);
    }
    expect(placeIn(row(), 'baton-row').isConnected).toBe(true);
  });
});

describe('goodbye', () => {
  it('keeps what is wanted and removes the rest', () => {
    const mark = placeIn(row(), 'baton-row');
    const other = placeIn(document.querySelector('#other') as Element, 'baton-row');
    keepOnly(new Set([mark]));
    expect([mark.isConnected, other.isConnected]).toEqual([true, false]);
  });

  it("removes all, an earlier script's orphans as well, and none comes back", () => {
    const orphan = document.createElement('baton-banner');
    document.body.append(orphan);
    for (let times = 0; times < 11; times += 1) placeIn(row(), 'baton-row').remove();
    placeIn(row(), 'baton-row');
    removeAll(document);
    vi.advanceTimersByTime(60_000);
    expect(document.body.innerHTML).not.toContain('baton-');
  });

  it('takes one away', () => {
    const label = placeIn(row(), 'baton-label');
    placeIn(row(), 'baton-row');
    removeFrom(row(), 'baton-row');
    removeFrom(row(), 'baton-notice');
    expect(names(row())).toEqual(['span', label.localName]);
  });

  it('makes a new element for a row that is marked again', () => {
    const mark = placeIn(row(), 'baton-row');
    keepOnly(new Set());
    expect(placeIn(row(), 'baton-row')).not.toBe(mark);
  });
});
