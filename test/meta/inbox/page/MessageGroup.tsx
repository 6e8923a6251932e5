/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { FeedMessage, FeedThread } from '../feed';
import { useHost } from './host';
import { avatar, PHOTO, STICKER } from './pictures';
import { RichText } from './RichText';

interface GroupProps {
  said: FeedMessage;
  /** Whose conversation it is. */
  customer: FeedThread;
  /** Whose footer stands under this message, null where a run goes on or Meta says nothing. */
  footer: FeedMessage['creator'];
}

/**
 * One message with what belongs to it. Its direction is the flow's `justify-content`; the element with the id lies below.
 * Which ancestor carries `data-utime` (whole seconds) and what element a footer is are not attested.
 */
export function MessageGroup({ said, customer, footer }: GroupProps) {
  const { variants } = useHost();
  const outgoing = said.direction === 'page';
  return (
    <div
      className={`zq-group${outgoing ? ' zq-from-page' : ''}`}
      {...(variants.ids && { 'data-utime': String(Math.floor(said.at / 1000)) })}
    >
      <div>
        <div className={`zq-bub ${outgoing ? 'zq-out' : 'zq-in'}`}>
          {!outgoing && (
            <div className="zq-mini">
              <img
                className="img"
                alt={customer.title}
                width={32}
                height={32}
                src={avatar(customer.title, customer.userId)}
              />
            </div>
          )}
          <div className={outgoing ? 'zq-rev' : 'zq-fwd'}>
            <div>
              <Bubbles said={said} />
            </div>
          </div>
          <div />
        </div>
      </div>
      {said.aiGenerated && (
        <div className="zq-foot zq-page">
          <div role="button" tabIndex={0}>
            Improve AI response
          </div>
        </div>
      )}
      {footer && <Footer creator={footer} />}
    </div>
  );
}

/** Facebook names the person, its own automation, in one cohort the app, and nobody else. */
function Footer({ creator: { type, name } }: { creator: NonNullable<FeedMessage['creator']> }) {
  const { labels, variants } = useHost();
  if (type === 'automated_response') return <div className="zq-foot zq-page">{labels.automated}</div>;
  if (type.endsWith('_admin')) return <div className="zq-foot zq-page">{labels.sentBy + name}</div>;
  if (type !== 'application' || !variants.apps) return null;
  return (
    <div className="zq-foot zq-page">
      <a className="uiLinkSubtle" data-hover="tooltip" href="#" onClick={(event) => event.preventDefault()}>
        {name}
      </a>
    </div>
  );
}

/** What one message id holds: mostly one bubble; a picture with words is two; a quote nests the quoted message's id. */
function Bubbles({ said: { mid, kind, text, replyTo } }: { said: FeedMessage }) {
  return (
    <Identified mid={mid}>
      {replyTo && (
        <div className="zq-quote">
          <Identified mid={replyTo.mid}>
            <div className="zq-quoted">
              <RichText text={replyTo.text} />
            </div>
          </Identified>
        </div>
      )}
      {kind === 'sticker' && <Picture src={STICKER} width={96} />}
      {kind === 'image' && <Picture src={PHOTO} width={160} />}
      {text && kind !== 'sticker' && (
        <div>
          <div className="zq-text">
            <RichText text={text} />
          </div>
        </div>
      )}
    </Identified>
  );
}

function Identified({ mid, children }: { mid: string; children: ReactNode }) {
  const { variants } = useHost();
  return <div {...(variants.ids && { 'data-message-id': mid })}>{children}</div>;
}

function Picture({ src, width }: { src: string; width: number }) {
  return (
    <div className="zq-picture">
      <img className="img" alt="" width={width} height={width} src={src} />
    </div>
  );
}
