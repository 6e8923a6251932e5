import { openDatabase } from '../store/database';
import { createStore, type Store } from '../store/store';
import { openVault } from '../store/vault';
import { createControl } from './control';
import { createLinks } from './links';
import { createOptions, SESSION_ENDED } from './options';
import { createPages, type Pages } from './pages';
import { createReader } from './reader';
import type { Clock, Session } from './session';
import { createSettings, type SettingsAreas, type SettingsService } from './settings';
import { createSetup } from './setup';
import { createTabs } from './tabs';

export interface ServicesOptions {
  fetch: typeof fetch;
  session: Session;
  settings: SettingsAreas;
  clock: Clock;
  hostAccess: () => Promise<boolean>;
  /** Called after anything changed that the popup may show. */
  changed: () => void;
}

/** Puts the services together over the one database, and settles what an earlier worker left open. */
export async function createServices(options: ServicesOptions) {
  const { fetch, session, clock, hostAccess, changed } = options;
  const database = await openDatabase();
  const settings = createSettings(options.settings);
  const store = createStore(database, await openVault(database, session));
  const pages = createPages({ store, session, settings, clock, fetch });
  await keepVault(store, pages, settings, session);
  await settings.tellPage();
  const reader = createReader({ store, pages, clock });
  const control = createControl({ store, reader, clock, changed: () => void tabs.refreshAll() });
  const links = createLinks(store);
  const tabs = createTabs({ store, pages, reader, control, links, clock, changed });
  const settle = () => void control.settleAll(pages.of);
  /** A Page may have become one that can be asked: it was connected anew, or the vault unlocked. */
  const changedHere = () => {
    changed();
    void tabs.refreshAll();
    settle();
  };
  /** An admin forgets a Page: unlike at a session's end, what was imported for it goes too. */
  const forgetPage = async (pageId: string) => {
    links.forget(pageId);
    await pages.forget(pageId);
    await settings.forgetPage(pageId);
  };
  const ownOptions = createOptions({
    store,
    session,
    pages,
    settings,
    clock,
    forgetPage,
    changed: changedHere,
  });
  const setup = createSetup({
    store,
    pages,
    reader,
    control,
    settings,
    ownOptions,
    clock,
    hostAccess,
    currentPageId: tabs.currentPageId,
    rowsOnScreen: tabs.rowsOnScreen,
    forgetPage,
    changed: changedHere,
  });
  settle();
  void settings.get().then(({ keepDays }) => store.sweep(clock.now(), keepDays));
  return { tabs, setup, options: ownOptions };
}

export type Services = Awaited<ReturnType<typeof createServices>>;

/** What was kept for an earlier browser session alone goes; and the key is kept as a policy wants it. */
async function keepVault(store: Store, pages: Pages, settings: SettingsService, session: Session): Promise<void> {
  const { mode, locked } = store.vaultState();
  if (mode === 'session' && locked) {
    const ended = await pages.ids();
    for (const pageId of ended) await pages.forget(pageId);
    if (ended.length > 0) await session.set(SESSION_ENDED, true);
    await store.changeVault('session', '');
  }
  const { vault } = await settings.policy();
  // A passphrase only a person can give: until then no Page can be connected.
  if (vault && vault !== 'passphrase' && vault !== store.vaultState().mode && !store.vaultState().locked)
    await store.changeVault(vault, '');
}
