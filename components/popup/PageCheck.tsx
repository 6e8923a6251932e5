import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CallCheck, Reply } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { CallList, reportOfCalls } from './CallList';
import { Part } from './Part';
import { Said, type Words, wordsOf } from './Said';

/** What one hook into Facebook's page finds on the inbox that is open. */
export interface HookFound {
  hook: string;
  /** Baton shows nothing where a required hook is missing. */
  required: boolean;
  state: 'found' | 'fallback' | 'missing';
  found: number;
  shown: number;
}

export interface PageChecked {
  hooks: HookFound[];
  /** One sentence for each required hook that is missing. */
  errors: string[];
  /** The page's structure as HTML, without anything that somebody could be known by. */
  capture: string;
}

export interface PageCheckActions {
  /** Looks at the inbox on screen. */
  onCheck(): Promise<Reply<PageChecked>>;
  /** Makes every call to Graph that only reads, once. */
  onCheckCalls(pageId: string): Promise<Reply<CallCheck[]>>;
  /** The team's own selectors as JSON; empty where it has none. */
  onReadSelectors(): Promise<string>;
  /** Keeps them if they can be used; empty takes them back. */
  onKeepSelectors(json: string): Promise<Reply<null>>;
}

interface Props extends PageCheckActions {
  /** The Page whose token is tried; null: none is connected. */
  pageId: string | null;
}

/** Whether Baton still finds its way on Facebook's page and in Graph, and what a team can do until it is mended. */
export function PageCheck({ pageId, onCheck, onCheckCalls, onReadSelectors, onKeepSelectors }: Props): VNode {
  const [checked, setChecked] = useState<PageChecked | null>(null);
  const [calls, setCalls] = useState<CallCheck[]>([]);
  const [said, say] = useState<Words | null>(null);

  async function check(): Promise<void> {
    say({ ok: true, words: 'Looking at the page.' });
    const [reply, called] = await Promise.all([onCheck(), pageId === null ? null : onCheckCalls(pageId)]);
    setChecked(reply.ok ? reply.value : null);
    setCalls(called?.ok ? called.value : []);
    const unasked = called?.ok === false ? called.sentence : '';
    if (reply.ok) say({ ok: reply.value.errors.length === 0 && unasked === '', words: summary(reply.value, unasked) });
    else say({ ok: false, words: `${reply.sentence} ${unasked}`.trim() });
  }

  async function copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    say({ ok: true, words: 'The report is in the clipboard. It holds no name, no message and no id.' });
  }

  return (
    <Part title="The inbox page">
      <p class="sub hint">
        Facebook changes its page. This tries every hook on the inbox that is open, and every call that only reads.
      </p>
      <div class="acts">
        <button type="button" class="btn" onClick={check}>
          Check this page
        </button>
        {(checked || calls.length > 0) && (
          <button type="button" class="btn" onClick={() => copy(reportOf(checked, calls))}>
            Copy report
          </button>
        )}
      </div>
      <Said said={said} />
      {checked && <Hooks hooks={checked.hooks} />}
      {calls.length > 0 && <CallList calls={calls} />}
      <OwnSelectors onRead={onReadSelectors} onKeep={onKeepSelectors} />
    </Part>
  );
}

const ICONS = { found: 'ok', fallback: 'cannot-check', missing: 'not-tested' } as const;

function Hooks({ hooks }: { hooks: HookFound[] }): VNode {
  return (
    <ul class="checks" aria-label="Hooks">
      {hooks.map(({ hook, required, state, found, shown }) => (
        <li key={hook} data-hook={hook} data-state={state}>
          <Icon name={required && state === 'missing' ? 'wrong' : ICONS[state]} />
          <span>{hook}</span>
          <span class="state">{state === 'missing' ? 'missing' : `${state}, ${shown} of ${found} on screen`}</span>
        </li>
      ))}
    </ul>
  );
}

function OwnSelectors({
  onRead,
  onKeep,
}: {
  onRead: PageCheckActions['onReadSelectors'];
  onKeep: PageCheckActions['onKeepSelectors'];
}): VNode {
  const [json, setJson] = useState<string | null>(null);
  const [said, say] = useState<Words | null>(null);

  async function keep(text: string): Promise<void> {
    say(wordsOf(await onKeep(text), 'Kept. The inbox uses them at once.'));
  }

  if (json === null) {
    return (
      <button type="button" class="btn quiet" onClick={() => onRead().then(setJson)}>
        Own selectors
      </button>
    );
  }
  return (
    <>
      <label class="field">
        <span>Own selectors, tried before Baton’s</span>
        <textarea
          name="selectors"
          rows={4}
          placeholder={'{ "header": [".new-header"] }'}
          value={json}
          onInput={({ currentTarget }) => setJson(currentTarget.value)}
        />
      </label>
      <div class="acts">
        <button type="button" class="btn" onClick={() => keep(json)}>
          Keep selectors
        </button>
      </div>
      <Said said={said} />
    </>
  );
}

/** A capture that turns into a fixture as it is: what Graph did stands behind it, as a comment. */
function reportOf(checked: PageChecked | null, calls: CallCheck[]): string {
  const told = calls.length > 0 ? reportOfCalls(calls) : '';
  return checked === null || told === '' ? (checked?.capture ?? told) : `${checked.capture}<!--\n${told}-->\n`;
}

/** `unasked`: why Graph was not asked; empty where it was, or is not to be. */
function summary({ hooks, errors }: PageChecked, unasked: string): string {
  if (errors.length > 0) return [...errors, unasked].join(' ').trim();
  const fallbacks = hooks.filter(({ state }) => state === 'fallback').length;
  const found =
    fallbacks === 0
      ? 'Every required hook was found.'
      : `Every required hook was found, ${fallbacks} by a later alternative.`;
  return `${found} ${unasked}`.trim();
}
