import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Wanted } from '../../utils/conversation/plan';
import type { PopupView, SetupView } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { Conversation } from './Conversation';
import { Setup, type SetupActions } from './Setup';
import { Tabs } from './Tabs';

interface Props extends SetupActions {
  /** Null until the background has answered. */
  conversation: PopupView | null;
  /** Null until the background has answered. */
  setup: SetupView | null;
  /** Epoch ms on this computer's clock; each view brings its offset to the server's. */
  now: number;
  onControl(wanted: Wanted, note: string): void;
  /** The agent says which conversation of Meta's is the one on screen; null takes it back. */
  onChoose(psid: string | null): void;
  onReadAgain(): void;
  /** The tab that is open at the start; Conversation where absent. */
  start?: 'conversation' | 'setup';
}

/** The popup: the conversation of the most recently active inbox tab, and what the Page is set up to. */
export function App({ conversation, setup, now, onControl, onChoose, onReadAgain, start, ...actions }: Props): VNode {
  const theme = useColourScheme();
  return (
    <div class="popup" data-theme={theme}>
      <Tabs
        start={start}
        head={
          <h1 class="brand">
            <Icon name="control" />
            Baton
            {conversation?.pageName && <bdi class="page">{conversation.pageName}</bdi>}
          </h1>
        }
        tabs={[
          {
            id: 'conversation',
            title: 'Conversation',
            panel: conversation && (
              <Conversation
                view={conversation}
                now={now + conversation.clockOffset}
                onControl={onControl}
                onChoose={onChoose}
                onReadAgain={onReadAgain}
              />
            ),
          },
          {
            id: 'setup',
            title: 'Setup',
            panel: setup && <Setup view={setup} now={now + setup.clockOffset} {...actions} />,
          },
        ]}
      />
    </div>
  );
}

/** The colour scheme that the person set for the browser, as it is and as it changes. */
function useColourScheme(): 'dark' | 'light' {
  const [dark, setDark] = useState(() => darkScheme().matches);
  useEffect(() => {
    const scheme = darkScheme();
    const follow = () => setDark(scheme.matches);
    scheme.addEventListener('change', follow);
    return () => scheme.removeEventListener('change', follow);
  }, []);
  return dark ? 'dark' : 'light';
}

function darkScheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}
