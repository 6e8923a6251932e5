/** Plays what the world shows and tells through the product's own conclusions, as its services would. */
import type { Apps, Routing } from '../../utils/conversation/apps';
import {
  type AuthorClaim,
  type AuthorEvidence,
  type Creators,
  concludeAuthors,
  learnCreators,
} from '../../utils/conversation/author';
import {
  buildIndex,
  type ConversationIndex,
  type Identity,
  identifyConversation,
  identifyRow,
  type Link,
  type LinkLookup,
} from '../../utils/conversation/identity';
import { matchMessages } from '../../utils/conversation/match';
import { concludeOwner, type LastWriter, type OwnerClaim, ownerOfAnswer } from '../../utils/conversation/owner';
import { repeatedWords } from '../../utils/conversation/repeated';
import type { SeenConversation, SeenPage } from '../../utils/conversation/seen';
import { addReading, type Handover, handovers, type OwnerSpan } from '../../utils/conversation/timeline';
import { concludeWindow, type WindowClaim } from '../../utils/conversation/window';
import { type GraphReading, listAt, messagesAt, readingsBy } from './meta';
import type { OpenSight, RowSight } from './screen';
import { INBOX_APP, type TrueConversation, type World } from './truth';

export interface RowResult {
  identity: Identity;
  owner: OwnerClaim | null;
  window: WindowClaim | null;
  /** What was read of the conversation that it was taken for. */
  readings: readonly GraphReading[];
}

export interface OpenResult extends RowResult {
  authors: ReadonlyMap<string, AuthorClaim>;
  handovers: Handover[];
}

/** Baton at work on one Page: what it remembers between two looks. */
export class Pipeline {
  private readonly links: Map<string, Link>;
  private readonly indexes = new Map<number, ConversationIndex>();
  private readonly byPsid: ReadonlyMap<string, TrueConversation>;
  private readonly apps: Apps;
  private readonly routing: Routing;
  /** What the Page has taught of its creator data. */
  private creators: Creators = 'unknown';
  private readonly isRepeated: (text: string) => boolean;

  constructor(private readonly world: World) {
    const { traits } = world;
    this.links = new Map(world.falseLinks.map(([itemId, psid]) => [itemId, { psid, chosen: false }]));
    this.byPsid = new Map(world.conversations.map((conversation) => [conversation.psid, conversation]));
    this.apps = { token: traits.tokenApp, bot: traits.botApp, inbox: INBOX_APP };
    this.routing = !traits.routingKnown || traits.tokenApp === null ? 'unknown' : traits.routed ? 'on' : 'off';
    this.isRepeated = repeatedWords(listAt(world, world.start + 3_000)?.conversations ?? []);
  }

  row({ row }: RowSight, at: number): RowResult {
    const index = this.indexAt(at);
    const identity = this.identify((links) => identifyRow(row, index, links));
    const known = identity.kind === 'linked' ? index.byPsid.get(identity.psid) : undefined;
    const conversation = identity.kind === 'linked' ? this.byPsid.get(identity.psid) : undefined;
    if (conversation === undefined) return { identity, owner: null, window: null, readings: [] };
    const observedAt = index.readAt ?? at;
    const readings = readingsBy(this.world, conversation, at, false);
    return {
      identity,
      readings,
      owner: this.owner(readings, at, null),
      window: concludeWindow({ known: known?.messages ?? null, seen: null, completeBack: false, observedAt }, at),
    };
  }

  open(sight: OpenSight, at: number): OpenResult {
    const seen: SeenConversation = { key: sight.name, name: sight.name, messages: sight.messages };
    const page = pageOf(sight, seen, this.world);
    const index = this.indexAt(at);
    const identity = this.identify((links) => identifyConversation(seen, page, index, links));
    const conversation = identity.kind === 'linked' ? this.byPsid.get(identity.psid) : undefined;
    const readings = conversation === undefined ? [] : readingsBy(this.world, conversation, at, true);
    const told = conversation === undefined ? null : messagesAt(this.world, conversation, at - 1_500, 20);
    const spans = this.spans(readings);
    const evidence: AuthorEvidence = {
      messages: sight.messages,
      known: matchMessages(sight.messages, told ?? []),
      spans,
      apps: this.apps,
      routing: this.routing,
      appNames: { [this.world.traits.botApp]: this.world.traits.botName },
      factsReadable: this.world.traits.factsReadable,
      signature: this.world.traits.signature,
      isRepeated: this.isRepeated,
      creators: this.creators,
      observedAt: at,
    };
    this.creators = learnCreators(evidence);
    const authors = concludeAuthors(evidence);
    return {
      identity,
      authors,
      readings,
      owner: this.owner(readings, at, lastWriterOf(sight, authors)),
      window: concludeWindow({ known: told, seen: sight.messages, completeBack: false }, at),
      handovers: handovers(spans),
    };
  }

  private indexAt(at: number): ConversationIndex {
    const list = listAt(this.world, at);
    const key = list?.readAt ?? 0;
    const index = this.indexes.get(key) ?? buildIndex(list);
    this.indexes.set(key, index);
    return index;
  }

  /** As the services would: a link that is contradicted goes, and one under an id beyond doubt is kept. */
  private identify(look: (links: LinkLookup) => Identity): Identity {
    const identity = look((itemId) => this.links.get(itemId) ?? null);
    if (identity.kind === 'contradicted') {
      this.links.delete(identity.itemId);
      return this.identify(look);
    }
    if (identity.kind === 'linked' && identity.itemId !== null) {
      this.links.set(identity.itemId, { psid: identity.psid, chosen: identity.chosen });
    }
    return identity;
  }

  private owner(readings: readonly GraphReading[], at: number, lastWriter: LastWriter | null): OwnerClaim {
    const { apps, routing } = this;
    const now = at + this.world.traits.clockError;
    return concludeOwner({ readings, apps, routing, appNames: {}, lastWriter }, now);
  }

  private spans(readings: readonly GraphReading[]): OwnerSpan[] {
    const { apps, routing } = this;
    return readings.reduce<OwnerSpan[]>(
      (spans, reading) =>
        addReading(spans, reading, (answer) => ownerOfAnswer(answer, { apps, routing, appNames: {} })),
      [],
    );
  }
}

function pageOf(sight: OpenSight, conversation: SeenConversation, { traits }: World): SeenPage {
  return {
    pageId: '1000000000001',
    selectedItemId: sight.selectedItemId,
    threadType: sight.threadType,
    tab: 'all',
    rows: [],
    conversation,
    factsReadable: traits.factsReadable,
    visible: true,
    focused: true,
  };
}

/** Who wrote the Page's last message, where that is certain. */
function lastWriterOf(sight: OpenSight, authors: ReadonlyMap<string, AuthorClaim>): LastWriter | null {
  const last = sight.messages.findLast(({ direction }) => direction === 'page');
  const claim = last === undefined ? undefined : authors.get(last.key);
  if (last === undefined || last.sentAt === null || claim?.certainty !== 'certain') return null;
  return { kind: claim.value.kind, at: last.sentAt };
}
