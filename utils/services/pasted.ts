import { KNOWN_APPS } from '../conversation/apps';
import type { Reply } from '../conversation/view';

const HOW = 'Copy the Page access token again: one run of letters and digits that begins with EA.';

/** What else people have in their clipboard. The first that fits says what it is; none of it leaves the browser. */
const OTHERS: readonly [shape: RegExp, sentence: string][] = [
  [/^$/, 'Paste a Page access token first.'],
  [/^.{4001}/s, `This is far too long for a token. ${HOW}`],
  [/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/u, `This has signs in it that cannot be seen. ${HOW}`],
  [/^<|<\/?[a-z]+[^>]*>/i, `This is a piece of a web page. ${HOW}`],
  [/^[{[]/, `This is data around a token. ${HOW}`],
  [/^[a-z][a-z0-9+.-]*:\/\//i, `This is a web address. ${HOW}`],
  [/access_token=/i, `This is a web address or a part of one. ${HOW}`],
  [/^(authorization:|bearer |oauth |basic )/i, `Leave out the word before the token. ${HOW}`],
  [/^["'“‘`].*["'”’`]$/s, `Leave out the quotation marks. ${HOW}`],
  [/^-----BEGIN /, 'This is a private key. Keep it secret, and paste a Page access token.'],
  [/^\d{5,}\|/, 'This is an app’s own token. Baton needs a token of the Page.'],
  [/^[0-9a-f]{32}$/i, 'This looks like an app’s secret. Keep it secret, and paste a Page access token.'],
  [/^\d+$/, `This is a number, such as the id of a Page or an app. ${HOW}`],
  [/^(IG|TH)[A-Z]/, 'This is a token of Instagram or Threads. Baton needs a Page’s of Facebook.'],
  [/^eyJ/, `This is a token of another kind of service. ${HOW}`],
  [
    /^(gh[opsur]_|github_pat_|glpat-|xox|sk[-_]|pk[-_]|rk_|whsec_|ya29\.|AIza|AKIA|ASIA|SG\.|key-|npm_|pypi-|hf_|shp|dop_)/,
    `This is a token of another service. ${HOW}`,
  ],
  [/\s/, `There is a gap in it, so it is more than a token or not all of one. ${HOW}`],
];

/** What a Page's or a user's token looks like. Meta promises no form; every one seen since 2012 is of this one. */
const TOKEN = /^EA[A-Za-z0-9]{30,}$/;

/** A pasted text as a token. What is none is told from what it is, without a word of what it says. */
export function tokenOf(pasted: string): Reply<string> {
  const text = pasted.trim();
  const other = OTHERS.find(([shape]) => shape.test(text));
  if (other) return { ok: false, sentence: other[1] };
  return TOKEN.test(text)
    ? { ok: true, value: text }
    : { ok: false, sentence: `This is not an access token of Facebook. ${HOW}` };
}

/** The app that an admin typed: an id or a known name; null where nothing was typed. */
export function botAppOf(typed: string): Reply<string | null> {
  const text = typed.trim();
  if (text === '') return { ok: true, value: null };
  if (/^\d{5,20}$/.test(text)) return { ok: true, value: text };
  const known = Object.entries(KNOWN_APPS).find(([, name]) => name.toLowerCase() === text.toLowerCase());
  if (known) return { ok: true, value: known[0] };
  return { ok: false, sentence: 'Baton does not know this bot app by name. Type its app id.' };
}
