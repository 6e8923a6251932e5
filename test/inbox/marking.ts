/**
 * Baton's part of the page with nothing behind it: watches, reads, and marks the rows of customers it was told of.
 * Runs within a real page. The judge asks React, not the page's text, whom a row belongs to.
 */
import { factsOf } from '../../utils/inbox/facts';
import { observe } from '../../utils/inbox/observe';
import { keepOnly, placeIn } from '../../utils/inbox/place';
import { listenForFacts, rowFacts } from '../../utils/inbox/react-facts';
import { type Reading, readPage } from '../../utils/inbox/seen';

export interface Customer {
  userId: string;
  name: string;
  /** Epoch ms. */
  lastActivity: number;
}

export interface Findings {
  /** Rows on screen, those without a mark, and those with another customer's. */
  rows: number;
  unmarked: string[];
  wrong: string[];
  /** Readings in which the open conversation's messages were another customer's than the header named. */
  mixed: string[];
  /** The customer whose conversation was accepted last; null while none is. */
  open: string | null;
}

/** Starts to mark the rows of these customers. */
export function startMarking(first: readonly Customer[]) {
  let customers = new Map<string, string>();
  let names = new Map<string, Set<string>>();
  let reading: Reading | null = null;
  const mixed: string[] = [];

  listenForFacts(document);
  learn(first);
  const watch = observe(document, ({ regions, touched }) => {
    reading = readPage({ document, url: location.href, factsOf, before: reading, regions, touched });
    mixed.push(...strangers(reading));
    mark();
    if (reading.unsettled) watch.poke(30);
    return undefined;
  });

  /** Message ids hold the customer's id, in this page alone. */
  function strangers({ seen: { conversation } }: Reading): string[] {
    const theirs = [...(names.get(conversation?.name ?? '') ?? [])];
    const messages = conversation?.messages ?? [];
    return messages
      .filter(({ messageId }) => messageId !== null && !theirs.some((id) => messageId.includes(id)))
      .map(({ messageId }) => `${conversation?.name}: ${messageId}`);
  }

  function mark(): void {
    const wanted = new Set<HTMLElement>();
    for (const row of reading?.parsed ?? []) {
      const userId = customers.get(`${row.name} ${row.lastActivity}`);
      if (!userId) continue;
      const element = placeIn(row.element, 'baton-row');
      element.dataset.owner = userId;
      wanted.add(element);
    }
    keepOnly(wanted);
    watch.takeRecords();
  }

  function learn(told: readonly Customer[]): void {
    customers = new Map(told.map(({ userId, name, lastActivity }) => [`${name} ${lastActivity}`, userId]));
    names = new Map();
    for (const { userId, name } of told) names.set(name, (names.get(name) ?? new Set()).add(userId));
  }

  return {
    /** What is known of the customers now. */
    tell(told: readonly Customer[]): void {
      learn(told);
      if (reading) mark();
    },
    find(): Findings {
      const boxes = [...document.querySelectorAll('[role=presentation]')].filter((box) => box.checkVisibility());
      const judged = boxes.map((box) => ({
        truth: rowFacts(box)?.userId,
        marks: [...box.children].flatMap((child) =>
          child.localName === 'baton-row' ? (child as HTMLElement).dataset.owner : [],
        ),
      }));
      const { seen } = reading ?? {};
      return {
        rows: boxes.length,
        unmarked: judged.flatMap(({ truth, marks }) => (marks.length === 0 ? String(truth) : [])),
        wrong: judged.flatMap(({ truth, marks }) =>
          marks.some((owner) => owner !== truth) ? `${marks} on ${truth}` : [],
        ),
        mixed: [...mixed],
        open: seen?.conversation?.name ?? null,
      };
    },
    stop(): void {
      watch.stop();
      keepOnly(new Set());
    },
  };
}
