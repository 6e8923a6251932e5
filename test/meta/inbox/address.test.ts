import { describe, expect, it } from 'vitest';
import { PAGE } from './fake-world';
import { readPlace, tabHref, withSelection, withVariants } from './page/address';
import { readVariants } from './variants';

const HOST = 'https://business.facebook.com';
const thread = { userId: '100020000000000', threadType: 'FB_MESSAGE' } as const;

describe('where an address leads', () => {
  it.each([
    ['/latest/home', null, null],
    ['/latest/inbox', 'all', null],
    ['/latest/inbox/instagram_direct?selected_item_id=17', 'instagram_direct', '17'],
    ['/latest/inbox/wec', 'wec', null],
    ['/latest/inbox/automated_responses', 'automated_responses', null],
    ['/latest/inbox/nothing-known', 'all', null],
  ])('%s', (path, tab, selectedItemId) => {
    expect(readPlace(new URL(path, HOST))).toEqual({ tab, selectedItemId, folder: 'inbox' });
  });

  it('the folder of what is done', () => {
    expect(readPlace(new URL('/latest/inbox/all?folder=DONE', HOST)).folder).toBe('done');
  });
});

describe("a tab's link", () => {
  const common = `asset_id=${PAGE.id}&business_id=${PAGE.businessId}`;
  it.each([
    ['all', null, `${common}&mailbox_id=`],
    ['messenger', thread, `${common}&mailbox_id=${PAGE.id}&selected_item_id=${thread.userId}&thread_type=FB_MESSAGE`],
    ['instagram_direct', null, `${common}&mailbox_id=${PAGE.instagramMailboxId}`],
    ['wec', null, `${common}&mailbox_id=`],
  ] as const)('%s', (path, selected, query) => {
    expect(tabHref(path, PAGE, selected)).toBe(`/latest/inbox/${path}?${query}`);
  });

  it('carries no variant, but following it keeps them', () => {
    const current = new URL('/latest/inbox/all?list=surfaces&dark=1&asset_id=9', HOST);
    const next = withVariants(tabHref('facebook', PAGE, null), current);
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ list: 'surfaces', dark: '1', asset_id: PAGE.id });
  });
});

it("the address's selection is replaced whole", () => {
  const current = new URL('/latest/inbox/all?dark&selected_item_id=1&thread_type=IG_MESSAGE', HOST);
  expect(withSelection(current, thread).search).toBe('?dark=&selected_item_id=100020000000000&thread_type=FB_MESSAGE');
  expect(withSelection(current, null).search).toBe('?dark=');
});

describe('variants', () => {
  const defaults = {
    list: 'both',
    locale: 'en',
    url: 'drop',
    system: 'plain',
    ids: true,
    fiber: true,
    slots: 'window',
    runs: 'creator',
    apps: false,
    dark: false,
    dir: 'ltr',
    copies: false,
    lookalikes: false,
    delay: 700,
    broken: false,
  };
  it.each([
    ['', {}],
    [
      'list=pagelets&locale=en-gb&url=late&system=note',
      { list: 'pagelets', locale: 'en-gb', url: 'late', system: 'note' },
    ],
    ['ids=0&fiber=0&slots=ring', { ids: false, fiber: false, slots: 'ring' }],
    ['runs=page&apps=1', { runs: 'page', apps: true }],
    ['dark&copies=1&lookalikes&broken=0', { dark: true, copies: true, lookalikes: true }],
    ['locale=ar', { locale: 'ar', dir: 'rtl' }],
    ['locale=ar&dir=ltr', { locale: 'ar' }],
    ['delay=0', { delay: 0 }],
    ['list=nonsense&locale=xx&delay=soon', {}],
    ['delay=-1', {}],
  ])('%s', (query, changed) => {
    expect(readVariants(new URLSearchParams(query))).toEqual({ ...defaults, ...changed });
  });
});
