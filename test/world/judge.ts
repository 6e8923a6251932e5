/** Holds what was concluded against what is true. */
import type { Author, AuthorClaim } from '../../utils/conversation/author';
import type { Identity } from '../../utils/conversation/identity';
import { isFresh, type Owner, type OwnerClaim } from '../../utils/conversation/owner';
import type { Handover } from '../../utils/conversation/timeline';
import type { WindowClaim } from '../../utils/conversation/window';
import { type GraphReading, listAt } from './meta';
import type { OpenResult, RowResult } from './pipeline';
import { type OpenSight, type RowSight, shownAt } from './screen';
import { authorSuffices, openSuffices, ownerSuffices, rowSuffices, type Sufficing, windowSuffices } from './suffices';
import type { Tally } from './tally';
import {
  BOT_APP,
  INBOX_APP,
  ownedWithin,
  type TrueConversation,
  type TrueMessage,
  type World,
  type Writer,
} from './truth';

/** How long a former owner may be shown as the present one. */
const FRESH_MS = { open: 15_000, row: 90_000 } as const;

type Place = keyof typeof FRESH_MS;

/** One look at the Page, and where the counts go. */
export interface Look {
  world: World;
  at: number;
  tally: Tally;
}

export function judgeRow(look: Look, sight: RowSight, result: RowResult): void {
  const { world, at } = look;
  const { whose } = sight;
  const enough = rowSuffices(world, sight, at);
  judgeIdentity(look, 'row', result.identity, whose, enough);
  if (whose === null || !isOf(result.identity, whose)) return;
  judgeOwner(look, 'row', result, whose, enough);
  const readAt = (listAt(world, at)?.readAt ?? 0) - world.traits.clockError;
  const told = whose.messages.filter((message) => !message.deleted && message.at <= readAt).slice(-5);
  judgeWindow(look, result.window, told, enough && windowSuffices(told));
}

export function judgeOpen(look: Look, sight: OpenSight, result: OpenResult): void {
  const { world, at, tally } = look;
  const { whose } = sight;
  const enough = openSuffices(world, sight, at);
  judgeIdentity(look, 'open', result.identity, whose, enough);
  for (const [key, claim] of result.authors) {
    const message = sight.truth.get(key);
    if (message !== undefined) {
      if (sight.messages.find((one) => one.key === key)?.attribution === null) {
        tally.rate(
          'author: people among the Page’s messages without a footer',
          WRITTEN_BY.human.includes(message.writer),
        );
      }
      judgeAuthor(look, claim, message, authorSuffices(world, sight, message, result.readings, at));
    }
  }
  if (whose === null || (result.identity.kind === 'linked' && !isOf(result.identity, whose))) return;
  judgeOwner(look, 'open', result, whose, enough);
  const readable = readableAt(look, whose, sight.messages.length);
  judgeWindow(look, result.window, readable, windowSuffices(readable) && (enough || world.degree === 1));
  judgeHandovers(look, result.handovers, whose);
}

/** What stands on screen and, with a token, what Graph lets one read: the newest 20. */
function readableAt({ world, at }: Look, whose: TrueConversation, onScreen: number): TrueMessage[] {
  const told = whose.messages.filter((message) => message.at <= at && !message.deleted).slice(-20);
  return world.degree === 1 ? shownAt(whose, at).slice(-onScreen) : told;
}

function isOf(identity: Identity, whose: TrueConversation | null): boolean {
  return identity.kind === 'linked' && identity.psid === whose?.psid;
}

function judgeIdentity(
  { tally, world, at }: Look,
  place: Place,
  identity: Identity,
  whose: TrueConversation | null,
  enough: boolean,
): void {
  const claim = `identity, ${place}`;
  if (world.degree > 1) tally.rate(`${claim}: evidence suffices`, enough);
  if (enough) tally.rate(`${claim}: found where it suffices`, identity.kind === 'linked');
  if (identity.kind !== 'linked') {
    tally.withheld(claim, identity.why);
    return;
  }
  tally.shown(
    claim,
    isOf(identity, whose),
    () => `${at}: took ${whose?.psid} for ${identity.psid}. ${identity.reason}`,
  );
}

/** A second bot's message is a chatbot's as well. */
const WRITTEN_BY: Record<Author['kind'], readonly Writer[]> = {
  chatbot: ['bot', 'other-bot'],
  human: ['human', 'phone', 'desk'],
  automation: ['automation'],
  'meta-ai': ['meta-ai'],
  unknown: [],
};

function judgeAuthor({ tally, at }: Look, claim: AuthorClaim, message: TrueMessage, enough: Sufficing | null): void {
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
  { owner: claim, readings }: RowResult,
  whose: TrueConversation,
  known: boolean,
): void {
  if (claim === null) return;
  const { world, at, tally } = look;
  const now = at + world.traits.clockError;
  const isShown = claim.value.kind !== 'unknown';
  if (known && ownerSuffices(readings, now))
    tally.rate(`owner, ${place}: shown where Graph named it in the last 60 s`, isShown);
  if (!isShown) {
    tally.withheld(`owner, ${place}`, claim.reason);
    return;
  }

  const describe = () => `${at}: ${whose.psid} ${claim.value.kind}. ${claim.reason}`;
  tally.shown(`owner, ${place}, ${claim.certainty}`, wasTrue(look, claim, whose), describe);
  if (isFresh(claim, now) && wasAsked(look, place, readings)) {
    const current = ownedWithin(whose, at - FRESH_MS[place], at, holds(claim.value, world));
    tally.shown(`owner, ${place}, shown fresh`, current, describe);
  }
}

/** An answer was true at some moment between asking and receiving, a message was written within its second. */
function wasTrue({ world }: Look, claim: OwnerClaim, whose: TrueConversation): boolean {
  const { skew, clockError } = world.traits;
  const observedAt = claim.observedAt - (claim.source === 'inferred' ? skew : clockError);
  return ownedWithin(whose, observedAt - 2_500, observedAt + 1_000, holds(claim.value, world));
}

/** Whether Meta answered in time: where it did not, nobody can know of a change. */
function wasAsked({ world, at }: Look, place: Place, readings: readonly GraphReading[]): boolean {
  const since = at - FRESH_MS[place] + world.traits.clockError;
  return readings.some(
    ({ startedAt, answer }) => startedAt >= since && (place === 'row' || answer.kind !== 'token-app'),
  );
}

function holds(owner: Owner, { traits }: World): (app: string | null) => boolean {
  switch (owner.kind) {
    case 'bot':
      return (app) => app === BOT_APP;
    case 'not-bot':
      return (app) => app !== BOT_APP;
    case 'inbox':
      return (app) => app === INBOX_APP;
    case 'app':
      return (app) => app === owner.appId;
    case 'idle':
      return (app) => app === null;
    case 'unnamed':
      return (app) => app !== null && app !== traits.tokenApp;
    case 'unknown':
      return () => true;
  }
}

/** Right to the second: Graph's times are whole seconds. */
function judgeWindow(
  { tally, at }: Look,
  claim: WindowClaim | null,
  readable: readonly TrueMessage[],
  enough: boolean,
): void {
  if (enough) tally.rate('window: shown where it suffices', claim !== null);
  if (claim === null) {
    tally.withheld('window', 'No customer message that can be read.');
    return;
  }
  const last = readable.findLast((message) => message.writer === 'customer' && !message.unsupported);
  const told = claim.value.lastCustomerAt;
  const right = last === undefined ? told === null : told !== null && Math.abs(told - last.at) <= 1_000;
  tally.shown(`window, ${claim.certainty}`, right, () => `${at}: ${told} for ${last?.at}. ${claim.reason}`);
}

/** A handover is right where both owners had it, the one before and the other after the last reading of the first. */
function judgeHandovers({ tally, world }: Look, changes: readonly Handover[], whose: TrueConversation): void {
  const { clockError } = world.traits;
  for (const { from, to, at, after } of changes) {
    const before = (after ?? at) - clockError;
    const gone = ownedWithin(whose, before - 2_500, before, holds(from ?? to, world));
    const come = ownedWithin(whose, before - 2_500, at - clockError + 60_000, holds(to, world));
    tally.shown('handover', gone && come, () => `${at}: ${whose.psid} ${from?.kind} to ${to.kind}`);
  }
}
