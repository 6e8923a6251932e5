import type { AppNames, Apps, Routing } from './apps';
import {
  type Context,
  contextsOf,
  creatorIs,
  isFromInbox,
  isFromPhone,
  PEOPLE,
  type Says,
  SIGNS,
  type Weight,
} from './author-signs';
import type { Certainty, Claim } from './claim';
import type { KnownMessage } from './known';
import type { Attribution, SeenMessage } from './seen';
import type { OwnerSpan } from './timeline';

export type Author =
  | { kind: 'chatbot' }
  /** `name` only where the page shows it. */
  | { kind: 'human'; name: string | null }
  /** Meta's own instant replies and the like. */
  | { kind: 'automation' }
  | { kind: 'meta-ai' }
  | { kind: 'unknown'; why: string };

export type AuthorKind = Author['kind'];

export type AuthorClaim = Claim<Author>;

/**
 * What a Page's creator data are worth. `silent`: they name nobody even where the inbox wrote, so that their silence
 * says nothing of a message.
 */
export type Creators = 'name-people' | 'silent' | 'unknown';

export interface AuthorEvidence {
  /** Oldest first: the whole conversation, as far as it is on screen. */
  messages: readonly SeenMessage[];
  /** Graph's record of messages on screen, by {@link SeenMessage.key}. */
  known: ReadonlyMap<string, KnownMessage>;
  spans: readonly OwnerSpan[];
  apps: Apps;
  routing: Routing;
  appNames: AppNames;
  /** Whether the page's creator data could be read at all. */
  factsReadable: boolean;
  /** What {@link learnCreators} learned on this Page before; `unknown` where left out. */
  creators?: Creators;
  /** What the admin declared that every message of the bot's carries; null where nothing was declared. */
  signature: string | null;
  /** Whether the Page said these words in several conversations. */
  isRepeated: (text: string) => boolean;
  /** When the evidence was gathered, epoch ms. */
  observedAt: number;
}

const DISAGREE = 'The signs disagree about who wrote it.';

/**
 * Who wrote each message of the Page's, by {@link SeenMessage.key}. Never by elimination, never by the inbox's app
 * id. Signs that disagree leave the author unknown.
 */
export function concludeAuthors(given: AuthorEvidence): Map<string, AuthorClaim> {
  const evidence = { ...given, creators: learnCreators(given) };
  return new Map(contextsOf(evidence).map((context) => [context.message.key, weigh(context)]));
}

/**
 * What a conversation teaches of the Page's creator data, to be remembered for the Page: that they name people, or
 * that they are silent even about messages under a person's footer or sent from the inbox. A phone's are not counted.
 * What was learned first to name people stays so.
 */
export function learnCreators(evidence: AuthorEvidence): Creators {
  const contexts = contextsOf(evidence);
  if (evidence.creators === 'name-people' || contexts.some(creatorIs('person'))) return 'name-people';
  const silent = (context: Context) => context.creator === 'nobody' && !isFromPhone(context) && isFromInbox(context);
  return contexts.some(silent) ? 'silent' : (evidence.creators ?? 'unknown');
}

/**
 * Keys of the messages whose author the page itself shows: those above a footer, and those of the same run of Page
 * messages before it, as far as the page's creator data agree with the footer.
 */
export function namedByPage(messages: readonly SeenMessage[]): Set<string> {
  const named = new Set<string>();
  let below: Attribution | null = null;
  for (const message of [...messages].reverse()) {
    if (message.direction === 'customer') below = null;
    else if (message.attribution !== null) below = message.attribution;
    else if (below !== null && !agrees(message, below)) below = null;
    if (below !== null) named.add(message.key);
  }
  return named;
}

function agrees({ facts }: SeenMessage, attribution: Attribution): boolean {
  const creator = facts?.creator ?? null;
  if (creator === null) return false;
  if (attribution.kind === 'automation') return creator.type === 'automated_response';
  return attribution.kind === 'admin' && PEOPLE.has(creator.type) && creator.name === attribution.name;
}

function weigh(context: Context): AuthorClaim {
  const signs = SIGNS.filter(([, , isThere]) => isThere(context)).map(([says, weight, , reason]) => ({
    says,
    weight,
    reason,
  }));
  const of = (weight: Weight) => signs.filter((sign) => sign.weight === weight);
  const [proof, ...otherProofs] = of('proof');
  const [hint] = of('hint');
  const [against] = of('against');
  const supports = of('support');

  if (proof !== undefined) {
    // Ownership does not outweigh a proof: the bot may have had it for a moment between two readings.
    const doubted = proof.says === 'chatbot' && (hint !== undefined || context.creator === 'other');
    const disputed = doubted || otherProofs.some((other) => other.says !== proof.says);
    return disputed ? unknown(context, DISAGREE) : claim(context, proof.says, 'certain', proof.reason);
  }
  if (hint !== undefined) {
    return supports.length > 1 ? unknown(context, DISAGREE) : claim(context, hint.says, 'likely', hint.reason);
  }
  if (against !== undefined) return unknown(context, against.reason);
  if (supports.length > 1) return claim(context, 'chatbot', 'likely', sentence(supports.map((sign) => sign.reason)));
  return unknown(context, 'Neither the page nor Meta says who wrote it.');
}

function authorOf(says: Says, { message }: Context): Author {
  return says === 'human' ? { kind: 'human', name: nameShown(message) } : { kind: says };
}

function nameShown({ attribution, facts }: SeenMessage): string | null {
  return attribution?.kind === 'admin' ? attribution.name : (facts?.creator?.name ?? null);
}

/** "The bot had it, and it is a template." */
function sentence(reasons: readonly string[]): string {
  const joined = reasons.join(', and ');
  return `${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`;
}

function claim(context: Context, says: Says, certainty: Certainty, reason: string): AuthorClaim {
  const source = certainty === 'certain' && says !== 'chatbot' ? 'page' : 'inferred';
  return { value: authorOf(says, context), source, observedAt: context.evidence.observedAt, certainty, reason };
}

function unknown({ evidence }: Context, why: string): AuthorClaim {
  return {
    value: { kind: 'unknown', why },
    source: 'inferred',
    observedAt: evidence.observedAt,
    certainty: 'likely',
    reason: why,
  };
}
