import { type MouseEvent, useEffect, useMemo, useState } from 'react';
import type { FeedThread, ThreadType } from '../feed';
import type { Variants } from '../variants';
import { addressLag, type Place, readPlace, type Selection, TABS, withSelection, withVariants } from './address';
import { type Inbox, listThreads } from './feed-client';
import { useHost } from './host';

/** Where in the application one is. Its own links change the address and no document. */
export function usePlace() {
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
export function useConversation(inbox: Inbox, threads: FeedThread[], place: Place) {
  const { variants, client } = useHost();
  const [selectedId, setSelectedId] = useChoice(inbox, threads, place);
  // Whose messages have been shown, the latest first.
  const [opened, setOpened] = useState<readonly string[]>([]);
  const shownId = opened[0] ?? null;
  const selected = (selectedId && inbox.threads.get(selectedId)) || null;
  const shown = (shownId && inbox.threads.get(shownId)) || null;

  useEffect(() => {
    if (selectedId === null || selectedId === shownId) return;
    const show = () => setOpened((before) => [selectedId, ...before.filter((userId) => userId !== selectedId)]);
    const timer = setTimeout(show, variants.delay);
    return () => clearTimeout(timer);
  }, [selectedId, shownId, variants.delay]);

  useAddress(selected?.userId ?? null, selected?.threadType ?? null, variants.url);

  const unread = selected?.unread ?? false;
  useEffect(() => {
    if (selectedId && unread) void client.act('read', { userId: selectedId });
  }, [client, selectedId, unread]);

  const selections = useMemo(() => selectionsByChannel(inbox, opened), [inbox, opened]);
  return { selected, shown, selections, open: setSelectedId };
}

/**
 * The chosen conversation. Each place that one comes to chooses: the one its address asks for, else the one that is
 * open, if it is there, else the newest. In between, a conversation that leaves the list stays open.
 */
function useChoice(inbox: Inbox, threads: FeedThread[], place: Place) {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [chosenAt, setChosenAt] = useState<Place | null>(null);
  if (chosenAt !== place) {
    const asked = inbox.threads.get(place.selectedItemId ?? '') ?? null;
    const open = threads.find(({ userId }) => userId === selectedId) ?? threads[0] ?? null;
    setChosenAt(place);
    setSelectedId((asked ?? open)?.userId ?? null);
  }
  return [selectedId, setSelectedId] as const;
}

/** The last one opened of each channel; where none was, its newest. */
function selectionsByChannel(inbox: Inbox, opened: readonly string[]): ReadonlyMap<ThreadType, FeedThread> {
  const latest = opened.map((userId) => inbox.threads.get(userId));
  return new Map(
    TABS.flatMap(({ type }) => {
      if (type === null) return [];
      const thread = latest.find((each) => each?.threadType === type) ?? listThreads(inbox, type, 'inbox')[0];
      return thread ? [[type, thread] as const] : [];
    }),
  );
}

function useAddress(userId: string | null, threadType: ThreadType | null, variant: Variants['url']) {
  useEffect(() => {
    if (userId === null || threadType === null) return;
    const write = (selection: Selection | null) => {
      history.replaceState(null, '', withSelection(new URL(location.href), selection));
    };
    const lag = addressLag(variant);
    if (lag === null) return write(null);
    const timer = setTimeout(() => write({ userId, threadType }), lag);
    return () => clearTimeout(timer);
  }, [userId, threadType, variant]);
}
