import { describe, expect, it } from 'vitest';
import {
  buildIndex,
  decodeInstagramId,
  type Identity,
  identifyConversation,
  identifyRow,
  type Link,
} from '../../utils/conversation/identity';
import type { KnownConversation, KnownMessage } from '../../utils/conversation/known';
import type { SeenMessage, SeenPage, SeenRow } from '../../utils/conversation/seen';
import {
  DAY,
  facts,
  HOUR,
  known,
  knownConversation,
  MINUTE,
  NOW,
  SECOND,
  seen,
  seenConversation,
  seenPage,
  seenRow,
} from './given';

const THEN = NOW - HOUR;
const ASKED = 'Where is my parcel?';
const asked = (message: Partial<KnownMessage> = {}) =>
  known({ direction: 'customer', text: ASKED, at: THEN, ...message });
const ana = knownConversation({
  psid: 'ana',
  messages: [asked(), known({ at: THEN - MINUTE, text: 'Welcome to our shop' })],
});
const twin = knownConversation({ psid: 'twin', messages: [known({ text: 'Goodbye then', at: THEN - DAY })] });

function indexOf(conversations: KnownConversation[], completeSince: number | null = NOW - 30 * DAY, readAt = NOW) {
  return buildIndex({ readAt, completeSince, conversations });
}

const noLinks = () => null;
const linkTo =
  (psid: string, chosen = false) =>
  (): Link => ({ psid, chosen });
const inWords = (identity: Identity) =>
  identity.kind === 'unmatched' ? 'unmatched' : `${identity.kind} ${identity.psid}`;

describe('a row is known', () => {
  const row = (one: Partial<SeenRow> = {}) => seenRow({ preview: ASKED, lastActivity: THEN, ...one });
  const rowFacts = { userId: '100001', title: 'Ana Example', at: THEN };
  it.each([
    ['by name, time and words', row(), indexOf([ana, twin]), noLinks, 'linked ana'],
    ['not by another time', row({ lastActivity: THEN + 31 * SECOND }), indexOf([ana]), noLinks, 'unmatched'],
    ['not without a time', row({ lastActivity: null }), indexOf([ana]), noLinks, 'unmatched'],
    [
      'by the time of React’s facts',
      row({ lastActivity: null, facts: rowFacts }),
      indexOf([ana]),
      noLinks,
      'linked ana',
    ],
    [
      'not by facts of a row that stood here before',
      row({ lastActivity: null, facts: { ...rowFacts, title: 'Bo' } }),
      indexOf([ana]),
      noLinks,
      'unmatched',
    ],
    ['not by other words', row({ preview: 'hello' }), indexOf([ana]), noLinks, 'unmatched'],
    ['not by another name', row({ name: 'Bo' }), indexOf([ana]), noLinks, 'unmatched'],
    ['not past a gap in the list', row(), indexOf([ana], THEN), noLinks, 'unmatched'],
    ['not where no list was read', row(), indexOf([ana], null), noLinks, 'unmatched'],
    [
      'not where a rival may have written since',
      row(),
      indexOf([ana], NOW - DAY, THEN + 29 * SECOND),
      noLinks,
      'unmatched',
    ],
    [
      'not with a rival of the same words',
      row(),
      indexOf([ana, { ...twin, messages: [asked({ at: THEN + 5 * MINUTE })] }]),
      noLinks,
      'unmatched',
    ],
    [
      'not while React’s facts name another customer',
      row({ facts: { ...rowFacts, title: 'Bo' } }),
      indexOf([ana]),
      noLinks,
      'unmatched',
    ],
    [
      'not with a namesake who may have said the same, in words that Graph does not tell',
      row(),
      indexOf([ana, { ...twin, messages: [asked({ text: '', template: true })] }]),
      noLinks,
      'unmatched',
    ],
    ['by its link', row({ preview: 'a new one', facts: rowFacts }), indexOf([ana]), linkTo('ana'), 'linked ana'],
    [
      'not by the link of another row’s facts',
      row({ preview: 'a new one', facts: { ...rowFacts, at: THEN + SECOND } }),
      indexOf([ana]),
      linkTo('ana'),
      'unmatched',
    ],
    [
      'and its link contradicted, by another name',
      row({ facts: rowFacts }),
      indexOf([{ ...twin, name: 'Bo' }]),
      linkTo('twin'),
      'contradicted twin',
    ],
    [
      'and its link contradicted, by a namesake’s words',
      row({ facts: rowFacts }),
      indexOf([ana, twin]),
      linkTo('twin'),
      'contradicted twin',
    ],
    [
      'never by a PSID that equals the page’s id',
      row({ preview: 'x', facts: { ...rowFacts, userId: 'ana' } }),
      indexOf([ana]),
      noLinks,
      'unmatched',
    ],
  ])('%s', (_, one, index, links, expected) => {
    expect(inWords(identifyRow(one, index, links))).toBe(expected);
  });
});

describe('the open conversation is known', () => {
  const messages = [
    seen({ text: 'Welcome to our shop', sentAt: THEN - MINUTE }),
    seen({ direction: 'customer', text: ASKED, sentAt: THEN }),
  ];
  const confirmed = messages.map((message) => ({
    ...message,
    facts: facts(null, message.direction === 'customer' ? '100001' : '1'),
  }));
  const other = [
    seen({ text: 'Something else', sentAt: THEN - MINUTE }),
    seen({ text: 'And more of it', sentAt: THEN }),
  ];
  const identify = (
    shown: SeenMessage[],
    index = indexOf([ana]),
    links: (itemId: string) => Link | null = noLinks,
    page: Partial<SeenPage> = { selectedItemId: '100001' },
    name = 'Ana Example',
  ) => identifyConversation(seenConversation(shown, name), seenPage(page), index, links);

  it.each([
    ['by name and last message', identify([messages[1]!]), 'linked ana'],
    [
      'by name and earlier messages, before the list has the last',
      identify([...messages, seen({ sentAt: NOW })]),
      'linked ana',
    ],
    ['not by name alone', identify([]), 'unmatched'],
    [
      'not by an earlier message, where the last is another one',
      identify([messages[0]!, seen({ text: 'Bye', sentAt: THEN + MINUTE })]),
      'unmatched',
    ],
    [
      'not where Graph’s messages are missing on screen',
      identify(
        [seen({ text: 'old', sentAt: THEN - HOUR }), messages[1]!],
        indexOf([{ ...ana, messages: [asked(), known({ text: 'So long', at: THEN - 5 * MINUTE })] }]),
      ),
      'unmatched',
    ],
    ['not by messages under another name', identify(messages, indexOf([ana]), noLinks, {}, 'Bo'), 'unmatched'],
    ['not past a gap in the list', identify(messages, indexOf([ana], THEN)), 'unmatched'],
    ['not where more is missing than fits', identify([...other, messages[1]!]), 'unmatched'],
    ['with a namesake, where the page confirms who it is', identify(confirmed, indexOf([ana, twin])), 'linked ana'],
    ['not with a namesake otherwise', identify(messages, indexOf([ana, twin])), 'unmatched'],
    ['not with a rival that fits as well', identify(confirmed, indexOf([ana, { ...ana, psid: 'rival' }])), 'unmatched'],
    [
      'not while address and messages differ',
      identify(confirmed, indexOf([ana]), noLinks, { selectedItemId: '100002' }),
      'unmatched',
    ],
    ['not by a link to what was not read', identify(confirmed, indexOf([]), linkTo('ana')), 'unmatched'],
    [
      'not by a link that nothing confirms',
      identify([seen({ sentAt: NOW })], indexOf([ana]), linkTo('ana')),
      'unmatched',
    ],
    ['by the agent’s choice', identify([seen({ sentAt: NOW })], indexOf([twin]), linkTo('twin', true)), 'linked twin'],
    [
      'and its link contradicted',
      identify(
        confirmed,
        indexOf([
          ana,
          knownConversation({ psid: 'bo', name: 'Bo', messages: [asked({ text: 'no', at: THEN - DAY })] }),
        ]),
        linkTo('bo'),
      ),
      'contradicted bo',
    ],
    [
      'and the agent’s choice contradicted',
      identify(confirmed, indexOf([ana, twin]), linkTo('twin', true)),
      'contradicted twin',
    ],
    ['not contradicted by an address that lags', identify(messages, indexOf([ana]), linkTo('bo')), 'linked ana'],
    [
      'never by a PSID that equals the page’s id',
      identify([], indexOf([ana]), noLinks, { selectedItemId: 'ana' }),
      'unmatched',
    ],
  ])('%s', (_, identity, expected) => {
    expect(inWords(identity)).toBe(expected);
  });

  it('and may be kept under the page’s id only where that is confirmed', () => {
    expect(identify(confirmed)).toMatchObject({ kind: 'linked', itemId: '100001' });
    expect(identify(messages)).toMatchObject({ kind: 'linked', itemId: null });
  });

  it('or its namesakes are offered', () => {
    const identity = identify(messages, indexOf([ana, twin]));
    expect(identity.kind === 'unmatched' && identity.candidates.map(({ psid }) => psid)).toEqual(['ana', 'twin']);
  });
});

describe('Instagram', () => {
  const graphId = (text: string) =>
    btoa(text).replace(/[Z+/=]/g, (letter) => ({ Z: 'ZA', '+': 'ZB', '/': 'ZC', '=': 'ZD' })[letter]!);
  const thread = '340282366841710301244259';

  it.each([
    ['a conversation id', graphId(`ig_dm:${thread}`), thread],
    ['Messenger’s', 't_123', null],
    ['something else, encoded', graphId('ig_xx:1'), null],
    ['no base64', 'aWdf!!', null],
  ])('decodes %s', (_, id, expected) => {
    expect(decodeInstagramId(id)).toBe(expected);
  });

  it('is known by its decoded id, the name and a message, whatever other namesakes there are', () => {
    const gram = knownConversation({ psid: 'gram', threadId: graphId(`ig_dm:${thread}`), messages: [asked()] });
    const shown = [seen({ direction: 'customer', text: ASKED, sentAt: THEN, facts: facts(null, '17') })];
    const page = seenPage({ selectedItemId: thread, threadType: 'IG_MESSAGE' });
    const identity = identifyConversation(seenConversation(shown), page, indexOf([gram, twin]), noLinks);
    expect(identity).toMatchObject({ kind: 'linked', psid: 'gram', itemId: thread });
  });

  it('keeps no link under an address that lags on another thread', () => {
    const gram = knownConversation({ name: 'Bo', threadId: graphId(`ig_dm:${thread}`), messages: [asked()] });
    const shown = [seen({ direction: 'customer', text: ASKED, sentAt: THEN })];
    const page = seenPage({ selectedItemId: thread, threadType: 'IG_MESSAGE' });
    const identity = identifyConversation(
      seenConversation(shown),
      page,
      indexOf([ana, { ...gram, messages: [] }]),
      noLinks,
    );
    expect(identity).toMatchObject({ kind: 'linked', psid: 'ana', itemId: null });
  });
});
