import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { isConversationTab, readLocation } from '../../utils/inbox/location';

const INBOX = 'https://business.facebook.com/latest/inbox';

describe('the address', () => {
  it.each([
    [`${INBOX}/all?asset_id=1`, { pageId: '1', selectedItemId: null, threadType: null, tab: 'all' }],
    [`${INBOX}/messenger?page_id=1`, { pageId: '1', selectedItemId: null, threadType: null, tab: 'messenger' }],
    [
      `${INBOX}/all?asset_id=1&page_id=1&business_id=3&selected_item_id=42&thread_type=FB_MESSAGE`,
      { pageId: '1', selectedItemId: '42', threadType: 'FB_MESSAGE', tab: 'all' },
    ],
    [`${INBOX}/all?asset_id=1&page_id=2`, { pageId: null, selectedItemId: null, threadType: null, tab: 'all' }],
    [
      `${INBOX}/all?asset_id=&selected_item_id=&mailbox_id=`,
      { pageId: null, selectedItemId: null, threadType: null, tab: 'all' },
    ],
    [
      `${INBOX}/all?asset_id=1%27x&selected_item_id=t_1`,
      { pageId: null, selectedItemId: null, threadType: null, tab: 'all' },
    ],
    [`${INBOX}`, { pageId: null, selectedItemId: null, threadType: null, tab: null }],
    [
      'https://business.facebook.com/latest/home?asset_id=1',
      { pageId: '1', selectedItemId: null, threadType: null, tab: null },
    ],
    ['about:blank', { pageId: null, selectedItemId: null, threadType: null, tab: null }],
    ['no address', { pageId: null, selectedItemId: null, threadType: null, tab: null }],
  ])('%s', (url, expected) => {
    expect(readLocation(url)).toEqual(expected);
  });
});

describe('the channel tabs', () => {
  const messenger = 'messenger?asset_id=1&selected_item_id=42&thread_type=FB_MESSAGE';
  const instagram = 'instagram_direct?asset_id=1&selected_item_id=3402&thread_type=IG_MESSAGE';
  const anotherPage = 'messenger?asset_id=2&selected_item_id=42&thread_type=FB_MESSAGE';
  const facebookUser = { selectedItemId: '42', threadType: 'FB_MESSAGE' };
  const instagramThread = { selectedItemId: '3402', threadType: 'IG_MESSAGE' };
  const unknown = { selectedItemId: null, threadType: null };

  it.each([
    ["on a channel's tab, that channel's own selection", 'messenger', [messenger, instagram], facebookUser],
    ['and not the other channel’s', 'instagram_direct', [messenger, instagram], instagramThread],
    ['on the tab of all channels, the only one', 'all', ['all?asset_id=1', messenger], facebookUser],
    ['of two channels, neither', 'all', [messenger, instagram], unknown],
    [
      'unless the tab has a selection of its own',
      'all',
      ['all?selected_item_id=7', messenger],
      { selectedItemId: '7', threadType: null },
    ],
    ['or the address names one of them', 'all?selected_item_id=42', [messenger, instagram], facebookUser],
    ['an address that they contradict', 'messenger?selected_item_id=41&thread_type=FB_MESSAGE', [messenger], unknown],
    [
      'an address that is of another channel',
      'all?selected_item_id=41&thread_type=FB_MESSAGE',
      [instagram],
      { selectedItemId: '41', threadType: 'FB_MESSAGE' },
    ],
    ["another channel's link on this channel's tab", 'messenger', ['messenger', instagram], unknown],
  ])('%s', (_, address, links, expected) => {
    expect(readLocation(`${INBOX}/${address}`, tabs(links))).toMatchObject(expected);
  });

  it.each([
    ['they agree with the address', 'all?asset_id=1', [messenger], '1'],
    ['the address is silent', 'all', [messenger, instagram], '1'],
    ['they contradict it', 'all?asset_id=1', [anotherPage], null],
    ['they contradict each other', 'all', [messenger, anotherPage], null],
  ])('the Page where %s', (_, address, links, expected) => {
    expect(readLocation(`${INBOX}/${address}`, tabs(links)).pageId).toBe(expected);
  });

  function tabs(links: readonly string[]): ParentNode {
    const { document } = new Window();
    document.body.innerHTML = `<div role="tablist">${links.map((link) => `<a role="tab" href="/latest/inbox/${link}"></a>`).join('')}</div>`;
    return document as unknown as Document;
  }
});

it.each([
  ['all', true],
  ['messenger', true],
  ['instagram_direct', true],
  ['wec', true],
  ['instagram', false],
  ['facebook', false],
  ['contacts', false],
  [null, false],
])('the tab %s lists conversations: %s', (tab, expected) => {
  expect(isConversationTab(tab)).toBe(expected);
});
