import type { AppId } from '../conversation/apps';
import type { Graph } from '../graph/graph';
import type { PageMemory } from './memory';

/**
 * Which app a token belongs to, where the token may not be asked about itself: Meta names the owner of a conversation
 * that it says the token's own app owns, before and after. Null where no such conversation was read, or where Meta
 * does not answer.
 */
export async function findTokenApp(graph: Graph, memory: PageMemory): Promise<AppId | null> {
  const owned = Object.keys(memory.readings).find((psid) => ownsNow(memory, psid));
  if (owned === undefined) return null;
  try {
    const { body: named } = await graph.threadOwner(owned);
    const { body: after } = await graph.conversationWith(owned);
    return named.kind === 'named' && after.isOwner === true ? named.appId : null;
  } catch {
    return null;
  }
}

function ownsNow({ readings }: PageMemory, psid: string): boolean {
  const answer = readings[psid]?.at(-1)?.answer;
  return answer?.kind === 'token-app' && answer.owns;
}
