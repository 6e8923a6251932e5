/** @jsxImportSource react */
import type { ReactNode } from 'react';
import { useHost } from './host';

/**
 * The two families of wrappers around a region. Builds carry one of them or both; neither is localised.
 *
 * A pagelet names an element that is there anyway. A logging surface is a `span` without a box of its own
 * (`display: contents`), so that who measures it gets nothing.
 */

const MAIN = '/bizweb:inbox/bizweb:INBOX/lib:bizweb_inbox:main_content';
const THREAD_AND_DETAIL = `${MAIN}/lib:bizweb_inbox:content_layout/lib:inbox:thread_and_detail`;
const DETAIL_COLUMN = `${THREAD_AND_DETAIL}/lib:inbox:detail_column`;

export const SURFACES = {
  channelSelector: `${MAIN}/bizweb_inbox:channel_selector`,
  threadList: `${THREAD_AND_DETAIL}/bizweb_inbox:thread_list`,
  detailHeader: `${DETAIL_COLUMN}/lib:inbox:detail_view_header`,
  /** Only the last word of this path is attested. */
  detailView: `${DETAIL_COLUMN}/lib:inbox:messenger_detail_view`,
  /** N is the row's position now, not a conversation. */
  threadRow: (index: number) => `${THREAD_AND_DETAIL}/bizweb_inbox:thread_list/thread_row${index}`,
};

/** The attribute of the pagelet family, where this build has it. "Uinified" is Facebook's own spelling. */
export function usePagelet(name: string): { 'data-pagelet'?: string } {
  return useHost().variants.list === 'surfaces' ? {} : { 'data-pagelet': name };
}

export function Surface({ path, row = false, children }: { path: string; row?: boolean; children: ReactNode }) {
  const logged = useHost().variants.list !== 'pagelets';
  const attributes = logged
    ? { 'data-surface-wrapper': '1', 'data-surface': path, ...(row && { 'data-auto-logging-id': 'f0' }) }
    : {};
  return (
    <span style={{ display: 'contents' }} {...attributes}>
      {children}
    </span>
  );
}
