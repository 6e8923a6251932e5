import { expect, test } from 'vitest';
import { CallLog } from './calls';
import { KEPT } from './kept';

test('the log keeps the newest calls, and counts on', () => {
  const log = new CallLog();
  const call = { at: 0, method: 'GET', path: '/me', version: null, params: {}, app: null, token: null } as const;
  for (let i = 0; i < KEPT + 3; i += 1)
    log.add({ ...call, tokenBy: null, batch: null, status: 200, code: null, subcode: null });
  expect([log.list().length, log.list()[0]?.seq, log.list().at(-1)?.seq]).toEqual([KEPT, 4, KEPT + 3]);
});
