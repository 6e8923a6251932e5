/**
 * Who may do what with a conversation, and what follows: Meta's conversation routing as a state machine.
 * Nothing here knows HTTP, and nothing reads a clock.
 *
 *              customer writes: the routed app              24 h without the customer, or release
 *      IDLE ────────────────────────────────▶ OWNED by app ──────────────────────────────────────▶ IDLE
 *       │   pass, take, request (no routing)    │    ▲
 *       └──────────────────────────────────────▶│    │ pass by the owner, take by another,
 *                                               └────┘ or the inbox answers
 */
import type { Control, Entry, Routing } from './model';
import type { RefusalName } from './refusals';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How long control holds after the customer's last message, or after a control call. */
export const CONTROL_TERM = DAY;
export const MAX_EXTENSION = 7 * DAY;
export const STANDARD_WINDOW = DAY;
export const HUMAN_AGENT_WINDOW = 7 * DAY;
export const AD_WINDOW = 7 * DAY;
/** Details of older messages are not given. */
export const READABLE_MESSAGES = 20;

const ROUTING = 'Meta, Conversation routing, Sep 2025';
const CONTROL_APIS = 'Meta, Instagram conversation control APIs, Jun 2026';
const FIELD = 'Field tests, Aug 2026';
const WINDOWS = 'Meta, Send messages, May 2026, and Policy, Sep 2026';
const ADS = 'Meta, changelog, Jul and Sep 2025';
const CONVERSATIONS = 'Meta, Conversations API, Feb 2026';
const LIMITS = 'Meta, Rate limiting, Mar 2026';

/** What is known, each with its source. The tests hold one case or more for every line. */
export const rules = {
  'route-default': { says: 'A customer who writes into an idle thread brings it to the default app.', source: ROUTING },
  'route-entry': {
    says: 'An ad, link or social entry with an app of its own brings the idle thread to that app.',
    source: ROUTING,
  },
  'route-owned': { says: 'A customer who writes into an owned thread changes nothing but its end.', source: ROUTING },
  'route-campaign': {
    says: 'Without a default app an ad’s app still gets what its ad brings.',
    source: CONTROL_APIS,
  },
  'route-none': { says: 'Without a default app a customer’s message leaves the thread idle.', source: CONTROL_APIS },
  'idle-after-24h': { says: 'Control ends 24 h after the customer’s last message.', source: ROUTING },
  'ad-control': { says: 'An ad’s conversation stays with its app for 1 to 30 days, by default 7.', source: ADS },
  'ad-control-cut': { says: 'Any control call cuts an ad’s control to one day.', source: ADS },

  'pass-owner-or-idle': { says: 'Only the owner may pass, or anyone while the thread is idle.', source: CONTROL_APIS },
  'pass-target': {
    says: 'Without a target, pass goes to the default app, and there must be one.',
    source: CONTROL_APIS,
  },
  'pass-known-app': {
    says: 'The target is an app that is connected to the Page on that platform.',
    source: 'Meta, Messenger error codes, Jun 2026',
  },
  'pass-not-self': { says: 'The owner may not pass to itself.', source: CONTROL_APIS },
  'take-routing': { says: 'Take needs conversation routing.', source: FIELD },
  'take-toggle': { says: 'Take needs the app’s toggle.', source: ROUTING },
  'take-not-owner': { says: 'The owner may not take.', source: CONTROL_APIS },
  'request-no-routing': { says: 'Request works only without a default app.', source: CONTROL_APIS },
  'request-not-owner': { says: 'The owner may not request.', source: CONTROL_APIS },
  'request-idle': { says: 'A request for an idle thread gives control.', source: CONTROL_APIS },
  'request-owned': { says: 'A request for an owned thread succeeds and moves nothing.', source: FIELD },
  'release-owner': { says: 'Only the owner may release; the thread is idle then.', source: CONTROL_APIS },
  'extend-owner': { says: 'Only the owner may extend.', source: CONTROL_APIS },
  'extend-7-days': { says: 'Control is extended by 7 days at most.', source: CONTROL_APIS },

  'send-owner': { says: 'An app may not send while another controls the thread.', source: ROUTING },
  'send-idle-default': { says: 'In an idle thread only the default app may send.', source: ROUTING },
  'send-no-routing': {
    says: 'Without a default app every app may send while the thread is idle.',
    source: CONTROL_APIS,
  },
  'send-window': { says: 'Sending ends 24 h after the customer’s last action.', source: WINDOWS },
  'send-human-agent': { says: 'With the Human Agent tag and feature it ends after 7 days.', source: WINDOWS },
  'send-human-agent-review': { says: 'The Human Agent tag needs the reviewed feature.', source: WINDOWS },
  'send-human-agent-control': { says: 'A tagged send takes control only with the toggle on.', source: ROUTING },
  'send-thread-control': {
    says: 'A send may pass or release, with routing only; release is the default.',
    source: ROUTING,
  },
  'send-removed-tags': {
    says: 'The message tags removed in April 2026 are refused.',
    source: 'Meta, changelog, Apr 2026',
  },
  'send-blocked': {
    says: 'A person who blocked the Page is unavailable.',
    source: 'Meta, Messenger error codes, Jun 2026',
  },
  'window-ad': { says: 'The first message after an ad opens a window of up to 7 days.', source: WINDOWS },
  'window-echo': { says: 'A message of the Page opens nothing.', source: WINDOWS },
  'window-reaction': { says: 'A reaction or a tapped button opens the window too.', source: WINDOWS },
  'inbox-takes': { says: 'A reply in the Page inbox gives it control.', source: ROUTING },
  'inbox-main': { says: 'Moving a conversation to the main folder gives the inbox control.', source: ROUTING },

  'owner-named': { says: 'thread_owner names the owner to the owner and to the default app.', source: CONTROL_APIS },
  'owner-unnamed': { says: 'To others it tells the end alone.', source: CONTROL_APIS },
  'owner-idle': { says: 'For an idle thread it is empty.', source: CONTROL_APIS },
  'is-owner': { says: 'is_owner comes only on request and only with routing.', source: 'Meta, changelog, Oct 2025' },

  'details-20': { says: 'Only the 20 newest messages of a conversation have details.', source: CONVERSATIONS },
  'advanced-access': { says: 'Without Advanced Access only people with a role are listed.', source: CONVERSATIONS },
  'rate-2': { says: 'The Conversations API allows two calls a second and Page.', source: LIMITS },
  'batch-50': { says: 'A batch holds 50 calls at most, and each counts.', source: LIMITS },

  'hook-owner': {
    says: 'With routing, the owner hears the customer in messaging, others in standby.',
    source: ROUTING,
  },
  'hook-all': { says: 'Without routing every app hears the customer in messaging.', source: CONTROL_APIS },
  'hook-pass': { says: 'The new owner is told of a pass.', source: CONTROL_APIS },
  'hook-take': { says: 'The owner who lost control is told of a take; from idle nobody is.', source: CONTROL_APIS },
  'hook-request': { says: 'The owner is told of a request.', source: CONTROL_APIS },
  'hook-release': { says: 'Nobody is told of a release.', source: CONTROL_APIS },
} as const;

export type RuleId = keyof typeof rules;
export const ruleIds = Object.keys(rules) as RuleId[];

/** All that a guard may look at. */
export interface Situation {
  /** The app whose token made the call. */
  caller: string;
  /** Null: idle. */
  owner: string | null;
  /** Null: conversation routing is off. */
  defaultApp: string | null;
  /** The caller's toggle "Take control of conversations". */
  toggle: boolean;
  /** Pass: the wanted owner; null where none was named. */
  target: string | null;
  targetConnected: boolean;
  /** Extend: ms. */
  duration: number;
  /** Send. */
  standardWindowOpen: boolean;
  humanAgentWindowOpen: boolean;
  humanAgentTag: boolean;
  humanAgentFeature: boolean;
  removedTag: boolean;
  blocked: boolean;
  handsOver: 'pass' | 'release' | null;
}

export type ControlAction = 'pass' | 'take' | 'request' | 'release' | 'extend';
export type Action = ControlAction | 'send';

export interface Guard {
  rule: RuleId;
  refusal: RefusalName;
  /** True where the call breaks the rule. */
  broken(s: Situation): boolean;
}

const owns = (s: Situation): boolean => s.owner === s.caller;
const isIdle = (s: Situation): boolean => s.owner === null;
const otherOwns = (s: Situation): boolean => !isIdle(s) && !owns(s);
const passTarget = (s: Situation): string | null => s.target ?? s.defaultApp;

/** Whether a Human Agent send overrides another's control. */
export const takesBySending = (s: Situation): boolean =>
  s.humanAgentTag && s.toggle && s.defaultApp !== null && !owns(s);

const passGuards: readonly Guard[] = [
  { rule: 'pass-owner-or-idle', refusal: 'notOwner', broken: otherOwns },
  { rule: 'pass-target', refusal: 'targetMissing', broken: (s) => passTarget(s) === null },
  { rule: 'pass-known-app', refusal: 'targetUnknown', broken: (s) => !s.targetConnected },
  { rule: 'pass-not-self', refusal: 'targetIsSelf', broken: (s) => owns(s) && passTarget(s) === s.caller },
];

/** In the order in which they are asked: the first broken one answers. */
export const guards: Record<Action, readonly Guard[]> = {
  pass: passGuards,
  take: [
    { rule: 'take-routing', refusal: 'routingOff', broken: (s) => s.defaultApp === null },
    { rule: 'take-not-owner', refusal: 'alreadyOwner', broken: owns },
    { rule: 'take-toggle', refusal: 'toggleOff', broken: (s) => !s.toggle },
  ],
  request: [
    { rule: 'request-no-routing', refusal: 'requestWithRouting', broken: (s) => s.defaultApp !== null },
    { rule: 'request-not-owner', refusal: 'alreadyOwner', broken: owns },
  ],
  release: [{ rule: 'release-owner', refusal: 'onlyOwnerReleases', broken: (s) => !owns(s) }],
  extend: [
    { rule: 'extend-owner', refusal: 'onlyOwnerExtends', broken: (s) => !owns(s) },
    { rule: 'extend-7-days', refusal: 'durationTooLong', broken: (s) => s.duration <= 0 || s.duration > MAX_EXTENSION },
  ],
  send: [
    { rule: 'send-removed-tags', refusal: 'removedTag', broken: (s) => s.removedTag },
    { rule: 'send-blocked', refusal: 'unavailable', broken: (s) => s.blocked },
    {
      rule: 'send-thread-control',
      refusal: 'sendControlWithoutRouting',
      broken: (s) => s.handsOver !== null && s.defaultApp === null,
    },
    { rule: 'send-human-agent-review', refusal: 'needsReview', broken: (s) => s.humanAgentTag && !s.humanAgentFeature },
    { rule: 'send-owner', refusal: 'controlledByOther', broken: (s) => otherOwns(s) && !takesBySending(s) },
    {
      rule: 'send-idle-default',
      refusal: 'controlledByOther',
      broken: (s) => isIdle(s) && s.defaultApp !== null && s.defaultApp !== s.caller && !takesBySending(s),
    },
    {
      rule: 'send-window',
      refusal: 'outsideWindow',
      broken: (s) => !(s.humanAgentTag ? s.humanAgentWindowOpen : s.standardWindowOpen),
    },
    ...passGuards
      .slice(1)
      .map((guard) => ({ ...guard, broken: (s: Situation) => s.handsOver === 'pass' && guard.broken(s) })),
  ],
};

/** The first rule that the call breaks, or null where it is allowed. */
export function firstBroken(action: Action, situation: Situation): Guard | null {
  return guards[action].find((guard) => guard.broken(situation)) ?? null;
}

/** Who owns the thread after an allowed control call; null: idle. */
export function ownerAfter(action: ControlAction, s: Situation): string | null {
  switch (action) {
    case 'pass':
      return passTarget(s);
    case 'take':
      return s.caller;
    case 'request':
      return s.owner ?? s.caller;
    case 'release':
      return null;
    case 'extend':
      return s.owner;
  }
}

/** The default app; null while conversation routing is off. */
export function defaultAppOf({ on, defaultApp }: Routing): string | null {
  return on ? defaultApp : null;
}

/** The app that a customer's message brings an idle thread to; null: to none. Without routing only ads lead anywhere. */
export function routedApp(routing: Routing, entry: Entry): string | null {
  const defaultApp = defaultAppOf(routing);
  const named = entry === 'direct' ? null : routing.entries[entry];
  return defaultApp === null && entry !== 'ad' ? null : (named ?? defaultApp);
}

/** Who has control at `now`; null: idle. */
export function ownerAt(control: Control | null, now: number): string | null {
  return control !== null && now < control.expiresAt ? control.owner : null;
}
