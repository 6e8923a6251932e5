// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { BotWords, type DeclareRequest } from '../../components/popup/BotWords';
import { Connect, type Connected, type ConnectRequest } from '../../components/popup/Connect';
import { Failed } from '../../components/popup/Failed';
import { Options } from '../../components/popup/Options';
import { Setup, type SetupActions } from '../../components/popup/Setup';
import { Trial } from '../../components/popup/Trial';
import type { Declared } from '../../utils/conversation/declared';
import type { DeclaredView, OptionsView, Reply, SetupView, VaultMode } from '../../utils/conversation/view';
import { all, inPopup, named, press, settled, text } from './dom';
import { page, setup } from './states';

const on = {
  onUnlock: vi.fn<(passphrase: string) => Promise<Reply<null>>>(),
  onForgetAll: vi.fn<() => Promise<Reply<null>>>(),
  onChangeVault: vi.fn<(mode: VaultMode, passphrase: string) => Promise<Reply<null>>>(),
  onChangeSettings: vi.fn(),
  onExport: vi.fn<() => Promise<Reply<string>>>(),
  onImport: vi.fn<(text: string) => Promise<Reply<null>>>(),
  onReport: vi.fn<() => Promise<Reply<string>>>(),
  onOpenTab: vi.fn(),
};

const AS_INSTALLED: OptionsView = { vault: 'device', locked: false, keepDays: 30, pageFacts: true, byPolicy: [] };
const options = (change: Partial<OptionsView> = {}) =>
  inPopup(<Options options={{ ...AS_INSTALLED, ...change }} {...on} />);

const setUp = (view: SetupView, actions: Partial<SetupActions> = { own: on }) =>
  inPopup(
    <Setup
      view={view}
      now={0}
      onConnect={async () => ({ ok: false, sentence: '' })}
      onForget={() => {}}
      onCheckAgain={() => {}}
      onTick={() => {}}
      {...actions}
    />,
  );

beforeEach(() => {
  document.body.replaceChildren();
  vi.resetAllMocks();
});

async function submit(root: ParentNode): Promise<void> {
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settled();
}
async function change(field: HTMLInputElement, set: Partial<HTMLInputElement>): Promise<void> {
  Object.assign(field, set);
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}
const input = (root: ParentNode, selector: string) => root.querySelector<HTMLInputElement>(selector)!;

describe('how the token is kept', () => {
  test('another way asks for a passphrase only where it needs one', async () => {
    on.onChangeVault.mockResolvedValue({ ok: true, value: null });
    const root = options();
    expect(root.querySelector('[name=passphrase]')).toBeNull();
    await change(input(root, '[value=session]'), { checked: true });
    expect(root.querySelector('[name=passphrase]')).toBeNull();
    await change(input(root, '[value=passphrase]'), { checked: true });
    input(root, '[name=passphrase]').value = 'nine bicycles';
    await submit(root);
    expect(on.onChangeVault.mock.calls).toEqual([['passphrase', 'nine bicycles']]);
    expect(document.documentElement.outerHTML).not.toContain('nine bicycles');
  });

  test('a passphrase leaves its field at once, also where it is refused', async () => {
    on.onChangeVault.mockResolvedValue({ ok: false, sentence: 'A passphrase has at least 10 characters.' });
    const root = options({ vault: 'passphrase' });
    input(root, '[name=passphrase]').value = 'short';
    await submit(root);
    expect(input(root, '[name=passphrase]').value).toBe('');
    expect(text(root.querySelector('[role=alert]'))).toBe('A passphrase has at least 10 characters.');
  });

  test('locked: nothing but the passphrase is asked for, and a wrong one is said so', async () => {
    on.onUnlock.mockResolvedValue({ ok: false, sentence: 'This is not the passphrase.' });
    const root = options({ vault: 'passphrase', locked: true });
    expect(all(root, '[name=vault]')).toEqual([]);
    input(root, '[name=passphrase]').value = 'nine bicycles';
    await submit(root);
    expect(on.onUnlock.mock.calls).toEqual([['nine bicycles']]);
    expect(text(root.querySelector('[role=alert]'))).toBe('This is not the passphrase.');
  });
});

describe('where the passphrase is lost', () => {
  test('every Page can be forgotten instead', async () => {
    on.onForgetAll.mockResolvedValue({ ok: true, value: null });
    await press(named(options({ vault: 'passphrase', locked: true }), 'Passphrase lost: forget all Pages'));
    expect(on.onForgetAll).toHaveBeenCalledOnce();
  });
});

test('Setup shows nothing else while it is locked', () => {
  const root = setUp({ ...setup([]), options: { ...AS_INSTALLED, vault: 'passphrase', locked: true } });
  expect(all(root, 'h2').map(text)).toEqual(['Baton is locked']);
});

test.each([
  ['none is connected', [], true],
  ['one is connected since', [page()], false],
])('Pages that went with the last session are said to be gone: %s', (_, pages, said) => {
  const root = setUp({ ...setup(pages), options: { ...AS_INSTALLED, vault: 'session', sessionEnded: true } });
  expect(text(root).includes('The last session has ended')).toBe(said);
});

describe('what a policy sets', () => {
  test('a passphrase that it asks for can be set at once', async () => {
    on.onChangeVault.mockResolvedValue({ ok: true, value: null });
    const root = options({ vaultWanted: 'passphrase', byPolicy: ['vault'] });
    input(root, '[name=passphrase]').value = 'nine bicycles';
    await submit(root);
    expect(on.onChangeVault.mock.calls).toEqual([['passphrase', 'nine bicycles']]);
  });

  test.each([
    ['vault', '[name=vault]'],
    ['keepDays', '[name=keepDays]'],
    ['pageFacts', '[name=pageFacts]'],
  ])('%s cannot be changed, and the rest can', (name, selector) => {
    const root = options({ byPolicy: [name] });
    const fields = all(root, '[name=vault], [name=keepDays], [name=pageFacts]') as HTMLInputElement[];
    expect(fields.filter(({ disabled }) => disabled)).toEqual(all(root, selector));
  });
});

describe('what is read and kept', () => {
  test.each([
    ['7', [[{ keepDays: 7 }]]],
    ['0', []],
    ['400', []],
    ['', []],
  ])('“%s” days', async (typed, told) => {
    await change(input(options(), '[name=keepDays]'), { value: typed });
    expect(on.onChangeSettings.mock.calls).toEqual(told);
  });

  test('the page’s facts are switched off and on', async () => {
    const root = options();
    await change(input(root, '[name=pageFacts]'), { checked: false });
    await change(input(root, '[name=pageFacts]'), { checked: true });
    expect(on.onChangeSettings.mock.calls).toEqual([[{ pageFacts: false }], [{ pageFacts: true }]]);
  });
});

describe('for a team', () => {
  test('the report goes into the clipboard', async () => {
    const writeText = vi.fn(async (_text: string) => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    on.onReport.mockResolvedValue({ ok: true, value: 'Baton, all in order' });
    const root = options();
    await press(named(root, 'Copy report'));
    vi.unstubAllGlobals();
    expect(writeText.mock.calls).toEqual([['Baton, all in order']]);
    expect(all(root, '[role=status]').map(text)).toContain('The report is in the clipboard.');
  });

  test('a file that is none is said so', async () => {
    on.onImport.mockResolvedValue({ ok: false, sentence: 'This is not a configuration file of Baton.' });
    const root = options();
    await change(input(root, '[name=settingsFile]'), {
      files: [new File(['{}'], 'other.json')] as unknown as FileList,
    });
    expect(on.onImport.mock.calls).toEqual([['{}']]);
    expect(text(root.querySelector('[role=alert]'))).toBe('This is not a configuration file of Baton.');
  });

  test.each([
    ['a popup offers a tab', on.onOpenTab, true],
    ['a tab offers none', null, false],
  ])('%s', (_, onOpenTab, offers) => {
    const root = inPopup(<Options options={AS_INSTALLED} {...on} onOpenTab={onOpenTab} />);
    expect(all(root, 'button').map(text).includes('Open Setup in a tab')).toBe(offers);
  });
});

describe('which Page is meant', () => {
  const onConnect = vi.fn<(request: ConnectRequest) => Promise<Connected>>();
  const connect = (connected: boolean) =>
    inPopup(<Connect pages={[]} page={connected ? page() : null} onConnect={onConnect} onForget={() => {}} />);
  beforeEach(() => onConnect.mockReset());

  test('is picked from those that the token reaches; the token is sent again and shown nowhere', async () => {
    onConnect.mockResolvedValueOnce({
      ok: false,
      sentence: 'This token reaches several Pages. Pick one.',
      pages: [
        { pageId: '1', name: 'Northwind Parcels' },
        { pageId: '2', name: 'Northwind Gifts' },
      ],
    });
    onConnect.mockResolvedValueOnce({ ok: true, value: { name: 'Northwind Gifts' } });
    const root = connect(false);
    input(root, '[name=token]').value = 'EAAsecret';
    await submit(root);
    expect(document.documentElement.outerHTML).not.toContain('EAAsecret');
    await press(named(root, 'Connect Northwind Gifts'));
    expect(onConnect.mock.calls[1]).toEqual([{ token: 'EAAsecret', botApp: '', pageId: '2' }]);
    expect(text(root.querySelector('[role=status]'))).toBe('Northwind Gifts is connected.');
    expect(all(root, 'button').map(text)).toEqual(['Connect Page']);
  });

  test.each([
    ['a connected Page, for another bot app', true, page().pageId],
    ['nobody, where none is connected', false, undefined],
  ])('without a token: %s', async (_, connected, pageId) => {
    onConnect.mockResolvedValue({ ok: true, value: { name: 'Northwind Parcels' } });
    const root = connect(connected);
    input(root, '[name=botApp]').value = '4242';
    await submit(root);
    expect(onConnect.mock.calls[0]?.[0]).toEqual({ token: '', botApp: '4242', ...(pageId && { pageId }) });
  });
});

test('a trial runs on the conversation that was picked, one at a time', async () => {
  const onTrial = vi.fn(() => new Promise<void>(() => {}));
  const candidates = [
    { psid: '1', name: 'Ana', lastAt: null },
    { psid: '2', name: 'Maja', lastAt: null },
  ];
  const root = inPopup(<Trial candidates={candidates} onTrial={onTrial} />);
  root.querySelector('select')!.value = '2';
  await press(named(root, 'Try take and pass'));
  await press(named(root, 'Try take and pass'));
  expect(onTrial.mock.calls).toEqual([['2']]);
});

test('where the background cannot work, that is the one thing said', () => {
  const root = inPopup(<Failed sentence="A newer Baton has written what is stored here." />);
  expect(text(root)).toBe('Baton cannot work A newer Baton has written what is stored here.');
  expect(root.querySelector('[role=alert]')).not.toBeNull();
});

describe('what the bot writes', () => {
  const onDeclare = vi.fn<(request: DeclareRequest) => Promise<Reply<null>>>();
  const NOTHING: DeclaredView = { signature: null, handBackPhrase: null, byPolicy: [] };
  const words = (declared: Partial<DeclaredView> = {}) =>
    inPopup(<BotWords pageId="7" declared={{ ...NOTHING, ...declared }} onDeclare={onDeclare} />);
  async function type(field: HTMLInputElement, value: string): Promise<void> {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
  }
  const seen = (root: ParentNode) => all(root, 'b').map(text);
  beforeEach(() => onDeclare.mockReset().mockResolvedValue({ ok: true, value: null }));

  test('is told as it was typed, to the last invisible character', async () => {
    const root = words();
    await type(input(root, '[name=signature]'), ' \u2063\u2064\ufeff');
    await type(input(root, '[name=handBackPhrase]'), 'back to bot ');
    await submit(root);
    expect(onDeclare.mock.calls).toEqual([
      [{ pageId: '7', signature: ' \u2063\u2064\ufeff', handBackPhrase: 'back to bot ' }],
    ]);
    expect(text(root.querySelector('[role=status]'))).toBe('Done.');
  });

  test('an empty field removes it, and the other stays as it is', async () => {
    const root = words({ signature: '[Spoke]', handBackPhrase: 'back to bot' });
    await type(input(root, '[name=signature]'), '');
    await submit(root);
    expect(onDeclare.mock.calls).toEqual([[{ pageId: '7', signature: '', handBackPhrase: 'back to bot' }]]);
  });

  test.each([
    ['three', '\u200b\u200c\u2060', ['3 invisible characters: U+200B, U+200C, U+2060.']],
    ['one behind a word', '[Spoke]\u2063', ['1 invisible character: U+2063.']],
    ['none', '[Spoke bot]', []],
  ])('%s that cannot be seen: the field says so, before and after', async (_, signature, lines) => {
    expect(seen(words({ signature }))).toEqual(lines);
    const root = words();
    await type(input(root, '[name=signature]'), signature);
    expect(seen(root)).toEqual(lines);
  });

  test('what is being typed outlives a new view; what was refused is there to be mended', async () => {
    onDeclare.mockResolvedValue({ ok: false, sentence: 'People’s own words may begin like this.' });
    const root = words();
    await type(input(root, '[name=signature]'), 'Hi');
    await submit(root);
    render(<BotWords pageId="7" declared={NOTHING} onDeclare={onDeclare} />, root);
    expect(text(root.querySelector('[role=alert]'))).toBe('People’s own words may begin like this.');
    expect(input(root, '[name=signature]').value).toBe('Hi');
  });

  test.each<[keyof Declared, object]>([
    ['signature', { handBackPhrase: 'b' }],
    ['handBackPhrase', { signature: 'a' }],
  ])('%s is a policy’s: it cannot be changed, and says so; the other can', async (name, told) => {
    const root = words({ signature: 'a', handBackPhrase: 'b', byPolicy: [name] });
    const fields = all(root, 'input') as HTMLInputElement[];
    expect(fields.filter(({ disabled }) => disabled).map((field) => field.name)).toEqual([name]);
    expect(text(root.querySelector(`#${name}-hint`))).toContain('Your organisation has set this.');
    await submit(root);
    expect(onDeclare.mock.calls).toEqual([[{ pageId: '7', ...told }]]);
  });

  test('where a policy sets both, there is nothing to press', () => {
    expect(all(words({ byPolicy: ['signature', 'handBackPhrase'] }), 'button')).toEqual([]);
  });

  test.each([
    ['a Page whose record can be opened', NOTHING, true],
    ['one whose record cannot', undefined, false],
  ])('Setup has it for %s', (_, declared, there) => {
    const root = setUp(setup([page({ declared })]), { onDeclare });
    expect(all(root, 'h2').map(text).includes('What the bot writes')).toBe(there);
  });
});
