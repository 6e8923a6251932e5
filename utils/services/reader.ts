import type { OwnerAnswer, OwnerReading } from '../conversation/owner';
import { ownerOfAnswer } from '../conversation/owner';
import { addReading, type OwnerSpan } from '../conversation/timeline';
import { readingOf } from '../graph/graph';
import { explain, type Refusal } from '../graph/refusals';
import type { Answer } from '../graph/transport';
import type { Store } from '../store/store';
import { appsOf, forgetEmpty, rememberClock, rememberList, rememberMessages, rememberReading } from './memory';
import type { LivePage, Pages } from './pages';
import type { Clock } from './session';

/** How many conversations one reading of the list covers, and how many messages of each come along. */
export const LIST_LIMIT = 25;
export const LIST_MESSAGES = 10;

/** Messages of one conversation that Meta lets be read. Source: Meta, Conversations, Feb 2026. */
const READABLE_MESSAGES = 20;

export interface ReaderOptions {
  store: Pick<Store, 'updateSpans'>;
  pages: Pick<Pages, 'save' | 'stop'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Reads Graph and lays what it tells into the Page's memory and the store. Every reading resolves to null, or to
 * why it failed; none rejects. One of a kind is under way at a time.
 */
export function createReader({ store, pages, clock }: ReaderOptions) {
  const underWay = new Map<string, Promise<Refusal | null>>();
  const keyOf = (page: LivePage, what: string) => `${page.record.pageId} ${what}`;

  /** Runs a reading unless the same one is under way; minds the budget, the clock and Meta's refusals. */
  function read(page: LivePage, what: string, work: () => Promise<void>): Promise<Refusal | null> {
    const key = keyOf(page, what);
    const running = underWay.get(key);
    if (running) return running;
    const run = attempt(page, work).finally(() => underWay.delete(key));
    underWay.set(key, run);
    return run;
  }

  async function attempt(page: LivePage, work: () => Promise<void>): Promise<Refusal | null> {
    if (page.record.stopped !== null) return null;
    try {
      await work();
      await pages.save(page);
      return null;
    } catch (error) {
      const refusal = explain(error);
      await mind(page, refusal);
      return refusal;
    }
  }

  /** Draws from a refusal what it means for the whole Page: a dead token ends its work, a throttle pauses it. */
  async function mind(page: LivePage, refusal: Refusal): Promise<void> {
    if (refusal.trouble === 'token') await pages.stop(page, refusal);
    if (refusal.trouble !== 'throttle') return;
    page.budget.close(clock.now(), refusal.waitMs ?? 60_000);
    await pages.save(page);
  }

  function heed(page: LivePage, answer: Answer<unknown>): void {
    page.budget.heed(answer.usage, clock.now());
    if (answer.clock !== null) rememberClock(page.memory, answer.clock);
  }

  async function keepReading(page: LivePage, psid: string, reading: OwnerReading): Promise<OwnerSpan[]> {
    rememberReading(page.memory, psid, reading);
    return store.updateSpans(page.record.pageId, psid, (spans) =>
      addReading(spans, reading, (answer) =>
        ownerOfAnswer(answer, {
          apps: appsOf(page.record),
          routing: page.memory.routing,
          appNames: page.memory.appNames,
        }),
      ),
    );
  }

  async function keepIsOwner(
    page: LivePage,
    answer: Answer<unknown>,
    isOwner: ReadonlyMap<string, boolean>,
  ): Promise<void> {
    for (const [psid, owns] of isOwner) {
      await keepReading(page, psid, readingOf(answer, { kind: 'token-app', owns }, page.memory.clockOffset));
    }
  }

  /** `is_owner` comes only while routing is on, so that its presence and its absence both tell (Meta, changelog, Oct 2025). */
  function learnRouting(page: LivePage, told: number, asked: number): void {
    if (asked === 0) return;
    if (page.memory.routing !== 'on' && told > 0) forgetEmpty(page.memory);
    page.memory.routing = told > 0 ? 'on' : 'off';
    page.memory.routingReason =
      told > 0
        ? 'Meta says for each conversation whether the token’s app owns it.'
        : 'Meta leaves the owner out of the conversations list.';
  }

  /** One conversation without `is_owner` is a doubt alone: the list decides. */
  function doubtRouting({ memory }: LivePage): void {
    if (memory.routing !== 'on') return;
    memory.routing = 'unknown';
    memory.routingReason = 'Meta left the owner out of a conversation.';
  }

  /** One customer's readable messages, and `is_owner`. `afresh`: asked from now on; else a reading under way will do. */
  async function conversation(page: LivePage, psid: string, { afresh = false } = {}): Promise<Refusal | null> {
    const what = `conversation ${psid}`;
    if (afresh) await underWay.get(keyOf(page, what));
    return read(page, what, async () => {
      const answer = await page.graph.conversationWith(psid);
      heed(page, answer);
      const { conversation, isOwner } = answer.body;
      page.memory.conversationReadAt[psid] = clock.now();
      if (conversation) rememberMessages(page.memory, conversation, READABLE_MESSAGES);
      if (isOwner !== null) await keepIsOwner(page, answer, new Map([[psid, isOwner]]));
      else if (conversation) doubtRouting(page);
    });
  }

  return {
    mind,
    conversation,

    /** The newest conversations, or the next older ones. */
    list: (page: LivePage, { older = false } = {}): Promise<Refusal | null> =>
      read(page, older ? 'older' : 'list', async () => {
        const { memory } = page;
        const from = older ? memory.listAfter : null;
        const answer = await page.graph.conversations({ limit: LIST_LIMIT, messages: LIST_MESSAGES, after: from });
        heed(page, answer);
        // The newest page came meanwhile and left a gap: this one would extend a list that is no longer the known one.
        if (older && memory.listAfter !== from) return;
        const { conversations, isOwner, after } = answer.body;
        rememberList(memory, conversations, { older, readAt: answer.startedAt + memory.clockOffset, after });
        for (const conversation of conversations) rememberMessages(memory, conversation, LIST_MESSAGES);
        if (!older) memory.listReadAt = clock.now();
        learnRouting(page, isOwner.size, conversations.length);
        await keepIsOwner(page, answer, isOwner);
      }),

    /**
     * Who has one conversation, by name where Meta names it. `afresh`: asked from now on, so that what was just done
     * shows; else a reading under way will do.
     */
    async owner(page: LivePage, psid: string, { afresh = false } = {}): Promise<Refusal | null> {
      const what = `owner ${psid}`;
      if (afresh) await underWay.get(keyOf(page, what));
      return read(page, what, async () => {
        const answer: Answer<OwnerAnswer> = await page.graph.threadOwner(psid);
        heed(page, answer);
        page.memory.ownerReadAt[psid] = clock.now();
        const said = answer.body;
        if (said.kind === 'named' && said.appId !== page.record.tokenApp) {
          page.memory.namedOtherAt = answer.endedAt + page.memory.clockOffset;
        }
        // Nobody named means that nobody has it only while routing is on, which may have ended since the last reading.
        const unsure = said.kind === 'empty' && page.memory.routing === 'on';
        if (unsure && (await conversation(page, psid, { afresh: true })) !== null) return;
        await keepReading(page, psid, readingOf(answer, said, page.memory.clockOffset));
      });
    },
  };
}

export type Reader = ReturnType<typeof createReader>;
