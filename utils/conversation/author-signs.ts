/** The signs of who wrote a message of the Page's: a table, and how each sign is found. */
import { nameOfApp } from './apps';
import type { AuthorEvidence, AuthorKind } from './author';
import { type KnownMessage, SECOND_MS } from './known';
import type { Owner } from './owner';
import type { Attribution, SeenMessage } from './seen';
import { carriesSignature } from './signature';
import { LINKED_MS, type OwnerSpan, ownedThroughout, sureFrom, sureTo } from './timeline';
import { foldWords } from './words';

/** A person reads and finds even a saved reply for longer than this. */
const FAST_MS = 3_000;

/** Faster than the fastest typist, in milliseconds a character. */
const TYPING_MS = 80;

/** Two readings of the bot as owner further apart than this say nothing of what lay between. */
const AROUND_MS = 300_000;

/** The server's clock is known to about a second. */
const CLOCK_SLACK_MS = 1_000;

/** Whom a sign speaks of. */
export type Says = Exclude<AuthorKind, 'unknown'>;

/**
 * How much a sign counts. `proof`: enough by itself. `hint`: makes its author likely by itself. `support`: two of
 * these make its author likely. `against`: a reason not to take it for its author's, and nothing more.
 */
export type Weight = 'proof' | 'hint' | 'support' | 'against';

/** A reason is a sentence; a support's is a clause, since it never stands alone. */
type Sign = readonly [says: Says, weight: Weight, isThere: (message: Context) => boolean, reason: string];

/** One message of the Page's with what stands around it. */
export interface Context {
  message: SeenMessage;
  known: KnownMessage | null;
  creator: Creator;
  /** When it was sent; null where nothing tells. */
  sent: Interval | null;
  /** When people's messages were sent: those that the page names, or that Graph shows to come from a phone. */
  byPeople: readonly Interval[];
  /** Longest time since the customer's last message, ms; null where there is none or the times are missing. */
  sinceCustomer: number | null;
  /** A person is named for a message before it in the same run: the conversation had been in the inbox. */
  afterPerson: boolean;
  /** Meta's AI wrote in the same run of Page messages. */
  aiNearby: boolean;
  evidence: AuthorEvidence;
}

/** From and to, on the server's clock, epoch ms. */
interface Interval {
  from: number;
  to: number;
}

/** Whom the page's creator data name. `unreadable`: nothing is known; `nobody`: readable, and empty. */
type Creator = 'unreadable' | 'nobody' | 'person' | 'automation' | 'bot' | 'other';

/** All evidence about the author of a Page message, in one table. */
export const SIGNS: readonly Sign[] = [
  ['human', 'proof', footerIs('admin'), 'The page names the person who sent it.'],
  ['automation', 'proof', footerIs('automation'), 'The page calls it an automated response.'],
  ['meta-ai', 'proof', footerIs('meta-ai'), 'The page shows it as an answer of Meta’s AI.'],
  ['human', 'proof', creatorIs('person'), 'The page’s data name the person who sent it.'],
  ['automation', 'proof', creatorIs('automation'), 'The page’s data call it an automated response.'],
  ['chatbot', 'proof', creatorIs('bot'), 'The page’s data name the bot’s app.'],
  ['chatbot', 'proof', isSigned, 'It carries the bot’s signature.'],
  ['chatbot', 'proof', isOwnedThroughout, 'The bot had it before and after, and the page names nobody.'],
  ['human', 'hint', isFromPhone, 'It was sent from a phone.'],
  ['chatbot', 'support', isOwnedAround, 'the bot had the conversation around it'],
  ['chatbot', 'support', isTemplate, 'it is a template, as apps send them'],
  ['chatbot', 'support', isFast, 'it came faster than a person types, as all answers did'],
  ['chatbot', 'support', isRepeated, 'the same words stand in other conversations'],
  ['chatbot', 'against', creatorIs('other'), 'The page’s data name somebody else.'],
  ['chatbot', 'against', isOwnedByAnother, 'Another app had the conversation.'],
  ['chatbot', 'against', isBesideMetaAi, 'Meta’s AI wrote beside it.'],
];

/** Each message of the Page's with what stands around it, oldest first. */
export function contextsOf(evidence: AuthorEvidence): Context[] {
  const pageOnes = evidence.messages.flatMap((message, index) =>
    message.direction === 'page' ? [{ message, index }] : [],
  );
  const knownOf = (message: SeenMessage) => evidence.known.get(message.key) ?? null;
  const byPeople = pageOnes.flatMap(({ message }) =>
    isByPerson(message, evidence) || isPhones(knownOf(message)) ? (intervalOf(message, knownOf(message)) ?? []) : [],
  );
  return pageOnes.map(({ message, index }) => {
    const known = knownOf(message);
    const run = runAround(evidence.messages, index);
    return {
      message,
      known,
      creator: creatorOf(message, evidence),
      sent: intervalOf(message, known),
      byPeople,
      sinceCustomer: sinceCustomer(evidence.messages, index),
      afterPerson: run.slice(0, run.indexOf(message)).some((other) => isByPerson(other, evidence)),
      aiNearby: run.some((other) => other !== message && other.attribution?.kind === 'meta-ai'),
      evidence,
    };
  });
}

/** The Page's messages around one of them, with no customer's message in between. */
function runAround(messages: readonly SeenMessage[], index: number): SeenMessage[] {
  const isCustomers = (message: SeenMessage) => message.direction === 'customer';
  const start = messages.slice(0, index).findLastIndex(isCustomers) + 1;
  const end = messages.findIndex((message, at) => at > index && isCustomers(message));
  return messages.slice(start, end === -1 ? undefined : end);
}

/** Both clocks' seconds count: where page and Graph differ, the message may have been sent in either. */
function intervalOf(message: SeenMessage, known: KnownMessage | null): Interval | null {
  const times = [message.sentAt, known?.at ?? null].filter((at) => at !== null);
  return times.length === 0 ? null : { from: Math.min(...times), to: Math.max(...times) + SECOND_MS };
}

function isByPerson(message: SeenMessage, evidence: AuthorEvidence): boolean {
  return message.attribution?.kind === 'admin' || creatorOf(message, evidence) === 'person';
}

function sinceCustomer(messages: readonly SeenMessage[], index: number): number | null {
  const askedAt = messages.slice(0, index).findLast(({ direction }) => direction === 'customer')?.sentAt ?? null;
  const sentAt = messages[index]?.sentAt ?? null;
  return askedAt === null || sentAt === null || askedAt > sentAt ? null : sentAt - askedAt + SECOND_MS;
}

/** `creatorType` as the page's data give it, 2021 and 2026. Other types are somebody whom we don't know. */
export const PEOPLE = new Set(['direct_admin', 'indirect_admin', 'business_admin', 'former_admin', 'gray_account']);

function creatorOf({ facts }: SeenMessage, { apps, appNames, factsReadable }: AuthorEvidence): Creator {
  if (!factsReadable || facts === null) return 'unreadable';
  if (facts.creator === null) return 'nobody';
  const { type, name } = facts.creator;
  if (PEOPLE.has(type)) return 'person';
  if (type === 'automated_response') return 'automation';
  const botName = apps.bot === null ? null : nameOfApp(apps.bot, appNames);
  const namesBot = name !== null && botName !== null && foldWords(name) === foldWords(botName);
  return type === 'application' && namesBot ? 'bot' : 'other';
}

function footerIs(kind: Attribution['kind']): (context: Context) => boolean {
  return ({ message }) => message.attribution?.kind === kind;
}

export function creatorIs(creator: Creator): (context: Context) => boolean {
  return (context) => context.creator === creator;
}

export function isFromPhone({ known }: Context): boolean {
  return isPhones(known);
}

function isPhones(known: KnownMessage | null): boolean {
  return hasTag({ known }, 'source:mobile');
}

function isTemplate({ known }: Context): boolean {
  return known?.template === true;
}

function isBesideMetaAi({ aiNearby }: Context): boolean {
  return aiNearby;
}

function isSigned({ message, known, evidence }: Context): boolean {
  return carriesSignature(message.text, evidence.signature) || carriesSignature(known?.text ?? '', evidence.signature);
}

/**
 * Under routing only the owner may send, so what was sent while the bot was read as owner is the bot's, as long as
 * the page's data can be read and name nobody, Graph's record does not show a phone, and no person is known to have
 * taken control unnoticed between the same readings.
 * Source: Meta, Conversation routing, Sep 2025.
 */
function isOwnedThroughout(context: Context): boolean {
  const { creator, sent, byPeople, evidence } = context;
  if (evidence.creators === 'silent' || context.afterPerson) return false;
  if (evidence.routing !== 'on' || creator !== 'nobody' || !hasTag(context, 'source:web') || sent === null)
    return false;
  if (byPeople.some((person) => isUnnoticed(person, sent, evidence.spans))) return false;
  return ownedThroughout(evidence.spans, sent.from - CLOCK_SLACK_MS, sent.to + CLOCK_SLACK_MS, isBot);
}

/**
 * A person wrote about then, within a stretch of the bot's: the inbox had it between two readings that did not see it.
 * Times are whole seconds: who may as well have written before or after that stretch was seen, by its end.
 */
function isUnnoticed(person: Interval, sent: Interval, spans: readonly OwnerSpan[]): boolean {
  const isNear = person.from - sent.to <= LINKED_MS && sent.from - person.to <= LINKED_MS;
  return (
    isNear && spans.some((span) => isBot(span.owner) && sureFrom(span) <= person.from && person.to <= sureTo(span))
  );
}

/** The nearest readings before and after it both named the bot, and are not too far apart. */
function isOwnedAround({ sent, evidence }: Context): boolean {
  if (sent === null || evidence.routing !== 'on') return false;
  const before = evidence.spans.findLast((span) => sureFrom(span) <= sent.from);
  const after = evidence.spans.find((span) => sent.to <= sureTo(span));
  if (before === undefined || after === undefined || !isBot(before.owner) || !isBot(after.owner)) return false;
  return before === after || sureFrom(after) - sureTo(before) <= AROUND_MS;
}

function isOwnedByAnother({ sent, evidence }: Context): boolean {
  const isAnother = (owner: Owner) => ['inbox', 'app', 'not-bot'].includes(owner.kind);
  return sent !== null && ownedThroughout(evidence.spans, sent.from, sent.to, isAnother);
}

/** A person's footer stands under it, or the inbox had the conversation. */
export function isFromInbox(context: Context): boolean {
  if (context.message.attribution !== null) return context.message.attribution.kind === 'admin';
  return (
    context.sent !== null && ownedThroughout(context.evidence.spans, context.sent.from, context.sent.to, isInboxOwner)
  );
}

/**
 * It came at once and is too long to be typed in that time. Once may be chance: a person may have been about to send
 * a saved reply when the customer wrote again. So all that nobody is named for has to come at once, and to answer the
 * customer twice.
 */
function isFast({ message, sinceCustomer: elapsed, creator, evidence: { messages } }: Context): boolean {
  if (creator !== 'nobody' || elapsed === null || elapsed >= FAST_MS) return false;
  const allAtOnce = messages.every((other, index) => !isUnnamed(other) || isAtOnce(messages, index));
  return elapsed < message.text.length * TYPING_MS && firstAnswers(messages).length > 1 && allAtOnce;
}

/** Whether a message came at once after the one before it; the topmost on screen counts as such. */
function isAtOnce(messages: readonly SeenMessage[], index: number): boolean {
  const before = messages[index - 1];
  if (before === undefined) return true;
  const [from, to] = [before.sentAt, messages[index]?.sentAt ?? null];
  return from !== null && to !== null && to - from + SECOND_MS < FAST_MS;
}

/** The page names nobody for it, neither in a footer nor in its data. */
function isUnnamed({ direction, attribution, facts }: SeenMessage): boolean {
  return direction === 'page' && attribution === null && (facts?.creator ?? null) === null;
}

/** Where the first message stands that answers each turn of the customer's, those aside whose author is named. */
function firstAnswers(messages: readonly SeenMessage[]): number[] {
  const answers: number[] = [];
  let waiting = false;
  messages.forEach((message, index) => {
    if (message.direction === 'customer') waiting = true;
    else if (waiting && isUnnamed(message)) {
      answers.push(index);
      waiting = false;
    }
  });
  return answers;
}

/** Meta's automations are quick and repeat themselves as well, and only creator data tell them from the bot. */
function isRepeated({ message, creator, evidence }: Context): boolean {
  return creator === 'nobody' && evidence.isRepeated(message.text);
}

/** Graph's record says where a message came from. Source: observed tags, `source:mobile` for the phone app, Oct 2026. */
function hasTag({ known }: Pick<Context, 'known'>, tag: string): boolean {
  return known?.tags.includes(tag) === true;
}

function isInboxOwner(owner: Owner): boolean {
  return owner.kind === 'inbox';
}

function isBot(owner: Owner): boolean {
  return owner.kind === 'bot';
}
