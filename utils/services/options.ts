import type { OptionsView, Reply } from '../conversation/view';
import type { Requests } from '../messages';
import type { Store } from '../store/store';
import { VaultLocked } from '../store/vault';
import type { LivePage, Pages } from './pages';
import type { Clock, Session } from './session';
import { type PageSettings, readFile, type SettingsService, writeFile } from './settings';

export interface OptionsOptions {
  store: Store;
  session: Session;
  pages: Pages;
  settings: SettingsService;
  clock: Clock;
  /** Wipes everything about one Page. */
  forgetPage: (pageId: string) => Promise<void>;
  /** Called after anything changed that is shown. */
  changed: () => void;
}

/** Under this key the browser's session remembers that Pages of the one before are gone, for Setup to say so. */
export const SESSION_ENDED = 'session-ended';

/** Shorter ones can be guessed by who has the file: see docs/security.md. */
const SHORTEST_PASSPHRASE = 10;
const DONE: Reply<null> = { ok: true, value: null };
const refused = (sentence: string): Reply<never> => ({ ok: false, sentence });

/** What an admin sets for all Pages: how the token is kept, what is read, what is kept for how long. */
export function createOptions({ store, session, pages, settings, clock, forgetPage, changed }: OptionsOptions) {
  return {
    async unlock(passphrase: string): Promise<Reply<null>> {
      if (!(await store.unlock(passphrase))) return refused('This is not the passphrase.');
      pages.drop();
      changed();
      return DONE;
    },

    /** Forgets every Page, as the way out where the passphrase is lost. */
    async forgetAll(): Promise<Reply<null>> {
      for (const pageId of await pages.ids()) await forgetPage(pageId);
      await store.changeVault('device', '');
      changed();
      return DONE;
    },

    async changeVault({ mode, passphrase }: Parameters<Requests['changeVault']>[0]): Promise<Reply<null>> {
      const wanted = (await settings.policy()).vault;
      if (wanted && wanted !== mode) return refused('Your organisation has set how the token is kept.');
      if (mode === 'passphrase' && passphrase.length < SHORTEST_PASSPHRASE)
        return refused(`A passphrase has at least ${SHORTEST_PASSPHRASE} characters. Several words are best.`);
      try {
        await store.changeVault(mode, passphrase);
      } catch (error) {
        if (error instanceof VaultLocked) return refused('Unlock Baton with its passphrase first.');
        return refused('What is stored cannot be opened, so it was left as it is. Forget the damaged Page first.');
      }
      changed();
      return DONE;
    },

    async changeSettings(given: Parameters<Requests['changeSettings']>[0]): Promise<Reply<null>> {
      await settings.change(given);
      await store.sweep(clock.now(), (await settings.get()).keepDays);
      changed();
      return DONE;
    },

    /**
     * The settings as a file for other browsers. A Page that is connected goes by its id, with its bot and what was
     * declared of it; no token, no name.
     */
    async exportSettings(): Promise<Reply<string>> {
      const { keepDays, pageFacts } = await settings.get();
      const found = await Promise.all((await pages.ids()).map((pageId) => pages.of(pageId)));
      const connected = found.flatMap((page) => (page ? [pageSettings(page)] : []));
      return { ok: true, value: writeFile({ pages: connected, keepDays, pageFacts }) };
    },

    async importSettings(text: string): Promise<Reply<null>> {
      const given = readFile(text);
      if (!given) return refused('This is not a configuration file of Baton. Nothing was changed.');
      await settings.change(given);
      for (const { id, botApp: _, ...declared } of given.pages ?? []) {
        const page = await pages.of(id);
        if (page) await pages.declare(page, declared);
      }
      changed();
      return DONE;
    },

    async view(): Promise<OptionsView> {
      const { keepDays, pageFacts } = await settings.get();
      const { mode, locked } = store.vaultState();
      const policy = await settings.policy();
      return {
        vault: mode,
        ...(policy.vault && policy.vault !== mode ? { vaultWanted: policy.vault } : {}),
        locked,
        ...((await session.get(SESSION_ENDED)) === true && { sessionEnded: true }),
        keepDays,
        pageFacts,
        byPolicy: Object.keys(policy),
      };
    },
  };
}

export type Options = ReturnType<typeof createOptions>;

function pageSettings({ record: { pageId, botApp }, declared: { signature, handBackPhrase } }: LivePage): PageSettings {
  return {
    id: pageId,
    ...(botApp !== null && { botApp }),
    ...(signature !== null && { signature }),
    ...(handBackPhrase !== null && { handBackPhrase }),
  };
}
