/**
 * What public evidence shows of the host's markup, as an allow-list: the page may carry nothing nicer.
 * Facebook's classes of a kind that changes with every build are stood in for by names that begin with `zq-`.
 */

export const ATTRIBUTES = [
  ...['class', 'style', 'lang', 'dir', 'id', 'href', 'src', 'alt', 'width', 'height', 'title', 'placeholder'],
  ...[
    'role',
    'tabindex',
    'contenteditable',
    'spellcheck',
    'aria-label',
    'aria-hidden',
    'aria-haspopup',
    'aria-expanded',
  ],
  ...['aria-level', 'aria-placeholder', 'data-lexical-editor', 'data-pagelet', 'data-surface', 'data-surface-wrapper'],
  ...['data-auto-logging-id', 'data-utime', 'data-message-id', 'data-hover'],
];

/** Ids say nothing about regions or customers. */
export const IDS = ['facebook', 'zq-root'];

export const CLASSES = [
  ...['img', 'timestamp', 'accessible_elem', '_4ik4', '_4ik5', '_5_n1', '_4a51'],
  ...['_5bpf', '_3bwv', '_3bwy', '_3bwx', '_55pe', 'uiLinkSubtle'],
];
export const STAND_IN = /^zq-/;

export const ROLES = [
  ...['alert', 'button', 'combobox', 'grid', 'gridcell', 'heading', 'link', 'note', 'presentation', 'region', 'row'],
  ...['status', 'tab', 'tablist', 'textbox'],
];

export const PAGELETS = [
  'LeftNav',
  'GenericBizInboxThreadListViewHeader',
  'GenericBizInboxThreadListViewBody',
  'BizP13NInboxCommentListView',
  'BizP13NInboxMessengerDetailView',
  'BizInboxDetailViewHeaderSectionWrapper',
  'BizInboxDetailViewBannerSectionWrapper',
  'BizInboxDetailViewContextCardSectionWrapper',
];
