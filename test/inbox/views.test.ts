import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createViews } from '../../entrypoints/inbox.content/views';
import type { RowView } from '../../utils/conversation/view';
import { keyOf, type Shown, shownBy } from '../../utils/inbox/row-key';
import { SEPARATOR } from '../../utils/inbox/text';
import { NOW } from '../conversation/given';

const ADA: Shown = { name: 'Ada', lastActivity: NOW, preview: 'hello', channel: 'messenger' };

function viewFor(shown: Shown, kind: 'bot' | 'inbox' = 'bot'): RowView {
  const claim = { source: 'graph', observedAt: NOW, certainty: 'certain', reason: 'read' } as const;
  return { key: keyOf(shown), owner: { ...claim, value: { kind } }, window: null };
}

function viewsOf(rows: RowView[], most?: number) {
  const views = createViews(most);
  views.keep({ clockOffset: 0, rows, conversation: null });
  return views;
}

it('a key tells what a row shows, and that tells the key', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'é', '0', ' ', SEPARATOR) });
  const shown = fc.record<Shown>({
    // A name is typed on one line of a form, which knows no such sign.
    name: words.map((name) => name.replaceAll(SEPARATOR, '')),
    preview: words,
    lastActivity: fc.option(fc.integer({ min: 1, max: 4e12 })),
    channel: fc.constantFrom('messenger', 'instagram', 'whatsapp', null),
  });
  fc.assert(
    fc.property(shown, (one) => {
      expect(shownBy(keyOf(one))).toEqual(one);
    }),
  );
});

describe('the view of a row', () => {
  it.each<[string, Partial<Shown>]>([
    ['of another name', { name: 'Bob' }],
    ['of other words', { preview: 'bye' }],
    ['of another channel', { channel: 'instagram' }],
    ['of no channel', { channel: null }],
    ['of another time', { lastActivity: NOW + 1 }],
    ['without a time', { lastActivity: null }],
  ])('is not that %s, and each is told its own', (_, other) => {
    const another = { ...ADA, ...other };
    expect(viewsOf([viewFor(ADA)]).row(another)).toBeNull();
    const views = viewsOf([viewFor(ADA), viewFor(another, 'inbox')]);
    expect([ADA, another].map((row) => views.row(row)?.owner.value.kind)).toEqual(['bot', 'inbox']);
  });

  it('is the newest that was told, and the same object as long as it says the same', () => {
    const views = viewsOf([viewFor(ADA)]);
    const before = views.row(ADA);
    views.keep({ clockOffset: 0, rows: [viewFor(ADA)], conversation: null });
    expect(views.row(ADA)).toBe(before);
    views.keep({ clockOffset: 0, rows: [viewFor(ADA, 'inbox')], conversation: null });
    expect(views.row(ADA)?.owner.value.kind).toBe('inbox');
  });

  it.each<[string, (place: number) => Shown]>([
    ['at times of their own', (place) => ({ ...ADA, lastActivity: NOW + place })],
    ['at one time', (place) => ({ ...ADA, name: `Ada ${place}` })],
    ['without a time', (place) => ({ ...ADA, lastActivity: null, preview: `${place}` })],
  ])('goes when so many were told after it, %s; what was told again stays', (_, shownAt) => {
    const views = viewsOf(
      [0, 1, 2, 0, 3].map((place) => viewFor(shownAt(place))),
      3,
    );
    expect([0, 1, 2, 3].map((place) => views.row(shownAt(place)) !== null)).toEqual([true, false, true, true]);
  });
});
