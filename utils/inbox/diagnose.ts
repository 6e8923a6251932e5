/** Field check: what each hook finds on the page that is open. For "Check this page", and for whoever mends a hook. */
import { find, isShown, matching } from './dom';
import { REQUIRED } from './evidence';
import { parseHeader, parseMessages, parseNotices, parseThreadRows } from './parse';
import { HOOKS, type HookName, SELECTORS, type Selectors } from './selectors';

export interface HookCheck {
  hook: HookName;
  required: boolean;
  /** `fallback`: only a later alternative finds anything. */
  state: 'found' | 'fallback' | 'missing';
  /** The alternative that found it; null where none did. */
  css: string | null;
  /** Elements found, and how many of them are on screen. */
  found: number;
  shown: number;
}

export interface FieldCheck {
  hooks: HookCheck[];
  /** What the parsers make of it all. */
  parsed: { rows: number; messages: number; notices: number; header: boolean };
  /** One sentence for each required hook that is missing. */
  errors: string[];
}

/** Runs every hook on `root`. Hooks of an open conversation are missing where none is open. */
export function fieldCheck(root: ParentNode, selectors: Selectors = SELECTORS): FieldCheck {
  const hooks = (Object.keys(HOOKS) as HookName[]).map((hook) => checkHook(root, hook, selectors));
  return {
    hooks,
    parsed: {
      rows: parseThreadRows(root, selectors).length,
      messages: parseMessages(root, selectors).length,
      notices: parseNotices(root, selectors).length,
      header: parseHeader(root, selectors) !== null,
    },
    errors: hooks
      .filter(({ required, state }) => required && state === 'missing')
      .map(({ hook }) => `Not found on this page: ${hook}.`),
  };
}

/** A page that has just been opened, or another conversation in it, shows its list and header before its messages. */
const PATIENCE_MS = 4_000;
const LOOK_EVERY_MS = 250;

/**
 * The same once the page has come to rest: looked at again until every required hook is found, for at most four
 * seconds. Where nothing more comes, what is missing is missing.
 */
export async function settledFieldCheck(root: ParentNode, selectors: Selectors = SELECTORS): Promise<FieldCheck> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const check = fieldCheck(root, selectors);
    if (check.errors.length === 0 || performance.now() >= end) return check;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function checkHook(root: ParentNode, hook: HookName, selectors: Selectors): HookCheck {
  const alternatives = selectors[hook];
  const place = alternatives.findIndex((css) => matching(root, css).length > 0);
  const elements = find(root, alternatives);
  return {
    hook,
    required: REQUIRED.includes(hook),
    state: place === -1 ? 'missing' : place === 0 ? 'found' : 'fallback',
    css: alternatives[place] ?? null,
    found: elements.length,
    shown: elements.filter(isShown).length,
  };
}
