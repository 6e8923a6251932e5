import { openDatabase } from '../store/database';
import { createStore } from '../store/store';
import { openVault } from '../store/vault';
import { createControl } from './control';
import { createLinks } from './links';
import { createPages } from './pages';
import { createReader } from './reader';
import type { Clock, Session } from './session';
import { createSetup } from './setup';
import { createTabs } from './tabs';

export interface ServicesOptions {
  fetch: typeof fetch;
  session: Session;
  clock: Clock;
  hostAccess: () => Promise<boolean>;
  /** Called after anything changed that the popup may show. */
  changed: () => void;
}

/** Puts the services together over the one database, and settles what an earlier worker left open. */
export async function createServices({ fetch, session, clock, hostAccess, changed }: ServicesOptions) {
  const database = await openDatabase();
  const store = createStore(database, await openVault(database));
  const pages = createPages({ store, session, clock, fetch });
  const reader = createReader({ store, pages, clock });
  const control = createControl({ store, reader, clock });
  const links = createLinks(store);
  const tabs = createTabs({ store, pages, reader, control, links, clock, changed });
  const setup = createSetup({
    store,
    pages,
    reader,
    clock,
    hostAccess,
    changed: () => {
      changed();
      void tabs.refreshAll();
    },
  });
  void control.settleAll(pages.of).then(tabs.refreshAll);
  void store.sweep(clock.now());
  return { tabs, setup };
}
