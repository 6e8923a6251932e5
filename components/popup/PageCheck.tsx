import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../icons';
import { Part } from './Part';

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

type Reply<Value> = { ok: true; value: Value } | { ok: false; sentence: string };

export interface PageCheckActions {
  /** Looks at the inbox on screen. */
  onCheck(): Promise<Reply<PageChecked>>;
  /** The team's own selectors as JSON; empty where it has none. */
  onReadSelectors(): Promise<string>;
  /** Keeps them if they can be used; empty takes them back. */
  onKeepSelectors(json: string): Promise<Reply<null>>;
}

/** Whether Baton still finds its way on Facebook's page, and what a team can do until it is mended. */
export function PageCheck({ onCheck, onReadSelectors, onKeepSelectors }: PageCheckActions): VNode {
  const [checked, setChecked] = useState<PageChecked | null>(null);
  const [said, say] = useState<{ ok: boolean; words: string } | null>(null);

  async function check(): Promise<void> {
    say({ ok: true, words: 'Looking at the page.' });
    const reply = await onCheck();
    setChecked(reply.ok ? reply.value : null);
    say(reply.ok ? { ok: reply.value.errors.length === 0, words: summary(reply.value) } : failed(reply.sentence));
  }

  async function copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    say({ ok: true, words: 'The report is in the clipboard. It holds no name, no message and no number.' });
  }

  return (
    <Part title="The inbox page">
      <p class="sub hint">Facebook changes its page. This tries every hook on the inbox that is open.</p>
      <div class="acts">
        <button type="button" class="btn" onClick={check}>
          Check this page
        </button>
        {checked && (
          <button type="button" class="btn" onClick={() => copy(checked.capture)}>
            Copy report
          </button>
        )}
      </div>
      <p role={said && !said.ok ? 'alert' : 'status'} class="sub">
        {said?.words}
      </p>
      {checked && <Hooks hooks={checked.hooks} />}
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
  const [said, say] = useState<{ ok: boolean; words: string } | null>(null);

  async function keep(text: string): Promise<void> {
    const reply = await onKeep(text);
    say(reply.ok ? { ok: true, words: 'Kept. The inbox uses them at once.' } : failed(reply.sentence));
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
      <p role={said && !said.ok ? 'alert' : 'status'} class="sub">
        {said?.words}
      </p>
    </>
  );
}

function summary({ hooks, errors }: PageChecked): string {
  if (errors.length > 0) return errors.join(' ');
  const fallbacks = hooks.filter(({ state }) => state === 'fallback').length;
  return fallbacks === 0
    ? 'Every required hook was found.'
    : `Every required hook was found, ${fallbacks} by a later alternative.`;
}

function failed(words: string): { ok: boolean; words: string } {
  return { ok: false, words };
}
