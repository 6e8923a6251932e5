/** The style sheet of each element's shadow root: tokens, what all share, its own. */
import base from '../base.css?inline';
import tokens from '../tokens.css?inline';
import banner from './banner.css?inline';
import handover from './handover.css?inline';
import label from './label.css?inline';
import notice from './notice.css?inline';
import row from './row.css?inline';
import shadow from './shadow.css?inline';

const shared = tokens + base + shadow;

export const styles = {
  'baton-row': shared + row,
  'baton-banner': shared + banner,
  'baton-label': shared + label,
  'baton-handover': shared + handover,
  'baton-notice': shared + notice,
} as const;

/** The elements that Baton puts in the page. `baton-timer` lies within the banner's shadow root. */
export type ElementName = keyof typeof styles;
