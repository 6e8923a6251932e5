import { describe, expect, it } from 'vitest';
import { type AuthorEvidence, concludeAuthors, learnCreators, namedByPage } from '../../utils/conversation/author';
import type { KnownMessage } from '../../utils/conversation/known';
import type { Owner } from '../../utils/conversation/owner';
import type { Attribution, SeenMessage } from '../../utils/conversation/seen';
import type { OwnerSpan } from '../../utils/conversation/timeline';
import { BOT, botToken, facts, known, MINUTE, NOW, SECOND, seen } from './given';

const at = (seconds: number) => NOW + seconds * SECOND;

/** The owner was read from so many seconds to so many seconds around {@link NOW}. */
function span(kind: 'bot' | 'inbox' | 'not-bot' | 'idle', from: number, to: number): OwnerSpan {
  const owner: Owner = { kind };
  return { owner, from: at(from), to: at(to), source: 'graph', knownFrom: at(from), knownTo: at(to) };
}

interface Given extends Partial<Omit<AuthorEvidence, 'known'>> {
  message?: Partial<SeenMessage>;
  record?: Partial<KnownMessage> | null;
  /** The customer wrote so many seconds before; and 100 s before, to which there was a fast answer. */
  customer?: number;
  earlier?: SeenMessage[];
  /** Stand right before it, and right after. */
  before?: SeenMessage[];
  after?: SeenMessage[];
}

const FAST = 'A long answer that no person types within a second of the question';

/** What is concluded about one message of the Page's. */
function author({
  message,
  record = {},
  customer,
  earlier = [seen({ text: FAST, sentAt: at(-99) })],
  before: nearby = [],
  after = [],
  ...evidence
}: Given = {}) {
  const shown = seen({ facts: facts(), ...message });
  const asked = (seconds: number) => seen({ direction: 'customer', text: 'hi', sentAt: at(-seconds) });
  const before = customer === undefined ? [] : [asked(100), ...earlier, asked(customer)];
  const claims = concludeAuthors({
    messages: [...before, ...nearby, shown, ...after],
    known: record === null ? new Map() : new Map([[shown.key, known({ text: shown.text, ...record })]]),
    spans: [],
    apps: botToken,
    routing: 'on',
    appNames: { [BOT]: 'Example Bot' },
    factsReadable: true,
    signature: null,
    isRepeated: () => false,
    observedAt: NOW,
    ...evidence,
  });
  const claim = claims.get(shown.key)!;
  return claim.value.kind === 'unknown' ? 'unknown' : `${claim.certainty} ${claim.value.kind}`;
}

const admin: Attribution = { kind: 'admin', name: 'Maria' };
const person = facts({ type: 'direct_admin', name: 'Maria' });
const throughout = [span('bot', -10, 10)];

describe('what proves an author', () => {
  it.each<[string, Given, string]>([
    ['a footer with a name', { message: { attribution: admin } }, 'certain human'],
    ['a footer of an automation', { message: { attribution: { kind: 'automation' } } }, 'certain automation'],
    ['a sign of Meta’s AI', { message: { attribution: { kind: 'meta-ai' } } }, 'certain meta-ai'],
    ['creator data with a person', { message: { facts: person } }, 'certain human'],
    [
      'creator data with an automation',
      { message: { facts: facts({ type: 'automated_response', name: null }) } },
      'certain automation',
    ],
    [
      'creator data with the bot’s app',
      { message: { facts: facts({ type: 'application', name: 'example bot' }) } },
      'certain chatbot',
    ],
    ['the signature', { message: { text: '[bot] hello' }, signature: '[bot]' }, 'certain chatbot'],
    [
      'the signature, whoever was read as owner before and after',
      { message: { text: '[bot] hello' }, signature: '[bot]', spans: [span('inbox', -10, 10)] },
      'certain chatbot',
    ],
    ['the bot as owner before and after', { spans: throughout }, 'certain chatbot'],
  ])('%s', (_, given, expected) => {
    expect(author(given)).toBe(expected);
  });
});

describe('the bot as owner before and after proves nothing', () => {
  it.each<[string, Given]>([
    ['without routing', { spans: throughout, routing: 'off' }],
    ['where routing is not known', { spans: throughout, routing: 'unknown' }],
    ['without creator data', { spans: throughout, message: { facts: null } }],
    ['where creator data can’t be read', { spans: throughout, factsReadable: false }],
    ['on a Page whose creator data are silent about people', { spans: throughout, creators: 'silent' }],
    ['where Graph’s record was not read', { spans: throughout, record: null }],
    ['where Graph’s record does not say where it came from', { spans: throughout, record: { tags: [] } }],
    [
      'with a reading of another owner in between',
      { spans: [span('bot', -10, -1), span('inbox', 0, 0.5), span('bot', 2, 10)] },
    ],
    ['where the first reading came within its second', { spans: [span('bot', 0, 10)] }],
    ['where the last reading came within its second', { spans: [span('bot', -10, 1)] }],
    ['where the page’s clock puts it outside', { spans: throughout, message: { sentAt: at(-20) } }],
    ['where there is a gap', { spans: [span('bot', -70, -10), span('bot', 60, 90)] }],
  ])('%s', (_, given) => {
    expect(author(given)).toBe('unknown');
  });
});

describe('what makes an author likely', () => {
  const around = [span('bot', -70, -10), span('bot', 60, 90)];
  const template = { template: true };
  const slow = seen({ text: FAST, sentAt: at(-90) });
  const slowPerson = { ...slow, facts: person };
  const twice = [seen({ direction: 'customer', sentAt: at(-50) }), seen({ text: FAST, sentAt: at(-49) })];
  const isRepeated = () => true;
  it.each<[string, Given, string]>([
    ['a phone', { record: { tags: ['source:mobile'] } }, 'likely human'],
    ['the web alone', { record: { tags: ['source:web'] } }, 'unknown'],
    ['a template alone', { record: template }, 'unknown'],
    ['repeated words alone', { isRepeated }, 'unknown'],
    ['speed alone', { customer: 1 }, 'unknown'],
    ['the bot around it alone', { spans: around }, 'unknown'],
    ['a template with repeated words', { record: template, isRepeated }, 'likely chatbot'],
    ['repeated words at speed', { customer: 1, isRepeated }, 'likely chatbot'],
    ['speed for once', { customer: 1, isRepeated, earlier: [] }, 'unknown'],
    ['speed after an answer that took its time', { customer: 1, isRepeated, earlier: [slow] }, 'unknown'],
    [
      'speed after a person’s answer, which is named',
      { customer: 1, isRepeated, earlier: [slowPerson, ...twice] },
      'likely chatbot',
    ],
    ['repeated words at speed, without creator data', { customer: 1, isRepeated, message: { facts: null } }, 'unknown'],
    ['speed while the bot is around', { customer: 1, spans: around }, 'likely chatbot'],
    [
      'repeated words not quite at speed',
      { customer: 4, isRepeated, message: { text: 'Your parcel is on its way. '.repeat(9) } },
      'unknown',
    ],
    ['few words, which are quickly typed', { customer: 1, isRepeated, message: { text: 'Yes, it is' } }, 'unknown'],
    ['the bot too far around', { customer: 1, spans: [span('bot', -400, -200), span('bot', 200, 400)] }, 'unknown'],
    [
      'the bot before and the inbox after',
      { isRepeated, spans: [span('bot', -30, -5), span('inbox', 5, 30)] },
      'unknown',
    ],
  ])('%s', (_, given, expected) => {
    expect(author(given)).toBe(expected);
  });
});

it('the bot as owner before and after proves nothing behind a person’s message in the same run', () => {
  const earlier = [seen({ facts: person, sentAt: at(-1) })];
  expect(author({ customer: 5, earlier: [], spans: throughout })).toBe('certain chatbot');
  expect(author({ before: earlier, spans: throughout })).toBe('unknown');
});

describe('the bot as owner before and after, where a person wrote after it,', () => {
  const people = (seconds: number) => [seen({ facts: person, sentAt: at(seconds) })];
  it.each<[string, Given, string]>([
    ['proves nothing if no reading noticed that', { spans: [span('bot', -10, 90)], after: people(20) }, 'unknown'],
    [
      'proves it if a reading noticed it',
      { spans: [span('bot', -10, 10), span('inbox', 25, 80)], after: people(20) },
      'certain chatbot',
    ],
    ['proves it if that was long after', { spans: [span('bot', -10, 90)], after: people(62) }, 'certain chatbot'],
  ])('%s', (_, given, expected) => {
    expect(author(given)).toBe(expected);
  });
});

describe('signs that disagree', () => {
  const orders = facts({ type: 'application', name: 'Orders' });
  it.each<[string, Given]>([
    [
      'a footer and creator data',
      { message: { attribution: admin, facts: facts({ type: 'automated_response', name: null }) } },
    ],
    ['a person and the signature', { message: { text: '[bot] hello', facts: person }, signature: '[bot]' }],
    ['another app and the signature', { message: { text: '[bot] hello', facts: orders }, signature: '[bot]' }],
    [
      'a phone and the signature',
      { message: { text: '[bot] hello' }, signature: '[bot]', record: { tags: ['source:mobile'] } },
    ],
    [
      'a phone and two signs of the bot',
      { record: { tags: ['source:mobile'], template: true }, isRepeated: () => true },
    ],
    [
      'another app and two signs of the bot',
      {
        message: { facts: facts({ type: 'application', name: 'Orders' }) },
        record: { template: true },
        isRepeated: () => true,
      },
    ],
    [
      'another owner and two signs of the bot',
      { spans: [span('inbox', -10, 10)], record: { template: true }, isRepeated: () => true },
    ],
  ])('%s', (_, given) => {
    expect(author(given)).toBe('unknown');
  });

  it('Meta’s AI beside it', () => {
    const [ai, other] = [seen({ attribution: { kind: 'meta-ai' } }), seen({ facts: facts(), sentAt: at(1) })];
    const evidence = {
      spans: [],
      apps: botToken,
      routing: 'on',
      appNames: {},
      factsReadable: true,
      signature: null,
      observedAt: NOW,
    } as const;
    const record = new Map([[other.key, known({ template: true })]]);
    const claims = concludeAuthors({ ...evidence, messages: [ai, other], known: record, isRepeated: () => true });
    expect([...claims.values()].map(({ value }) => value.kind)).toEqual(['meta-ai', 'unknown']);
  });
});

describe('a footer covers', () => {
  const customer = seen({ direction: 'customer' });
  const [first, second, third] = [
    seen({ facts: person }),
    seen({ facts: person }),
    seen({ attribution: admin, facts: person }),
  ];
  const plain = seen({ facts: facts() });
  it.each([
    ['its run, as far as creator data agree', [first, second, third], 3],
    ['not beyond a message that names nobody', [first, plain, third], 1],
    ['not beyond the customer', [first, customer, third], 1],
    ['its own message without creator data', [{ ...first, facts: null }, third], 1],
    ['nothing that follows', [third, second], 1],
  ])('%s', (_, messages, count) => {
    expect(namedByPage(messages).size).toBe(count);
  });

  it('nobody else’s message: the bot’s answer above a person’s stays without an author', () => {
    const claims = concludeAuthors({
      messages: [plain, third],
      known: new Map(),
      spans: [],
      apps: botToken,
      routing: 'on',
      appNames: {},
      factsReadable: true,
      signature: null,
      isRepeated: () => false,
      observedAt: NOW + MINUTE,
    });
    expect([...claims.values()].map(({ value }) => value.kind)).toEqual(['unknown', 'human']);
  });
});

describe('a conversation teaches of the Page’s creator data', () => {
  const evidence: AuthorEvidence = {
    messages: [],
    known: new Map(),
    spans: [],
    apps: botToken,
    routing: 'on',
    appNames: {},
    factsReadable: true,
    signature: null,
    isRepeated: () => false,
    observedAt: NOW,
  };
  const fromInbox = [span('inbox', -10, 10)];
  const empty = seen({ facts: facts() });
  const fromPhone = new Map([[empty.key, known({ tags: ['source:mobile'] })]]);
  it.each<[string, Partial<AuthorEvidence>, string]>([
    ['nothing, while nobody wrote', {}, 'unknown'],
    ['that they name people', { messages: [seen({ facts: person })] }, 'name-people'],
    [
      'that they are silent under a person’s footer',
      { messages: [seen({ attribution: admin, facts: facts() })] },
      'silent',
    ],
    ['that they are silent about the inbox', { messages: [empty], spans: fromInbox }, 'silent'],
    ['nothing of a message under the bot', { messages: [empty], spans: throughout }, 'unknown'],
    ['nothing of a phone', { messages: [empty], spans: fromInbox, known: fromPhone }, 'unknown'],
    ['nothing where they can’t be read', { messages: [{ ...empty, facts: null }], spans: fromInbox }, 'unknown'],
    ['nothing that unteaches a name', { messages: [empty], spans: fromInbox, creators: 'name-people' }, 'name-people'],
    ['a name after silence', { messages: [seen({ facts: person })], creators: 'silent' }, 'name-people'],
  ])('%s', (_, given, expected) => {
    expect(learnCreators({ ...evidence, ...given })).toBe(expected);
  });
});
