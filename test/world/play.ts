/** Plays one world: every conversation is looked at in its row and, opened, from the first moment to the last. */
import { judgeOpen, judgeRow } from './judge';
import { Pipeline } from './pipeline';
import { randomFrom } from './random';
import { listReads, ownerReads } from './schedule';
import { openAt, rowAt } from './screen';
import { Tally } from './tally';
import type { Degree, TrueConversation, World } from './truth';
import { makeWorld } from './world';

/** How many conversations a Page has. */
export const PAGE_SIZE = 250;

const GLANCE_EVERY_MS = 60_000;

/** Plays as many Pages of a seed as hold so many conversations. */
export async function playSeed(seed: number, degree: Degree, conversations: number): Promise<Tally> {
  const tally = new Tally();
  for (let page = 0; page * PAGE_SIZE < conversations; page += 1) {
    const world = makeWorld(seed * 100 + page, degree, Math.min(PAGE_SIZE, conversations - page * PAGE_SIZE));
    tally.add(await playWorld(world));
  }
  return tally;
}

export async function playWorld(world: World): Promise<Tally> {
  const tally = new Tally();
  const pipeline = new Pipeline(world);
  const steps = [
    ...listReads(world).map((read) => ({ at: read.endedAt, play: () => pipeline.readList(read) })),
    ...world.conversations.flatMap((conversation) => stepsOf(world, pipeline, conversation, tally)),
  ];
  for (const { play } of steps.sort((a, b) => a.at - b.at)) await play();
  return tally;
}

/** Something that happens at a moment, on Meta's clock. */
interface Step {
  at: number;
  play: () => Promise<void>;
}

function stepsOf(world: World, pipeline: Pipeline, conversation: TrueConversation, tally: Tally): Step[] {
  const random = randomFrom(world.seed * 7 + Number(conversation.psid.slice(-9)));
  const { from, to } = conversation.opened;
  const rowLooks = [random.between(from - 300_000, from), random.between(to, Math.min(to + 1_200_000, world.end))];
  const openLooks = [from + 400, random.between(from + 15_000, to - 1_000), to];

  const lookAtRow = async (at: number) => {
    const sight = rowAt(world, conversation, at, random);
    if (sight !== null) judgeRow({ world, tally }, sight, await pipeline.row(sight, at));
  };
  const lookAtOpen = async (at: number) => {
    const sight = openAt(world, conversation, at, random);
    const result = sight.messages.length === 0 ? null : await pipeline.open(conversation, sight, at);
    if (result !== null) judgeOpen({ world, tally }, sight, at, result);
  };
  /** What is not recognised at once is looked at again, and not judged. */
  const glance = async (at: number) => {
    if (!pipeline.isUnknown(conversation)) return;
    const sight = openAt(world, conversation, at, randomFrom(at));
    if (sight.messages.length > 0) await pipeline.open(conversation, sight, at);
  };
  return [
    ...rowLooks.map((at) => ({ at, play: () => lookAtRow(at) })),
    ...openLooks.map((at) => ({ at, play: () => lookAtOpen(at) })),
    ...glances(from, to).map((at) => ({ at, play: () => glance(at) })),
    ...ownerReads(world, conversation).map((read) => ({
      at: read.endedAt,
      play: () => pipeline.readOwner(conversation, read),
    })),
  ];
}

/** Soon after a conversation was opened, and then with every new list. */
function glances(from: number, to: number): number[] {
  const times: number[] = [];
  for (let at = from + 1_500; at < to; at += GLANCE_EVERY_MS) times.push(at);
  return times;
}
