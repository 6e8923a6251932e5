/** @jsxImportSource react */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Variants } from '../variants';
import type { FeedClient, Inbox } from './feed-client';
import type { Labels } from './labels';
import type { Clock } from './times';

/** What every part of the page shares: the cohort it is in, its language, its feed. */
export interface Host {
  variants: Variants;
  labels: Labels;
  clock: Clock;
  client: FeedClient;
}

export const HostContext = createContext<Host | null>(null);

/** @throws outside of the page */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('No host around this component.');
  return host;
}

/** The page's picture of the shared state, null until it has arrived. */
export function useInbox(): Inbox | null {
  const { client } = useHost();
  return useSyncExternalStore(client.subscribe, client.current);
}
