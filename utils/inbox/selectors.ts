/**
 * Every hook into Facebook's page, by meaning. Alternatives are tried in order.
 * `seen` is the month of the public evidence, not of Facebook's build. `trust`: A, a stored capture of the live page
 * or two independent projects that ran on it; B, one project; C, older than two years or contested.
 * None is an atomic class alone, and none a text that follows the interface's language alone.
 */

export interface Alternative {
  css: string;
  seen: string;
  trust: 'A' | 'B' | 'C';
  evidence: string;
}

export interface Hook {
  /** A required hook that is missing is an error of its own name; a cosmetic one is left out. */
  required: boolean;
  alternatives: readonly Alternative[];
}

const CAPTURE_ROWS = 'capture of the thread list';
const CAPTURE_HEADER = 'capture of the detail header';
const CAPTURE_MESSAGES = 'captures of the message list';
const FIELD = 'public projects that read the live inbox';
const OLD_CODE = "Facebook's own code as published";

export const HOOKS = {
  threadList: {
    required: true,
    alternatives: [
      { css: '[data-surface$="/bizweb_inbox:thread_list"]', seen: '2026-09', trust: 'B', evidence: CAPTURE_ROWS },
      { css: '[data-pagelet="GenericBizInboxThreadListViewBody"]', seen: '2026-04', trust: 'A', evidence: FIELD },
      // The misspelling is Facebook's.
      { css: '[data-pagelet="BizP13NInboxUinifiedThreadListView"]', seen: '2026-04', trust: 'A', evidence: FIELD },
    ],
  },
  /** Where comments are listed: they are not conversations. */
  commentList: {
    required: false,
    alternatives: [
      { css: '[data-pagelet="BizP13NInboxCommentListView"]', seen: '2026-01', trust: 'C', evidence: FIELD },
    ],
  },
  /** Anything that carries a row's logging path: the row's own wrapper, or its title's or footer's. */
  rowSurface: {
    required: false,
    alternatives: [{ css: '[data-surface*="/thread_row"]', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS }],
  },
  rowBox: {
    required: true,
    alternatives: [
      { css: '[role="presentation"]', seen: '2026-10', trust: 'A', evidence: CAPTURE_ROWS },
      { css: '._5_n1', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
    ],
  },
  rowTitle: {
    required: false,
    alternatives: [{ css: '[data-surface$="/lib:thread_title"]', seen: '2026-10', trust: 'A', evidence: CAPTURE_ROWS }],
  },
  rowFooter: {
    required: false,
    alternatives: [
      { css: '[data-surface$="/lib:thread_row_footer"]', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
    ],
  },
  rowTime: {
    required: true,
    alternatives: [
      { css: 'abbr[data-utime]', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
      { css: '[data-utime]', seen: '2026-04', trust: 'C', evidence: CAPTURE_ROWS },
    ],
  },
  /** The spoken twin of a time; read by nobody but screen readers. */
  spokenTime: {
    required: false,
    alternatives: [{ css: '.accessible_elem', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS }],
  },
  /** Text cut to a number of lines: in a row first the name, then the preview; in the header the name. */
  clampedText: {
    required: false,
    alternatives: [{ css: '._4ik4._4ik5', seen: '2026-09', trust: 'A', evidence: CAPTURE_ROWS }],
  },
  /** Lies over the row and archives the customer when pressed. Never read, never touched. */
  rowActions: {
    required: false,
    alternatives: [
      { css: '[role="grid"]', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
      { css: '._4a51', seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
    ],
  },
  /** What Facebook puts among rows but is no conversation: promotion, away notice, account notice. */
  rowLookAlike: {
    required: false,
    alternatives: [{ css: '[role="status"], [role="alert"]', seen: '2026-09', trust: 'B', evidence: FIELD }],
  },
  channelBadge: {
    required: false,
    alternatives: [
      {
        css: 'img[alt="Messenger"], img[alt="Instagram"], img[alt="WhatsApp"]',
        seen: '2026-04',
        trust: 'A',
        evidence: CAPTURE_ROWS,
      },
    ],
  },
  /** Each channel tab links to its own selection; the only ids some builds show. */
  channelLinks: {
    required: false,
    alternatives: [
      {
        css: '[data-surface$="channel_selector"] a[href*="/latest/inbox/"]',
        seen: '2026-09',
        trust: 'B',
        evidence: FIELD,
      },
      { css: '[role="tablist"] a[href*="/latest/inbox/"]', seen: '2026-09', trust: 'A', evidence: FIELD },
    ],
  },
  header: {
    required: true,
    alternatives: [
      { css: '[data-surface$="lib:inbox:detail_view_header"]', seen: '2026-09', trust: 'A', evidence: CAPTURE_HEADER },
      { css: '[data-surface*="detail_view_header"]', seen: '2026-07', trust: 'A', evidence: FIELD },
      { css: '[data-pagelet="BizInboxDetailViewHeaderSectionWrapper"]', seen: '2026-07', trust: 'B', evidence: FIELD },
    ],
  },
  region: {
    required: true,
    alternatives: [
      { css: '[role="region"]:has([data-message-id])', seen: '2026-09', trust: 'A', evidence: FIELD },
      {
        css: '[role="region"][aria-label^="Message list container"]',
        seen: '2026-09',
        trust: 'A',
        evidence: CAPTURE_MESSAGES,
      },
      { css: '[data-surface*="messenger_detail_view"] [role="region"]', seen: '2026-09', trust: 'B', evidence: FIELD },
      {
        css: '[data-pagelet="BizInboxMessengerMessageListContainer"] [role="region"]',
        seen: '2026-01',
        trust: 'C',
        evidence: FIELD,
      },
      {
        css: '[data-pagelet="BizP13NInboxMessengerDetailView"] [role="region"]',
        seen: '2024-12',
        trust: 'C',
        evidence: FIELD,
      },
      { css: '[role="region"][tabindex="0"]', seen: '2026-04', trust: 'A', evidence: CAPTURE_MESSAGES },
    ],
  },
  /** In builds since June 2026; the captures of March and April 2026 have none. */
  message: {
    required: false,
    alternatives: [{ css: '[data-message-id]', seen: '2026-09', trust: 'A', evidence: FIELD }],
  },
  /** Atomic classes of the flex wrapper, for documents without computed style alone. */
  pageSide: {
    required: false,
    alternatives: [{ css: '.x13a6bvl', seen: '2026-04', trust: 'B', evidence: CAPTURE_MESSAGES }],
  },
  customerSide: {
    required: false,
    alternatives: [{ css: '.x1nhvcw1', seen: '2026-04', trust: 'B', evidence: CAPTURE_MESSAGES }],
  },
  /** The customer's picture beside an incoming bubble; `alt` is the name. */
  avatar: {
    required: false,
    alternatives: [
      { css: 'img[alt][width="32"][height="32"]', seen: '2026-04', trust: 'A', evidence: CAPTURE_MESSAGES },
    ],
  },
  activityLine: {
    required: false,
    alternatives: [{ css: '[role="note"]', seen: '2026-07', trust: 'C', evidence: FIELD }],
  },
  composer: {
    required: false,
    alternatives: [
      {
        css: '[role="textbox"][contenteditable="true"][data-lexical-editor="true"]',
        seen: '2026-10',
        trust: 'A',
        evidence: FIELD,
      },
      { css: '[role="textbox"][contenteditable="true"]', seen: '2026-10', trust: 'A', evidence: FIELD },
      {
        css: '[data-pagelet="BizP13NInboxMessengerDetailView"] textarea',
        seen: '2024-12',
        trust: 'C',
        evidence: OLD_CODE,
      },
    ],
  },
} as const satisfies Record<string, Hook>;

export type HookName = keyof typeof HOOKS;

/** What the parsers work with: CSS alternatives by hook. Data, so that a team can mend a hook without a new build. */
export type Selectors = Readonly<Record<HookName, readonly string[]>>;

const names = Object.keys(HOOKS) as HookName[];

/** Selectors of the table, with a person's own put before them. */
export function selectorsWith(override: Partial<Record<HookName, readonly string[]>> = {}): Selectors {
  const cssOf = (name: HookName) => [...(override[name] ?? []), ...HOOKS[name].alternatives.map(({ css }) => css)];
  return Object.fromEntries(names.map((name) => [name, cssOf(name)])) as unknown as Selectors;
}

export const SELECTORS: Selectors = selectorsWith();
