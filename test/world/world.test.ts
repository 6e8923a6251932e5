import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TrueConversation, World } from './truth';
import { makeWorld } from './world';

const worlds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((seed) => makeWorld(seed, 4, 200));

function anyConversation(has: (conversation: TrueConversation, world: World) => boolean): boolean {
  return worlds.some((world) => world.conversations.some((conversation) => has(conversation, world)));
}

describe('the world', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(makeWorld(7, 3, 20)).toEqual(makeWorld(7, 3, 20));
    expect(makeWorld(8, 3, 20)).not.toEqual(makeWorld(7, 3, 20));
  });

  it.each(['random', 'words', 'truth', 'story', 'world', 'meta', 'schedule', 'screen', 'suffices'])(
    'shares no code with what it judges: %s.ts',
    (name) => {
      expect(readFileSync(`${import.meta.dirname}/${name}.ts`, 'utf8')).not.toMatch(/from '.*utils\//);
    },
  );

  it.each<[string, boolean]>([
    [
      'customers of one name',
      anyConversation((one, { conversations }) =>
        conversations.some((other) => other !== one && other.name === one.name),
      ),
    ],
    [
      'of whom two say the same within a minute',
      anyConversation((one, { conversations }) =>
        conversations.some(
          (other) =>
            other !== one &&
            other.name === one.name &&
            other.messages.some((a) => one.messages.some((b) => a.text === b.text && Math.abs(a.at - b.at) < 60_000)),
        ),
      ),
    ],
    [
      'a user id that is another customer’s PSID',
      anyConversation((one, { conversations }) => conversations.some(({ psid }) => psid === one.itemId)),
    ],
    ['links that are wrong', worlds.some(({ falseLinks }) => falseLinks.length > 0)],
    ['clocks that differ', worlds.some(({ traits }) => traits.skew !== 0)],
    ['a computer whose clock is minutes off', worlds.some(({ traits }) => Math.abs(traits.localClock) > 60_000)],
    ['a Meta that does not answer about the list for a while', worlds.some(({ traits }) => traits.outage !== null)],
    [
      'control that comes back within a minute',
      anyConversation(({ ownership }) =>
        ownership.some(
          (change, at) =>
            at > 1 && change.at - ownership[at - 1]!.at < 60_000 && change.owner === ownership[at - 2]!.owner,
        ),
      ),
    ],
    ['people who write by phone', anyConversation(({ messages }) => messages.some(({ writer }) => writer === 'phone'))],
    ['deleted messages', anyConversation(({ messages }) => messages.some(({ deleted }) => deleted))],
    [
      'messages that Graph can’t show',
      anyConversation(({ messages }) => messages.some(({ unsupported }) => unsupported)),
    ],
    ['notices', anyConversation(({ messages }) => messages.some(({ writer }) => writer === 'notice'))],
    ['a desk app’s people', anyConversation(({ messages }) => messages.some(({ writer }) => writer === 'desk'))],
  ])('has %s', (_, has) => {
    expect(has).toBe(true);
  });
});
