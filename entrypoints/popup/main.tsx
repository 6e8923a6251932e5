import { defineExtensionMessaging } from '@webext-core/messaging';
import { render } from 'preact';
import { type Browser, browser } from 'wxt/browser';
import { App } from '../../components/popup/App';
import type { PopupView, SetupView } from '../../utils/conversation/view';
import type { FromPopup, Requests, ToPopup } from '../../utils/messages';

/** Ages and times left are whole minutes: the text follows soon enough. */
const REDRAW_MS = 10_000;

const { sendMessage } = defineExtensionMessaging<Requests>();

let conversation: PopupView | null = null;
let setup: SetupView | null = null;
let port: Browser.runtime.Port;

/** The background's worker may die at any time: the line is laid anew, and it tells everything again. */
function connect(): void {
  port = browser.runtime.connect({ name: 'popup' });
  port.onMessage.addListener((message) => {
    const told = message as ToPopup;
    if (told.type === 'conversation') conversation = told.view;
    else setup = told.view;
    draw();
  });
  port.onDisconnect.addListener(connect);
}

function tell(message: (key: string) => FromPopup): void {
  const key = conversation?.conversation?.key;
  if (key !== undefined) port.postMessage(message(key));
}

function draw(): void {
  const app = document.getElementById('app');
  if (!app) return;
  render(
    <App
      conversation={conversation}
      setup={setup}
      now={Date.now()}
      onControl={(wanted) => tell((key) => ({ type: 'control', key, wanted }))}
      onChoose={(psid) => tell((key) => ({ type: 'choose', key, psid }))}
      onReadAgain={() => tell((key) => ({ type: 'read-again', key }))}
      onConnect={(request) => sendMessage('connectPage', request)}
      onForget={(pageId) => void sendMessage('forgetPage', { pageId })}
      onCheckAgain={(pageId) => void sendMessage('checkAgain', { pageId })}
      onTick={(pageId, check, on) => void sendMessage('tick', { pageId, check, on })}
    />,
    app,
  );
}

connect();
draw();
setInterval(draw, REDRAW_MS);
