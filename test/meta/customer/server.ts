import type { Feed, FeedThread } from '../inbox/feed';

/** What the customer's page needs of the shared state. `userId` is the customer's global user id, as in the feed. */
export interface CustomerWorld {
  feed(): Feed;
  subscribe(listener: (changed: FeedThread[]) => void): () => void;
  customerSays(userId: string, text: string): unknown;
}
