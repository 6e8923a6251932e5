import { defineExtensionMessaging } from '@webext-core/messaging';
import { render, type VNode } from 'preact';
import { type Browser, browser } from 'wxt/browser';
import { App } from '../../components/popup/App';
import { Failed } from '../../components/popup/Failed';
import type { OptionsActions } from '../../components/popup/Options';
import type { PageCheckActions } from '../../components/popup/PageCheck';
import type { PopupView, SetupView } from '../../utils/conversation/view';
import type { FromPopup, Requests, ToPopup } from '../../utils/messages';
import { lookAtInbox } from './page-check';

/** Ages and times left are whole minutes: the text follows soon enough. */
const REDRAW_MS = 10_000;

/** Under this address Setup stands in a tab of its own, since a popup closes when one fetches a token elsewhere. */
const SETUP_TAB = '#setup';

const { sendMessage } = defineExtensionMessaging<Requests>();

let conversation: PopupView | null = null;
let setup: SetupView | null = null;
/** Why the background cannot work; null while it can. */
let failed: string | null = null;
let port: Browser.runtime.Port;

/** The background's worker may die at any time: the line is laid anew, and it tells everything again. */
function connect(): void {
  port = browser.runtime.connect({ name: 'popup' });
  port.onMessage.addListener((message) => {
    const told = message as ToPopup;
    if (told.type === 'conversation') conversation = told.view;
    else if (told.type === 'setup') setup = told.view;
    failed = told.type === 'failed' ? told.sentence : null;
    draw();
  });
  port.onDisconnect.addListener(connect);
}

function tell(message: (key: string) => FromPopup): void {
  const key = conversation?.conversation?.key;
  if (key !== undefined) port.postMessage(message(key));
}

/** What an admin sets for all Pages. */
const own: OptionsActions = {
  onUnlock: (passphrase) => sendMessage('unlock', { passphrase }),
  onForgetAll: () => sendMessage('forgetAll', null),
  onChangeVault: (mode, passphrase) => sendMessage('changeVault', { mode, passphrase }),
  onChangeSettings: (change) => void sendMessage('changeSettings', change),
  onExport: () => sendMessage('exportSettings', null),
  onImport: (text) => sendMessage('importSettings', { text }),
  onReport: () => sendMessage('report', null),
  onOpenTab: location.hash === SETUP_TAB ? null : () => void browser.runtime.openOptionsPage(),
};

const pageCheck: PageCheckActions = {
  ...lookAtInbox,
  onCheckCalls: (pageId) => sendMessage('checkCalls', { pageId }),
};

function draw(): void {
  const app = document.getElementById('app');
  if (!app) return;
  render(failed === null ? popup() : <Failed sentence={failed} />, app);
}

function popup(): VNode {
  return (
    <App
      start={location.hash === SETUP_TAB ? 'setup' : 'conversation'}
      conversation={conversation}
      setup={setup}
      now={Date.now()}
      onControl={(wanted, note) => tell((key) => ({ type: 'control', key, wanted, note }))}
      onChoose={(psid) => tell((key) => ({ type: 'choose', key, psid }))}
      onReadAgain={() => tell((key) => ({ type: 'read-again', key }))}
      onConnect={(request) => sendMessage('connectPage', request)}
      onForget={(pageId) => void sendMessage('forgetPage', { pageId })}
      onCheckAgain={(pageId) => void sendMessage('checkAgain', { pageId })}
      onDeclare={(request) => sendMessage('declare', request)}
      onTick={(pageId, check, on) => void sendMessage('tick', { pageId, check, on })}
      onTrial={(pageId, psid) => sendMessage('trial', { pageId, psid })}
      own={own}
      pageCheck={pageCheck}
    />
  );
}

connect();
draw();
setInterval(draw, REDRAW_MS);
