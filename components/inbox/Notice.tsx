import type { ComponentChildren, VNode } from 'preact';
import type { Notice as NoticeView } from '../../utils/conversation/collision';
import { Icon, type IconName } from '../icons';
import { timeOfDay } from '../words';
import type { Attributes } from './attributes';

export type { NoticeView };

/** Attributes of `baton-notice`. */
export function noticeAttributes({ kind }: NoticeView): Attributes {
  return { 'data-kind': kind };
}

const ICONS: Readonly<Record<NoticeView['kind'], IconName>> = {
  'bot-has-it': 'bot',
  'bot-answered': 'bot',
  'colleague-answered': 'person',
  'customer-wrote': 'message',
  phrase: 'phrase',
};

/** What has happened since the agent began to type. It warns, and never stands in the way. */
export function Notice({ view, now }: { view: NoticeView; now: number }): VNode {
  return (
    <div class="notice" role="status">
      <Icon name={ICONS[view.kind]} />
      <span>{words(view, now)}</span>
    </div>
  );
}

function words(view: NoticeView, now: number): ComponentChildren {
  switch (view.kind) {
    case 'bot-has-it':
      return <Sentences what="The bot has this conversation." then="If you send, the inbox takes control." />;
    case 'bot-answered':
      return <Sentences what={`The bot answered at ${timeOfDay(view.at, now)},`} then="while you were typing." />;
    case 'colleague-answered':
      return (
        <Sentences
          what={
            <>
              <bdi>{view.name ?? 'Another agent'}</bdi> answered at {timeOfDay(view.at, now)},
            </>
          }
          then="while you were typing."
        />
      );
    case 'customer-wrote':
      return <Sentences what={`The customer wrote at ${timeOfDay(view.at, now)}.`} then="Read it before you send." />;
    case 'phrase':
      return (
        <Sentences
          what={
            <>
              “<bdi>{view.phrase}</bdi>” hands the conversation back to the bot.
            </>
          }
          then="It leaves this inbox once you send."
        />
      );
  }
}

/** What happened in bold, then what follows. */
function Sentences({ what, then }: { what: ComponentChildren; then: string }): VNode {
  return (
    <bdi>
      <b>{what}</b> {then}
    </bdi>
  );
}
