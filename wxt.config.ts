import { defineConfig } from 'wxt';

/** The two hosts Baton knows. Everything else in the browser is none of its business. */
const hosts = ['https://business.facebook.com/*', 'https://graph.facebook.com/*'];

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  manifest: ({ browser }) => ({
    name: 'Baton',
    description:
      'Says, over the Facebook Page inbox, who has each conversation, who wrote each reply and until when one may answer.',
    permissions: ['storage'],
    host_permissions: hosts,
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'baton@baton.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
});
