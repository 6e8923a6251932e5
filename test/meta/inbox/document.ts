import { readVariants } from './variants';

/** Where the page's own parts lie. Nothing else of the host answers below this path. */
export const ASSETS = '/inbox-assets/';

/**
 * A strict host. No inline script or style, no code from strings, no markup from strings, no other origin:
 * what an extension adds must do without them. `data:` serves avatars and emoji.
 */
export const STRICT_HEADERS: Record<string, string> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const LANG = { en: 'en', 'en-gb': 'en-GB', id: 'id', de: 'de', th: 'th', ar: 'ar', ja: 'ja' } as const;

/** The document that carries the page: language, direction and colours are the server's, all else is React's. */
export function inboxDocument(query: URLSearchParams): string {
  const { locale, dir, dark } = readVariants(query);
  const attributes = `lang="${LANG[locale]}" id="facebook"${dir === 'rtl' ? ' dir="rtl"' : ''}${dark ? ' class="zq-dark"' : ''}`;
  return `<!doctype html>
<html ${attributes}>
<head>
<meta charset="utf-8">
<title>Inbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ASSETS}style.css">
<script type="module" src="${ASSETS}page.js"></script>
</head>
<body><div id="zq-root"></div></body>
</html>
`;
}
