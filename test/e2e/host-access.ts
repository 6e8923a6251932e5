import { type Driven, evaluateInFirefox, GECKO_ID } from './launch';

const ORIGINS = ['https://business.facebook.com/*', 'https://graph.facebook.com/*'];

/** Withholds Meta's hosts from Baton, as a person does in the browser's settings. Resolves to how to give them back. */
export async function withholdHosts(driven: Driven): Promise<() => Promise<void>> {
  return driven.kind === 'chromium' ? inChromium(driven) : inFirefox(driven);
}

async function inChromium({ browser }: Driven): Promise<() => Promise<void>> {
  async function set(hostAccess: string): Promise<void> {
    const settings = await browser.newPage();
    await settings.goto('chrome://extensions');
    await settings.evaluate(async (access) => {
      // Chrome's own page has this, and nobody else.
      const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome;
      const baton = (await developerPrivate.getExtensionsInfo()).find(({ name }) => name === 'Baton');
      await developerPrivate.updateExtensionConfiguration({ extensionId: baton!.id, hostAccess: access });
    }, hostAccess);
    await settings.close();
  }
  await set('ON_CLICK');
  return () => set('ON_ALL_SITES');
}

interface DeveloperPrivate {
  getExtensionsInfo(): Promise<{ id: string; name: string }[]>;
  updateExtensionConfiguration(change: { extensionId: string; hostAccess: string }): Promise<void>;
}

async function inFirefox({ browser }: Driven): Promise<() => Promise<void>> {
  const change = (verb: 'add' | 'remove') =>
    evaluateInFirefox(
      browser,
      `(async () => {
        const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)});
        await ExtensionPermissions.${verb}(${JSON.stringify(GECKO_ID)}, { permissions: [], origins: ${JSON.stringify(ORIGINS)} }, extension);
      })()`,
    );
  await change('remove');
  return async () => void (await change('add'));
}
