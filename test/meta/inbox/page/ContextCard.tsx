/** @jsxImportSource react */
import type { FeedThread } from '../feed';
import { avatar } from './pictures';
import { usePagelet } from './regions';

/** The card on the right. Three of its texts are attested, its structure is not. */
export function ContextCard({ thread }: { thread: FeedThread | null }) {
  return (
    <aside className="zq-col zq-card" {...usePagelet('BizInboxDetailViewContextCardSectionWrapper')}>
      {thread && (
        <>
          <img alt="" className="img" width={72} height={72} src={avatar(thread.title, thread.userId)} />
          <div className="zq-card-name">{thread.title}</div>
          <a role="link" href="#" onClick={(event) => event.preventDefault()}>
            View profile
          </a>
          <div>No contact card</div>
          <div role="heading" aria-level={3}>
            Labels
          </div>
          <div>
            {thread.labels.map((label) => (
              <span className="zq-pill" key={label}>
                {label}
              </span>
            ))}
          </div>
        </>
      )}
    </aside>
  );
}
