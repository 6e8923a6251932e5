/** Holds what was concluded against what is true. */
import type { Author, AuthorClaim } from '../../utils/conversation/author';
import { isFresh, type OwnerKind } from '../../utils/conversation/owner';
import type { WindowClaim } from '../../utils/conversation/window';
import { EVERY_CLAIM } from './bars';
import { isTold } from './meta';
import type { OpenResult, Result } from './pipeline';
import { type OpenSight, type RowSight, shownAt } from './screen';
import {
  authorIsNamed,
  authorSuffices,
  isOfOne,
  openSuffices,
  ownerIsLikely,
  ownerSuffices,
  rowSuffices,
  type Sufficing,
  windowSuffices,
} from './suffices';
import type { Tally } from './tally';
import {
  BOT_APP,
  DESK_APP,
  INBOX_APP,
  ownedWithin,
  type TrueConversation,
  type TrueMessage,
  type World,
  type Writer,
} from './truth';

/** How long a former owner may be shown as the present one. */
const FRESH_MS = { open: 15_000, row: 90_000 } as const;

/** The list tells so many messages of each conversation, and Graph so many of one. */
const IN_LIST = 10;
const READABLE = 20;

type Place = keyof typeof FRESH_MS;

/** One look at the Page's world, and where the counts go. */
export interface Look {
  world: World;
  tally: Tally;
}

export function judgeRow(look: Look, sight: RowSight, result: Result): void {
  const { world } = look;
  const { whose } = sight;
  const enough = rowSuffices(world, sight, result.at);
  judgeIdentity(look, 'row', result, whose, enough);
  if (whose === null || result.taken.psid !== whose.psid) return;
  judgeOwner(look, 'row', result, whose, enough);
  const told = whose.messages.filter((message) => isTold(message, result.told.messagesAt));
  judgeWindow(look, result, told, enough && windowSuffices(told.slice(-IN_LIST)));
}

/** `at`: when the page was seen, a moment before it was concluded. */
export function judgeOpen(look: Look, sight: OpenSight, at: number, result: OpenResult): void {
  const { world, tally } = look;
  const { whose } = sight;
  const enough = openSuffices(world, sight, at);
  judgeIdentity(look, 'open', result, whose, enough);
  for (const [key, claim] of result.authors) {
    const message = sight.truth.get(key);
    if (message === undefined) continue;
    if (sight.messages.find((one) => one.key === key)?.attribution === null) {
      tally.rate(
        'author: people among the Page’s messages without a footer',
        WRITTEN_BY.human.includes(message.writer),
      );
    }
    const enough = authorSuffices(world, sight, message, result.told.readings, at);
    const isNamed = authorIsNamed(sight, message);
    tally.rate(EVERY_CLAIM, enough !== null || isNamed);
    if (isNamed) tally.rate('author: found where the page names one', claim.value.kind !== 'unknown');
    judgeAuthor(look, result, claim, message, enough);
  }
  if (whose === null) tally.rate('window: withheld while header and messages differ', result.window === null);
  if (whose === null || (result.taken.psid !== null && result.taken.psid !== whose.psid)) return;
  judgeOwner(look, 'open', result, whose, enough, isOfOne(sight) && ownerIsLikely(sight, at));
  const shown = shownAt(whose, at).slice(-sight.messages.length);
  const readable = result.taken.psid === null ? shown : whose.messages.filter((one) => one.at <= at && !one.deleted);
  judgeWindow(
    look,
    result,
    readable,
    windowSuffices(readable.slice(-READABLE)) && (enough || (world.degree === 1 && isOfOne(sight))),
  );
  judgeHandovers(look, sight, whose, result);
  judgeWait(look, sight, whose, result);
}

function judgeIdentity(
  { tally, world }: Look,
  place: Place,
  { taken, at }: Result,
  whose: TrueConversation | null,
  enough: boolean,
): void {
  const claim = `identity, ${place}`;
  // Without a token there is nobody whom it could be taken for.
  if (world.degree > 1) {
    tally.rate(`${claim}: evidence suffices`, enough);
    tally.rate(EVERY_CLAIM, enough);
  }
  const isRight = taken.psid !== null && taken.psid === whose?.psid;
  if (enough) tally.rate(`${claim}: found where it suffices`, isRight);
  if (taken.psid === null) tally.withheld(claim, taken.why);
  else tally.shown(claim, isRight, () => `${at}: ${taken.psid} for ${whose?.psid ?? 'nobody'}`);
}

/** A second bot's message is a chatbot's as well. */
const WRITTEN_BY: Record<Author['kind'], readonly Writer[]> = {
  chatbot: ['bot', 'other-bot'],
  human: ['human', 'phone', 'desk'],
  automation: ['automation'],
  'meta-ai': ['meta-ai'],
  unknown: [],
};

function judgeAuthor(
  { tally }: Look,
  { at }: Result,
  claim: AuthorClaim,
  message: TrueMessage,
  enough: Sufficing | null,
): void {
  const { value, certainty, reason } = claim;
  if (message.writer === 'bot') tally.rate('author: evidence suffices for the bot’s messages', enough !== null);
  if (enough !== null) {
    const isBot = value.kind === 'chatbot';
    tally.rate('author: bot’s messages found where it suffices', isBot);
    tally.rate('author: bot’s messages certain where it suffices', isBot && certainty === 'certain');
  }
  if (value.kind === 'unknown') {
    tally.withheld('author', reason);
    return;
  }
  const right = WRITTEN_BY[value.kind].includes(message.writer);
  tally.shown(
    `author, ${certainty} ${value.kind}`,
    right,
    () => `${at}: ${message.id} by ${message.writer}. ${reason}`,
  );
  if (certainty === 'likely') tally.rate('author: likely ones right', right);
}

function judgeOwner(
  look: Look,
  place: Place,
  result: Result,
  whose: TrueConversation,
  known: boolean,
  isLikely = false,
): void {
  const { owner: claim, at, clockError, told } = result;
  if (claim === null) return;
  const { tally } = look;
  const isShown = claim.value.kind !== 'unknown';
  const enough = known && ownerSuffices(told.readings, at);
  tally.rate(EVERY_CLAIM, enough || isLikely);
  if (isLikely) tally.rate(`owner, ${place}: shown where the page names who wrote last`, isShown);
  if (enough) tally.rate(`owner, ${place}: shown where Graph named it in the last 60 s`, isShown);
  if (!isShown) {
    tally.withheld(`owner, ${place}`, claim.reason);
    return;
  }

  const name = claim.value.kind === 'app' ? claim.value.appId : null;
  const isHolder = holds(claim.value.kind, name, look.world);
  const describe = () => `${at}: ${whose.psid} ${claim.value.kind}. ${claim.reason}`;
  tally.shown(`owner, ${place}, ${claim.certainty}`, wasTrue(look, result, isHolder, whose), describe);
  if (!isFresh(claim, at + clockError)) return;
  tally.rate(
    `owner, ${place}: of those shown fresh, read within ${FRESH_MS[place] / 1_000} s`,
    wasAsked(place, result),
  );
  if (wasAsked(place, result))
    tally.shown(`owner, ${place}, shown fresh`, ownedWithin(whose, at - FRESH_MS[place], at, isHolder), describe);
}

/**
 * An answer was true at some moment between asking and receiving; a message was written within its second, which is
 * known to a second where only the page shows it.
 */
function wasTrue(
  { world }: Look,
  { owner, taken, clockError, pageTimesSet }: Result,
  isHolder: Holds,
  whose: TrueConversation,
) {
  if (owner === null) return false;
  const byPage = taken.psid === null && !pageTimesSet ? world.traits.skew : 0;
  const observedAt = owner.observedAt - (owner.source === 'inferred' ? byPage : clockError);
  return ownedWithin(whose, observedAt - 2_500, observedAt + 2_000, isHolder);
}

/** Whether Meta answered in time: where it did not, nobody can know of a change. */
function wasAsked(place: Place, { at, told }: Result): boolean {
  return told.readings.some(
    ({ startedAt, answer }) => startedAt >= at - FRESH_MS[place] && (place === 'row' || answer.kind !== 'token-app'),
  );
}

type Holds = (app: string | null) => boolean;

/** What apps are called in what is shown. */
const SHOWN_AS: Readonly<Record<string, string>> = { [DESK_APP]: 'Hootsuite' };

/** `name`: of an app that is neither the bot nor the inbox, or its id. */
function holds(kind: OwnerKind, name: string | null, { traits }: World): Holds {
  switch (kind) {
    case 'bot':
      return (app) => app === BOT_APP;
    case 'not-bot':
      return (app) => app !== BOT_APP;
    case 'inbox':
      return (app) => app === INBOX_APP;
    case 'app':
      return (app) => app !== null && (app === name || SHOWN_AS[app] === name);
    case 'idle':
      return (app) => app === null;
    case 'unnamed':
      return (app) => app !== null && app !== traits.tokenApp;
    case 'unknown':
      return () => true;
  }
}

/** A window by the page's own time is held against that, all others against Graph's time. Right to the second. */
function judgeWindow(
  { tally, world }: Look,
  { window: claim, at }: Result,
  readable: readonly TrueMessage[],
  enough: boolean,
): void {
  tally.rate(EVERY_CLAIM, enough);
  if (enough) tally.rate('window: shown where it suffices', claim !== null);
  if (claim === null) {
    tally.withheld('window', 'No customer message that can be read.');
    return;
  }
  const last = readable.findLast((message) => message.writer === 'customer' && !message.unsupported);
  const told = claim.value.lastCustomerAt;
  const byPage = claim.source === 'page';
  const away = last === undefined || told === null ? null : Math.abs(told - secondOf(last.at));
  const shownAway = last === undefined || told === null ? null : Math.abs(told - secondOf(last.at + world.traits.skew));
  const far = byPage ? shownAway : away;
  const right = far === null ? (last?.at ?? null) === told : far <= 1_000;
  tally.shown(windowKind(claim), right, () => `${at}: ${told} for ${last?.at}. ${claim.reason}`);
  if (byPage && away !== null) tally.rate('window, by the page’s time: within 1 s of Meta’s', away <= 1_000);
}

function windowKind({ certainty, source }: WindowClaim): string {
  if (certainty === 'certain') return 'window, certain';
  return source === 'page' ? 'window, likely by the page’s time' : 'window, likely by Meta’s time';
}

/** Page and Graph give whole seconds. */
function secondOf(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

/**
 * A handover is right where both owners had it, the one before and the other after the last reading of the first; and
 * its mark where it stands between what was written before it was seen and what came after.
 */
function judgeHandovers(
  { tally, world }: Look,
  sight: OpenSight,
  whose: TrueConversation,
  { handovers, clockError }: OpenResult,
): void {
  for (const { from, to, fromName, toName, at, after, afterKey } of handovers) {
    const before = (after ?? at) - clockError;
    const seenAt = at - clockError;
    const gone = ownedWithin(
      whose,
      before - 2_500,
      before,
      holds(from ?? to, from === null ? toName : fromName, world),
    );
    const come = ownedWithin(whose, before - 2_500, seenAt + 60_000, holds(to, toName, world));
    tally.shown('handover', gone && come, () => `${at}: ${whose.psid} ${from} to ${to}`);
    tally.shown(
      'handover, its place',
      isBetween(sight, afterKey, seenAt),
      () => `${at}: ${whose.psid} after ${afterKey}`,
    );
  }
}

/** A customer is said to wait for a person until somebody answers who is shown as one, and no longer. */
function judgeWait(
  { tally }: Look,
  { truth }: OpenSight,
  whose: TrueConversation,
  { handovers, transferred, authors, clockError, at }: OpenResult,
): void {
  const handover = handovers.findLast(({ to }) => to === 'bot' || to === 'inbox');
  if (handover?.from !== 'bot' || handover.to !== 'inbox') return;
  const people = [...authors]
    .filter(([, { value }]) => value.kind === 'human')
    .flatMap(([key]) => truth.get(key) ?? []);
  const isAnswered = people.some((message) => message.at > handover.at - clockError);
  if (transferred)
    tally.shown('handover, nobody has answered since', !isAnswered, () => `${at}: ${whose.psid} since ${handover.at}`);
  const gone = (handover.after ?? handover.at) - clockError;
  if (!people.some((message) => message.at > gone))
    tally.rate('handover: the wait is shown until a person answers', transferred !== null);
}

/** Whether the messages on screen up to a key were written before a moment, and the others after it, to 2 s. */
function isBetween({ messages, truth }: OpenSight, key: string | null, at: number): boolean {
  const last = messages.findIndex((message) => message.key === key);
  return messages.every((message, index) => {
    const writtenAt = truth.get(message.key)?.at ?? at;
    return index <= last ? writtenAt <= at + 2_000 : writtenAt >= at - 2_000;
  });
}
