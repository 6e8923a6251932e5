/** Short ways to say what is given, for the tests of this room. Times are epoch ms. */
import type { KnownConversation } from '../../utils/conversation/known';
import { Budget } from '../../utils/graph/budget';
import type { Graph } from '../../utils/graph/graph';
import { emptyMemory } from '../../utils/services/memory';
import type { LivePage } from '../../utils/services/pages';
import { graphOver } from '../graph/given';

/** A conversation by the time of its last message; the time is its name as well. */
export const conversationAt = (updatedAt: number): KnownConversation => ({
  psid: String(updatedAt),
  threadId: `t_${updatedAt}`,
  name: String(updatedAt),
  updatedAt,
  messages: [],
});

interface GivenPage {
  record?: Partial<LivePage['record']>;
  graph?: Partial<Graph>;
  memory?: LivePage['memory'];
}

/** A Page at work, of which nothing is known and nothing can be read but what is given. */
export function pageWith({ record, graph, memory = emptyMemory() }: GivenPage): LivePage {
  const away = graphOver(() => Promise.reject(new TypeError('Failed to fetch')));
  return {
    record: {
      pageId: '1',
      name: 'Shop',
      token: '',
      tokenApp: null,
      botApp: null,
      connectedAt: 0,
      stopped: null,
      ...record,
    },
    graph: { ...away, ...graph },
    memory,
    budget: new Budget(),
    declared: { signature: null, handBackPhrase: null, byPolicy: [] },
  };
}
