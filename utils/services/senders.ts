/** Who speaks to the background, as the browser says; it cannot be forged. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: unknown;
}

/** The host whose pages may speak as an inbox. */
const INBOX_ORIGIN = 'https://business.facebook.com';

/** Baton's own content script in the top frame of an inbox. */
export function isInbox(sender: Sender | undefined, ownId: string): boolean {
  return (
    sender?.id === ownId &&
    sender.tab !== undefined &&
    sender.frameId === 0 &&
    URL.parse(sender.url ?? '')?.origin === INBOX_ORIGIN
  );
}

/** One of Baton's own pages: only these may send a token or ask for anything in Setup. */
export function isOurPage(sender: Sender | undefined, ownId: string, popupUrl: string): boolean {
  const url = sender?.url ?? '';
  return sender?.id === ownId && (url === popupUrl || url.startsWith(`${popupUrl}#`) || url.startsWith(`${popupUrl}?`));
}
