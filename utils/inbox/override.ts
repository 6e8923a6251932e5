/** A team's own selectors, so that it need not wait for a new version. Data, never code: checked before it is kept. */
import * as v from 'valibot';
import { HOOKS, type HookName } from './selectors';

const names = Object.keys(HOOKS) as [HookName, ...HookName[]];

const MOST_ALTERNATIVES = 8;
const LONGEST_SELECTOR = 300;

const Selector = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('A selector is empty.'),
  v.maxLength(LONGEST_SELECTOR, `A selector has more than ${LONGEST_SELECTOR} characters.`),
  // A selector that finds our own elements would have Baton read what it wrote.
  v.check((css) => !css.includes('baton-'), 'A selector names an element of Baton itself.'),
);

const Schema = v.record(
  v.picklist(names, 'No hook has that name.'),
  v.pipe(
    v.array(Selector, 'Alternatives are a list of selectors.'),
    v.maxLength(MOST_ALTERNATIVES, `A hook has more than ${MOST_ALTERNATIVES} alternatives.`),
  ),
  'Selectors by hook are expected.',
);

export type SelectorOverride = Partial<Record<HookName, string[]>>;

export type OverrideCheck = { ok: true; override: SelectorOverride } | { ok: false; problems: string[] };

/**
 * Reads what a person entered as JSON.
 * @param understands whether the browser can use a selector, e.g. by trying it on an empty document
 */
export function readOverride(json: string, understands: (css: string) => boolean): OverrideCheck {
  const value = parsed(json);
  if (value === undefined) return { ok: false, problems: ['This is not JSON.'] };
  const result = v.safeParse(Schema, value);
  if (!result.success) return { ok: false, problems: result.issues.map(sentenceOf) };
  const foreign = Object.values(result.output)
    .flat()
    .filter((css) => css !== undefined && !understands(css));
  return foreign.length > 0
    ? { ok: false, problems: foreign.map((css) => `The browser does not understand: ${css}`) }
    : { ok: true, override: result.output };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path ? `${path}: ${issue.message}` : issue.message;
}
