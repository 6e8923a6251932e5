/** Invented claims and views, one for each state that a component can be in. Sunday, 22 November 2026, 14:14 UTC. */
import type { Author, AuthorClaim } from '../../utils/conversation/author';
import type { Certainty } from '../../utils/conversation/claim';
import type { Owner, OwnerClaim } from '../../utils/conversation/owner';
import type { Outcome, OutcomeKind, Wanted } from '../../utils/conversation/plan';
import type {
  CheckState,
  CheckView,
  ConversationView,
  HandoverView,
  LabelView,
  Offer,
  PageView,
  PopupView,
  RowView,
  SetupView,
} from '../../utils/conversation/view';
import type { WindowClaim } from '../../utils/conversation/window';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 10, 22, 14, 14);

export const OWNERS = {
  bot: { kind: 'bot' },
  inbox: { kind: 'inbox' },
  app: { kind: 'app', appId: '532160876956612', name: 'ManyChat' },
  unnamed: { kind: 'unnamed', until: NOW + 146 * MINUTE },
  'not-bot': { kind: 'not-bot' },
  idle: { kind: 'idle' },
  unknown: { kind: 'unknown', why: 'Two customers share this name and this last message.' },
} satisfies Record<string, Owner>;

export function ownerClaim(value: Owner, claim: Partial<OwnerClaim> = {}): OwnerClaim {
  const certainty: Certainty = claim.certainty ?? 'certain';
  return {
    value,
    source: certainty === 'likely' ? 'inferred' : 'graph',
    observedAt: NOW - MINUTE,
    certainty,
    reason:
      certainty === 'likely'
        ? 'It wrote last, and Meta names no owner.'
        : 'Meta answered when asked for the thread owner.',
    ...claim,
  };
}

/** A window whose customer last wrote `ago` ms before {@link NOW}; null: no customer message among those read. */
export function windowClaim(ago: number | null): WindowClaim {
  return {
    value: { lastCustomerAt: ago === null ? null : NOW - ago },
    source: 'graph',
    observedAt: NOW - MINUTE,
    certainty: 'certain',
    reason: 'Counted from the last customer message that can be read.',
  };
}

/** One window for each word of `data-window`. */
export const WINDOWS = {
  open: windowClaim(DAY - 192 * MINUTE),
  ending: windowClaim(DAY - 48 * MINUTE),
  'human-agent': windowClaim(7 * DAY - 123 * HOUR),
  closed: windowClaim(8 * DAY),
  unknown: null,
} satisfies Record<string, WindowClaim | null>;

export function row(owner: OwnerClaim, window: WindowClaim | null): RowView {
  return { key: 'row', owner, window };
}

export function label(value: Author, certainty: Certainty = 'certain', shownByPage = false): LabelView {
  const author: AuthorClaim = {
    value,
    certainty,
    source: certainty === 'likely' ? 'inferred' : 'page',
    observedAt: NOW - MINUTE,
    reason:
      certainty === 'likely'
        ? 'The bot had control around it, and it came 2 s after the question.'
        : 'The page’s own data names its author.',
  };
  return { key: 'message', author, shownByPage };
}

export function handover(change: Partial<HandoverView>): HandoverView {
  return {
    afterKey: null,
    from: 'bot',
    to: 'inbox',
    fromName: null,
    toName: null,
    at: NOW - 12 * MINUTE,
    after: NOW - 12 * MINUTE - 15_000,
    ...change,
  };
}

const AD = 'A longer control from an ad is cut to one day.';

export const OFFERS: Readonly<Record<Wanted, Offer>> = {
  human: {
    wanted: 'human',
    preview: [
      'The bot stops answering until you pass it back.',
      `Inbox has control until 24 h pass without a customer message. ${AD}`,
    ],
  },
  bot: { wanted: 'bot', preview: ['The bot answers the next message.', AD] },
  'let-go': { wanted: 'let-go', preview: ['Routing decides who gets the next message.', AD] },
  ask: { wanted: 'ask', preview: ['The app that has it is asked to pass it on. It may decline.'] },
  longer: { wanted: 'longer', preview: ['Control lasts 24 h longer, at most 7 days.', AD] },
};

export const OUTCOMES: Readonly<Record<OutcomeKind, Outcome>> = {
  done: outcome('done', 'Inbox has it.', 'Meta names the inbox as owner, read at 14:14.'),
  accepted: outcome('accepted', 'Meta accepted.', 'The new owner is not named yet.', 'it is read again in 15 s.'),
  refused: {
    ...outcome(
      'refused',
      'Meta refused to give control.',
      'Conversation routing is off for this Page, so no app may take control.',
      'ask someone with full access to the Page to turn routing on.',
    ),
    link: { text: 'Open Page settings', url: 'https://business.facebook.com/latest/settings' },
  },
  unsure: outcome('unsure', 'The answer was lost.', 'It may have happened.', 'the owner is being read again.'),
};

function outcome(kind: OutcomeKind, title: string, cause: string, next: string | null = null): Outcome {
  return { kind, wanted: 'human', title, cause, next, link: null, at: NOW };
}

export function conversation(change: Partial<ConversationView> = {}): ConversationView {
  return {
    key: 'mara',
    name: 'Mara Lindqvist',
    channel: 'messenger',
    identity: { kind: 'linked', psid: '24000000000000001', reason: 'Matched by name and last message.', chosen: false },
    owner: ownerClaim(OWNERS.bot),
    transferred: null,
    clocks: { window: WINDOWS.open, controlEndsAt: NOW + 192 * MINUTE },
    labels: [],
    handovers: [],
    offers: [OFFERS.human],
    sentence: null,
    handBackPhrase: null,
    slow: null,
    running: null,
    outcome: null,
    ...change,
  };
}

/** What the banner and the popup are shown in, by caption. */
export const CONVERSATIONS: Readonly<Record<string, ConversationView>> = {
  'Bot, certain': conversation(),
  'After the handover, until a human answers': conversation({
    owner: ownerClaim(OWNERS.inbox, { observedAt: NOW - 5_000 }),
    transferred: { at: NOW - 12 * MINUTE, after: NOW - 12 * MINUTE - 15_000 },
    clocks: { window: windowClaim(11 * MINUTE), controlEndsAt: NOW + 23 * HOUR },
    offers: [OFFERS.bot],
  }),
  'Inbox, with the AI caveat': conversation({
    owner: ownerClaim(OWNERS.inbox),
    clocks: { window: windowClaim(DAY - 100 * MINUTE), controlEndsAt: NOW + 100 * MINUTE },
    offers: [OFFERS.bot],
  }),
  'Idle: both ways are open': conversation({
    owner: ownerClaim(OWNERS.idle),
    clocks: { window: WINDOWS['human-agent'], controlEndsAt: null },
    offers: [OFFERS.human, OFFERS.bot],
  }),
  'Unnamed, with all that control allows': conversation({
    owner: ownerClaim(OWNERS.unnamed),
    offers: [OFFERS.human, OFFERS['let-go'], OFFERS.longer],
  }),
  Likely: conversation({
    owner: ownerClaim(OWNERS.bot, { certainty: 'likely' }),
    clocks: { window: WINDOWS.ending, controlEndsAt: null },
  }),
  'Another app, no routing: a sentence, no button': conversation({
    owner: ownerClaim(OWNERS.app),
    offers: [],
    sentence: 'Reply here: the inbox takes control by itself.',
  }),
  'Old reading': conversation({
    owner: ownerClaim(OWNERS.bot, { observedAt: NOW - 4 * MINUTE }),
    offers: [],
    slow: { why: 'Meta asks for fewer calls.', nextAt: NOW + 2 * MINUTE },
  }),
  'Not the bot': conversation({ owner: ownerClaim(OWNERS['not-bot']) }),
  'Unknown: the reason, no claim': conversation({
    owner: ownerClaim(OWNERS.unknown),
    clocks: { window: null, controlEndsAt: null },
    offers: [],
    identity: {
      kind: 'unmatched',
      why: 'Two customers share this name and this last message.',
      candidates: [
        { psid: '24000000000000001', name: 'Mara Lindqvist', lastAt: NOW - 3 * HOUR },
        { psid: '24000000000000002', name: 'Mara Lindqvist', lastAt: NOW - 3 * DAY },
      ],
    },
  }),
  'Refused: cause, then next step': conversation({
    owner: ownerClaim(OWNERS.app),
    offers: [],
    sentence: 'Reply here: the inbox takes control by itself.',
    clocks: { window: WINDOWS.ending, controlEndsAt: NOW + 48 * MINUTE },
    outcome: OUTCOMES.refused,
  }),
  'Unsure: the answer was lost': conversation({ outcome: OUTCOMES.unsure }),
  Done: conversation({ owner: ownerClaim(OWNERS.inbox), offers: [OFFERS.bot], outcome: OUTCOMES.done }),
  Accepted: conversation({ outcome: OUTCOMES.accepted }),
  'Under way': conversation({ running: 'human' }),
  'No open window seen': conversation({
    owner: ownerClaim(OWNERS.idle),
    clocks: { window: WINDOWS.closed, controlEndsAt: null },
    identity: { kind: 'linked', psid: '24000000000000001', reason: 'Chosen by you.', chosen: true },
  }),
};

export function popup(conversation: ConversationView | null, nothing: string | null = null): PopupView {
  return { clockOffset: 0, pageName: 'Northwind Parcels', pageId: '100000000000001', conversation, nothing };
}

export function check(id: string, state: CheckState, change: Partial<CheckView> = {}): CheckView {
  return {
    id,
    state,
    title: id,
    at: state === 'not-tested' ? null : NOW,
    how: 'How it was found.',
    who: null,
    link: null,
    ...change,
  };
}

const ROUTING = { text: 'Open conversation routing', url: 'https://business.facebook.com/latest/settings' };

export const CHECKS: CheckView[] = [
  check('routing-messenger', 'wrong', {
    title: 'Messenger routing is off',
    how: 'Asked Meta for the Page’s messaging features.',
    who: 'Someone with full access to the Page.',
    link: ROUTING,
  }),
  check('permissions', 'ok', { title: 'Permissions', how: 'Three needed, three granted.' }),
  check('expiry', 'ok', { title: 'Token expiry', how: 'Never expires. Data access ends on 20 Feb 2027.' }),
  check('customers-visible', 'cannot-check', {
    title: 'Customer visibility',
    how: 'No conversation in the last 30 days to look at.',
    who: 'Nobody yet. It is read again with the next message.',
  }),
  check('trial', 'not-tested', {
    title: 'Trial of take and pass',
    how: 'On a conversation you pick: take, pass back, verify.',
    who: 'You, in about 20 s.',
  }),
  check('default-app', 'ok', {
    title: 'Northwind Helper is the default app',
    at: NOW - 4 * DAY,
    how: 'Ticked by you on 18 Nov 2026',
    link: ROUTING,
  }),
  check('take-toggle', 'not-tested', { title: '“Take control” is allowed', how: 'Not looked at yet', link: ROUTING }),
  check('other-routing', 'not-tested', {
    title: 'No social or link routing goes elsewhere',
    how: 'Not looked at yet',
    link: ROUTING,
  }),
];

export function page(change: Partial<PageView> = {}): PageView {
  return {
    pageId: '100000000000001',
    name: 'Northwind Parcels',
    tokenApp: { id: '77', name: 'Northwind Helper' },
    botApp: { id: '77', name: 'Northwind Helper' },
    declared: { signature: '\u2063\u2064\u2063', handBackPhrase: 'back to bot', byPolicy: ['handBackPhrase'] },
    degree: 3,
    degreeAt: NOW - 12 * MINUTE,
    checks: CHECKS,
    stopped: null,
    ...change,
  };
}

export function setup(pages: PageView[] = [page()]): SetupView {
  return { clockOffset: 0, pages, currentPageId: pages[0]?.pageId ?? null };
}
