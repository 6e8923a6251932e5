/** @jsxImportSource react */
import { type MouseEvent, useState } from 'react';
import type { Feed, FeedThread } from '../feed';
import { Composer } from './Composer';
import { useHost, useInbox } from './host';
import { MessageList } from './MessageList';
import { avatar } from './pictures';
import { SURFACES, Surface, usePagelet } from './regions';

interface DetailProps {
  page: Feed['page'];
  /** Whom one has chosen: the header's. */
  selected: FeedThread | null;
  /** Whose messages are shown: for a moment still the one's before. */
  shown: FeedThread | null;
}

/** The open conversation: header, the host's own place for banners, messages, reply field. */
export function Detail({ page, selected, shown }: DetailProps) {
  return (
    <section className="zq-col zq-detail" {...usePagelet('BizP13NInboxMessengerDetailView')}>
      <div {...usePagelet('BizInboxDetailViewHeaderSectionWrapper')}>
        <Surface path={SURFACES.detailHeader}>{selected && <Header thread={selected} />}</Surface>
      </div>
      <div {...usePagelet('BizInboxDetailViewBannerSectionWrapper')} />
      {shown && (
        <Surface path={SURFACES.detailView}>
          <MessageList thread={shown} page={page} />
          <Composer thread={selected ?? shown} />
        </Surface>
      )}
    </section>
  );
}

/** As captured in Sep 2026: picture, name, who it is assigned to, a menu. No id lies in it. */
function Header({ thread }: { thread: FeedThread }) {
  return (
    <div className="zq-head">
      <div className="zq-fwd">
        <div className="_5bpf">
          <div className="_3bwv">
            <div className="_3bwy">
              <div className="_3bwx">
                <div style={{ width: 48, height: 48 }}>
                  <img alt="" className="img" width={48} height={48} src={avatar(thread.title, thread.userId)} />
                </div>
              </div>
            </div>
          </div>
        </div>
        <div className="_5bpf">
          <div className="_3bwv">
            <div className="_3bwy">
              <div className="_3bwx">
                <div className="_4ik4 _4ik5" style={{ WebkitLineClamp: 1 }}>
                  {thread.title}
                </div>
              </div>
              <div className="_3bwx">
                <Assignee thread={thread} />
              </div>
            </div>
          </div>
        </div>
      </div>
      <div className="zq-fwd">
        {thread.heldByMetaAi && <RespondYourself userId={thread.userId} />}
        <OverflowMenu userId={thread.userId} />
      </div>
    </div>
  );
}

/** Assigns the conversation to the agent who is logged in, and back. */
function Assignee({ thread: { userId, assignedTo } }: { thread: FeedThread }) {
  const { labels, client } = useHost();
  const viewer = useInbox()?.viewer.name ?? null;
  const assign = (event: MouseEvent) => {
    event.preventDefault();
    void client.act('assign', { userId, name: assignedTo === null ? viewer : null });
  };
  return (
    <a role="button" aria-haspopup="true" href="#" style={{ maxWidth: 200 }} onClick={assign}>
      <span className="_55pe">{assignedTo ?? labels.assign}</span>
    </a>
  );
}

/** Offered while Meta's own AI has the chat. Its text is attested, its place is not. */
function RespondYourself({ userId }: { userId: string }) {
  const { client } = useHost();
  return (
    <div role="button" tabIndex={0} className="zq-button" onClick={() => void client.act('respond', { userId })}>
      Respond yourself
    </div>
  );
}

/** The button was captured closed. What its menu holds is a guess. */
function OverflowMenu({ userId }: { userId: string }) {
  const { labels, client } = useHost();
  const [open, setOpen] = useState(false);
  const moveToDone = () => {
    setOpen(false);
    void client.act('done', { userId });
  };
  return (
    <div className="zq-menu">
      <div role="button" tabIndex={0} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>Open Drop-down</span>
      </div>
      {open && (
        <div role="menu">
          <div role="menuitem" tabIndex={0} onClick={moveToDone}>
            {labels.done}
          </div>
        </div>
      )}
    </div>
  );
}
