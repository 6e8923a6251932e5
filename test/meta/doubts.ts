/**
 * What nobody has verified about Meta, as switches. Each holds the reading that the emulator starts with and the others
 * that public material leaves open. A client that is right under one of them alone is not finished.
 */

interface DoubtEntry {
  /** The question, as a person would ask it. */
  asks: string;
  /** What the question rests on: Meta's page or the report, with its date. */
  source: string;
  /** The readings; the first is the default. */
  readings: readonly [string, string, ...string[]];
}

export const doubts = {
  'header-token': {
    asks: 'Is a token in the Authorization header accepted as one in the access_token parameter?',
    source: 'One public test project sends it so, 2026; no page of Meta says it of the Messenger edges',
    readings: ['accepted', 'refused'],
  },
  'self-debug': {
    asks: 'May a Page token inspect itself with debug_token?',
    source: 'Meta asks for an app token or a developer’s; two public projects of 2026 use the Page token itself',
    readings: ['allowed', 'refused'],
  },
  'nested-limits': {
    asks: 'Is the limit of a nested edge, as in messages.limit(5), kept?',
    source: 'Meta, Field expansion; reports of ignored limits, 2026',
    readings: ['kept', 'ignored'],
  },
  'too-much-data': {
    asks: 'Does a large nested read fail and ask for less?',
    source: 'Error code 1 as reported for many Graph reads; not for conversations in particular',
    readings: ['never', 'refused'],
  },
  'multi-app-flag': {
    asks: 'Does messaging_feature_status.msgr_multi_app tell that a default app is set?',
    source: 'Meta, Conversation routing, Sep 2025: a sample without an explanation',
    readings: ['routing', 'always-true', 'always-false', 'absent'],
  },
  'owners-without-routing': {
    asks: 'What does thread_owner say while no default app is set?',
    source: 'Meta, Conversation control APIs, Jun 2026: the rule does not mention it',
    readings: ['by-rule', 'nothing', 'named'],
  },
  'idle-owner': {
    asks: 'What is the answer of thread_owner for an idle thread?',
    source: 'Meta, Conversation routing, Sep 2025: empty; one tool of 2026 reports an entry of nulls',
    readings: ['empty', 'nulls'],
  },
  'owner-id-type': {
    asks: 'Is app_id in thread_owner a string or a number?',
    source: 'Tests of two public projects, 2022 and 2026',
    readings: ['string', 'number'],
  },
  done: {
    asks: 'What does moving a conversation to Done do to its control?',
    source: 'Meta, Handover protocol (retired): back to the primary receiver; nothing since',
    readings: ['nothing', 'releases', 'to-default-app'],
  },
  subcodes: {
    asks: 'Do refusals of the control edges carry a subcode?',
    source: 'Field test, Aug 2026: texts and codes alone were recorded',
    readings: ['told', 'absent'],
  },
  'request-with-routing': {
    asks: 'What does asking for control do while a default app is set?',
    source: 'Meta, Conversation control APIs, Jun 2026: for Pages without one; the answer is not recorded',
    readings: ['refused', 'no-effect'],
  },
  'toggle-refusal': {
    asks: 'Which error does taking control give while the app’s toggle is off?',
    source: 'Not recorded anywhere',
    readings: ['27', '10', '100'],
  },
  'control-term': {
    asks: 'From when do the 24 hours of control run after a control call?',
    source: 'Meta, Conversation routing, Sep 2025: 24 h of inactivity; ads: any action resets to one day',
    readings: ['from-action', 'from-last-message'],
  },
  'updated-time': {
    asks: 'Does Graph’s updated_time agree with the time in the page’s row?',
    source: 'Nobody has compared them',
    readings: ['same', 'seconds-later', 'minutes-later'],
  },
  'created-time': {
    asks: 'Does Graph’s created_time agree with the page’s time of the same message?',
    source: 'Nobody has compared them',
    readings: ['same', 'seconds-later'],
  },
  'large-limits': {
    asks: 'What becomes of a limit above 200 conversations or 100 messages?',
    source: 'Reports of users, 2026: the numbers, not the answer',
    readings: ['cut', 'refused'],
  },
  snippets: {
    asks: 'Is the snippet of a conversation the whole last message?',
    source: 'Recorded answers, 2019 to 2026: short texts only',
    readings: ['whole', 'cut', 'absent'],
  },
  tags: {
    asks: 'Do messages carry tags?',
    source: 'Field check, Oct 2026; "if a field has no data, it will not be returned"',
    readings: ['told', 'absent'],
  },
  'desktop-source': {
    asks: 'Which source tag has a message that a person typed in the desktop inbox?',
    source: 'Recordings of 2016 and 2019; none of 2026',
    readings: ['web', 'chat'],
  },
  'bot-creator': {
    asks: 'What do the page’s props say of who sent a Send API message?',
    source: 'Page code of 2021 knows "application"; none seen in 2026',
    readings: ['none', 'application'],
  },
  'can-reply': {
    asks: 'Does can_reply follow the messaging window?',
    source: 'Meta, Conversation reference: one sentence; every recorded value is true',
    readings: ['always-true', 'by-window'],
  },
  'postbacks-listed': {
    asks: 'Is a tapped button listed among the messages of a conversation, by its title?',
    source: 'Not recorded',
    readings: ['no', 'yes'],
  },
  'notices-listed': {
    asks: 'Do Meta’s own lines reach the Conversations API as messages of the Page?',
    source: 'One project read them so, Aug 2026',
    readings: ['yes', 'no'],
  },
  'button-template': {
    asks: 'How does a button template come back?',
    source: 'Not documented',
    readings: ['text', 'empty-attachment'],
  },
  'unknown-parameters': {
    asks: 'Is an unknown parameter refused?',
    source: 'Recorded refusals of unknown keys inside objects; top level not recorded',
    readings: ['refused', 'ignored'],
  },
  'conversation-rate': {
    asks: 'What happens beyond two Conversations API calls a second?',
    source: 'Meta, Rate limiting, Mar 2026: the limit, not the answer',
    readings: ['refused', 'long-wait', 'unenforced'],
  },
  'batch-rate': {
    asks: 'Does each call of a batch count against the two a second?',
    source: 'Meta, Rate limiting: each counts for the hourly limits; for this one not said',
    readings: ['counted', 'uncounted'],
  },
  'usage-type': {
    asks: 'Under which type does a Page token’s usage appear?',
    source: 'Meta, Rate limiting, Mar 2026: several types, none assigned to these edges',
    readings: ['messenger', 'pages', 'absent'],
  },
  'page-usage': {
    asks: 'Does an answer carry X-Page-Usage besides the other usage headers?',
    source: 'Read by many public clients; in no page of Meta of 2026',
    readings: ['absent', 'told'],
  },
  'subscribed-apps': {
    asks: 'Does subscribed_apps list every app or only the one that asks?',
    source: 'Meta, Page subscribed apps; no recorded answer',
    readings: ['all', 'own'],
  },
  'app-names': {
    asks: 'May a Page token read another app’s name?',
    source: 'Public fields of an application; not tried with Page tokens',
    readings: ['told', 'refused'],
  },
  'metadata-limit': {
    asks: 'Is there a limit to the metadata of a control call?',
    source: 'Not found in any page',
    readings: ['none', '1000'],
  },
  'release-metadata': {
    asks: 'Does release_thread_control take metadata?',
    source: 'Meta’s pages show it, the SDK spec of April 2026 does not',
    readings: ['refused', 'accepted'],
  },
  'data-access': {
    asks: 'Do reads fail once the 90 days of data access are over?',
    source: 'Meta, Access tokens: so for user data; not said of conversations',
    readings: ['refused', 'unaffected'],
  },
  'thread-link': {
    asks: 'Which form has the link of a conversation?',
    source: 'Recordings of 2019 to 2026: relative; one test suite of 2026 uses the inbox address',
    readings: ['relative', 'inbox'],
  },
} as const satisfies Record<string, DoubtEntry>;

export type DoubtId = keyof typeof doubts;
export type Reading<D extends DoubtId> = (typeof doubts)[D]['readings'][number];
/** The reading in force for every doubt. */
export type Doubts = { [D in DoubtId]: Reading<D> };

export const doubtIds = Object.keys(doubts) as DoubtId[];

/** Every doubt at its first reading. */
export function defaultDoubts(): Doubts {
  return Object.fromEntries(doubtIds.map((id) => [id, doubts[id].readings[0]])) as Doubts;
}

/** Whether `value` is a reading of `id`. */
export function isReading(id: string, value: unknown): boolean {
  const entry = Object.hasOwn(doubts, id) ? (doubts as Record<string, DoubtEntry>)[id] : undefined;
  return entry !== undefined && typeof value === 'string' && entry.readings.includes(value);
}
