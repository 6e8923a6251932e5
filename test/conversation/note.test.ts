import { describe, expect, it, test } from 'vitest';
import { LONGEST_NOTE, metadataFor } from '../../utils/conversation/note';
import type { Wanted } from '../../utils/conversation/plan';

describe('the note that goes with a control call', () => {
  it.each<[Wanted, string, string | null]>([
    ['bot', 'Size 54 is settled', '{"source":"baton","event":"human-ended","note":"Size 54 is settled"}'],
    ['human', 'Angry, be quick', '{"source":"baton","event":"human-began","note":"Angry, be quick"}'],
    ['ask', 'Done here', '{"source":"baton","event":"human-ended","note":"Done here"}'],
    ['bot', '  two\n lines ', '{"source":"baton","event":"human-ended","note":"two lines"}'],
    ['bot', '', null],
    ['bot', ' \n ', null],
    ['let-go', 'Bye', null],
    ['longer', 'Bye', null],
  ])('%s, “%s”', (wanted, note, sent) => {
    expect(metadataFor(wanted, note)).toBe(sent);
  });

  test('is cut without cutting a sign in two, and every value is text', () => {
    const sent: unknown = JSON.parse(metadataFor('bot', '🚲'.repeat(LONGEST_NOTE + 5)) ?? '');
    expect(Object.values(sent as object).every((value) => typeof value === 'string')).toBe(true);
    expect([...(sent as { note: string }).note]).toHaveLength(LONGEST_NOTE);
  });
});
