import { describe, expect, it } from 'vitest';
import type { AuthorKind } from '../../utils/conversation/author';
import { type OwnerAnswer, type OwnerReading, ownerOfAnswer } from '../../utils/conversation/owner';
import {
  addReading,
  handovers,
  LINKED_MS,
  type OwnerSpan,
  ownedThroughout,
  transferredSince,
} from '../../utils/conversation/timeline';
import { bot, botToken, empty, inbox, NOW, reading, SECOND, tokenApp } from './given';

const notBot = tokenApp(false);
const at = (seconds: number) => NOW + seconds * SECOND;

function spansOf(readings: readonly OwnerReading[]): OwnerSpan[] {
  const ownerOf = (answer: OwnerAnswer) => ownerOfAnswer(answer, { apps: botToken, routing: 'on', appNames: {} });
  return readings.reduce<OwnerSpan[]>((spans, one) => addReading(spans, one, ownerOf), []);
}

/** Readings of 0.2 s, each ending at so many seconds. */
function read(...readings: [answer: OwnerAnswer, seconds: number][]): OwnerReading[] {
  return readings.map(([answer, seconds]) => reading(answer, at(seconds)));
}

describe('readings become stretches', () => {
  const gap = LINKED_MS / SECOND;
  it.each([
    ['of one owner', read([bot, 0], [bot, 15], [bot, 30]), ['bot 0–30']],
    ['linked up to 60 s apart', read([bot, 0], [bot, gap + 0.2]), ['bot 0–60.2']],
    ['parted when further apart', read([bot, 0], [bot, gap + 0.3]), ['bot 0–0', 'bot 60.3–60.3']],
    ['parted by a change', read([bot, 0], [inbox, 15], [inbox, 30]), ['bot 0–0', 'inbox 15–30']],
    ['told in two ways', read([bot, 0], [tokenApp(true), 15]), ['bot 0–15']],
    ['without one that comes late', read([bot, 0], [bot, 30], [inbox, 15]), ['bot 0–30']],
  ])('%s', (_, readings, expected) => {
    const words = spansOf(readings).map(({ owner, knownFrom = 0, to }) => {
      return `${owner.kind} ${(knownFrom - NOW) / SECOND}–${(to - NOW) / SECOND}`;
    });
    expect(words).toEqual(expected);
  });
});

describe('the bot owned it throughout', () => {
  const spans = spansOf(read([bot, 0], [bot, 15], [bot, 30], [inbox, 45], [bot, 60]));
  it.each([
    ['between two readings', 1, 14, true],
    ['from the first one received', 0, 10, true],
    ['not from its asking on', -0.1, 10, false],
    ['to the last one asked', 10, 29.8, true],
    ['not to its receiving', 10, 29.9, false],
    ['not across another owner', 20, 60, false],
  ])('%s', (_, from, to, expected) => {
    expect(ownedThroughout(spans, at(from), at(to), ({ kind }) => kind === 'bot')).toBe(expected);
  });
});

describe('handovers', () => {
  it.each([
    ['none in one stretch', read([bot, 0], [bot, 15]), []],
    ['none at the first reading', read([inbox, 0]), []],
    ['from bot to inbox', read([bot, 0], [inbox, 15]), ['bot → inbox at 15 after 0']],
    [
      'there and back',
      read([bot, 0], [inbox, 15], [bot, 30]),
      ['bot → inbox at 15 after 0', 'inbox → bot at 30 after 15'],
    ],
    ['across a gap, which shows', read([bot, 0], [inbox, 900]), ['bot → inbox at 900 after 0']],
    ['to nobody', read([bot, 0], [empty, 15]), ['bot → idle at 15 after 0']],
    ['to whom Meta does not name', read([bot, 0], [notBot, 15]), ['bot → not-bot at 15 after 0']],
    ['named a little later', read([bot, 0], [notBot, 15], [inbox, 30]), ['bot → inbox at 15 after 0']],
    ['named too late', read([bot, 0], [notBot, 15], [inbox, 90]), ['bot → not-bot at 15 after 0']],
    ['not by an answer that says less', read([inbox, 0], [notBot, 15], [inbox, 30]), []],
    ['after such an answer', read([inbox, 0], [notBot, 15], [bot, 30]), ['inbox → bot at 30 after 0']],
  ])('%s', (_, readings, expected) => {
    const words = handovers(spansOf(readings)).map((change) => {
      return `${change.from?.kind} → ${change.to.kind} at ${(change.at - NOW) / SECOND} after ${((change.after ?? 0) - NOW) / SECOND}`;
    });
    expect(words).toEqual(expected);
  });

  it('are not told where the readings overlap, since either may have come first', () => {
    expect(handovers(spansOf([reading(bot, at(10), at(0)), reading(inbox, at(12), at(5))]))).toEqual([]);
  });

  it('are told once a reading of the new owner began after the overlapping ones', () => {
    const later = [reading(bot, at(10), at(0)), reading(inbox, at(12), at(5)), reading(inbox, at(27), at(26))];
    expect(handovers(spansOf(later))).toMatchObject([{ from: { kind: 'bot' }, to: { kind: 'inbox' }, at: at(12) }]);
  });
});

describe('transferred to the inbox for a human response', () => {
  const passed = read([bot, 0], [inbox, 15]);
  const wrote = (kind: AuthorKind, seconds: number) => [{ kind, at: at(seconds) }];
  it.each([
    ['from the handover on', passed, [], true],
    ['while only the bot has written', passed, wrote('chatbot', 1), true],
    ['until a human has answered', passed, wrote('human', 60), false],
    ['not where a human took it by answering', passed, wrote('human', 10), false],
    ['whatever a human wrote before', passed, wrote('human', -10), true],
    ['not where a human wrote in the second of the handover', read([bot, 0.2], [inbox, 0.4]), wrote('human', 0), false],
    ['whatever a human wrote in the second before it', passed, wrote('human', -1), true],
    ['until the bot has it again', [...passed, ...read([bot, 30])], [], false],
    ['not from elsewhere', read([empty, 0], [inbox, 15]), [], false],
    ['not to elsewhere', read([bot, 0], [empty, 15]), [], false],
  ])('%s', (_, readings, writers, expected) => {
    const transferred = transferredSince(spansOf(readings), writers);
    expect(transferred).toEqual(expected ? { at: at(15), after: at(0) } : null);
  });
});
