/** @jsxImportSource react */
import { type MouseEvent, useCallback, useEffect, useMemo, useState } from 'react';
import type { FeedThread, ThreadType } from '../feed';
import { addressLag, type Place, readPlace, TABS, withSelection, withVariants } from './address';
import { CommentList } from './CommentList';
import { ContextCard } from './ContextCard';
import { Detail } from './Detail';
import { type Inbox, listThreads } from './feed-client';
import { useHost, useInbox } from './host';
import { ListHeader } from './ListHeader';
import { FailurePage } from './notices';
import { usePagelet } from './regions';
import { ThreadList } from './ThreadList';

/** The single-page application below `/latest/`: links of its own never load a document. */
export function App() {
  const inbox = useInbox();
  const { place, follow } = usePlace();
  if (useHost().variants.broken) return <FailurePage />;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: links press themselves
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
  return (
    <>
      <section className="zq-col">
        <ListHeader page={inbox.page} tab={tab} selections={selections} />
        {tab === 'automated_responses' || (comments ? <CommentList /> : <ThreadList threads={threads} selectedId={selected?.userId ?? null} onOpen={open} />)}
      </section>
      {comments || tab === 'automated_responses' || (
        <>
          <Detail page={inbox.page} selected={selected} shown={shown} />
          <ContextCard thread={shown} />
        </>
      )}
    </>
  );
}

/** Where in the application one is. Its own links change the address and no document. */
function usePlace() {
  const [place, setPlace] = useState(() => readPlace(new URL(location.href)));
  useEffect(() => {
    const read = () => setPlace(readPlace(new URL(location.href)));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="/latest/"]') : null;
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    const next = withVariants(link.getAttribute('href') ?? '', new URL(location.href));
    history.pushState(null, '', next);
    setPlace(readPlace(next));
  };
  return { place, follow };
}

/**
 * Which conversation is open. The list and the header follow a choice at once; messages and the tabs' links follow
 * after the variant's delay; the address follows as its variant says, or never.
 */
function useConversation(inbox: Inbox, threads: FeedThread[], place: Place) {
  const { variants, client } = useHost();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [shownId, setShownId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlyMap<ThreadType, string>>(new Map());

  const asked = place.selectedItemId !== null && inbox.threads.has(place.selectedItemId) ? place.selectedItemId : null;
  useEffect(() => {
    const here = threads.some(({ userId }) => userId === selectedId);
    setSelectedId(asked ?? (here ? selectedId : (threads[0]?.userId ?? null)));
    // Only a change of place chooses anew: a conversation that leaves the list stays open.
  }, [asked, place.tab, place.folder]);

  const selected = (selectedId && inbox.threads.get(selectedId)) || null;
  const shown = (shownId && inbox.threads.get(shownId)) || null;

  useEffect(() => {
    if (!selected || selected.userId === shownId) return;
    const timer = setTimeout(() => {
      setShownId(selected.userId);
      setChosen((before) => new Map(before).set(selected.threadType, selected.userId));
    }, variants.delay);
    return () => clearTimeout(timer);
  }, [selected?.userId, shownId, variants.delay]);

  useAddress(selected, variants.url);

  const unread = selected?.unread ?? false;
  useEffect(() => {
    if (selectedId && unread) void client.act('read', { userId: selectedId });
  }, [client, selectedId, unread]);

  const selections = useMemo(() => selectionsByChannel(inbox, chosen), [inbox, chosen]);
  const open = useCallback((userId: string) => setSelectedId(userId), []);
  return { selected, shown, selections, open };
}

/** A channel in which nobody was chosen yet has its newest conversation selected. */
function selectionsByChannel(inbox: Inbox, chosen: ReadonlyMap<ThreadType, string>): ReadonlyMap<ThreadType, FeedThread> {
  return new Map(
    TABS.flatMap(({ type }) => {
      if (type === null) return [];
      const thread = inbox.threads.get(chosen.get(type) ?? '') ?? listThreads(inbox, type, 'inbox')[0];
      return thread ? [[type, thread] as const] : [];
    }),
  );
}

function useAddress(selected: FeedThread | null, variant: 'drop' | 'keep' | 'late') {
  const userId = selected?.userId;
  useEffect(() => {
    if (!selected) return;
    const write = (thread: FeedThread | null) => history.replaceState(null, '', withSelection(new URL(location.href), thread));
    const lag = addressLag(variant);
    if (lag === null) return write(null);
    const timer = setTimeout(() => write(selected), lag);
    return () => clearTimeout(timer);
  }, [userId, variant]);
}
