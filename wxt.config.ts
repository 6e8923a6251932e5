import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';

/** The two hosts Baton knows. Everything else in the browser is none of its business. */
const hosts = ['https://business.facebook.com/*', 'https://graph.facebook.com/*'];

/** What our own pages may do: run our own code, and ask Graph. Nothing else is loaded, framed, sent or based elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'connect-src https://graph.facebook.com',
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The oldest that Baton runs in. What they understand is not written out for older ones. */
const OLDEST = { chrome: '120', firefox: '140' } as const;

/** Lightning CSS's number for `light-dark()`: no sheet of ours uses it, so none carries its stand-in for older browsers. */
const LIGHT_DARK = 1 << 20;

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

export default defineConfig({
  vite: ({ browser }) => {
    const target = browser === 'firefox' ? `firefox${OLDEST.firefox}` : `chrome${OLDEST.chrome}`;
    return { build: { target, cssTarget: target }, css: { lightningcss: { exclude: LIGHT_DARK } } };
  },
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  hooks: {
    // What lies in Facebook's page is kept small. The few calls it makes give promises without the polyfill, of a
    // script's context it needs little, and of Preact the drawing of components without state. Terser makes it 2.5 %
    // smaller than Vite's own minifier does, the more as no getter of ours, nor any that we ask, does more than tell.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.some(({ type }) => type === 'content-script')) return;
      config.build = {
        ...config.build,
        minify: 'terser',
        terserOptions: { ecma: 2020, compress: { passes: 5, hoist_funs: true, pure_getters: true } },
      };
      config.resolve = {
        ...config.resolve,
        alias: {
          ...config.resolve?.alias,
          'wxt/browser': '@wxt-dev/browser',
          'wxt/utils/content-script-context': pathOf('entrypoints/inbox.content/context.ts'),
          'preact/jsx-runtime': pathOf('components/inbox/renderer.ts'),
          preact: pathOf('components/inbox/renderer.ts'),
        },
      };
    },
  },
  manifest: ({ browser }) => ({
    name: 'Baton',
    description:
      'Says, over the Facebook Page inbox, who has each conversation, who wrote each reply and until when one may answer.',
    // `scripting`: Setup looks at the inbox when asked to, and an update takes over pages that are open.
    permissions: ['storage', 'scripting'],
    host_permissions: hosts,
    content_security_policy: { extension_pages: policy },
    // Setup in a tab of its own, also from the browser's page about the extension.
    options_ui: { page: 'popup.html#setup', open_in_tab: true },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'baton@baton.example',
              strict_min_version: `${OLDEST.firefox}.0`,
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: OLDEST.chrome, storage: { managed_schema: 'managed-schema.json' } }),
  }),
});
