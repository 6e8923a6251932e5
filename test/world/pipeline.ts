/**
 * The product at work on one Page of the world: its own reader, memory, links and conclusions. The world's are what
 * Meta answers, when it is asked, what the page shows, and the time.
 */
import type { AuthorClaim } from '../../utils/conversation/author';
import type { OwnerClaim } from '../../utils/conversation/owner';
import { offsetByClock } from '../../utils/conversation/page-clock';
import type { SeenPage } from '../../utils/conversation/seen';
import type { OwnerSpan } from '../../utils/conversation/timeline';
import type { ConversationView, HandoverView } from '../../utils/conversation/view';
import type { WindowClaim } from '../../utils/conversation/window';
import { Budget } from '../../utils/graph/budget';
import type { Graph } from '../../utils/graph/graph';
import { type Conclusion, concludeInbox } from '../../utils/services/conclude';
import { createLinks, type Links } from '../../utils/services/links';
import { emptyMemory } from '../../utils/services/memory';
import type { LivePage } from '../../utils/services/pages';
import { createReader, type Reader } from '../../utils/services/reader';
import { Line, type Told } from './line';
import type { Exchange } from './schedule';
import type { OpenSight, RowSight } from './screen';
import type { TrueConversation, World } from './truth';

const PAGE_ID = '1000000000001';
/** From the first look at an open conversation to the one after Meta's answer. */
const LOOK_MS = 200;

/** Whom something was taken for; null with why. */
interface Taken {
  psid: string | null;
  why: string;
}

const NOBODY: Taken = { psid: null, why: 'Nothing was concluded.' };

export interface Result {
  taken: Taken;
  owner: OwnerClaim | null;
  window: WindowClaim | null;
  /** When it was concluded, on Meta's clock; and how much later the product took that to be, ms. */
  at: number;
  clockError: number;
  /** Times that only the page shows were set to Meta's clock. */
  pageTimesSet: boolean;
  /** What Meta had told of the conversation that it was taken for. */
  told: Readonly<Told>;
}

export interface OpenResult extends Result {
  authors: ReadonlyMap<string, AuthorClaim>;
  handovers: HandoverView[];
  transferred: ConversationView['transferred'];
}

/** The product's store and control, as far as what is concluded and read needs them. */
function keptInMemory({ falseLinks, start }: World) {
  const spans = new Map<string, OwnerSpan[]>();
  return {
    spans: async (_: string, psid: string) => spans.get(psid) ?? [],
    async updateSpans(_: string, psid: string, change: (spans: OwnerSpan[]) => OwnerSpan[]) {
      const changed = change(spans.get(psid) ?? []);
      spans.set(psid, changed);
      return changed;
    },
    links: async (pageId: string) =>
      falseLinks.map(([itemId, psid]) => ({ pageId, itemId, psid, evidence: [], chosen: false, linkedAt: start })),
    putLink: async () => {},
    dropLink: async () => {},
  };
}

const NO_CONTROL = { latest: async () => ({ running: null, outcome: null, passed: null }) };

export class Pipeline {
  private readonly line: Line;
  private readonly page: LivePage | null;
  private readonly store: ReturnType<typeof keptInMemory>;
  private readonly links: Links;
  private readonly reader: Reader;
  /** Whom each open conversation was last taken for. */
  private readonly opened = new Map<TrueConversation, string | null>();

  constructor(private readonly world: World) {
    this.line = new Line(world);
    this.page = connectedPage(world, this.line.graph(PAGE_ID));
    this.store = keptInMemory(world);
    this.links = createLinks(this.store);
    this.reader = createReader({
      store: this.store,
      pages: { save: async () => {}, stop: async () => {} },
      clock: { now: () => this.line.localNow() },
    });
  }

  /** The newest conversations; the first time all of them, as for an agent who scrolls down. */
  async readList(exchange: Exchange): Promise<void> {
    const { page } = this;
    if (page === null) return;
    this.line.next = exchange;
    const isFirst = page.memory.listReadAt === null;
    await this.reader.list(page);
    while (isFirst && page.memory.listAfter !== null) await this.reader.list(page, { older: true });
  }

  /** Who has a conversation that is open, if the product knows which one it is. */
  async readOwner(conversation: TrueConversation, exchange: Exchange): Promise<void> {
    const psid = this.opened.get(conversation) ?? null;
    if (this.page === null || psid === null) return;
    this.line.next = exchange;
    await this.reader.owner(this.page, psid);
  }

  /** Whether an open conversation still has to be recognised, and can be. */
  isUnknown(conversation: TrueConversation): boolean {
    return this.page !== null && (this.opened.get(conversation) ?? null) === null;
  }

  /** Concludes for a row; once more where that told what to read, or what to forget. */
  async row({ row }: RowSight, at: number): Promise<Result> {
    const seen = this.seen({ rows: [row] });
    this.line.now = at;
    const { rowsBeyond } = await this.conclude(seen);
    if (rowsBeyond && this.page !== null) {
      this.line.askAt(at);
      await this.reader.list(this.page, { older: true });
    }
    const conclusion = await this.conclude(seen);
    const [taken] = conclusion.rows.map(({ identity }) =>
      identity.kind === 'linked' ? { psid: identity.psid, why: '' } : { psid: null, why: identity.why },
    );
    const [view] = conclusion.view.rows;
    return this.result(taken ?? NOBODY, view?.owner ?? null, view?.window ?? null, conclusion);
  }

  /** Concludes for an open conversation, reads what it was taken for, and concludes again. Null where none is seen. */
  async open(conversation: TrueConversation, sight: OpenSight, at: number): Promise<OpenResult | null> {
    const { selectedItemId, threadType, name, messages } = sight;
    const seen = this.seen({
      selectedItemId,
      threadType,
      conversation: { key: conversation.psid, name, messages },
    });
    this.line.now = at;
    const { psid } = await this.conclude(seen);
    if (this.page !== null && psid !== null) {
      this.line.askAt(at);
      await this.reader.conversation(this.page, psid);
    }
    this.line.now = at + LOOK_MS;
    const conclusion = await this.conclude(seen);
    this.opened.set(conversation, conclusion.psid);
    const view = conclusion.view.conversation;
    if (view === null) return null;
    const { identity, owner, clocks, labels, handovers, transferred } = view;
    const taken = { psid: conclusion.psid, why: identity.kind === 'unmatched' ? identity.why : '' };
    return {
      ...this.result(taken, owner, clocks.window, conclusion),
      authors: new Map(labels.map(({ key, author }) => [key, author])),
      handovers,
      transferred,
    };
  }

  private conclude(seen: SeenPage): Promise<Conclusion> {
    const { page, store, links } = this;
    return concludeInbox({ seen, page, store, links, control: NO_CONTROL, now: this.line.localNow() });
  }

  private result(taken: Taken, owner: OwnerClaim | null, window: WindowClaim | null, { view }: Conclusion): Result {
    return {
      taken,
      owner,
      window,
      at: this.line.now,
      clockError: this.world.traits.localClock + view.clockOffset,
      pageTimesSet: offsetByClock(this.page?.memory.pageClock ?? []) !== null,
      told: this.line.toldOf(taken.psid),
    };
  }

  private seen(shown: Partial<SeenPage>): SeenPage {
    return {
      pageId: PAGE_ID,
      selectedItemId: null,
      threadType: null,
      tab: 'all',
      rows: [],
      conversation: null,
      factsReadable: this.world.traits.factsReadable,
      visible: true,
      focused: true,
      ...shown,
    };
  }
}

/** The Page as Setup connects it and its checks leave it; null without a token. */
function connectedPage({ traits, start }: World, graph: Graph): LivePage | null {
  const { tokenApp, botApp, botName, signature } = traits;
  if (tokenApp === null) return null;
  return {
    record: { pageId: PAGE_ID, name: 'Shop', token: '', tokenApp, botApp, connectedAt: start, stopped: null },
    graph,
    memory: { ...emptyMemory(), appNames: { [botApp]: botName } },
    budget: new Budget(),
    declared: { signature, handBackPhrase: null, byPolicy: [] },
  };
}
