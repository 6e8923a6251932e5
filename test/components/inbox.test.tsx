// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Banner, bannerAttributes } from '../../components/inbox/Banner';
import { HandoverMark, handoverAttributes } from '../../components/inbox/HandoverMark';
import { Label, labelAttributes } from '../../components/inbox/Label';
import { mount } from '../../components/inbox/mount';
import { Notice, type NoticeView, noticeAttributes } from '../../components/inbox/Notice';
import { RowMark, rowAttributes } from '../../components/inbox/RowMark';
import { timerAttributes } from '../../components/inbox/Timer';
import { timeOfDay } from '../../components/words';
import type { Author } from '../../utils/conversation/author';
import type { Certainty } from '../../utils/conversation/claim';
import type { Wanted } from '../../utils/conversation/plan';
import type { ConversationView } from '../../utils/conversation/view';
import { all, inPage, installPopovers, named, press, text, words } from './dom';
import {
  CONVERSATIONS,
  conversation,
  handover,
  label,
  MINUTE,
  NOW,
  OFFERS,
  OUTCOMES,
  OWNERS,
  ownerClaim,
  row,
  WINDOWS,
} from './states';

/** Drawn by what draws in the page. */
vi.mock('preact', () => import('../../components/inbox/renderer'));
vi.mock('preact/jsx-runtime', async () => {
  const renderer = await import('../../components/inbox/renderer');
  return { ...renderer, jsxDEV: renderer.jsx };
});

beforeAll(installPopovers);
beforeEach(() => document.body.replaceChildren());

const icons = (root: ParentNode) => all(root, '[data-icon]').map(({ dataset }) => dataset.icon);

describe('an element of ours', () => {
  const notice = (phrase: string) => <Notice view={{ kind: 'phrase', phrase }} now={NOW} />;

  test('keeps its shadow root when it is drawn again, and is empty when there is nothing to draw', () => {
    const host = document.createElement('baton-notice');
    const show = mount(host);
    const root = host.shadowRoot as ShadowRoot;
    show(notice('All done'));
    show(notice('All set'));
    expect(text(root)).toBe('“All set” hands the conversation back to the bot. It leaves this inbox once you send.');
    show(null);
    expect(text(root)).toBe('');
  });

  test('shares its style sheet with the others of its name', () => {
    const [one, other] = [inPage('baton-notice', notice('one')), inPage('baton-notice', notice('other'))];
    expect(one.adoptedStyleSheets).toHaveLength(1);
    expect(one.adoptedStyleSheets[0]).toBe(other.adoptedStyleSheets[0]);
  });

  test('carries a style element of its own where a browser lets no content script share one', () => {
    const refuse = vi.spyOn(ShadowRoot.prototype, 'adoptedStyleSheets', 'set').mockImplementation(() => {
      throw new Error('Accessing from Xray wrapper is not supported.');
    });
    onTestFinished(() => refuse.mockRestore());
    const root = inPage('baton-notice', notice('All set'));
    expect(all(root, 'style')).toHaveLength(1);
    expect(text(root)).toContain('All set');
  });

  test('hides its icons from screen readers: the words beside them speak', () => {
    const root = inPage('baton-banner', banner(conversation()));
    expect(all(root, 'svg').every((icon) => icon.getAttribute('aria-hidden') === 'true')).toBe(true);
  });
});

describe('baton-row', () => {
  const mark = (owner: keyof typeof OWNERS, certainty: Certainty, window: keyof typeof WINDOWS) =>
    inPage('baton-row', <RowMark view={row(ownerClaim(OWNERS[owner], { certainty }), WINDOWS[window])} now={NOW} />);

  test.each<[keyof typeof OWNERS, Certainty, keyof typeof WINDOWS, string, string[]]>([
    ['bot', 'certain', 'open', 'Bot 3 h 12 min left', ['bot', 'clock']],
    ['bot', 'likely', 'open', 'Likely bot 3 h 12 min left', ['bot-line', 'clock']],
    ['bot', 'certain', 'ending', 'Bot Ending soon, 48 min left', ['bot', 'clock-ending']],
    ['inbox', 'certain', 'human-agent', 'Inbox 5 d 3 h left', ['inbox', 'human-agent']],
    ['inbox', 'likely', 'closed', 'Likely inbox No open window seen', ['inbox-line', 'closed']],
    ['app', 'certain', 'unknown', 'ManyChat', ['app']],
    ['app', 'likely', 'unknown', 'Likely ManyChat', ['app-line']],
    ['unnamed', 'likely', 'unknown', 'Likely held', ['unnamed-line']],
    ['not-bot', 'certain', 'unknown', 'Not the bot', ['not-bot']],
    ['idle', 'certain', 'unknown', 'Nobody', ['idle']],
    ['idle', 'likely', 'unknown', 'Likely nobody', ['idle-line']],
    ['unknown', 'likely', 'open', '3 h 12 min left', ['clock']],
    ['unknown', 'likely', 'unknown', '', []],
  ])('%s, %s, %s: %s', (owner, certainty, window, said, drawn) => {
    const root = mark(owner, certainty, window);
    expect(text(root)).toBe(said);
    expect(icons(root)).toEqual(drawn);
  });

  test('an old claim is shown with its age and the sign of the past', () => {
    const root = inPage(
      'baton-row',
      <RowMark view={row(ownerClaim(OWNERS.inbox, { observedAt: NOW - 4 * MINUTE }), null)} now={NOW} />,
    );
    expect([text(root.querySelector('.who')), icons(root)]).toEqual(['Inbox 4 min ago', ['old']]);
  });

  test.each(Object.keys(WINDOWS) as (keyof typeof WINDOWS)[])('its attributes, window %s', (window) => {
    expect(rowAttributes(row(ownerClaim(OWNERS.app, { certainty: 'likely' }), WINDOWS[window]), NOW)).toEqual({
      'data-owner': 'app',
      'data-certainty': 'likely',
      'data-observed-at': String(NOW - MINUTE),
      'data-window': window,
    });
  });

  test('explains owner and window while the pointer rests on it, and has nothing to explain otherwise', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const root = mark('bot', 'likely', 'open');
    const tip = root.querySelector('[role=tooltip]') as HTMLElement;
    expect(words(tip)).toBe('');
    root.querySelector('.mark')?.dispatchEvent(new Event('pointerenter'));
    vi.advanceTimersByTime(149);
    expect(tip.hasAttribute('data-open')).toBe(false);
    vi.advanceTimersByTime(1);
    expect(tip.hasAttribute('data-open')).toBe(true);
    expect(all(tip, 'div').map(words)).toEqual([
      'Owner: likely, concluded from several signs 1 min ago. It wrote last, and Meta names no owner.',
      'Window: certain, read from Meta 1 min ago. Counted from the last customer message that can be read.',
    ]);
    root.querySelector('.mark')?.dispatchEvent(new Event('pointerleave'));
    expect(tip.hasAttribute('data-open')).toBe(false);
  });
});

const presses = { onControl: vi.fn(), onToggleChoice: vi.fn(), onChoose: vi.fn(), onReadAgain: vi.fn() };

function banner(view: ConversationView, now = NOW, choosing = false) {
  return <Banner view={view} now={now} choosing={choosing} {...presses} />;
}

describe('baton-banner', () => {
  beforeEach(() => vi.clearAllMocks());

  const time = (at: number) => timeOfDay(at, NOW);

  test.each<[caption: string, title: string, sub: string, buttons: string[], clocks: string[]]>([
    [
      'Bot, certain',
      'Bot has this conversation',
      'Read from Meta 1 min ago.',
      ['Take control'],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'After the handover, until a human answers',
      'Transferred to Inbox for a human response',
      `By the bot at ${time(NOW - 12 * MINUTE)}. Read from Meta just now.`,
      ['Pass to bot'],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'Inbox, with the AI caveat',
      'Inbox has this conversation',
      'Meta AI writes under the same name, so a human is not certain.',
      ['Pass to bot'],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'Idle: both ways are open',
      'Nobody has this conversation',
      'The next message goes where routing sends it, else to the default app.',
      ['Take control', 'Pass to bot'],
      ['human-agent'],
    ],
    [
      'Unnamed, with all that control allows',
      `Held until ${time(OWNERS.unnamed.until)}`,
      'Meta does not say by whom. Why',
      ['Take control'],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'Likely',
      'Bot likely has this conversation',
      'It wrote last, and Meta names no owner. Why',
      ['Take control'],
      ['standard', 'human-agent'],
    ],
    [
      'Another app, no routing: a sentence, no button',
      'ManyChat has this conversation',
      'Reply here: the inbox takes control by itself.',
      [],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'Old reading',
      'Bot had this conversation 4 min ago',
      'Meta asks for fewer calls. Next reading in 2 min.',
      ['Read again'],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'Not the bot',
      'The bot does not have this conversation',
      'Meta does not say who does. Why',
      ['Take control'],
      ['standard', 'human-agent', 'control'],
    ],
    [
      'Unknown: the reason, no claim',
      'Owner not known',
      'Two customers share this name and this last message. Choose',
      [],
      [],
    ],
    [
      'No open window seen',
      'Nobody has this conversation',
      'The next message goes where routing sends it, else to the default app.',
      ['Take control'],
      [],
    ],
  ])('%s', (caption, title, sub, buttons, clocks) => {
    const root = inPage('baton-banner', banner(CONVERSATIONS[caption] as ConversationView));
    expect(text(root.querySelector('.title'))).toBe(title);
    expect(text(root.querySelector('.sub'))).toBe(sub);
    expect(all(root, '.do button').map(text)).toEqual(buttons);
    expect(all(root, 'baton-timer').map(({ dataset }) => dataset.clock)).toEqual(clocks);
  });

  test.each(Object.entries(OWNERS))('its attributes, owner %s', (kind, owner) => {
    expect(bannerAttributes(conversation({ owner: ownerClaim(owner) }))).toEqual({
      'data-owner': kind,
      'data-certainty': 'certain',
      'data-observed-at': String(NOW - MINUTE),
    });
  });

  test.each([
    ['bot', 'certain', 'bot'],
    ['bot', 'likely', 'bot-line'],
    ['inbox', 'likely', 'inbox-line'],
    ['unknown', 'likely', 'cannot-check'],
  ] as const)('%s, %s is drawn as %s', (owner, certainty, icon) => {
    const root = inPage('baton-banner', banner(conversation({ owner: ownerClaim(OWNERS[owner], { certainty }) })));
    expect(icons(root.querySelector('.lead') as Element)).toEqual([icon]);
  });

  test('a claim without a new reading for 120 s is drawn as old', () => {
    const view = conversation();
    const at = (now: number) => inPage('baton-banner', banner(view, now)).querySelector('.old');
    expect(at(view.owner.observedAt + 119_999)).toBeNull();
    expect(at(view.owner.observedAt + 120_000)).not.toBeNull();
  });

  test.each<[Wanted, string]>([
    ['human', 'Take control'],
    ['bot', 'Pass to bot'],
    ['ask', 'Request control'],
  ])('%s: the button says what will follow, and obeys people alone', async (wanted, name) => {
    const root = inPage('baton-banner', banner(conversation({ offers: [OFFERS[wanted]] })));
    const button = named(root, name);
    expect(words(root.getElementById(button.getAttribute('aria-describedby') as string))).toBe(
      OFFERS[wanted].preview.join(' '),
    );
    await press(button, 'script');
    expect(presses.onControl).not.toHaveBeenCalled();
    await press(button);
    expect(presses.onControl.mock.calls).toEqual([[wanted]]);
  });

  test('while a run is under way the buttons wait, and keep their focus', async () => {
    const root = inPage('baton-banner', banner(conversation({ running: 'human' })));
    const button = named(root, 'Take control');
    await press(button);
    expect(presses.onControl).not.toHaveBeenCalled();
    expect([button.getAttribute('aria-disabled'), button.hasAttribute('disabled')]).toEqual(['true', false]);
    expect(text(root.querySelector('[role=status]'))).toBe('Taking control. Waiting for Meta.');
  });

  test.each([
    ['done', 'status', 'Inbox has it. Meta names the inbox as owner, read at 14:14.'],
    ['accepted', 'status', 'Meta accepted. The new owner is not named yet. Next: it is read again in 15 s.'],
    [
      'refused',
      'alert',
      'Meta refused to give control. Conversation routing is off for this Page, so no app may take control. Next: ask someone with full access to the Page to turn routing on. Open Page settings',
    ],
    ['unsure', 'status', 'The answer was lost. It may have happened. Next: the owner is being read again.'],
  ] as const)('%s is told as %s', (kind, role, said) => {
    const root = inPage('baton-banner', banner(conversation({ outcome: OUTCOMES[kind] })));
    expect(
      all(root, '[data-outcome]').map((element) => [
        element.dataset.outcome,
        element.getAttribute('role'),
        text(element),
      ]),
    ).toEqual([[kind, role, said]]);
  });

  test('the region for results is there before there is one, so that the first is announced', () => {
    const host = document.body.appendChild(document.createElement('baton-banner'));
    const show = mount(host);
    show(banner(conversation()));
    const region = host.shadowRoot?.querySelector('[role=status]');
    expect(region?.hasAttribute('data-outcome')).toBe(false);
    show(banner(conversation({ running: 'human' })));
    show(banner(conversation({ outcome: OUTCOMES.done })));
    expect(host.shadowRoot?.querySelector('[role=status]')).toBe(region);
  });

  test('the agent may say who is on screen; a script of the page may not', async () => {
    const unmatched = CONVERSATIONS['Unknown: the reason, no claim'] as ConversationView;
    const host = document.body.appendChild(document.createElement('baton-banner'));
    const show = mount(host);
    const root = host.shadowRoot as ShadowRoot;
    show(banner(unmatched));
    const choose = named(root, 'Choose');
    await press(choose, 'script');
    expect(presses.onToggleChoice).not.toHaveBeenCalled();
    await press(choose);
    expect(presses.onToggleChoice).toHaveBeenCalledOnce();
    expect([choose.getAttribute('aria-expanded'), all(root, '.candidates button')]).toEqual(['false', []]);
    show(banner(unmatched, NOW, true));
    const [first] = all(root, '.candidates button');
    expect(choose.getAttribute('aria-expanded')).toBe('true');
    await press(first as HTMLElement, 'script');
    expect(presses.onChoose).not.toHaveBeenCalled();
    await press(first as HTMLElement);
    expect(presses.onChoose.mock.calls).toEqual([['24000000000000001']]);
  });

  test('reading again is asked for by people alone', async () => {
    const root = inPage('baton-banner', banner(CONVERSATIONS['Old reading'] as ConversationView));
    await press(named(root, 'Read again'), 'script');
    expect(presses.onReadAgain).not.toHaveBeenCalled();
    await press(named(root, 'Read again'));
    expect(presses.onReadAgain).toHaveBeenCalledOnce();
  });

  test.each([
    ['Bot, certain', '.title', 'Certain, read from Meta 1 min ago. Meta answered when asked for the thread owner.'],
    ['Likely', '.link', 'Likely, concluded from several signs 1 min ago. It wrote last, and Meta names no owner.'],
    ['Old reading', '.title', 'Old, read from Meta 4 min ago. Meta answered when asked for the thread owner.'],
    ['Unknown: the reason, no claim', '.title', 'Not known. Two customers share this name and this last message.'],
  ])('%s explains itself on focus; Escape puts it away', (caption, trigger, said) => {
    const root = inPage('baton-banner', banner(CONVERSATIONS[caption] as ConversationView));
    const focused = root.querySelector(trigger) as HTMLElement;
    const tip = root.getElementById(focused.getAttribute('aria-describedby') as string) as HTMLElement;
    focused.dispatchEvent(new Event('focusin', { bubbles: true }));
    expect([words(tip), tip.hasAttribute('data-open')]).toEqual([said, true]);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    expect(tip.hasAttribute('data-open')).toBe(true);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(tip.hasAttribute('data-open')).toBe(false);
  });
});

describe('baton-timer', () => {
  test('carries its clock and its end', () => {
    expect(timerAttributes({ clock: 'control', endsAt: NOW })).toEqual({
      'data-clock': 'control',
      'data-ends': String(NOW),
    });
  });

  const at = (now: number) =>
    all(inPage('baton-banner', banner(conversation(), now)), 'baton-timer').map((timer) => [
      timer.dataset.clock,
      text(timer),
      timer.className,
    ]);
  const HOURS = 60 * MINUTE;

  test.each<[after: number, timers: (string | undefined)[][]]>([
    [
      0,
      [
        ['standard', 'Standard 3 h 12 min left', ''],
        ['human-agent', 'Human agent 6 d 3 h left', ''],
        ['control', 'Control 3 h 12 min left', ''],
      ],
    ],
    [
      2 * HOURS,
      [
        ['standard', 'Standard 1 h 12 min left', 'ending'],
        ['human-agent', 'Human agent 6 d 1 h left', ''],
        ['control', 'Control 1 h 12 min left', ''],
      ],
    ],
    [192 * MINUTE, [['human-agent', 'Human agent 6 d 0 h left', '']]],
    [192 * MINUTE + 6 * 24 * HOURS, []],
  ])('%i ms later', (after, timers) => {
    expect(at(NOW + after)).toEqual(timers);
  });

  test('when the last has stopped, no open window is seen; where no window is known, nothing is said', () => {
    const said = (window: keyof typeof WINDOWS) =>
      text(
        inPage(
          'baton-banner',
          banner(conversation({ clocks: { window: WINDOWS[window], controlEndsAt: null } })),
        ).querySelector('.timers'),
      );
    expect([said('closed'), said('unknown')]).toEqual(['No open window seen', '']);
  });

  test.each([
    [
      'standard',
      'Any app may send until',
      'Certain, read from Meta 1 min ago. Counted from the last customer message that can be read.',
    ],
    [
      'control',
      'Control lasts until',
      'Certain, read from Meta 1 min ago. Meta answered when asked for the thread owner.',
    ],
  ])('%s says what its end means, and what it rests on', (clock, meaning, claim) => {
    const root = inPage('baton-banner', banner(conversation()));
    const tip = words(
      root.getElementById(root.querySelector(`[data-clock=${clock}]`)?.getAttribute('aria-describedby') ?? ''),
    );
    expect([tip.startsWith(meaning), tip.endsWith(claim)]).toEqual([true, true]);
  });
});

describe('baton-label', () => {
  test.each<[Author, Certainty, string, string[]]>([
    [{ kind: 'chatbot' }, 'certain', 'Replied by a chatbot', ['bot']],
    [{ kind: 'chatbot' }, 'likely', 'Replied by a chatbot · likely', ['bot-line']],
    [{ kind: 'automation' }, 'certain', 'Automated by Meta', ['automation']],
    [{ kind: 'meta-ai' }, 'certain', 'Replied by Meta AI', ['meta-ai']],
    [{ kind: 'human', name: 'Ida Novak' }, 'certain', 'Replied by Ida Novak', ['person']],
    [{ kind: 'human', name: null }, 'likely', 'Replied by a person · likely', ['person-line']],
  ])('%o, %s', (author, certainty, said, drawn) => {
    const view = label(author, certainty);
    const root = inPage('baton-label', <Label view={view} now={NOW} />);
    expect([text(root), icons(root)]).toEqual([said, drawn]);
    expect(all(root, '.likely')).toHaveLength(certainty === 'likely' ? 1 : 0);
    expect(labelAttributes(view)).toEqual({ 'data-author': author.kind, 'data-certainty': certainty });
  });

  test.each([
    ['nothing is known', label({ kind: 'unknown', why: 'No sign.' })],
    ['the page says it itself', label({ kind: 'human', name: 'Ida Novak' }, 'certain', true)],
  ])('there is none where %s', (_, view) => {
    expect(labelAttributes(view)).toBeNull();
    expect(text(inPage('baton-label', <Label view={view} now={NOW} />))).toBe('');
  });

  test('the reason stands in its tip', () => {
    const root = inPage('baton-label', <Label view={label({ kind: 'chatbot' }, 'likely')} now={NOW} />);
    expect(words(root.querySelector('[role=tooltip]'))).toBe(
      'Likely, concluded from several signs 1 min ago. The bot had control around it, and it came 2 s after the question.',
    );
  });
});

describe('baton-handover', () => {
  test('carries to whom, when first seen, and when last read before', () => {
    const view = handover({ to: 'unnamed' });
    expect(handoverAttributes(view)).toEqual({
      'data-to': 'unnamed',
      'data-at': String(view.at),
      'data-after': String(view.after),
    });
    expect(handoverAttributes({ ...view, after: null })).toEqual({
      'data-after': null,
      'data-to': 'unnamed',
      'data-at': String(view.at),
    });
  });

  test('draws a line with the words, and an arrow that turns with the direction of reading', () => {
    const view = handover({});
    const root = inPage('baton-handover', <HandoverMark view={view} now={NOW} />);
    expect(text(root)).toBe(`Control moved from Bot to Inbox · ${timeOfDay(view.at, NOW)}`);
    expect(all(root, 'svg[data-flip]')).toHaveLength(1);
  });
});

describe('baton-notice', () => {
  const at = NOW - MINUTE;
  const time = timeOfDay(at, NOW);
  test.each<[NoticeView, string]>([
    [{ kind: 'bot-has-it' }, 'The bot has this conversation. If you send, the inbox takes control.'],
    [{ kind: 'bot-answered', at }, `The bot answered at ${time}, while you were typing.`],
    [{ kind: 'colleague-answered', at, name: 'Ida Novak' }, `Ida Novak answered at ${time}, while you were typing.`],
    [{ kind: 'colleague-answered', at, name: null }, `Another agent answered at ${time}, while you were typing.`],
    [{ kind: 'customer-wrote', at }, `The customer wrote at ${time}. Read it before you send.`],
    [
      { kind: 'phrase', phrase: 'All set' },
      '“All set” hands the conversation back to the bot. It leaves this inbox once you send.',
    ],
  ])('%o', (view, said) => {
    const root = inPage('baton-notice', <Notice view={view} now={NOW} />);
    expect(text(root.querySelector('[role=status]'))).toBe(said);
    expect(noticeAttributes(view)).toEqual({ 'data-kind': view.kind });
  });
});
