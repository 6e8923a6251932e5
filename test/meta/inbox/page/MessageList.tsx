/** @jsxImportSource react */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Feed, FeedThread } from '../feed';
import { MessageFacts } from './facts';
import { useHost, useInbox } from './host';
import { MessageGroup } from './MessageGroup';
import { type TimelineItem, timeline } from './timeline';

const FIRST_MESSAGES = 20;
const MORE_MESSAGES = 20;
const LOAD_MS = 400;
const NEAR_PX = 60;

/** The messages of one conversation: newest at the bottom, older ones loaded when one scrolls to the top. */
export function MessageList({ thread, page }: { thread: FeedThread; page: Feed['page'] }) {
  const { labels, variants } = useHost();
  const region = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { shown, loadOlder } = useOlderMessages(thread, region);
  useStayAtBottom(thread.userId, region, content);
  const items = timeline(thread.messages.slice(-shown), variants.runs);

  return (
    <div
      role="region"
      tabIndex={0}
      className="zq-region"
      aria-label={labels.region}
      ref={region}
      onScroll={({ currentTarget }) => currentTarget.scrollTop < NEAR_PX && loadOlder()}
    >
      <div style={{ position: 'relative', flexGrow: 1, display: 'flex', flexDirection: 'column' }}>
        <div className="zq-sentinel" style={{ position: 'absolute', top: 0, opacity: 0, pointerEvents: 'none' }} />
        <div className="zq-messages" ref={content}>
          {items.map((item) => (
            <Item key={item.key} item={item} thread={thread} page={page} />
          ))}
        </div>
        <div className="zq-sentinel" style={{ position: 'absolute', bottom: 0, opacity: 0, pointerEvents: 'none' }} />
      </div>
    </div>
  );
}

function Item({ item, thread, page }: { item: TimelineItem; thread: FeedThread; page: Feed['page'] }) {
  const { clock, variants } = useHost();
  const now = Date.now() + (useInbox()?.skew ?? 0);
  if (item.kind === 'date')
    return (
      <div className="zq-center">
        <span>{clock.separator(item.at, now)}</span>
      </div>
    );
  const { message } = item;
  if (item.kind === 'message')
    return (
      <MessageFacts said={message} conversation={thread} page={page}>
        <MessageGroup said={message} customer={thread} footer={item.footer} />
      </MessageFacts>
    );
  if (message.kind === 'activity')
    return (
      <div className="zq-activity" {...(variants.system === 'note' && { role: 'note' })}>
        {message.text}
      </div>
    );
  return (
    <div className="zq-group">
      <div className="zq-center">{message.text}</div>
    </div>
  );
}

/** How many messages are shown, and how to ask for older ones, which keeps what one reads in its place. */
function useOlderMessages(thread: FeedThread, region: RefObject<HTMLDivElement | null>) {
  const [{ userId, shown }, setShown] = useState({ userId: thread.userId, shown: FIRST_MESSAGES });
  const pending = useRef<{ timer: number; height: number } | null>(null);
  const current = userId === thread.userId ? shown : FIRST_MESSAGES;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation ends the loading of this one
  useEffect(
    () => () => {
      clearTimeout(pending.current?.timer);
      pending.current = null;
    },
    [thread.userId],
  );

  useLayoutEffect(() => {
    const element = region.current;
    if (!element || !pending.current || current === FIRST_MESSAGES) return;
    element.scrollTop += element.scrollHeight - pending.current.height;
    pending.current = null;
  }, [current, region]);

  const loadOlder = () => {
    if (pending.current || current >= thread.messages.length) return;
    const timer = window.setTimeout(() => {
      if (pending.current) pending.current.height = region.current?.scrollHeight ?? 0;
      setShown({ userId: thread.userId, shown: current + MORE_MESSAGES });
    }, LOAD_MS);
    pending.current = { timer, height: 0 };
  };
  return { shown: current, loadOlder };
}

/** Keeps the newest message in sight: after a switch always, later while one reads at the bottom. */
function useStayAtBottom(
  userId: string,
  region: RefObject<HTMLDivElement | null>,
  content: RefObject<HTMLDivElement | null>,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its bottom
  useLayoutEffect(() => {
    const element = region.current;
    if (!element || !content.current) return;
    let atBottom = true;
    const follow = () => {
      if (atBottom) element.scrollTop = element.scrollHeight;
    };
    const look = () => {
      atBottom = element.scrollTop + element.clientHeight >= element.scrollHeight - NEAR_PX;
    };
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(content.current);
    observer.observe(element);
    element.addEventListener('scroll', look);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [userId, region, content]);
}
