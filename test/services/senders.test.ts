import { expect, test } from 'vitest';
import { isInbox, isOurPage, type Sender } from '../../utils/services/senders';

const OWN = 'abcdefghijklmnop';
const POPUP = `chrome-extension://${OWN}/popup.html`;
const INBOX = 'https://business.facebook.com/latest/inbox/all?asset_id=1';
const inbox: Sender = { id: OWN, url: INBOX, frameId: 0, tab: { id: 7 } };
const popup: Sender = { id: OWN, url: POPUP };

test.each<[string, Sender | undefined, 'inbox' | 'our page' | 'nobody']>([
  ['the content script of an inbox', inbox, 'inbox'],
  ['the popup', popup, 'our page'],
  ['Setup in a tab of its own', { ...popup, url: `${POPUP}#setup`, tab: { id: 8 }, frameId: 0 }, 'our page'],
  ['nobody the browser names', undefined, 'nobody'],
  ['another extension that claims the popup', { ...popup, id: 'another' }, 'nobody'],
  ['another extension’s page', { id: 'another', url: 'chrome-extension://another/popup.html' }, 'nobody'],
  ['another extension in an inbox', { ...inbox, id: 'another' }, 'nobody'],
  ['a frame in an inbox', { ...inbox, frameId: 3 }, 'nobody'],
  ['an inbox without a tab', { ...inbox, tab: undefined }, 'nobody'],
  ['a host that begins alike', { ...inbox, url: 'https://business.facebook.com.example/latest/inbox' }, 'nobody'],
  ['the inbox without encryption', { ...inbox, url: 'http://business.facebook.com/latest/inbox' }, 'nobody'],
  ['another host of Facebook’s', { ...inbox, url: 'https://www.facebook.com/latest/inbox' }, 'nobody'],
  ['a page that is no page', { ...inbox, url: 'about:blank' }, 'nobody'],
  ['a page without an address', { ...inbox, url: undefined }, 'nobody'],
  ['a file of ours that is no page', { ...popup, url: `chrome-extension://${OWN}/popup.html.txt` }, 'nobody'],
  ['a page with the popup’s address in its own', { ...popup, url: `https://example.com/?${POPUP}` }, 'nobody'],
])('%s', (_, sender, who) => {
  expect({ inbox: isInbox(sender, OWN), ours: isOurPage(sender, OWN, POPUP) }).toEqual({
    inbox: who === 'inbox',
    ours: who === 'our page',
  });
});
