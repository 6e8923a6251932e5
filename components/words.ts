/**
 * What Baton says, as pure functions of a value and a moment. Times are epoch ms on the server's clock.
 * Times left and ages are whole minutes, rounded down; times of day are written as the browser's language writes them.
 */
import type { Author } from '../utils/conversation/author';
import { type Claim, OLD_AFTER_MS, type Source } from '../utils/conversation/claim';
import type { Owner, OwnerClaim, OwnerKind } from '../utils/conversation/owner';
import type { Wanted } from '../utils/conversation/plan';
import { LINKED_MS } from '../utils/conversation/timeline';
import type { HandoverView } from '../utils/conversation/view';
import type { ClockName } from '../utils/conversation/window';

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
const DAY_MIN = 24 * HOUR_MIN;

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** For a sentence of its own that stands inside another one. */
export function uncapitalise(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** A length in at most two units: "5 d 3 h", "3 h 12 min", "48 min". `minutes` is whole and not negative. */
function length(minutes: number): string {
  if (minutes >= DAY_MIN) return `${Math.floor(minutes / DAY_MIN)} d ${Math.floor((minutes % DAY_MIN) / HOUR_MIN)} h`;
  if (minutes >= HOUR_MIN) return `${Math.floor(minutes / HOUR_MIN)} h ${minutes % HOUR_MIN} min`;
  return `${minutes} min`;
}

function minutesBetween(earlier: number, later: number): number {
  return Math.max(0, Math.floor((later - earlier) / MINUTE_MS));
}

/** "3 h 12 min left". */
export function timeLeft(endsAt: number, now: number): string {
  const minutes = minutesBetween(now, endsAt);
  return minutes < 1 ? 'under 1 min left' : `${length(minutes)} left`;
}

/** "just now", "4 min ago". A time that lies ahead is just now: clocks differ by a little. */
export function age(at: number, now: number): string {
  const minutes = minutesBetween(at, now);
  return minutes < 1 ? 'just now' : `${length(minutes)} ago`;
}

/** "in 2 min", rounded up: nothing happens earlier than it says. */
export function ahead(at: number, now: number): string {
  const minutes = Math.ceil(Math.max(0, at - now) / MINUTE_MS);
  return minutes < 1 ? 'at once' : `in ${length(minutes)}`;
}

const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const WEEKDAY_AND_TIME: Intl.DateTimeFormatOptions = { ...TIME, weekday: 'short' };
const DAY_AND_TIME: Intl.DateTimeFormatOptions = { ...TIME, day: 'numeric', month: 'short' };

/** Making a formatter costs a hundred times what using one does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions, locale: string | undefined): string {
  const key = `${locale} ${Object.keys(options)}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, formatter);
  return formatter.format(at);
}

function daysApart(one: number, other: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round(Math.abs(midnight(one) - midnight(other)) / (DAY_MIN * MINUTE_MS));
}

/** "17:26"; on another day "Fri 17:26", beyond a week "9 Nov, 17:26". `locale` undefined: the browser's. */
export function timeOfDay(at: number, now: number, locale?: string): string {
  const days = daysApart(at, now);
  if (days === 0) return format(at, TIME, locale);
  return format(at, days < 7 ? WEEKDAY_AND_TIME : DAY_AND_TIME, locale);
}

/** Whether a claim has had no new reading for so long that it speaks of the past. Not knowing does not age. */
export function isOld(claim: OwnerClaim, now: number): boolean {
  return claim.value.kind !== 'unknown' && now - claim.observedAt >= OLD_AFTER_MS;
}

/** The owner in a row: "Likely bot", "Held until 16:40", "Bot 4 min ago". Null where a row draws nothing. */
export function rowOwner(claim: OwnerClaim, now: number): string | null {
  const old = isOld(claim, now);
  const name = shortOwner(claim.value, old || claim.certainty === 'likely', now);
  if (name === null) return null;
  if (old) return `${name} ${age(claim.observedAt, now)}`;
  return claim.certainty === 'likely' ? `Likely ${lowerFirst(name, claim.value)}` : name;
}

/** `bare`: without the hour until which an unnamed app holds it, where another qualifier takes its place. */
function shortOwner(owner: Owner, bare: boolean, now: number): string | null {
  switch (owner.kind) {
    case 'bot':
      return 'Bot';
    case 'not-bot':
      return 'Not the bot';
    case 'inbox':
      return 'Inbox';
    case 'app':
      return owner.name ?? 'Another app';
    case 'unnamed':
      return owner.until === null || bare ? 'Held' : `Held until ${timeOfDay(owner.until, now)}`;
    case 'idle':
      return 'Nobody';
    case 'unknown':
      return null;
  }
}

/** Our own words become small inside a sentence, an app's name stays as it is written. */
function lowerFirst(words: string, owner: Owner): string {
  return owner.kind === 'app' && owner.name !== null ? words : uncapitalise(words);
}

/** Who has the conversation, as a title: "Bot has this conversation", "Bot had this conversation 4 min ago". */
export function ownerTitle(claim: OwnerClaim, now: number): string {
  if (claim.value.kind === 'unknown') return 'Owner not known';
  const old = isOld(claim, now);
  const title = titleOf(claim, old, now);
  return old ? `${title} ${age(claim.observedAt, now)}` : title;
}

function titleOf({ value: owner, certainty }: OwnerClaim, old: boolean, now: number): string {
  const likely = certainty === 'likely' ? ' likely' : '';
  const has = `${old ? 'had' : 'has'} this conversation`;
  switch (owner.kind) {
    case 'not-bot':
      return `The bot${likely} ${old ? 'did' : 'does'} not have this conversation`;
    case 'unnamed':
      return `${likely ? 'Likely held' : 'Held'} ${old || owner.until === null ? 'by an unnamed app' : `until ${timeOfDay(owner.until, now)}`}`;
    case 'idle':
      return `${likely ? 'Likely nobody' : 'Nobody'} ${has}`;
    default:
      return `${shortOwner(owner, true, now)}${likely} ${has}`;
  }
}

/** What the owner alone does not say, in a sentence; null where the title says it all. */
export function ownerCaveat(owner: Owner): string | null {
  switch (owner.kind) {
    case 'inbox':
      return 'Meta AI writes under the same name, so a human is not certain.';
    case 'idle':
      return 'The next message goes where routing sends it, else to the default app.';
    case 'unnamed':
      return 'Meta does not say by whom.';
    case 'not-bot':
      return 'Meta does not say who does.';
    default:
      return null;
  }
}

export const TRANSFERRED = 'Transferred to Inbox for a human response';

/** When the bot handed over: "By the bot at 14:02.", "By the bot between 14:02 and 14:40." */
export function transferredBy(transferred: { at: number; after: number | null }, now: number): string {
  return `By the bot ${moment(transferred, now, 'at ')}.`;
}

const READ: Readonly<Record<Source, string>> = {
  graph: 'read from Meta',
  page: 'seen on this page',
  performed: 'done by Baton',
  inferred: 'concluded from several signs',
};

/** "Read from Meta 1 min ago." */
export function sourceLine(claim: Claim<unknown>, now: number): string {
  return `${capital(READ[claim.source])} ${age(claim.observedAt, now)}.`;
}

/** "Certain, read from Meta 1 min ago." `old` takes the place of the certainty. */
export function standing(claim: Claim<unknown>, now: number, old = false): string {
  return `${old ? 'Old' : certaintyWord(claim)}, ${READ[claim.source]} ${age(claim.observedAt, now)}.`;
}

export function certaintyWord(claim: Claim<unknown>): string {
  return claim.certainty === 'likely' ? 'Likely' : 'Certain';
}

/** The label under a message: "Replied by a chatbot · likely". Null where nothing is known. */
export function authorLabel(author: Author, likely: boolean): string | null {
  const words = authorWords(author);
  return words === null ? null : likely ? `${words} · likely` : words;
}

function authorWords(author: Author): string | null {
  switch (author.kind) {
    case 'chatbot':
      return 'Replied by a chatbot';
    case 'human':
      return `Replied by ${author.name ?? 'a person'}`;
    case 'automation':
      return 'Automated by Meta';
    case 'meta-ai':
      return 'Replied by Meta AI';
    case 'unknown':
      return null;
  }
}

/** "Control moved from Bot to Inbox · 14:02". Who moved it is not said: from outside, take and pass look the same. */
export function handoverLine(view: HandoverView, now: number): string {
  return `${handoverWords(view)} · ${moment(view, now, view.after === null ? 'seen at ' : '')}`;
}

function handoverWords({ from, to, fromName, toName }: HandoverView): string {
  const giver = partyName(from, fromName);
  const receiver = partyName(to, toName);
  if (giver && receiver) return `Control moved from ${giver} to ${receiver}`;
  if (receiver) return `${capital(receiver)} has control`;
  return giver ? `${capital(giver)} no longer has control` : 'Control moved';
}

/** A party that can be named as one end of a handover; null for owners that Meta does not name. */
function partyName(kind: OwnerKind | null, name: string | null): string | null {
  if (kind === 'bot') return 'Bot';
  if (kind === 'inbox') return 'Inbox';
  return kind === 'app' ? (name ?? 'another app') : null;
}

/** Why a handover mark stands where it does. */
export function handoverReason(view: HandoverView, now: number): string {
  const seen = `First read at ${timeOfDay(view.at, now)}.`;
  return view.after === null
    ? `${seen} Nothing was read before it.`
    : `${seen} The reading before it was at ${timeOfDay(view.after, now)}.`;
}

/** An instant where two readings lie close enough to pin it, else the stretch between them. */
function moment({ at, after }: { at: number; after: number | null }, now: number, before: string): string {
  return after === null || at - after <= LINKED_MS
    ? `${before}${timeOfDay(at, now)}`
    : `between ${timeOfDay(after, now)} and ${timeOfDay(at, now)}`;
}

/** A clock's short name beside its time. */
export const CLOCK_NAMES: Readonly<Record<ClockName, string>> = {
  standard: 'Standard',
  'human-agent': 'Human agent',
  control: 'Control',
};

/** What a clock's end means. The first two are lower bounds and say so. */
export function clockMeaning(clock: ClockName, endsAt: number, now: number): string {
  const end = timeOfDay(endsAt, now);
  switch (clock) {
    case 'standard':
      return `Any app may send until ${end}, at least.`;
    case 'human-agent':
      return `A person may send through an approved app until ${end}, at least.`;
    case 'control':
      return `Control lasts until ${end}, then routing decides.`;
  }
}

/** The same clocks with room for a whole name and a line under it. */
export const CLOCK_TITLES: Readonly<Record<ClockName, string>> = { ...CLOCK_NAMES, standard: 'Standard window' };

/** What is said under a clock's name; `end` is the time of day at which it runs out. */
export const CLOCK_HINTS: Readonly<Record<ClockName, (end: string) => string>> = {
  standard: () => 'What any app may send, at least',
  'human-agent': () => 'What a person may send through an approved app, at least',
  control: (end) => `Until ${end}, then routing decides`,
};

export const NO_WINDOW = 'No open window seen';

export const BUTTONS: Readonly<Record<Wanted, string>> = {
  human: 'Take control',
  bot: 'Pass to bot',
  'let-go': 'Release',
  ask: 'Request control',
  longer: 'Extend control',
};

/** What is said while a control run is under way. */
export const RUNNING: Readonly<Record<Wanted, string>> = {
  human: 'Taking control.',
  bot: 'Passing to the bot.',
  'let-go': 'Releasing control.',
  ask: 'Requesting control.',
  longer: 'Extending control.',
};

/** How many invisible characters are named one by one. */
const NAMED_MOST = 8;

/** "3 invisible characters: U+200B, U+200C, U+2060." `points`: as "U+200B". Null where there are none. */
export function invisibleLine(points: readonly string[]): string | null {
  if (points.length === 0) return null;
  const named = points.slice(0, NAMED_MOST).join(', ');
  return `${points.length} invisible ${points.length === 1 ? 'character' : 'characters'}: ${named}${points.length > NAMED_MOST ? ', …' : '.'}`;
}
