/** @jsxImportSource react */
import { memo, type ReactNode, type RefObject, type UIEvent, useLayoutEffect, useRef, useState } from 'react';
import type { FeedThread } from '../feed';
import { ThreadFacts } from './facts';
import { useHost } from './host';
import { Lookalikes } from './notices';
import { SURFACES, Surface, usePagelet } from './regions';
import { ROW_HEIGHT, ThreadRowBox } from './ThreadRowBox';

/** As few rows as captures showed alive at once; a high window has more. */
const FEWEST_SLOTS = 14;
const SPARE_SLOTS = 3;

interface ListProps {
  /** Newest first. */
  threads: FeedThread[];
  selectedId: string | null;
  onOpen: (userId: string) => void;
}

/**
 * The list of conversations: one tall box in a scroller, with slots that are placed absolutely. A slot is keyed by its
 * number, not by its customer, so that React shows the next customer in the same nodes.
 */
export function ThreadList(props: ListProps) {
  const { copies, lookalikes } = useHost().variants;
  return (
    <div className="zq-body" {...usePagelet('GenericBizInboxThreadListViewBody')}>
      <Surface path={SURFACES.threadList}>
        {copies && <HiddenCopy {...props} />}
        <Scroller {...props}>{lookalikes && <Lookalikes />}</Scroller>
      </Surface>
    </div>
  );
}

function Scroller({ threads, selectedId, onOpen, children }: ListProps & { children: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const { slots } = useHost().variants;
  const [first, setFirst] = useState(0);
  const live = useLiveSlots(scroller);
  const start = Math.max(0, Math.min(first, threads.length - live));
  const shown = slotsFrom(start, Math.min(live, threads.length), slots === 'ring');

  const followScroll = ({ currentTarget }: UIEvent<HTMLDivElement>) => {
    const above = currentTarget.scrollTop - (rows.current?.offsetTop ?? 0);
    setFirst(Math.max(0, Math.floor(above / ROW_HEIGHT)));
  };

  return (
    <div className="zq-scroll" ref={scroller} onScroll={followScroll}>
      {children}
      <div ref={rows} style={{ position: 'relative', height: threads.length * ROW_HEIGHT }}>
        {shown.map((index, slot) => {
          const row = threads[index];
          const selected = row?.userId === selectedId;
          return row && <Slot key={slot} row={row} index={index} selected={selected} onOpen={onOpen} />;
        })}
      </div>
    </div>
  );
}

/** Which row each slot shows: slot k the k-th of the window, or, as a ring, always the same remainder. */
function slotsFrom(start: number, count: number, ring: boolean): number[] {
  return Array.from({ length: count }, (_, slot) =>
    ring ? start + ((((slot - start) % count) + count) % count) : start + slot,
  );
}

function useLiveSlots(scroller: RefObject<HTMLDivElement | null>): number {
  const [live, setLive] = useState(FEWEST_SLOTS);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setLive(Math.max(FEWEST_SLOTS, Math.ceil(element.clientHeight / ROW_HEIGHT) + SPARE_SLOTS)),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return live;
}

/** The first rows once more, never shown: "the same row can exist twice". */
function HiddenCopy({ threads, selectedId, onOpen }: ListProps) {
  return (
    <div style={{ display: 'none' }}>
      {threads.slice(0, FEWEST_SLOTS).map((row, index) => (
        <Slot key={index} row={row} index={index} selected={row.userId === selectedId} onOpen={onOpen} />
      ))}
    </div>
  );
}

interface SlotProps {
  row: FeedThread;
  index: number;
  selected: boolean;
  onOpen: (userId: string) => void;
}

const Slot = memo(function Slot({ row, index, selected, onOpen }: SlotProps) {
  return (
    <div className="zq-slot" style={{ top: index * ROW_HEIGHT }}>
      <ThreadFacts row={row}>
        <ThreadRowBox row={row} index={index} selected={selected} onOpen={onOpen} />
      </ThreadFacts>
    </div>
  );
});
