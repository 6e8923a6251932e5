import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../utils/store/database';
import { openStage, type Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

/** A run whose answer was lost while the Page could not be asked. */
const LOST = {
  id: 'a run',
  wanted: 'human',
  steps: [{ call: 'take' }, { call: 'pass', to: 'inbox' }],
  answered: 0,
  sent: { call: 'take' },
  compensating: false,
  outcome: null,
} as const;

test('a run that was left open is settled once its Page is connected anew, and not by the next worker alone', async () => {
  stage = await openStage();
  await stage.connect();
  const { meta, thread, clock } = stage;
  const database = await openDatabase();
  const { pageId = '' } = (await database.getAll('pages'))[0] ?? {};
  await database.put('intents', {
    ...LOST,
    steps: [...LOST.steps],
    pageId,
    psid: thread.psid,
    startedAt: clock.now(),
  });
  const callsBefore = meta.log.list().length;

  await stage.connect();
  await clock.advance(10_000);

  expect((await database.get('intents', LOST.id))?.outcome).toMatchObject({
    kind: expect.stringMatching(/^(unsure|refused|done)$/),
  });
  expect(
    meta.log
      .list()
      .slice(callsBefore)
      .filter(({ method, path }) => method === 'POST' && path.endsWith('take_thread_control')),
  ).toEqual([]);
});
