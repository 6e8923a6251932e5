import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { OptionsView, Reply } from '../../utils/conversation/view';
import { Part } from './Part';
import { Said, type Words, wordsOf } from './Said';
import { Vault, type VaultActions } from './Vault';

export interface OptionsActions extends VaultActions {
  onChangeSettings(change: { keepDays?: number; pageFacts?: boolean }): void;
  /** The settings without secrets, as the text of a file. */
  onExport(): Promise<Reply<string>>;
  onImport(text: string): Promise<Reply<null>>;
  /** The state of every check, without token, name or message. */
  onReport(): Promise<Reply<string>>;
  /** Null where Setup is in a tab of its own already. */
  onOpenTab: (() => void) | null;
}

interface Props extends OptionsActions {
  options: OptionsView;
}

/** What holds for all Pages: how the token is kept, what is kept for how long, and what is shared with others. */
export function Options({ options, ...actions }: Props): VNode {
  return (
    <>
      <Vault options={options} {...actions} />
      <Kept options={options} onChangeSettings={actions.onChangeSettings} />
      <Sharing {...actions} />
    </>
  );
}

function Kept({ options, onChangeSettings }: Pick<Props, 'options' | 'onChangeSettings'>): VNode {
  const { keepDays, pageFacts, byPolicy } = options;
  return (
    <Part title="What is read and kept">
      <label class="field">
        <span>Days to keep who had a conversation when</span>
        <input
          type="number"
          name="keepDays"
          min={1}
          max={365}
          required
          value={keepDays}
          disabled={byPolicy.includes('keepDays')}
          onChange={({ currentTarget: field }) =>
            field.checkValidity() && onChangeSettings({ keepDays: field.valueAsNumber })
          }
        />
      </label>
      <ul class="ticks">
        <li>
          <label>
            <input
              type="checkbox"
              name="pageFacts"
              checked={pageFacts}
              disabled={byPolicy.includes('pageFacts')}
              onChange={({ currentTarget }) => onChangeSettings({ pageFacts: currentTarget.checked })}
            />
            <span>Read the inbox page’s own facts</span>
          </label>
          <p class="sub">
            Who sent a message and when, as the page’s code holds it. Without them fewer authors are certain.
          </p>
        </li>
      </ul>
    </Part>
  );
}

function Sharing({ onExport, onImport, onReport, onOpenTab }: OptionsActions): VNode {
  const [said, say] = useState<Words | null>(null);

  async function give(ask: () => Promise<Reply<string>>, use: (text: string) => unknown, words: string): Promise<void> {
    const text = await ask();
    if (text.ok) await use(text.value);
    say(wordsOf(text, words));
  }

  async function take(file: File | undefined): Promise<void> {
    if (file) say(wordsOf(await onImport(await file.text()), 'The file was read.'));
  }

  return (
    <Part title="For your team">
      <p class="sub hint">Neither holds a token, a name or a message.</p>
      <div class="acts">
        <button type="button" class="btn" onClick={() => give(onReport, copy, 'The report is in the clipboard.')}>
          Copy report
        </button>
        <button type="button" class="btn" onClick={() => give(onExport, save, 'The file was saved.')}>
          Export settings
        </button>
        {onOpenTab && (
          <button type="button" class="btn quiet end" onClick={onOpenTab}>
            Open Setup in a tab
          </button>
        )}
      </div>
      <label class="field">
        <span>Import settings</span>
        <input
          type="file"
          name="settingsFile"
          accept="application/json,.json"
          onChange={({ currentTarget }) => take(currentTarget.files?.[0])}
        />
      </label>
      <Said said={said} />
    </Part>
  );
}

function copy(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'baton-settings.json';
  link.click();
  URL.revokeObjectURL(url);
}
