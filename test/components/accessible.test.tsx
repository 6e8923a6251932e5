// @vitest-environment happy-dom
import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { Banner } from '../../components/inbox/Banner';
import { HandoverMark } from '../../components/inbox/HandoverMark';
import { Label } from '../../components/inbox/Label';
import { Notice } from '../../components/inbox/Notice';
import { RowMark } from '../../components/inbox/RowMark';
import { App } from '../../components/popup/App';
import { all, inPage, inPopup, named, press } from './dom';
import { CONVERSATIONS, conversation, handover, label, NOW, page, popup, row, setup } from './states';

/** What axe-core finds in the document. Contrast needs a real browser: the gallery's script looks at it. */
async function violations(): Promise<string[]> {
  const found = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** A popover that is not open is not there for anybody; this test's DOM does not know that. */
function hideAsBrowsersDo(popover: HTMLElement): void {
  popover.style.display = 'none';
}

const nothing = () => {};

beforeEach(() => {
  document.documentElement.lang = 'en';
  document.title = 'Baton';
  document.body.replaceChildren();
});

function showPopup(view: keyof typeof CONVERSATIONS, pages = [page()]): HTMLElement {
  return inPopup(
    <App
      conversation={popup(CONVERSATIONS[view] ?? null, 'None is open.')}
      setup={setup(pages)}
      now={NOW}
      onControl={nothing}
      onChoose={nothing}
      onReadAgain={nothing}
      onForget={nothing}
      onCheckAgain={nothing}
      onTick={nothing}
      onDeclare={async () => ({ ok: true, value: null })}
      onConnect={async () => ({ ok: false, sentence: 'No.' })}
    />,
  );
}

test('axe-core works here: it sees a field without a label', async () => {
  document.body.innerHTML = '<main><h1>Baton</h1><input type="text"></main>';
  expect(await violations()).toEqual([expect.stringMatching(/^label: /)]);
});

test.each(Object.keys(CONVERSATIONS))('the popup: %s', async (caption) => {
  showPopup(caption);
  expect(await violations()).toEqual([]);
});

test.each([
  ['nothing connected', []],
  ['one Page', [page()]],
  [
    'two Pages, one of them stopped',
    [page({ stopped: 'The token is dead.' }), page({ pageId: '2', name: 'Northwind Gifts' })],
  ],
])('the popup’s Setup: %s', async (_, pages) => {
  await press(named(showPopup('Bot, certain', pages), 'Setup'));
  expect(await violations()).toEqual([]);
});

test.each(Object.keys(CONVERSATIONS))('the page, with all that is ours: %s', async (caption) => {
  const view = CONVERSATIONS[caption] ?? conversation();
  document.body.innerHTML = '<main><h1>Inbox</h1></main>';
  inPage(
    'baton-banner',
    <Banner
      view={view}
      now={NOW}
      choosing
      onControl={nothing}
      onToggleChoice={nothing}
      onChoose={nothing}
      onReadAgain={nothing}
    />,
  );
  inPage('baton-label', <Label view={label({ kind: 'chatbot' }, 'likely')} now={NOW} />);
  inPage('baton-handover', <HandoverMark view={handover({})} now={NOW} />);
  inPage('baton-notice', <Notice view={{ kind: 'bot-has-it' }} now={NOW} />);
  const mark = inPage('baton-row', <RowMark view={row(view.owner, view.clocks.window)} now={NOW} />);
  for (const popover of all(mark, '[popover]')) hideAsBrowsersDo(popover);
  document.querySelector('main')?.append(...document.querySelectorAll('body > :not(main)'));
  expect(await violations()).toEqual([]);
});
