import { type AppId, type AppNames, type Apps, ownerOfApp, type Routing } from './apps';
import type { AuthorKind } from './author';
import { type Claim, OLD_AFTER_MS } from './claim';

export type Owner =
  | { kind: 'bot' }
  /** The token is the bot's, and Meta says that the bot does not own the conversation. */
  | { kind: 'not-bot' }
  | { kind: 'inbox' }
  | { kind: 'app'; appId: AppId; name: string | null }
  /** Held until a time (epoch ms, null where Meta gives none); Meta does not say by whom. */
  | { kind: 'unnamed'; until: number | null }
  | { kind: 'idle' }
  | { kind: 'unknown'; why: string };

export type OwnerKind = Owner['kind'];

export type OwnerClaim = Claim<Owner>;

/** What one answer of Meta's said, before anything is concluded from it. `expiresAt`: end of control, epoch ms. */
export type OwnerAnswer =
  | { kind: 'named'; appId: AppId; expiresAt: number | null }
  | { kind: 'unnamed'; expiresAt: number }
  | { kind: 'empty' }
  /** `is_owner` of the conversations list: the token's app or not. */
  | { kind: 'token-app'; owns: boolean };

/** An answer and the interval within which it was true: from asking to receiving, epoch ms on the server's clock. */
export interface OwnerReading {
  startedAt: number;
  endedAt: number;
  answer: OwnerAnswer;
  /** `performed`: Baton's own call did it. `graph` where left out. */
  source?: 'graph' | 'performed';
}

/** Who wrote the Page's last message; `unknown` where that is not certain. `at`: epoch ms. */
export interface LastWriter {
  kind: AuthorKind;
  at: number;
}

/** A call of Baton's that passed control, and that Meta accepted. `at`: epoch ms. */
export interface Passed {
  to: 'bot' | 'inbox';
  at: number;
}

/** What an answer has to be read with. */
export interface OwnerContext {
  apps: Apps;
  routing: Routing;
  /** Names of apps that Graph told, by id. */
  appNames: AppNames;
}

export interface OwnerEvidence extends OwnerContext {
  /** In the order they were made. */
  readings: readonly OwnerReading[];
  /** Where Meta does not name the owner, who wrote last makes one likely, or what Baton did since. */
  lastWriter?: LastWriter | null;
  passed?: Passed | null;
}

/**
 * After this long a name no longer stands beside newer answers that do not give one. Shorter than
 * {@link OLD_AFTER_MS}: a row must not keep the name of a former owner.
 */
export const NAME_STANDS_MS = 60_000;

/** Source: Meta, Conversation routing, Sep 2025: control ends after 24 h without a customer's message. */
const CONTROL_LASTS_MS = 24 * 3_600_000;

/**
 * Who has a conversation, from everything Meta answered. The newest answer counts; an older one that says more, and
 * that the newest does not contradict, stands for {@link NAME_STANDS_MS}. Answers that overlap and disagree say
 * nothing. Never an error: what can't be told is `unknown`, with why.
 */
export function concludeOwner(evidence: OwnerEvidence, now: number): OwnerClaim {
  const newest = newestOf(evidence.readings);
  const latest = newest.at(-1);
  if (latest === undefined) return inferredFrom(evidence, now) ?? claimUnknown('Meta has not been asked yet.', now);

  if (!newest.every((reading) => newest.every((other) => agree(reading, other, evidence.apps)))) {
    return claimUnknown('Two answers of Meta’s overlapped and disagree.', latest.endedAt);
  }
  const chosen = mostTelling(evidence, newest, now);
  if (hasRunOut(chosen.answer, now)) {
    return claimUnknown('Control has run out since Meta was asked.', chosen.endedAt);
  }
  const owner = ownerOfAnswer(chosen.answer, evidence);
  const inferred = owner.kind === 'unnamed' || owner.kind === 'unknown' ? inferredFrom(evidence, now) : null;
  return inferred ?? claimRead(owner, chosen);
}

/** The owner that one answer of Meta's tells. An empty answer is `idle` only where routing is known to be on. */
export function ownerOfAnswer(answer: OwnerAnswer, { apps, routing, appNames }: OwnerContext): Owner {
  const tokenIsBot = apps.token !== null && apps.token === apps.bot;
  switch (answer.kind) {
    case 'named':
      return ownerOfApp(answer.appId, apps, appNames);
    case 'unnamed':
      return tokenIsBot ? { kind: 'not-bot' } : { kind: 'unnamed', until: answer.expiresAt };
    case 'empty':
      return routing === 'on'
        ? { kind: 'idle' }
        : unknown('Meta named no owner. Without conversation routing that does not mean that nobody has it.');
    case 'token-app':
      if (answer.owns && apps.token !== null) return ownerOfApp(apps.token, apps, appNames);
      if (tokenIsBot) return { kind: 'not-bot' };
      return unknown('Meta says only that the connected app does not have it.');
  }
}

/** Whether an owner is told beyond doubt, so that two of them can be compared. */
export function isNamed(owner: Owner): boolean {
  return owner.kind === 'bot' || owner.kind === 'inbox' || owner.kind === 'app' || owner.kind === 'idle';
}

export function sameOwner(a: Owner, b: Owner): boolean {
  if (a.kind === 'app' && b.kind === 'app') return a.appId === b.appId;
  return a.kind === b.kind;
}

/**
 * Whether a claim still tells who has the conversation now. What was inferred from who wrote last, or from what was
 * passed, tells who had it at that moment, so it is never fresh.
 */
export function isFresh(claim: OwnerClaim, now: number): boolean {
  return claim.value.kind !== 'unknown' && claim.certainty === 'certain' && now - claim.observedAt <= OLD_AFTER_MS;
}

/** The last reading of `thread_owner`, and not of a list; null where none was made. */
export function lastThreadOwner(readings: readonly OwnerReading[]): OwnerReading | null {
  return readings.findLast(({ answer }) => answer.kind !== 'token-app') ?? null;
}

/** End of the owner's control, epoch ms, as Meta last told it; null where it did not. */
export function controlEndIn(readings: readonly OwnerReading[]): number | null {
  const told = lastThreadOwner(readings)?.answer;
  return told?.kind === 'named' || told?.kind === 'unnamed' ? told.expiresAt : null;
}

/**
 * The last answer about the owner, where one that overlaps it says otherwise, say a list's that was asked before control
 * changed and came after: neither is known to be the newer, and one reading more decides. Null where nothing does.
 */
export function disputedReading(readings: readonly OwnerReading[], apps: Apps): OwnerReading | null {
  const last = lastThreadOwner(readings);
  if (last === null) return null;
  const overlaps = (other: OwnerReading) => !isOlder(other, last) && !isOlder(last, other);
  return readings.some((other) => overlaps(other) && !agree(other, last, apps)) ? last : null;
}

/** The newest answer, with those that overlap it: of these none is known to be the older. */
function newestOf(readings: readonly OwnerReading[]): OwnerReading[] {
  return readings.filter((reading) => !readings.some((other) => isOlder(reading, other)));
}

/** A coarse clock gives a reading no length: two of one moment are not one after the other. */
function isOlder(reading: OwnerReading, other: OwnerReading): boolean {
  return reading.endedAt <= other.startedAt && reading.startedAt < other.endedAt;
}

/** The newest reading, or one that says more, is not contradicted by any newer one, and still stands. */
function mostTelling(evidence: OwnerEvidence, newest: readonly OwnerReading[], now: number): OwnerReading {
  const ownerOf = (reading: OwnerReading) => ownerOfAnswer(reading.answer, evidence);
  const stands = (reading: OwnerReading) =>
    newest.includes(reading) ||
    (now - reading.endedAt <= NAME_STANDS_MS &&
      evidence.readings
        .filter((other) => other.endedAt > reading.startedAt)
        .every((other) => agree(reading, other, evidence.apps)));
  return evidence.readings
    .filter(stands)
    .reduce((best, reading) => (telling(ownerOf(reading)) >= telling(ownerOf(best)) ? reading : best));
}

/** How much an owner says; of two that agree, the more telling is shown. */
function telling(owner: Owner): number {
  if (isNamed(owner)) return 3;
  if (owner.kind === 'not-bot') return 2;
  return owner.kind === 'unnamed' ? 1 : 0;
}

/** Whether two readings can both tell the truth of one moment. */
function agree(a: OwnerReading, b: OwnerReading, apps: Apps): boolean {
  const [first, second] = [holderIn(a.answer, apps), holderIn(b.answer, apps)];
  if (first !== null && second !== null) return first === second;
  return mayHold(first, b.answer, apps) && mayHold(second, a.answer, apps);
}

/** Who holds it by an answer: an app, or nobody; null where the answer does not tell. */
function holderIn(answer: OwnerAnswer, apps: Apps): AppId | typeof NOBODY | null {
  if (answer.kind === 'named') return answer.appId;
  if (answer.kind === 'empty') return NOBODY;
  return answer.kind === 'token-app' && answer.owns ? apps.token : null;
}

const NOBODY = 'nobody';

/** Whether a holder fits an answer that tells none: it is not the token's app, which is told that it has it. */
function mayHold(holder: AppId | typeof NOBODY | null, answer: OwnerAnswer, apps: Apps): boolean {
  const excluded = [apps.token, ...(answer.kind === 'unnamed' ? [NOBODY] : [])];
  return holder === null || !excluded.includes(holder);
}

function hasRunOut(answer: OwnerAnswer, now: number): boolean {
  return (answer.kind === 'named' || answer.kind === 'unnamed') && answer.expiresAt !== null && answer.expiresAt <= now;
}

/**
 * Who wrote last makes an owner likely, as far as writing needs control: answering in the inbox takes it, and under
 * routing only the owner may send. So does a pass that Meta accepted since. Only an author who is certain counts, the
 * claim is about that moment, and control ends after a day. Source: Meta, Conversation routing, Sep 2025.
 */
function inferredFrom({ lastWriter, passed, routing }: OwnerEvidence, now: number): OwnerClaim | null {
  if (passed && passed.at > (lastWriter?.at ?? 0)) return inferredFromPass(passed, now);
  if (!lastWriter || now - lastWriter.at >= CONTROL_LASTS_MS) return null;
  const owner = ownerByWriting(lastWriter.kind, routing);
  if (owner === null) return null;
  return {
    value: owner,
    source: 'inferred',
    observedAt: lastWriter.at,
    certainty: 'likely',
    reason: owner.kind === 'bot' ? 'The chatbot wrote last.' : 'A person wrote last, in the Page inbox.',
  };
}

function inferredFromPass({ to, at }: Passed, now: number): OwnerClaim | null {
  if (now - at >= CONTROL_LASTS_MS) return null;
  const reason = `Baton passed control to ${to === 'bot' ? 'the bot' : 'the Page inbox'}, and Meta accepted.`;
  return { value: { kind: to }, source: 'performed', observedAt: at, certainty: 'likely', reason };
}

function ownerByWriting(kind: AuthorKind, routing: Routing): Owner | null {
  if (kind === 'human') return { kind: 'inbox' };
  return kind === 'chatbot' && routing === 'on' ? { kind: 'bot' } : null;
}

function reasonFor(owner: Owner, reading: OwnerReading): string {
  if (owner.kind === 'unknown') return owner.why;
  if (reading.source === 'performed') return 'Baton’s own call brought this about.';
  if (reading.answer.kind === 'token-app') {
    return owner.kind === 'not-bot'
      ? 'Meta says that the bot does not have it, and not who does.'
      : 'Meta says that the connected app has it.';
  }
  switch (owner.kind) {
    case 'idle':
      return 'Meta says that no app has it. The next message goes where routing sends it.';
    case 'unnamed':
      return 'Meta says until when it is held, and not by whom.';
    case 'not-bot':
      return 'Meta says until when it is held; the bot would have been named.';
    default:
      return 'Meta names this app as the thread owner.';
  }
}

function unknown(why: string): Owner {
  return { kind: 'unknown', why };
}

function claimUnknown(why: string, observedAt: number): OwnerClaim {
  return { value: unknown(why), source: 'graph', observedAt, certainty: 'certain', reason: why };
}

function claimRead(owner: Owner, reading: OwnerReading): OwnerClaim {
  return {
    value: owner,
    source: reading.source ?? 'graph',
    observedAt: reading.endedAt,
    certainty: 'certain',
    reason: reasonFor(owner, reading),
  };
}
