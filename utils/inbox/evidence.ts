/**
 * What each alternative of a hook rests on. Of a required hook that is missing the check makes an error of its own
 * name; a cosmetic one is left out.
 */
import type { HOOKS, HookName } from './selectors';

/**
 * `seen` is the month of the public evidence, not of Facebook's build. `trust`: A, a stored capture of the live page
 * or two independent projects that ran on it; B, one project; C, older than two years or contested.
 */
export interface Evidence {
  seen: string;
  trust: 'A' | 'B' | 'C';
  evidence: string;
}

export const REQUIRED: readonly HookName[] = ['threadList', 'rowBox', 'rowTime', 'header', 'region'];

const CAPTURE_ROWS = 'capture of the thread list';
const CAPTURE_HEADER = 'capture of the detail header';
const CAPTURE_MESSAGES = 'captures of the message list';
const FIELD = 'public projects that read the live inbox';
const OLD_CODE = "Facebook's own code as published";

export const EVIDENCE: Readonly<Record<(typeof HOOKS)[HookName][number], Evidence>> = {
  '[data-surface$="/bizweb_inbox:thread_list"]': { seen: '2026-09', trust: 'B', evidence: CAPTURE_ROWS },
  '[data-pagelet="GenericBizInboxThreadListViewBody"]': { seen: '2026-04', trust: 'A', evidence: FIELD },
  '[data-pagelet="BizP13NInboxUinifiedThreadListView"]': { seen: '2026-04', trust: 'A', evidence: FIELD },
  '[data-pagelet="BizP13NInboxCommentListView"]': { seen: '2026-01', trust: 'C', evidence: FIELD },
  '[data-surface*="/thread_row"]': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  '[role="presentation"]': { seen: '2026-10', trust: 'A', evidence: CAPTURE_ROWS },
  '._5_n1': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  '[data-surface$="/lib:thread_title"]': { seen: '2026-10', trust: 'A', evidence: CAPTURE_ROWS },
  '[data-surface$="/lib:thread_row_footer"]': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  'abbr[data-utime]': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  '[data-utime]': { seen: '2026-04', trust: 'C', evidence: CAPTURE_ROWS },
  '.accessible_elem': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  '._4ik4._4ik5': { seen: '2026-09', trust: 'A', evidence: CAPTURE_ROWS },
  '[role="grid"]': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  '._4a51': { seen: '2026-04', trust: 'A', evidence: CAPTURE_ROWS },
  '[role="status"], [role="alert"]': { seen: '2026-09', trust: 'B', evidence: FIELD },
  'img[alt="Messenger"], img[alt="Instagram"], img[alt="WhatsApp"]': {
    seen: '2026-04',
    trust: 'A',
    evidence: CAPTURE_ROWS,
  },
  '[data-surface$="channel_selector"] a[href*="/latest/inbox/"]': { seen: '2026-09', trust: 'B', evidence: FIELD },
  '[role="tablist"] a[href*="/latest/inbox/"]': { seen: '2026-09', trust: 'A', evidence: FIELD },
  '[data-surface$="lib:inbox:detail_view_header"]': { seen: '2026-09', trust: 'A', evidence: CAPTURE_HEADER },
  '[data-surface*="detail_view_header"]': { seen: '2026-07', trust: 'A', evidence: FIELD },
  '[data-pagelet="BizInboxDetailViewHeaderSectionWrapper"]': { seen: '2026-07', trust: 'B', evidence: FIELD },
  '[role="region"]:has([data-message-id])': { seen: '2026-09', trust: 'A', evidence: FIELD },
  '[role="region"][aria-label^="Message list container"]': { seen: '2026-09', trust: 'A', evidence: CAPTURE_MESSAGES },
  '[data-surface*="messenger_detail_view"] [role="region"]': { seen: '2026-09', trust: 'B', evidence: FIELD },
  '[data-pagelet="BizInboxMessengerMessageListContainer"] [role="region"]': {
    seen: '2026-01',
    trust: 'C',
    evidence: FIELD,
  },
  '[data-pagelet="BizP13NInboxMessengerDetailView"] [role="region"]': { seen: '2024-12', trust: 'C', evidence: FIELD },
  '[role="region"][tabindex="0"]': { seen: '2026-04', trust: 'A', evidence: CAPTURE_MESSAGES },
  '[data-message-id]': { seen: '2026-09', trust: 'A', evidence: FIELD },
  '.x13a6bvl': { seen: '2026-04', trust: 'B', evidence: CAPTURE_MESSAGES },
  '.x1nhvcw1': { seen: '2026-04', trust: 'B', evidence: CAPTURE_MESSAGES },
  'img[alt][width="32"][height="32"]': { seen: '2026-04', trust: 'A', evidence: CAPTURE_MESSAGES },
  '[role="note"]': { seen: '2026-07', trust: 'C', evidence: FIELD },
  '[role="textbox"][contenteditable="true"][data-lexical-editor="true"]': {
    seen: '2026-10',
    trust: 'A',
    evidence: FIELD,
  },
  '[role="textbox"][contenteditable="true"]': { seen: '2026-10', trust: 'A', evidence: FIELD },
  '[data-pagelet="BizP13NInboxMessengerDetailView"] textarea': { seen: '2024-12', trust: 'C', evidence: OLD_CODE },
};
