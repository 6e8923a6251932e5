/** The line to the world's Meta: what the product's Graph would answer, call by call, and the time that goes by. */
import { boundsOf } from '../../utils/graph/clock';
import { GraphLost } from '../../utils/graph/errors';
import { createGraph, type Graph } from '../../utils/graph/graph';
import type { Answer } from '../../utils/graph/transport';
import { conversationAt, type GraphReading, isOwnerAt, listPage, threadOwner } from './meta';
import type { Exchange } from './schedule';
import type { TrueConversation, World } from './truth';

/** Everything that was told of one conversation. */
export interface Told {
  readings: GraphReading[];
  /** When its messages were last asked for, on Meta's clock. */
  messagesAt: number;
}

const NOTHING: Readonly<Told> = { readings: [], messagesAt: 0 };

export class Line {
  /** Meta's time. */
  now: number;
  /** The call that goes out next; those after it follow at once. */
  next: Exchange = { startedAt: 0, answeredAt: 0, endedAt: 0 };
  private readonly told = new Map<string, Told>();
  private readonly byPsid: ReadonlyMap<string, TrueConversation>;

  constructor(private readonly world: World) {
    this.now = world.start;
    this.byPsid = new Map(world.conversations.map((conversation) => [conversation.psid, conversation]));
  }

  /** The computer's time. */
  localNow(): number {
    return this.now + this.world.traits.localClock;
  }

  askAt(at: number): void {
    this.next = { startedAt: at, answeredAt: at + 60, endedAt: at + 120 };
  }

  /** What was told of a conversation so far. */
  toldOf(psid: string | null): Readonly<Told> {
    return (psid === null ? undefined : this.told.get(psid)) ?? NOTHING;
  }

  /** The product's own Graph, but for the three readings; nothing else is asked. */
  graph(pageId: string): Graph {
    const unasked = createGraph(
      () => Promise.reject(new GraphLost('network')),
      pageId,
      () => Promise.resolve(),
    );
    return {
      ...unasked,
      conversations: async (asked) => {
        const { outage, olderLost } = this.world.traits;
        if (asked.after !== null && outage !== null && olderLost && this.next.startedAt >= outage.from)
          throw new GraphLost('network');
        const { answeredAt } = this.next;
        const answer = this.answer((at) => listPage(this.world, at, asked));
        for (const { psid } of answer.body.conversations) this.openTold(psid).messagesAt = answeredAt;
        for (const [psid, owns] of answer.body.isOwner) this.note(psid, answer, { kind: 'token-app', owns });
        return answer;
      },
      conversationWith: async (psid) => {
        const { answeredAt } = this.next;
        const answer = this.answer((at) => {
          const conversation = this.conversation(psid);
          const [owner] = isOwnerAt(this.world, conversation, at);
          return { conversation: conversationAt(this.world, conversation, at, 20), isOwner: owner?.[1] ?? null };
        });
        this.openTold(psid).messagesAt = answeredAt;
        const owns = answer.body.isOwner;
        if (owns !== null) this.note(psid, answer, { kind: 'token-app', owns });
        return answer;
      },
      threadOwner: async (psid) => {
        const answer = this.answer((at) => threadOwner(this.world, this.conversation(psid), at));
        this.note(psid, answer, answer.body);
        return answer;
      },
    };
  }

  /** Lets the next call go by: its answer with the local times, and what its `Date` tells of Meta's clock. */
  private answer<Body>(tell: (at: number) => Body): Answer<Body> {
    const { localClock } = this.world.traits;
    const { startedAt, answeredAt, endedAt } = this.next;
    this.now = endedAt;
    this.askAt(endedAt);
    const [started, ended] = [startedAt + localClock, endedAt + localClock];
    const date = Math.floor(answeredAt / 1000) * 1000;
    return {
      body: tell(answeredAt),
      startedAt: started,
      endedAt: ended,
      clock: boundsOf(date, started, ended),
      usage: null,
    };
  }

  private note(psid: string, { startedAt, endedAt }: Answer<unknown>, answer: GraphReading['answer']): void {
    const { localClock } = this.world.traits;
    const told = this.openTold(psid);
    told.readings.push({ startedAt: startedAt - localClock, endedAt: endedAt - localClock, answer });
  }

  private openTold(psid: string): Told {
    const told = this.told.get(psid) ?? { readings: [], messagesAt: 0 };
    this.told.set(psid, told);
    return told;
  }

  private conversation(psid: string): TrueConversation {
    const conversation = this.byPsid.get(psid);
    if (conversation === undefined) throw new RangeError(`No customer ${psid}`);
    return conversation;
  }
}
