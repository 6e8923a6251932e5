/**
 * Every hook into Facebook's page, by meaning. Alternatives are tried in order. Where and when each was seen stands in
 * evidence.ts, which Facebook's page need not load.
 * None is an atomic class alone, and none a text that follows the interface's language alone.
 */
export const HOOKS = {
  threadList: [
    '[data-surface$="/bizweb_inbox:thread_list"]',
    '[data-pagelet="GenericBizInboxThreadListViewBody"]',
    // The misspelling is Facebook's.
    '[data-pagelet="BizP13NInboxUinifiedThreadListView"]',
  ],
  /** Where comments are listed: they are not conversations. */
  commentList: ['[data-pagelet="BizP13NInboxCommentListView"]'],
  /** Anything that carries a row's logging path: the row's own wrapper, or its title's or footer's. */
  rowSurface: ['[data-surface*="/thread_row"]'],
  rowBox: ['[role="presentation"]', '._5_n1'],
  rowTitle: ['[data-surface$="/lib:thread_title"]'],
  rowFooter: ['[data-surface$="/lib:thread_row_footer"]'],
  rowTime: ['abbr[data-utime]', '[data-utime]'],
  /** The spoken twin of a time; read by nobody but screen readers. */
  spokenTime: ['.accessible_elem'],
  /** Text cut to a number of lines: in a row first the name, then the preview; in the header the name. */
  clampedText: ['._4ik4._4ik5'],
  /** Lies over the row and archives the customer when pressed. Never read, never touched. */
  rowActions: ['[role="grid"]', '._4a51'],
  /** What Facebook puts among rows but is no conversation: promotion, away notice, account notice. */
  rowLookAlike: ['[role="status"], [role="alert"]'],
  channelBadge: ['img[alt="Messenger"], img[alt="Instagram"], img[alt="WhatsApp"]'],
  /** Each channel tab links to its own selection; the only ids some builds show. */
  channelLinks: [
    '[data-surface$="channel_selector"] a[href*="/latest/inbox/"]',
    '[role="tablist"] a[href*="/latest/inbox/"]',
  ],
  header: [
    '[data-surface$="lib:inbox:detail_view_header"]',
    '[data-surface*="detail_view_header"]',
    '[data-pagelet="BizInboxDetailViewHeaderSectionWrapper"]',
  ],
  region: [
    '[role="region"]:has([data-message-id])',
    '[role="region"][aria-label^="Message list container"]',
    '[data-surface*="messenger_detail_view"] [role="region"]',
    '[data-pagelet="BizInboxMessengerMessageListContainer"] [role="region"]',
    '[data-pagelet="BizP13NInboxMessengerDetailView"] [role="region"]',
    '[role="region"][tabindex="0"]',
  ],
  /** In builds since June 2026; the captures of March and April 2026 have none. */
  message: ['[data-message-id]'],
  /** Atomic classes of the flex wrapper, for documents without computed style alone. */
  pageSide: ['.x13a6bvl'],
  customerSide: ['.x1nhvcw1'],
  /** The customer's picture beside an incoming bubble; `alt` is the name. */
  avatar: ['img[alt][width="32"][height="32"]'],
  activityLine: ['[role="note"]'],
  composer: [
    '[role="textbox"][contenteditable="true"][data-lexical-editor="true"]',
    '[role="textbox"][contenteditable="true"]',
    '[data-pagelet="BizP13NInboxMessengerDetailView"] textarea',
  ],
} as const satisfies Record<string, readonly string[]>;

export type HookName = keyof typeof HOOKS;

/** What the parsers work with: CSS alternatives by hook. Data, so that a team can mend a hook without a new build. */
export type Selectors = Readonly<Record<HookName, readonly string[]>>;

const names = Object.keys(HOOKS) as HookName[];

/** Selectors of the table, with a person's own put before them. */
export function selectorsWith(override: Partial<Record<HookName, readonly string[]>> = {}): Selectors {
  const cssOf = (name: HookName) => [...(override[name] ?? []), ...HOOKS[name]];
  return Object.fromEntries(names.map((name) => [name, cssOf(name)])) as unknown as Selectors;
}

export const SELECTORS: Selectors = selectorsWith();
