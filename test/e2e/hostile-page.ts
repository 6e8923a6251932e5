/** What a script of the page's own tries. Runs in the page's world; nothing outside of it is named here. */
export async function attack(): Promise<{ buttons: number; attempts: number; extension: boolean }> {
  let attempts = 0;
  const wishes = ['human', 'bot', 'let-go', 'ask', 'longer'];

  // Presses that no person made, on every button of Baton's.
  const buttons = [...document.querySelectorAll('*')]
    .filter(({ localName }) => localName.startsWith('baton-'))
    .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('button') ?? [])]);
  for (const button of buttons) {
    button.click();
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
      button.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
    for (const key of ['Enter', ' '])
      button.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    button.focus();
    attempts += 9;
  }

  // Messages in every shape that Baton's own have.
  const shapes = wishes.flatMap((wanted) => [
    { type: 'control', key: 'x', wanted },
    { name: 'inbox', type: 'control', key: 'x', wanted },
    { id: 1, type: 'connectPage', data: { token: 'x'.repeat(40), botApp: '' }, timestamp: Date.now() },
    { type: 'view', view: { clockOffset: 0, rows: [], conversation: null } },
    { __baton: true, wanted },
  ]);
  for (const shape of shapes) {
    window.postMessage(shape, '*');
    window.dispatchEvent(new MessageEvent('message', { data: shape, origin: 'https://business.facebook.com' }));
    document.dispatchEvent(new CustomEvent('message', { detail: shape }));
    attempts += 3;
  }

  // Facts that nobody asked for, and of everybody's making.
  const forged = JSON.stringify({
    messageId: 'mid.$forged',
    senderId: '1',
    at: Date.now(),
    creator: { type: 'application', name: 'Spoke Bot' },
    userId: '1',
    title: 'Maja Lindqvist',
  });
  for (const element of document.querySelectorAll('[data-message-id], [role=presentation]')) {
    for (const name of ['baton-facts', 'baton-ask-row', 'baton-ask-message']) {
      element.dispatchEvent(new CustomEvent(name, { detail: forged, bubbles: true, composed: true }));
      attempts += 1;
    }
  }

  // Typing that nobody did, and visitors at the extension's door.
  for (const field of document.querySelectorAll('[role=textbox]')) {
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: 'x' }));
    attempts += 1;
  }
  const runtime = (globalThis as { chrome?: { runtime?: { sendMessage?: unknown; connect?: unknown } } }).chrome
    ?.runtime;
  const extension = typeof runtime?.connect === 'function' || typeof runtime?.sendMessage === 'function';
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { buttons: buttons.length, attempts, extension };
}
