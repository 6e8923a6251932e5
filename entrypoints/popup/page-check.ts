import { browser } from 'wxt/browser';
import type { PageCheckActions, PageChecked } from '../../components/popup/PageCheck';
import { readOverride } from '../../utils/inbox/override';

const INBOX = 'https://business.facebook.com/latest/*';

/** What Setup does with the inbox on screen and with a team's own selectors. */
export const lookAtInbox: Omit<PageCheckActions, 'onCheckCalls'> = {
  async onCheck() {
    const tabs = await browser.tabs.query({ url: INBOX });
    const [latest] = tabs.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
    if (latest?.id === undefined) return { ok: false, sentence: 'Open the inbox in Business Suite first.' };
    const value = await lookAt(latest.id);
    return value ? { ok: true, value } : { ok: false, sentence: 'The page gave no answer. Load it again.' };
  },

  async onReadSelectors() {
    const { selectors } = await browser.storage.local.get('selectors');
    return typeof selectors === 'string' ? selectors : '';
  },

  async onKeepSelectors(json) {
    if (json.trim() === '') await browser.storage.local.remove('selectors');
    else {
      const read = readOverride(json, understands);
      if (!read.ok) return { ok: false, sentence: read.problems.join(' ') };
      await browser.storage.local.set({ selectors: JSON.stringify(read.override) });
    }
    return { ok: true, value: null };
  },
};

/** Null where the browser lets nobody into the tab, as into one that it has put away or that failed to load. */
async function lookAt(tabId: number): Promise<PageChecked | null> {
  try {
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, files: ['/field-check.js'] });
    return (answer?.result as PageChecked | undefined) ?? null;
  } catch {
    return null;
  }
}

function understands(css: string): boolean {
  try {
    document.createDocumentFragment().querySelector(css);
    return true;
  } catch {
    return false;
  }
}
