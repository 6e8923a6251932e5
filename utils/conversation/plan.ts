import type { AppId, Apps, Routing } from './apps';
import { isFresh, type Owner, type OwnerClaim, type OwnerReading } from './owner';
import type { Offer } from './view';

/** What a person wants of a conversation. */
export type Wanted = 'human' | 'bot' | 'let-go' | 'ask' | 'longer';

export type Step =
  | { call: 'take' }
  | { call: 'pass'; to: AppId }
  | { call: 'request' }
  | { call: 'release' }
  /** Whole seconds, at most 7 days. */
  | { call: 'extend'; seconds: number };

export type Plan =
  | { kind: 'nothing'; sentence: string }
  | { kind: 'calls'; steps: Step[] }
  /** Baton can call nothing, but the page's own way works. */
  | { kind: 'native'; sentence: string }
  | { kind: 'refused'; sentence: string };

export type OutcomeKind = 'done' | 'accepted' | 'refused' | 'unsure';

/** How a control run ended, in words. `next` null where nothing need follow. */
export interface Outcome {
  kind: OutcomeKind;
  wanted: Wanted;
  title: string;
  cause: string;
  next: string | null;
  link: { text: string; url: string } | null;
  /** Epoch ms. */
  at: number;
}

export interface PlanEvidence {
  wanted: Wanted;
  owner: Owner;
  routing: Routing;
  apps: Apps;
  /** An owner that is not fresh counts as unknown. */
  ownerFresh: boolean;
}

/** Source: Meta, extend_thread_control: `duration` in seconds, at most 7 days. */
export const LONGEST_EXTENSION_S = 7 * 24 * 3_600;
const MINUTE_MS = 60_000;

const ALL_WANTED: readonly Wanted[] = ['human', 'bot', 'let-go', 'ask', 'longer'];

const NATIVE = 'Reply here: the inbox takes control by itself.';
const NO_TOKEN_APP = 'Meta does not say which app the token belongs to, so control can’t be passed from here.';
const NO_BOT = 'Name the bot’s app in Setup to pass control to it.';
const BACK_BY_ITSELF =
  'Control goes back to routing after 24 h without customer messages. Moving it to Done may do so sooner (unverified).';

/** What to do to get what is wanted: calls, the page's own way, nothing, or why it can't be had. */
export function planControl(evidence: PlanEvidence): Plan {
  const { wanted, routing, apps } = evidence;
  if (apps.token === null) return withoutToken(wanted);
  const situation: Situation = {
    owner: evidence.ownerFresh ? evidence.owner : { kind: 'unknown', why: 'The last answer of Meta’s is too old.' },
    routed: routing === 'on',
    token: apps.token,
    tokenIsBot: apps.token === apps.bot,
    apps,
  };
  return PLANS[wanted](situation);
}

interface Situation {
  owner: Owner;
  /** R: conversation routing with a default app. */
  routed: boolean;
  /** T */
  token: AppId;
  tokenIsBot: boolean;
  apps: Apps;
}

/** The plan table, one row a function. O is the owner, T the token's app, B the bot, I the inbox, R routing. */
const PLANS: Record<Wanted, (situation: Situation) => Plan> = {
  human({ owner, routed, token, tokenIsBot, apps }) {
    if (owner.kind === 'inbox') return nothing('The Page inbox has it already.');
    if (owner.kind === 'idle' || owns(owner, token, apps)) return calls({ call: 'pass', to: apps.inbox });
    if (routed && !tokenIsBot) return calls({ call: 'take' }, { call: 'pass', to: apps.inbox });
    return native(NATIVE);
  },

  bot({ owner, routed, token, tokenIsBot, apps }) {
    if (apps.bot === null) return refused(NO_BOT);
    if (owner.kind === 'bot') return nothing('The bot has it already.');
    if (tokenIsBot) {
      if (routed) return calls({ call: 'take' });
      return owner.kind === 'idle' ? calls({ call: 'request' }) : refused(cannotTake());
    }
    if (owner.kind === 'idle' || owns(owner, token, apps)) return calls({ call: 'pass', to: apps.bot });
    return routed ? calls({ call: 'take' }, { call: 'pass', to: apps.bot }) : refused(cannotTake());
  },

  'let-go': ({ owner, token, apps }) =>
    owns(owner, token, apps) ? calls({ call: 'release' }) : refused('Only the owner can let a conversation go.'),

  ask({ owner, routed, token, tokenIsBot, apps }) {
    if (!tokenIsBot) return refused('Only the bot’s own app can ask for the bot.');
    if (owns(owner, token, apps)) return nothing('The bot has it already.');
    return routed ? refused('With conversation routing control is taken, not asked for.') : calls({ call: 'request' });
  },

  longer({ owner, token, tokenIsBot, apps }) {
    return tokenIsBot && owns(owner, token, apps)
      ? calls({ call: 'extend', seconds: LONGEST_EXTENSION_S })
      : refused('Only the bot’s own app can extend the control that it has.');
  },
};

/**
 * What to try, one after the other until one succeeds, when a step of a plan failed: a conversation that was taken
 * and could not be passed on must not stay with an app that nobody watches. Empty where nothing was changed.
 */
export function compensation(steps: readonly Step[], failedAt: number, apps: Apps): Step[] {
  const failed = steps[failedAt];
  const taken = steps.slice(0, failedAt).some((step) => step.call === 'take');
  if (failed?.call !== 'pass' || !taken) return [];
  const release: Step = { call: 'release' };
  return failed.to === apps.inbox ? [release] : [{ call: 'pass', to: apps.inbox }, release];
}

/** Sentences that say, before the press, what will follow. */
export function previewOf(plan: Plan, wanted: Wanted, owner: Owner): string[] {
  if (plan.kind !== 'calls') return [plan.sentence];
  const effect = plan.steps.some((step) => step.call === 'request')
    ? ['Meta tells the owner that the bot asks for control. The owner may keep it.']
    : EFFECTS[wanted](owner);
  return [...effect, 'If an ad gave longer control over this conversation, it becomes one day.'];
}

const EFFECTS: Record<Wanted, (owner: Owner) => string[]> = {
  human: (owner) => [
    owner.kind === 'idle' ? 'The Page inbox gets control.' : `${subject(owner)} loses control, the Page inbox gets it.`,
    'The bot stays silent until it has control again.',
  ],
  bot: (owner) => [
    owner.kind === 'idle' ? 'The bot gets control.' : `${subject(owner)} loses control, the bot gets it.`,
    'The bot answers the customer’s next message.',
  ],
  'let-go': () => ['Nobody has control then. The customer’s next message goes where routing sends it.'],
  ask: () => ['Meta tells the owner that the bot asks for control.'],
  longer: () => ['Control is kept for 7 days, as long as Meta allows.'],
};

/**
 * Whether a reading shows what was wanted; null where it does not tell. Relies on the token's app: where that is the
 * bot, `is_owner` alone shows that the bot gave or got control.
 */
export function wantedOwnerReached(wanted: Wanted, reading: OwnerReading, apps: Apps): boolean | null {
  const tokenHasIt = tokenOwns(reading, apps);
  const { answer } = reading;
  switch (wanted) {
    case 'human':
      if (answer.kind === 'named') return answer.appId === apps.inbox;
      if (tokenHasIt) return false;
      return answer.kind === 'token-app' && apps.token === apps.bot ? true : null;
    case 'bot':
    case 'ask':
      if (answer.kind === 'named') return answer.appId === apps.bot;
      if (apps.token === apps.bot) return tokenHasIt;
      return tokenHasIt ? false : null;
    case 'let-go':
      return tokenHasIt === null ? null : !tokenHasIt;
    case 'longer':
      return tokenHasIt === false ? false : null;
  }
}

/**
 * Whether a reading made after a step shows that it happened; null where the owner does not tell. In words: after taking the token's app has it, after releasing it has not.
 */
export function stepShown(step: Step, reading: OwnerReading, apps: Apps): boolean | null {
  const tokenHasIt = tokenOwns(reading, apps);
  switch (step.call) {
    case 'take':
    case 'request':
      return tokenHasIt;
    case 'release':
      return tokenHasIt === null ? null : !tokenHasIt;
    case 'pass':
      if (reading.answer.kind === 'named') return reading.answer.appId === step.to;
      return tokenHasIt ? false : null;
    case 'extend': {
      const { answer } = reading;
      if (answer.kind !== 'named' || answer.appId !== apps.token) return tokenHasIt === false ? false : null;
      return answer.expiresAt === null ? null : answer.expiresAt - reading.endedAt > step.seconds * 1_000 - MINUTE_MS;
    }
  }
}

/** The buttons that can work now, and what to do where none helps; `sentence` null where there is nothing to say. */
export function offersFor(
  claim: OwnerClaim,
  routing: Routing,
  apps: Apps,
  now: number,
): { offers: Offer[]; sentence: string | null } {
  const owner = claim.value;
  const ownerFresh = isFresh(claim, now);
  const planFor = (wanted: Wanted) => planControl({ wanted, owner, routing, apps, ownerFresh });
  const offers = ALL_WANTED.flatMap((wanted) => {
    const plan = planFor(wanted);
    return plan.kind === 'calls' ? [{ wanted, preview: previewOf(plan, wanted, owner) }] : [];
  });
  const sentences = (['human', 'bot'] as const).flatMap((wanted) => {
    const plan = planFor(wanted);
    return plan.kind === 'native' || plan.kind === 'refused' ? [plan.sentence] : [];
  });
  return { offers, sentence: sentences.length > 0 ? [...new Set(sentences)].join(' ') : null };
}

/** What is left where no Page is at hand: the page's own way, and `remedy`, such as "Connect the Page in Setup". */
export function offersWithoutPage(remedy: string): { offers: Offer[]; sentence: string } {
  return { offers: [], sentence: `${NATIVE} ${remedy} to pass control from here.` };
}

/** Whether the token's app has control; null where the reading does not tell. */
export function tokenOwns({ answer }: OwnerReading, apps: Apps): boolean | null {
  switch (answer.kind) {
    case 'named':
      return answer.appId === apps.token;
    case 'token-app':
      return answer.owns;
    // Meta names the owner to the owner itself.
    case 'unnamed':
      return false;
    case 'empty':
      return false;
  }
}

function owns(owner: Owner, appId: AppId, apps: Apps): boolean {
  if (owner.kind === 'bot') return appId === apps.bot;
  return owner.kind === 'app' && owner.appId === appId;
}

function withoutToken(wanted: Wanted): Plan {
  return wanted === 'human' ? native(NATIVE) : refused(NO_TOKEN_APP);
}

function cannotTake(): string {
  return `Without conversation routing control can’t be taken. ${BACK_BY_ITSELF}`;
}

function subject(owner: Owner): string {
  switch (owner.kind) {
    case 'bot':
      return 'The bot';
    case 'inbox':
      return 'The Page inbox';
    case 'app':
      return owner.name ?? 'Another app';
    default:
      return 'Whoever has it';
  }
}

function nothing(sentence: string): Plan {
  return { kind: 'nothing', sentence };
}

function calls(...steps: Step[]): Plan {
  return { kind: 'calls', steps };
}

function native(sentence: string): Plan {
  return { kind: 'native', sentence };
}

function refused(sentence: string): Plan {
  return { kind: 'refused', sentence };
}
