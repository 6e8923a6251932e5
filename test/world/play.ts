/** Plays one world: every conversation is looked at in its row and, opened, from the first moment to the last. */
import { judgeOpen, judgeRow } from './judge';
import { Pipeline } from './pipeline';
import { randomFrom } from './random';
import { openAt, rowAt } from './screen';
import { Tally } from './tally';
import type { Degree, TrueConversation, World } from './truth';
import { makeWorld } from './world';

/** How many conversations a Page has. */
export const PAGE_SIZE = 250;

/** Plays as many Pages of a seed as hold so many conversations. */
export function playSeed(seed: number, degree: Degree, conversations: number): Tally {
  const tally = new Tally();
  for (let page = 0; page * PAGE_SIZE < conversations; page += 1) {
    tally.add(playWorld(makeWorld(seed * 100 + page, degree, Math.min(PAGE_SIZE, conversations - page * PAGE_SIZE))));
  }
  return tally;
}

export function playWorld(world: World): Tally {
  const tally = new Tally();
  const pipeline = new Pipeline(world);
  for (const conversation of world.conversations) lookAt(world, pipeline, conversation, tally);
  return tally;
}

function lookAt(world: World, pipeline: Pipeline, conversation: TrueConversation, tally: Tally): void {
  const random = randomFrom(world.seed * 7 + Number(conversation.psid.slice(-9)));
  const { from, to } = conversation.opened;
  const rowLooks = [random.between(from - 300_000, from), random.between(to, world.end)];
  const openLooks = [from + 400, random.between(from + 15_000, to), to];

  const looks = [
    ...rowLooks.map((at) => ({ at, place: 'row' as const })),
    ...openLooks.map((at) => ({ at, place: 'open' as const })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, place } of looks) {
    const look = { world, at, tally };
    if (place === 'open') {
      const sight = openAt(world, conversation, at, random);
      if (sight.messages.length > 0) judgeOpen(look, sight, pipeline.open(sight, at));
    } else {
      const sight = rowAt(world, conversation, at, random);
      if (sight !== null) judgeRow(look, sight, pipeline.row(sight, at));
    }
  }
}
