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

/** A connected Page with such a run. */
async function leftOpen() {
  stage = await openStage();
  await stage.connect();
  const database = await openDatabase();
  const { pageId = '' } = (await database.getAll('pages'))[0] ?? {};
  const run = { pageId, psid: stage.thread.psid, startedAt: stage.clock.now() };
  await database.put('intents', { ...LOST, steps: [...LOST.steps], ...run });
  return { ...stage, database, pageId };
}

test('a run that was left open is settled once its Page is connected anew, and not by the next worker alone', async () => {
  const { meta, clock, connect, database } = await leftOpen();
  const callsBefore = meta.log.list().length;

  await connect();
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

test('nothing that is shown waits for a run to be settled', async () => {
  const { services, clock, shown, database, pageId } = await leftOpen();
  await services.setup.declare({ pageId, handBackPhrase: 'back to the bot' });
  await clock.advance(0);
  expect((await database.get('intents', LOST.id))?.outcome).toBeNull();
  expect(shown().handBackPhrase).toBe('back to the bot');
});
