import { type ClockBounds, narrowed, offsetOf } from '../graph/clock';
import { GraphRefusal } from '../graph/errors';
import type { ConversationsPage, Graph, PageFacts, TokenFacts } from '../graph/graph';
import { explain, type Refusal } from '../graph/refusals';
import type { Answer } from '../graph/transport';
import type { ConnectedPage } from '../store/store';

/** What was asked, and what came: an answer, or why none. */
export type Asked<Value> = { told: Value } | { refusal: Refusal; subcode: number | null };

/** Everything the checks conclude from. Gathered in one go, at `at` (epoch ms, server's clock). */
export interface CheckEvidence {
  at: number;
  page: ConnectedPage;
  me: Asked<PageFacts>;
  token: Asked<TokenFacts>;
  list: Asked<{ names: string[]; conversations: number; isOwner: number; since: number }>;
  /** Messenger's rows in the open inbox, to compare with; none where no inbox is open. */
  rows: RowOnScreen[];
  subscribed: Asked<{ id: string; name: string | null; fields: string[] | null }[]>;
  receivers: Asked<{ id: string; name: string | null }[]>;
  labels: Asked<null>;
  botName: string | null;
  /** Names of owners read so far. */
  ownersSeen: string[];
  /** Meta's clock minus the local one, ms; null where no answer told. */
  clockOffset: number | null;
  /** Share of Meta's allowance used; null where no header told. */
  budgetPercent: number | null;
  hostAccess: boolean;
}

/** A row of the inbox as it is seen; `lastActivity` epoch ms, null where it cannot be told. */
export interface RowOnScreen {
  name: string;
  lastActivity: number | null;
}

/** Newest conversations that are asked for. */
const LIST_LIMIT = 25;

/** Asks Meta everything the checks need. Never rejects: what is not told is part of the evidence. */
export async function gatherEvidence(
  graph: Graph,
  page: ConnectedPage,
  rest: Pick<CheckEvidence, 'ownersSeen' | 'hostAccess' | 'rows'>,
  now: () => number,
): Promise<CheckEvidence> {
  const headers: Answer<unknown>[] = [];
  async function asked<Body, Value>(answer: Promise<Answer<Body>>, read: (body: Body) => Value): Promise<Asked<Value>> {
    try {
      const received = await answer;
      headers.push(received);
      return { told: read(received.body) };
    } catch (error) {
      return { refusal: explain(error), subcode: error instanceof GraphRefusal ? error.subcode : null };
    }
  }

  const [me, token, list, subscribed, receivers, labels, bot] = await Promise.all([
    asked(graph.me(), (body) => body),
    asked(graph.debugToken(page.token), (body) => body),
    asked(graph.conversations({ limit: LIST_LIMIT, after: null, messages: 1 }), told),
    asked(graph.subscribedApps(), apps),
    asked(graph.secondaryReceivers('MESSENGER'), apps),
    asked(graph.customLabels(), () => null),
    page.botApp === null ? null : asked(graph.app(page.botApp), ({ name }) => name ?? null),
  ]);
  const clock = headers.reduce<ClockBounds | null>(
    (known, answer) => (answer.clock ? narrowed(known, answer.clock) : known),
    null,
  );
  const percents = headers.flatMap(({ usage }) => usage?.percent ?? []);
  return {
    ...rest,
    at: now() + (clock ? offsetOf(clock) : 0),
    page,
    me,
    token,
    list,
    subscribed,
    receivers,
    labels,
    botName: bot && 'told' in bot ? bot.told : null,
    clockOffset: clock && offsetOf(clock),
    budgetPercent: percents.length > 0 ? Math.max(...percents) : null,
  };
}

function told({ conversations, isOwner, after }: ConversationsPage) {
  const oldest = Math.min(...conversations.map(({ updatedAt }) => updatedAt));
  return {
    names: conversations.flatMap(({ name }) => name || []),
    conversations: conversations.length,
    isOwner: isOwner.size,
    since: after === null ? 0 : oldest,
  };
}

function apps(body: { data: { id: string; name?: string | undefined; subscribed_fields?: string[] | undefined }[] }) {
  return body.data.map(({ id, name, subscribed_fields }) => ({
    id,
    name: name ?? null,
    fields: subscribed_fields ?? null,
  }));
}
