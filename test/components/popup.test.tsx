// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '../../components/popup/App';
import type { Connected } from '../../components/popup/Connect';
import { timeOfDay } from '../../components/words';
import type { ConversationView, PopupView, SetupView } from '../../utils/conversation/view';
import { all, inPopup, named, press, settled, text } from './dom';
import {
  CONVERSATIONS,
  check,
  conversation,
  DAY,
  MINUTE,
  NOW,
  OFFERS,
  OUTCOMES,
  OWNERS,
  ownerClaim,
  page,
  popup,
  setup,
} from './states';

const on = {
  onControl: vi.fn(),
  onChoose: vi.fn(),
  onReadAgain: vi.fn(),
  onForget: vi.fn(),
  onCheckAgain: vi.fn(),
  onTick: vi.fn(),
  onConnect: vi.fn<(request: { token: string; botApp: string }) => Promise<Connected>>(),
};

beforeEach(() => {
  document.body.replaceChildren();
  vi.resetAllMocks();
});

function app(conversation: PopupView | null, setup: SetupView | null = null): HTMLElement {
  return inPopup(<App conversation={conversation} setup={setup} now={NOW} {...on} />);
}

const shown = (view: ConversationView) => app(popup(view));

/** The popup with its tab Setup open. */
async function setUp(view: SetupView = setup()): Promise<HTMLElement> {
  const root = app(null, view);
  await press(named(root, 'Setup'));
  return root;
}

/** The form field that bears this label. */
function field(root: ParentNode, name: string): HTMLInputElement {
  const label = all(root, 'label').find((element) => text(element.querySelector('span')) === name);
  return label?.querySelector('input, select') as HTMLInputElement;
}

const section = (root: ParentNode, title: string) =>
  all(root, 'section').find((element) => text(element.querySelector('h2'))?.startsWith(title)) as HTMLElement;

describe('tabs', () => {
  const state = (root: ParentNode) =>
    all(root, '[role=tab]').map((tab) => {
      const panel = root.querySelector(`#${tab.getAttribute('aria-controls')}`) as HTMLElement;
      return [
        text(tab),
        tab.getAttribute('aria-selected'),
        tab.tabIndex,
        panel.hidden,
        panel.getAttribute('aria-labelledby') === tab.id,
      ];
    });
  const conversationOpen = [
    ['Conversation', 'true', 0, false, true],
    ['Setup', 'false', -1, true, true],
  ];
  const setupOpen = [
    ['Conversation', 'false', -1, true, true],
    ['Setup', 'true', 0, false, true],
  ];

  test('Conversation is open at first, a press opens Setup', async () => {
    const root = shown(conversation());
    expect(state(root)).toEqual(conversationOpen);
    await press(named(root, 'Setup'));
    expect(state(root)).toEqual(setupOpen);
  });

  test('a closed panel is empty, so that its regions are silent', async () => {
    const root = app(popup(conversation({ outcome: OUTCOMES.done })), setup());
    await press(named(root, 'Setup'));
    expect([all(root, '[data-outcome]'), all(root, 'form')]).toEqual([[], [expect.anything()]]);
  });

  test.each([
    ['ArrowRight', setupOpen],
    ['ArrowLeft', setupOpen],
    ['End', setupOpen],
    ['Home', conversationOpen],
    ['Enter', conversationOpen],
  ])('%s', async (key, expected) => {
    const root = shown(conversation());
    named(root, 'Conversation').focus();
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await settled();
    expect(state(root)).toEqual(expected);
    expect(document.activeElement?.getAttribute('aria-selected')).toBe('true');
  });
});

describe('conversation', () => {
  test.each<[caption: string, owner: string, clocks: string[], buttons: string[]]>([
    [
      'Bot, certain',
      'Bot has this conversation Certain, read from Meta 1 min ago. Meta answered when asked for the thread owner.',
      ['standard', 'human-agent', 'control'],
      ['Take control'],
    ],
    [
      'After the handover, until a human answers',
      `Transferred to Inbox for a human response By the bot at ${timeOfDay(NOW - 12 * MINUTE, NOW)}. Certain, read from Meta just now. Meta answered when asked for the thread owner.`,
      ['standard', 'human-agent', 'control'],
      ['Pass to bot'],
    ],
    [
      'Unnamed, with all that control allows',
      `Held until ${timeOfDay(OWNERS.unnamed.until, NOW)} Certain, read from Meta 1 min ago. Meta answered when asked for the thread owner.`,
      ['standard', 'human-agent', 'control'],
      ['Take control', 'Release', 'Extend control'],
    ],
    [
      'Likely',
      'Bot likely has this conversation Likely, concluded from several signs 1 min ago. It wrote last, and Meta names no owner.',
      ['standard', 'human-agent'],
      ['Take control'],
    ],
    [
      'Old reading',
      'Bot had this conversation 4 min ago Old, read from Meta 4 min ago. Meta answered when asked for the thread owner. Meta asks for fewer calls. Next reading in 2 min. Read again',
      ['standard', 'human-agent', 'control'],
      [],
    ],
    ['Unknown: the reason, no claim', 'Owner not known Two customers share this name and this last message.', [], []],
  ])('%s', (caption, owner, clocks, buttons) => {
    const root = shown(CONVERSATIONS[caption] as ConversationView);
    const claim = root.querySelector('.claim') as Element;
    expect(all(claim, 'h2, p, button').map(text).join(' ')).toBe(owner);
    expect(all(root, '[data-clock]').map(({ dataset }) => dataset.clock)).toEqual(clocks);
    expect(all(root, '#panel-conversation .acts .btn.fill, .acts .btn.half').map(text)).toEqual(buttons);
  });

  test('where there is none, says why', () => {
    expect(text(app(popup(null, 'Open a conversation in the Page inbox.')).querySelector('[role=tabpanel]'))).toBe(
      'Open a conversation in the Page inbox.',
    );
  });

  test('ages and times left follow the server’s clock', () => {
    const view = { ...popup(conversation()), clockOffset: 3 * MINUTE };
    const root = app(view);
    expect(text(root.querySelector('.claim h2'))).toBe('Bot had this conversation 4 min ago');
    expect(text(root.querySelector('[data-clock=standard] dd'))).toBe('3 h 9 min left');
  });

  test('no open window seen: says so, and does not say that one may not reply', () => {
    const root = shown(CONVERSATIONS['No open window seen'] as ConversationView);
    expect(text(section(root, 'Time left'))).toBe('Time leftNo open window seen');
  });

  test.each([
    ['Mara Lindqvist', 'ML'],
    ['Cher', 'C'],
    ['  Ana  de la Cruz ', 'AC'],
    ['👩‍🚀 Kim', '👩‍🚀K'],
    ['نور الهدى', 'نا'],
    ['', ''],
  ])('initials of "%s": %s', (name, initials) => {
    expect(text(shown(conversation({ name })).querySelector('.face'))).toBe(initials);
  });

  test('one button is filled, the first; each says what will follow', async () => {
    const root = shown(conversation({ offers: [OFFERS.human, OFFERS['let-go'], OFFERS.longer] }));
    const preview = () => root.querySelector<HTMLElement>('[data-preview]');
    expect(all(root, '#panel-conversation .fill').map(text)).toEqual(['Take control']);
    expect(preview()?.dataset.preview).toBe('human');
    named(root, 'Release').focus();
    await settled();
    expect(preview()?.dataset.preview).toBe('let-go');
    expect(all(root, '[data-preview] li').map(text)).toEqual(OFFERS['let-go'].preview);
    expect(named(root, 'Release').getAttribute('aria-description')).toBe(OFFERS['let-go'].preview.join(' '));
  });

  test.each([
    ['human', 'Take control'],
    ['bot', 'Pass to bot'],
    ['let-go', 'Release'],
    ['ask', 'Request control'],
    ['longer', 'Extend control'],
  ] as const)('%s is the button "%s"; it waits while a run is under way', async (wanted, name) => {
    await press(named(shown(conversation({ offers: [OFFERS[wanted]], running: wanted })), name));
    expect(on.onControl).not.toHaveBeenCalled();
    document.body.replaceChildren();
    await press(named(shown(conversation({ offers: [OFFERS[wanted]] })), name));
    expect(on.onControl.mock.calls).toEqual([[wanted, '']]);
  });

  test('a note for the bot goes with the press, and is shown as it will be sent', async () => {
    const root = shown(conversation({ offers: [OFFERS.bot] }));
    const field = root.querySelector<HTMLInputElement>('input[name=note]');
    if (!field) throw new Error('There is no field for a note.');
    field.value = 'Size 54 is settled';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    expect(root.querySelector('.note code')?.textContent).toBe(
      '{"source":"baton","event":"human-ended","note":"Size 54 is settled"}',
    );
    await press(named(root, 'Pass to bot'));
    expect(on.onControl.mock.calls).toEqual([['bot', 'Size 54 is settled']]);
  });

  test.each([
    ['done', 'status'],
    ['accepted', 'status'],
    ['refused', 'alert'],
    ['unsure', 'status'],
  ] as const)('%s is told as %s', (kind, role) => {
    const root = shown(conversation({ outcome: OUTCOMES[kind] })).querySelector('#panel-conversation') as Element;
    const told = all(root, '[data-outcome]');
    expect(told.map((element) => [element.dataset.outcome, element.getAttribute('role')])).toEqual([[kind, role]]);
    expect(text(told[0] as Element)).toContain(OUTCOMES[kind].cause);
  });

  test('a refusal names the next step and links to it', () => {
    const root = shown(conversation({ outcome: OUTCOMES.refused }));
    const link = root.querySelector('[role=alert] a');
    expect(text(root.querySelector('[role=alert]'))).toContain('Next: ask someone with full access');
    expect([link?.getAttribute('href'), link?.getAttribute('rel')]).toEqual([OUTCOMES.refused.link?.url, 'noreferrer']);
  });

  test('where nothing can be called there is no button, but the sentence', () => {
    const root = shown(CONVERSATIONS['Another app, no routing: a sentence, no button'] as ConversationView);
    expect(all(root, '#panel-conversation button')).toEqual([]);
    expect(text(root)).toContain('Reply here: the inbox takes control by itself.');
  });

  test('the agent picks among candidates, and takes it back', async () => {
    const unmatched = shown(CONVERSATIONS['Unknown: the reason, no claim'] as ConversationView);
    const [, second] = all(unmatched, 'ul[aria-label="Who is it?"] button');
    await press(second as HTMLElement);
    await press(named(shown(CONVERSATIONS['No open window seen'] as ConversationView), 'Not this customer'));
    expect(on.onChoose.mock.calls).toEqual([['24000000000000002'], [null]]);
  });

  test('an old claim can be read again', async () => {
    await press(named(shown(conversation({ owner: ownerClaim(OWNERS.bot, { observedAt: NOW - DAY }) })), 'Read again'));
    expect(on.onReadAgain).toHaveBeenCalledOnce();
  });
});

describe('setup', () => {
  test.each([
    [1, ['here', '', '', ''], 'To reach 2:'],
    [2, ['have', 'here', '', ''], 'To reach 3:'],
    [3, ['have', 'have', 'here', ''], 'To reach 4:'],
    [4, ['have', 'have', 'have', 'here'], undefined],
  ] as const)('degree %i', async (degree, classes, next) => {
    const part = section(await setUp(setup([page({ degree })])), 'How much Meta tells');
    expect(all(part, 'li').map(({ className }) => className)).toEqual(classes);
    expect(all(part, '[aria-current=step] .number').map(text)).toEqual([String(degree)]);
    expect(all(part, '.next b').map(text)[0]).toBe(next);
  });

  test('without a Page, the page alone tells; there is nothing to forget or check', async () => {
    const root = await setUp(setup([]));
    expect(text(root.querySelector('[aria-current=step]'))).toContain('The page alone');
    expect(all(root, '#panel-setup button').map(text)).toEqual(['Connect Page']);
  });

  test('of several Pages the one on screen is shown, and another can be picked', async () => {
    const gifts = page({ pageId: '2', name: 'Northwind Gifts', degree: 4 });
    const root = await setUp({ ...setup([page(), gifts]), currentPageId: '2' });
    const here = () => text(root.querySelector('[aria-current=step] .number'));
    expect([field(root, 'Page').value, here()]).toEqual(['2', '4']);
    field(root, 'Page').value = page().pageId;
    field(root, 'Page').dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(here()).toBe('3');
  });

  test('a Page whose token is dead says why work has stopped', async () => {
    const root = await setUp(setup([page({ stopped: 'Meta says that the token is no longer valid.' })]));
    expect(text(root.querySelector('[role=alert]'))).toBe(
      'Work for this Page has stopped Meta says that the token is no longer valid.',
    );
  });

  test('forgetting goes for the Page that is shown', async () => {
    await press(named(await setUp(), 'Forget Page'));
    expect(on.onForget.mock.calls).toEqual([[page().pageId]]);
  });
});

describe('connecting a Page', () => {
  async function send(root: HTMLElement, token: string, botApp = ''): Promise<void> {
    field(root, 'Page access token').value = token;
    field(root, 'Bot app').value = botApp;
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settled();
  }
  const told = (root: ParentNode) =>
    all(root, '#panel-setup [data-outcome]').map((element) => [
      element.getAttribute('role'),
      element.dataset.outcome,
      text(element),
    ]);

  test('the token is not echoed, not offered for completion, and leaves the field at once', async () => {
    on.onConnect.mockReturnValue(new Promise(() => {}));
    const root = await setUp(setup([]));
    const token = field(root, 'Page access token');
    expect([token.type, token.autocomplete]).toEqual(['password', 'off']);
    await send(root, 'EAAsecret');
    expect(token.value).toBe('');
    expect(document.documentElement.outerHTML).not.toContain('EAAsecret');
  });

  test('while Meta is asked, it says so and asks no second time', async () => {
    on.onConnect.mockReturnValue(new Promise(() => {}));
    const root = await setUp(setup([]));
    await send(root, 'one');
    await send(root, 'two');
    expect(on.onConnect).toHaveBeenCalledOnce();
    expect(text(root.querySelector('#panel-setup form + [role=status]'))).toBe('Asking Meta about this token.');
  });

  test.each<[string, () => Promise<Connected>, (string | undefined)[]]>([
    [
      'connected',
      async () => ({ ok: true, value: { name: 'Northwind Parcels' } }),
      ['status', 'done', 'Northwind Parcels is connected.'],
    ],
    [
      'refused',
      async () => ({ ok: false, sentence: 'This is not a Page access token. Next: copy it again.' }),
      ['alert', 'refused', 'Not connected. This is not a Page access token. Next: copy it again.'],
    ],
    [
      'no answer',
      async () => Promise.reject(new Error('port closed')),
      ['alert', 'refused', 'Not connected. Baton’s background did not answer. Next: open this popup again.'],
    ],
  ])('%s', async (_, answer, expected) => {
    on.onConnect.mockImplementation(answer);
    const root = await setUp(setup([]));
    await send(root, 'EAAsecret');
    expect(told(root)).toEqual([expected]);
    expect(field(root, 'Page access token').value).toBe('');
  });

  test.each([
    ['manychat', '532160876956612'],
    ['Hootsuite', '183319479511'],
    ['Northwind Helper', '77'],
    [' 4242 ', '4242'],
    ['Unheard Of', 'Unheard Of'],
    ['', ''],
  ])('bot app "%s" is sent as "%s"', async (typed, sent) => {
    on.onConnect.mockReturnValue(new Promise(() => {}));
    await send(await setUp(), ' EAAsecret ', typed);
    expect(on.onConnect.mock.calls).toEqual([[{ token: 'EAAsecret', botApp: sent }]]);
  });

  test('offers the apps known by name and those found', async () => {
    const root = await setUp();
    const list = root.querySelector(`#${field(root, 'Bot app').getAttribute('list')}`) as Element;
    expect(
      all(list, 'option')
        .map((option) => option.getAttribute('value'))
        .sort(),
    ).toEqual(['Hootsuite', 'ManyChat', 'Northwind Helper']);
  });
});

describe('configuration checks', () => {
  const list = (root: ParentNode) => root.querySelector('ul[aria-label="Configuration checks"]') as Element;

  test.each([
    ['ok', 'ok', 'In order'],
    ['wrong', 'wrong', 'Needs fixing'],
    ['cannot-check', 'cannot-check', 'Could not check'],
    ['not-tested', 'not-tested', 'Not tested'],
  ] as const)('%s', async (state, icon, said) => {
    const [item] = all(list(await setUp(setup([page({ checks: [check('expiry', state)] })]))), '[data-check]');
    expect([
      item?.dataset.check,
      item?.dataset.state,
      item?.querySelector('svg')?.dataset.icon,
      text(item?.querySelector('.state') ?? null),
    ]).toEqual(['expiry', state, icon, said]);
  });

  const link = { text: 'Open conversation routing', url: 'https://business.facebook.com/latest/settings' };
  const time = timeOfDay(NOW, NOW);

  test.each([
    ['in order keeps to one line', check('token', 'ok', { how: 'Asked Meta.' }), `${time}. Asked Meta.`],
    [
      'wrong says when, how and who',
      check('token', 'wrong', { how: 'Asked Meta.', who: 'An admin.', link }),
      `When${time}HowAsked Meta.WhoAn admin.Open conversation routing`,
    ],
    [
      'nobody can mend it',
      check('token', 'cannot-check', { how: 'No message to look at.' }),
      `When${time}HowNo message to look at.`,
    ],
    [
      'not yet',
      check('trial', 'not-tested', { how: 'On a conversation you pick.' }),
      'WhenNot yetHowOn a conversation you pick.',
    ],
  ])('%s', async (_, view, said) => {
    expect(text(list(await setUp(setup([page({ checks: [view] })]))).querySelector('.more'))).toBe(said);
  });

  test.each([
    [['ok', 'ok'], '2 of 2 in order'],
    [['ok', 'not-tested', 'cannot-check'], '1 of 3 in order'],
    [['wrong', 'ok'], '1 of 2 needs fixing'],
    [['wrong', 'wrong', 'ok'], '2 of 3 need fixing'],
    [[], 'not checked yet'],
  ] as const)('%o: %s', async (states, said) => {
    const checks = states.map((state, index) => check(String(index), state));
    expect(text(section(await setUp(setup([page({ checks })])), 'Configuration checks').querySelector('h2 .sub'))).toBe(
      said,
    );
  });

  test('can be made again', async () => {
    await press(named(await setUp(), 'Check again'));
    expect(on.onCheckAgain.mock.calls).toEqual([[page().pageId]]);
  });
});

describe('guided steps: what only a person can see', () => {
  const items = (root: ParentNode) => all(section(root, 'Only you can see these'), '[data-check]');

  test('lie apart from what was checked, each with the date of its tick', async () => {
    const root = await setUp();
    expect(
      items(root).map((item) => [item.dataset.check, item.dataset.state, text(item.querySelector('.sub'))]),
    ).toEqual([
      ['default-app', 'ok', 'Ticked by you on 18 Nov 2026'],
      ['take-toggle', 'not-tested', 'Not looked at yet'],
      ['other-routing', 'not-tested', 'Not looked at yet'],
    ]);
  });

  test('a tick is told, and so is its taking back', async () => {
    const boxes = items(await setUp()).map((item) => item.querySelector('input') as HTMLInputElement);
    for (const box of boxes.slice(0, 2)) {
      box.checked = !box.checked;
      box.dispatchEvent(new Event('change', { bubbles: true }));
    }
    expect(on.onTick.mock.calls).toEqual([
      [page().pageId, 'default-app', false],
      [page().pageId, 'take-toggle', true],
    ]);
  });
});

test('old names of receivers are explained', async () => {
  expect(text(section(await setUp(), 'Words that changed'))).toMatch(
    /primary receiver.*secondary receiver.*default app.*conversation routing/,
  );
});
