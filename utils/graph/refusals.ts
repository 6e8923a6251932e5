import type { Step } from '../conversation/plan';
import { GraphLost, GraphRefusal } from './errors';

/** What kind of trouble it is: decides what Baton does next. */
export type Trouble =
  /** The token is dead: all work for the Page stops. */
  | 'token'
  | 'permission'
  | 'routing-off'
  /** Routing is on where Baton took it to be off. */
  | 'routing-on'
  /** Somebody else has the conversation. */
  | 'not-owner'
  | 'already-owner'
  | 'window'
  | 'customer'
  /** Too many calls: wait. */
  | 'throttle'
  /** Passes by itself. */
  | 'transient'
  | 'policy'
  | 'lost'
  | 'unknown';

/** A refusal in plain words: who refused what and why, then what to do. */
export interface Refusal {
  trouble: Trouble;
  cause: string;
  next: string | null;
  link: { text: string; url: string } | null;
  /** How long to wait, ms, where waiting helps. */
  waitMs: number | null;
}

interface Rule {
  /** Holds for answers to this control call alone. */
  call?: Step['call'];
  code?: number | readonly [from: number, to: number];
  subcode?: number;
  wording?: RegExp;
  trouble: Trouble;
  cause: string;
  next: string | null;
  link?: Refusal['link'];
  /** Used where Meta names no time, ms. */
  waitMs?: number;
  /** Meta uses these numbers for more than one cause: its own words are shown too. */
  quoted?: boolean;
}

const ROUTING = {
  text: 'Open conversation routing',
  url: 'https://www.facebook.com/settings?tab=msgr_conversation_routing',
};
const ADVANCED = {
  text: 'Open advanced messaging',
  url: 'https://www.facebook.com/settings?tab=advanced_messaging',
};
const ROUTING_IS_OFF = {
  trouble: 'routing-off',
  cause: 'Conversation routing is off for this Page, so no app may take control.',
  next: 'Ask someone with full access to the Page to set a default app.',
  link: ROUTING,
} as const;
const NEW_TOKEN = 'Connect the Page again in Setup with a new Page access token.';
const WAIT = 'Wait a moment. Baton reads the owner again by itself.';

/**
 * Meta's refusals by code, subcode and wording; the first rule that fits wins, so the narrow ones stand first.
 * Sources: Meta, Messenger error codes, Jun 2026; Rate limiting, Mar 2026; Conversation routing, Sep 2025; wordings
 * without a documented code are field reports of Aug 2026.
 */
const RULES: readonly Rule[] = [
  // Token
  {
    code: 190,
    subcode: 458,
    trouble: 'token',
    cause: 'The person who made the token has removed the app.',
    next: NEW_TOKEN,
  },
  {
    code: 190,
    subcode: 459,
    trouble: 'token',
    cause: 'Facebook has locked the account behind the token until its owner logs in.',
    next: 'Ask that person to log in to Facebook, then connect the Page again.',
  },
  {
    code: 190,
    subcode: 460,
    trouble: 'token',
    cause: 'The person behind the token has changed their password.',
    next: NEW_TOKEN,
  },
  { code: 190, subcode: 463, trouble: 'token', cause: 'The token has expired.', next: NEW_TOKEN },
  {
    code: 190,
    subcode: 464,
    trouble: 'token',
    cause: 'The account behind the token is not confirmed.',
    next: 'Ask that person to confirm their Facebook account, then connect the Page again.',
  },
  { code: 190, subcode: 467, trouble: 'token', cause: 'The token is no longer valid.', next: NEW_TOKEN },
  {
    code: 190,
    subcode: 492,
    trouble: 'token',
    cause: 'The person behind the token no longer has a role on the Page.',
    next: 'Ask for a token from someone with a role on the Page.',
  },
  { code: 190, trouble: 'token', cause: 'Meta does not accept the token.', next: NEW_TOKEN },
  { code: 104, trouble: 'token', cause: 'Meta received no token.', next: NEW_TOKEN },
  { code: 2500, wording: /access token/i, trouble: 'token', cause: 'Meta received no token.', next: NEW_TOKEN },
  { code: 102, trouble: 'token', cause: 'The session behind the token has ended.', next: NEW_TOKEN },

  // Control
  { subcode: 2018464, ...ROUTING_IS_OFF },
  { code: 27, wording: /routing is not enabled/i, ...ROUTING_IS_OFF },
  {
    code: 27,
    wording: /routing is enabled/i,
    trouble: 'routing-on',
    cause: 'Conversation routing is on for this Page: control is taken, not asked for.',
    next: 'Use “Pass to bot”, which takes it.',
  },
  {
    // The number is not recorded anywhere, so that the words decide.
    wording: /toggle|take control of conversations|(may|can|is) not (be )?(allowed to )?take( thread)? control/i,
    trouble: 'permission',
    cause: 'The app of the token is not allowed to take control.',
    next: 'Ask someone with full access to the Page to allow “Take control of conversations” for it.',
    link: ADVANCED,
  },
  {
    call: 'take',
    code: 27,
    trouble: 'permission',
    cause: 'Meta does not let the app of the token take control.',
    next: 'Ask someone with full access to the Page to look at conversation routing, and at “Take control of conversations” for the app.',
    link: ADVANCED,
    quoted: true,
  },
  {
    wording: /handover protocol apis disabled/i,
    trouble: 'routing-off',
    cause: 'This Page has left the old handover protocol, and routing is not ready.',
    next: 'Ask someone with full access to the Page to set a default app.',
    link: ROUTING,
  },
  {
    subcode: 2018300,
    trouble: 'not-owner',
    cause: 'Another app controls this conversation.',
    next: 'Reply here: the inbox takes control by itself.',
  },
  {
    subcode: 2018321,
    trouble: 'not-owner',
    cause: 'A question-and-answer flow of Meta controls this conversation.',
    next: 'Reply here, or wait until the flow has ended.',
  },
  {
    subcode: 2018151,
    trouble: 'not-owner',
    cause: 'The app of the token does not have this conversation.',
    next: 'Reply here: the inbox takes control by itself.',
  },
  {
    subcode: 2534037,
    trouble: 'not-owner',
    cause: 'The app of the token does not have this conversation.',
    next: 'Reply here: the inbox takes control by itself.',
  },
  {
    subcode: 2018164,
    trouble: 'permission',
    cause: 'Meta does not know the app that control should go to.',
    next: 'Check the bot app in Setup.',
  },
  {
    subcode: 2018171,
    trouble: 'routing-off',
    cause: 'The app is not among the Page’s old handover receivers.',
    next: 'Set a default app: the old receivers have been replaced by routing.',
    link: ROUTING,
  },
  { subcode: 2018234, trouble: 'permission', cause: 'Meta does not show the old receivers to this app.', next: null },
  {
    code: 100,
    wording: /target app is already the thread owner/i,
    trouble: 'already-owner',
    cause: 'The app that control should go to has this conversation already.',
    next: null,
  },
  {
    code: 100,
    wording: /already (the )?(current )?(thread )?owner/i,
    trouble: 'already-owner',
    cause: 'The app of the token has this conversation already.',
    next: null,
  },
  {
    code: 100,
    wording: /incorrect app id/i,
    trouble: 'permission',
    cause: 'Meta does not know the app that control should go to.',
    next: 'Check the bot app in Setup.',
  },
  {
    wording: /another app is controlling/i,
    trouble: 'not-owner',
    cause: 'Another app controls this conversation.',
    next: 'Reply here: the inbox takes control by itself.',
  },
  {
    code: 100,
    wording: /no matching user/i,
    trouble: 'customer',
    cause: 'Meta finds no such customer for this Page.',
    next: 'Reload the inbox, so that Baton matches the conversation anew.',
  },
  {
    code: 100,
    wording: /message tag/i,
    trouble: 'policy',
    cause: 'Meta has withdrawn this kind of message.',
    next: 'Reply in the inbox.',
  },
  {
    code: 100,
    wording: /only the current thread owner|not the thread owner/i,
    trouble: 'not-owner',
    cause: 'The app of the token does not have this conversation.',
    next: 'Reply here: the inbox takes control by itself.',
  },

  // Customers and windows
  {
    subcode: 2018278,
    trouble: 'window',
    cause: 'The standard messaging window of this conversation has ended.',
    next: 'Wait until the customer writes, or reply in the inbox.',
  },
  {
    subcode: 2018065,
    trouble: 'window',
    cause: 'The messaging window of this conversation has ended.',
    next: 'Wait until the customer writes, or reply in the inbox.',
  },
  {
    subcode: 2534022,
    trouble: 'window',
    cause: 'The messaging window of this conversation has ended.',
    next: 'Wait until the customer writes, or reply in the inbox.',
  },
  { subcode: 2018108, trouble: 'customer', cause: 'This person can’t receive messages at the moment.', next: null },
  {
    subcode: 2018001,
    trouble: 'customer',
    cause: 'Meta finds no such customer for this Page.',
    next: 'Reload the inbox, so that Baton matches the conversation anew.',
  },
  {
    subcode: 1545041,
    trouble: 'customer',
    cause: 'This person isn’t available: they may have blocked the Page.',
    next: null,
  },
  { code: 551, trouble: 'customer', cause: 'This person isn’t available: they may have blocked the Page.', next: null },
  { code: 9000001, trouble: 'customer', cause: 'The message was deleted, or is too old to be read.', next: null },
  { code: 230, trouble: 'customer', cause: 'This person has not agreed to be contacted by the app.', next: null },
  {
    code: 100,
    subcode: 33,
    trouble: 'permission',
    cause: 'Meta shows this conversation to the app of the token no longer, or never did.',
    next: 'Ask whether the app has Advanced Access to messages.',
  },

  // Permissions and policy
  {
    code: 2635,
    trouble: 'policy',
    cause: 'Meta has ended the version of its API that this Baton uses.',
    next: 'Update Baton.',
  },
  {
    subcode: 1893063,
    trouble: 'policy',
    cause: 'Meta has restricted this Page.',
    next: 'See Page quality in Business Suite.',
  },
  {
    code: 2,
    subcode: 2018344,
    trouble: 'permission',
    cause: 'The Page has not accepted Meta’s terms for contact labels.',
    next: 'Ask someone with full access to accept them.',
    link: { text: 'Open the terms', url: 'https://business.facebook.com/latest/inbox/all' },
  },
  {
    code: 200,
    subcode: 2018028,
    trouble: 'permission',
    cause: 'The app still needs Meta’s review for messaging.',
    next: 'Ask the app’s developer.',
  },
  {
    subcode: 2018336,
    trouble: 'policy',
    cause: 'Meta holds messages in this conversation back.',
    next: 'Reply in the inbox.',
  },
  {
    code: 368,
    trouble: 'policy',
    cause: 'Meta has blocked this action under its policies.',
    next: 'See Page quality in Business Suite.',
  },
  {
    code: 3,
    trouble: 'permission',
    cause: 'The app of the token lacks the capability for this.',
    next: 'Ask the app’s developer.',
  },
  {
    code: 10,
    trouble: 'permission',
    cause: 'The token lacks a permission for this.',
    next: 'Connect the Page again with a token that has pages_messaging.',
  },
  {
    code: [200, 299],
    trouble: 'permission',
    cause: 'The token lacks a permission for this.',
    next: 'Connect the Page again with a token that has pages_messaging.',
  },

  // Throttles: Meta names the time in its headers, else these
  {
    subcode: 2018338,
    trouble: 'throttle',
    cause: 'Meta asks for fewer calls for this conversation.',
    next: WAIT,
    waitMs: 60_000,
  },
  {
    subcode: 2534040,
    trouble: 'throttle',
    cause: 'Meta asks for fewer calls for this conversation.',
    next: WAIT,
    waitMs: 60_000,
  },
  ...[4, 17, 32, 341, 613, 80001, 80002, 80006].map(
    (code): Rule => ({ code, trouble: 'throttle', cause: 'Meta asks for fewer calls.', next: WAIT, waitMs: 60_000 }),
  ),

  // Passing trouble
  { code: 1200, trouble: 'transient', cause: 'Meta had a passing fault.', next: WAIT },
  { code: 1, trouble: 'transient', cause: 'Meta had a passing fault.', next: WAIT },
  { code: 2, trouble: 'transient', cause: 'Meta’s service was not available.', next: WAIT },
];

/** How long Meta asks to wait, in words. */
function waitWords(waitMs: number): string {
  const minutes = Math.ceil(waitMs / 60_000);
  return minutes <= 1 ? WAIT : `Meta asks to wait ${minutes} min. Baton reads the owner again by itself after that.`;
}

const LOST: Record<GraphLost['why'], string> = {
  network: 'Graph could not be reached.',
  timeout: 'Meta did not answer in time.',
  unreadable: 'Meta’s answer could not be read.',
};

/**
 * An error of this room in plain words. Anything else is not Meta's doing and is passed on as `unknown`. `call`: the
 * control call that it answers, where it answers one.
 */
export function explain(error: unknown, call: Step['call'] | null = null): Refusal {
  if (error instanceof GraphLost) {
    return { trouble: 'lost', cause: LOST[error.why], next: WAIT, link: null, waitMs: null };
  }
  if (!(error instanceof GraphRefusal)) {
    return {
      trouble: 'unknown',
      cause: 'Something went wrong inside Baton.',
      next: 'Reload the inbox.',
      link: null,
      waitMs: null,
    };
  }
  const rule = RULES.find((candidate) => fits(candidate, error, call));
  if (!rule) {
    return {
      trouble: error.transient ? 'transient' : 'unknown',
      cause: `Meta refused, and Baton does not know this answer: ${wordsOf(error)}.`,
      next: error.transient ? WAIT : 'Send these words and numbers to whoever looks after the bot.',
      link: null,
      waitMs: error.waitMs,
    };
  }
  const waitMs = error.waitMs ?? rule.waitMs ?? null;
  return {
    trouble: rule.trouble,
    cause: rule.quoted ? `${rule.cause} It says: ${wordsOf(error)}.` : rule.cause,
    next: rule.trouble === 'throttle' && waitMs !== null ? waitWords(waitMs) : rule.next,
    link: rule.link ?? null,
    waitMs,
  };
}

/** Meta's own words and numbers; an answer without words still gives its numbers. */
function wordsOf({ userMessage, metaMessage, code, subcode }: GraphRefusal): string {
  const said = (userMessage ?? metaMessage).trim();
  const numbers = `code ${code ?? 'none'}${subcode === null ? '' : `, subcode ${subcode}`}`;
  return said === '' ? `no words, ${numbers}` : `“${said}” (${numbers})`;
}

function fits(rule: Rule, error: GraphRefusal, call: Step['call'] | null): boolean {
  if (rule.call !== undefined && rule.call !== call) return false;
  if (rule.code !== undefined) {
    const code = error.code ?? Number.NaN;
    const [from, to] = typeof rule.code === 'number' ? [rule.code, rule.code] : rule.code;
    if (!(code >= from && code <= to)) return false;
  }
  if (rule.subcode !== undefined && rule.subcode !== error.subcode) return false;
  return rule.wording === undefined || rule.wording.test(error.metaMessage);
}
