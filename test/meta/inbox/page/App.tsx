/** @jsxImportSource react */
import { useMemo } from 'react';
import { type Place, TABS } from './address';
import { CommentList } from './CommentList';
import { ContextCard } from './ContextCard';
import { Detail } from './Detail';
import { type Inbox, listThreads } from './feed-client';
import { useHost, useInbox } from './host';
import { ListHeader } from './ListHeader';
import { useConversation, usePlace } from './navigation';
import { FailurePage } from './notices';
import { usePagelet } from './regions';
import { ThreadList } from './ThreadList';

/** The single-page application below `/latest/`: links of its own never load a document. */
export function App() {
  const inbox = useInbox();
  const { place, follow } = usePlace();
  if (useHost().variants.broken) return <FailurePage />;
  return (
    <div className="zq-shell" onClick={follow}>
      <Rail place={place} />
      {inbox && (place.tab === null ? <Home inbox={inbox} /> : <InboxPage inbox={inbox} place={place} />)}
    </div>
  );
}

function Rail({ place }: { place: Place }) {
  return (
    <nav className="zq-col zq-rail" {...usePagelet('LeftNav')}>
      <a href="/latest/home" aria-label="Home" className={place.tab === null ? 'zq-on' : undefined} />
      <a href="/latest/inbox/all" aria-label="Inbox" className={place.tab === null ? undefined : 'zq-on'} />
    </nav>
  );
}

function Home({ inbox }: { inbox: Inbox }) {
  return (
    <section className="zq-col zq-home">
      <h1>{inbox.page.name}</h1>
      <a href="/latest/inbox/all">Inbox</a>
    </section>
  );
}

function InboxPage({ inbox, place }: { inbox: Inbox; place: Place }) {
  const type = TABS.find(({ path }) => path === place.tab)?.type ?? null;
  const threads = useMemo(() => listThreads(inbox, type, place.folder), [inbox, type, place.folder]);
  const { selected, shown, selections, open } = useConversation(inbox, threads, place);
  const tab = place.tab ?? 'all';
  const comments = tab === 'facebook' || tab === 'instagram';
  const conversations = !comments && tab !== 'automated_responses';
  return (
    <>
      <section className="zq-col">
        <ListHeader page={inbox.page} tab={tab} selections={selections} />
        {comments && <CommentList />}
        {conversations && <ThreadList threads={threads} selectedId={selected?.userId ?? null} onOpen={open} />}
      </section>
      {conversations && <Detail page={inbox.page} selected={selected} shown={shown} />}
      {conversations && <ContextCard thread={shown} />}
    </>
  );
}
