import { describe, expect, test } from 'vitest';
import { GraphLost, GraphRefusal } from '../../utils/graph/errors';
import { explain } from '../../utils/graph/refusals';
import { BROKEN } from './broken';
import { answering, CALLS, graphOver } from './given';

describe('broken answers', () => {
  test('are at least forty', () => {
    expect(BROKEN.length).toBeGreaterThanOrEqual(40);
  });

  describe.each(Object.entries(CALLS))('to %s', (_, call) => {
    test.each(BROKEN)('%s', async (_, reply) => {
      const error: unknown = await call(graphOver(answering(reply).fetch)).then(
        (answer) => answer,
        (error: unknown) => error,
      );
      expect(error instanceof GraphLost || error instanceof GraphRefusal).toBe(true);
      const { cause } = explain(error);
      expect(cause).toMatch(/^[A-Z].*\.$/s);
      expect(cause).not.toMatch(/^\W*\d+\W*$/);
    });
  });
});
