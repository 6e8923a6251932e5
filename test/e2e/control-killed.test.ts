import type { Page } from 'puppeteer-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Meta } from '../meta/meta';
import { findBrowser } from './browsers';
import {
  bring,
  type ControlStage,
  connectAnew,
  type Degree,
  ended,
  isWaiting,
  openControl,
  ownerAtMeta,
  pressButton,
  pressToEnd,
  shownOwner,
  writes,
} from './control-stage';
import { until } from './launch';
import { read } from './sight';
import { stall, storedRuns } from './slow-disk';

/** What Meta does with the call on which the worker dies, and when the worker does. */
type Moment =
  /** The call is on its way, and never arrives. */
  | 'Meta never acts'
  /** The call is on its way, and arrives. */
  | 'Meta acts'
  /** It acted, the answer is lost, and the worker is reading the owner. */
  | 'its answer is lost'
  /** It acted and said so, and the worker is reading the owner. */
  | 'it is answered';

type Kind = 'done' | 'accepted' | 'refused' | 'unsure';

/** A kind of call, in the plan of a button. */
interface Row {
  call: 'take' | 'pass' | 'request' | 'release' | 'extend';
  button: string;
  /** Who has the conversation before, by the emulator's names. */
  owner: 'bot' | 'inbox';
  routing?: boolean;
  /** How the run ends and who has the conversation then, for each moment. */
  ends: Record<Moment, readonly [Kind, string | null]>;
  /** The moments that `npm test` plays; `npm run soak` plays all. */
  played: readonly Moment[];
}

const MOMENTS: readonly Moment[] = ['Meta never acts', 'Meta acts', 'its answer is lost', 'it is answered'];
const SOAK = process.env.BATON_SOAK !== undefined;

/** With the bot's token as the default app's, Meta names every owner: a lost answer shows by itself. */
const WHOLE_PLANS: readonly Row[] = [
  {
    call: 'extend',
    button: 'Extend control',
    owner: 'bot',
    ends: endsAs(['unsure', 'bot'], ['done', 'bot']),
    played: ['Meta never acts'],
  },
  {
    call: 'release',
    button: 'Release',
    owner: 'bot',
    ends: endsAs(['unsure', 'bot'], ['done', null]),
    played: ['Meta acts'],
  },
  {
    call: 'pass',
    button: 'Take control',
    owner: 'bot',
    ends: endsAs(['unsure', 'bot'], ['done', 'inbox']),
    played: ['it is answered'],
  },
  {
    call: 'take',
    button: 'Pass to bot',
    owner: 'inbox',
    ends: endsAs(['unsure', 'inbox'], ['done', 'bot']),
    played: ['its answer is lost'],
  },
  {
    call: 'request',
    button: 'Request control',
    owner: 'inbox',
    routing: false,
    // Asking moves nothing, so that no reading can show that it was heard.
    ends: { ...endsAs(['unsure', 'inbox'], ['unsure', 'inbox']), 'it is answered': ['accepted', 'inbox'] },
    played: ['Meta acts'],
  },
];

/** With another app's token nothing is named that this app does not have: what was taken must be passed on or back. */
const HALVES: readonly Row[] = [
  {
    call: 'take',
    button: 'Take control',
    owner: 'bot',
    ends: endsAs(['unsure', 'bot'], ['accepted', 'inbox']),
    played: [],
  },
  {
    call: 'pass',
    button: 'Take control',
    owner: 'bot',
    ends: { ...endsAs(['refused', null], ['unsure', 'inbox']), 'it is answered': ['accepted', 'inbox'] },
    played: [],
  },
  {
    call: 'pass',
    button: 'Pass to bot',
    owner: 'inbox',
    ends: { ...endsAs(['refused', 'inbox'], ['unsure', 'bot']), 'it is answered': ['accepted', 'bot'] },
    played: [],
  },
];

function endsAs(never: readonly [Kind, string | null], acted: readonly [Kind, string | null]): Row['ends'] {
  return { 'Meta never acts': never, 'Meta acts': acted, 'its answer is lost': acted, 'it is answered': acted };
}

const rowsOf = (rows: readonly Row[]) =>
  rows.flatMap((row) => (SOAK ? MOMENTS : row.played).map((moment) => ({ ...row, moment })));

// Only here can a test choose the moment: Firefox ends a background of its own accord, and keeps to it.
const run = test.runIf(findBrowser('chromium') !== null || process.env.CI === 'true');

const TOLD: readonly [string, Degree, readonly Row[]][] = [
  ['of a whole plan', 4, WHOLE_PLANS],
  ['of a plan in two halves', 2, HALVES],
];

describe.each(TOLD.filter(([, , rows]) => rowsOf(rows).length > 0))(
  'the worker killed on a call %s, in Chromium',
  (_, degree, rows) => {
    let staged: Promise<ControlStage> | null = null;
    afterAll(async () => (await staged)?.close());

    function stage() {
      staged ??= openControl('chromium', degree);
      return staged;
    }

    for (const row of rowsOf(rows)) {
      const { call, button, moment } = row;
      const [kind, owner] = row.ends[moment];
      run(`${button}, on ${call}, and ${moment}: ${kind}`, async () => {
        const { meta, driven, inbox, popup } = await stage();
        await arrange(await stage(), row);
        const from = meta.log.list().at(-1)?.seq ?? 0;
        const ranBefore = (await storedRuns(popup)).length;
        const match = { path: `${call}_thread_control` };

        meta.faults.add({ kind: 'hold', match });
        await pressButton(popup, button);
        await until(async () => isHeld(meta, match.path), `${call} to be on its way`);
        await until(() => isWaiting(popup), 'the popup to say that it waits');
        // Half of an answer: where none begins a browser may send the call once more by itself.
        if (moment === 'its answer is lost') meta.faults.add({ kind: 'truncated', match });
        if (moment === 'its answer is lost' || moment === 'it is answered') {
          meta.faults.add({ kind: 'hold', match: { path: 'thread_owner' } });
          meta.faults.letGo();
          await until(async () => isHeld(meta, 'thread_owner'), 'the owner to be read');
        }
        await driven.killWorker();
        const died = meta.log.list().length;
        if (moment === 'Meta never acts') meta.faults.add({ kind: 'reset', match });
        meta.faults.letGo();

        await until(async () => (await ended(popup))?.kind === kind, `${kind} to be told`, 30_000).catch(
          async (error: Error) => {
            throw new Error(`${error.message} The popup reads:\n${await read(popup)}`);
          },
        );
        expect(await isWaiting(popup)).toBe(false);
        expect(ownerAtMeta(meta)).toBe(owner);
        // The owner was read again, and nothing was sent a second time.
        expect(
          meta.log
            .list()
            .slice(died)
            .map(({ path }) => path),
        ).toContain('/me/thread_owner');
        expect(sentAgain(meta, from)).toEqual([]);
        await expectSettled(popup, ranBefore + 1, kind);
        // Without routing, and to another app's token, Meta names nobody to whom it was given.
        if (degree === 4 && row.routing !== false)
          await until(async () => (await shownOwner(inbox)) === (owner ?? 'idle'), 'the banner', 20_000);
      });
    }

    if (rows !== WHOLE_PLANS) return;

    run('before the press is on the disk: nothing is called, and nothing is left', async () => {
      const { meta, driven, popup } = await stage();
      await arrange(await stage(), { owner: 'inbox' });
      const before = { runs: (await storedRuns(popup)).length, writes: writes(meta).length };
      const disk = await stall(popup);
      await disk.begun();
      await pressButton(popup, 'Pass to bot');
      await until(() => isWaiting(popup), 'the run to begin');
      await driven.killWorker();
      await disk.end();
      await until(async () => !(await isWaiting(popup)), 'the popup to be told anew');
      expect({ runs: (await storedRuns(popup)).length, writes: writes(meta).length }).toEqual(before);
      expect(ownerAtMeta(meta)).toBe('inbox');
    });

    run('once it is on the disk, and before its first call: it is carried out', async () => {
      const { meta, driven, popup } = await stage();
      await arrange(await stage(), { owner: 'inbox' });
      const before = { runs: (await storedRuns(popup)).length, writes: writes(meta).length };
      const first = await stall(popup);
      await first.begun();
      await pressButton(popup, 'Pass to bot');
      await until(() => isWaiting(popup), 'the run to begin');
      // Its first write has been asked for by now; the second stall lies behind it.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const second = await stall(popup);
      await first.end();
      await second.begun();
      expect(writes(meta)).toHaveLength(before.writes);
      await driven.killWorker();
      await second.end();
      await until(async () => (await ended(popup))?.kind === 'done', 'the late start', 20_000);
      expect((await ended(popup))?.words).toContain('Bot has it');
      expect(writes(meta)).toHaveLength(before.writes + 1);
      expect(ownerAtMeta(meta)).toBe('bot');
      await expectSettled(popup, before.runs + 1, 'done');
    });

    run('and a press after all that is a press as any other', async () => {
      const { popup } = await stage();
      await arrange(await stage(), { owner: 'bot' });
      expect(await pressToEnd(popup, 'Take control')).toMatchObject({ kind: 'done', role: 'status' });
    });
  },
);

/** Brings everything to where a row begins. */
async function arrange(stage: ControlStage, { owner, routing = true }: Pick<Row, 'owner' | 'routing'>): Promise<void> {
  const { meta } = stage;
  meta.faults.clear();
  const wasOn = meta.world.routing('messenger').on;
  // While routing is off nobody can be given control, and what Baton knows of it is read anew.
  if (!wasOn && routing) await changeRouting(stage, true);
  await bring(stage, owner);
  if (wasOn && !routing) await changeRouting(stage, false);
}

async function changeRouting(stage: ControlStage, on: boolean): Promise<void> {
  stage.meta.world.setRouting('messenger', { on });
  await connectAnew(stage);
}

const isHeld = ({ faults }: Meta, path: string): boolean => faults.held().some((call) => call.path.includes(path));

/** Control calls that Meta heard more than once, word for word. */
function sentAgain(meta: Meta, from: number): string[] {
  const sent = writes(meta)
    .filter(({ seq }) => seq > from)
    .map(({ path, params }) => `${path} ${JSON.stringify(params)}`);
  return sent.filter((call, at) => sent.indexOf(call) !== at);
}

/** No run in the store is open, and the newest ended as it should. */
async function expectSettled(popup: Page, count: number, kind: Kind): Promise<void> {
  const runs = await storedRuns(popup);
  expect(runs).toHaveLength(count);
  expect(runs.filter(({ outcome, ownerUnread }) => outcome === null || ownerUnread === true)).toEqual([]);
  expect(runs.at(-1)?.outcome?.kind).toBe(kind);
}
