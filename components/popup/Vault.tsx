import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { OptionsView, Reply, VaultMode } from '../../utils/conversation/view';
import { Part } from './Part';
import { Said, type Words, wordsOf } from './Said';

export interface VaultActions {
  onUnlock(passphrase: string): Promise<Reply<null>>;
  /** The way out where the passphrase is lost. */
  onForgetAll(): Promise<Reply<null>>;
  onChangeVault(mode: VaultMode, passphrase: string): Promise<Reply<null>>;
}

const MODES: readonly { mode: VaultMode; title: string; means: string }[] = [
  { mode: 'device', title: 'In this browser', means: 'Sealed with a key that the browser gives to nobody.' },
  {
    mode: 'passphrase',
    title: 'Locked by a passphrase',
    means: 'You unlock it once after each start of the browser. A copy of the disk is worth nothing without it.',
  },
  { mode: 'session', title: 'For this session alone', means: 'Gone when the browser closes.' },
];

interface Props extends VaultActions {
  options: OptionsView;
}

/** How the token is kept: to be unlocked, or to be chosen. */
export function Vault({ options, onUnlock, onForgetAll, onChangeVault }: Props): VNode {
  const [picked, setPicked] = useState<VaultMode | null>(null);
  const [said, say] = useState<Words | null>(null);
  const { vault, vaultWanted, locked, byPolicy } = options;
  const mode = picked ?? vaultWanted ?? vault;

  function settle(done: Reply<null>): void {
    say(wordsOf(done));
    if (done.ok) setPicked(null);
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const passphrase = takePassphrase(event.currentTarget as HTMLFormElement);
    settle(await (locked ? onUnlock(passphrase) : onChangeVault(mode, passphrase)));
  }

  return (
    <Part title={locked ? 'Baton is locked' : 'How the token is kept'}>
      <form onSubmit={submit} autocomplete="off">
        {!locked && <Modes mode={mode} isLocked={byPolicy.includes('vault')} onPick={setPicked} />}
        {(locked || mode === 'passphrase') && (
          <label class="field">
            <span>Passphrase</span>
            <input type="password" name="passphrase" required autocomplete="off" />
          </label>
        )}
        {(locked || mode !== vault || mode === 'passphrase') && (
          <div class="acts">
            <button type="submit" class="btn">
              {locked ? 'Unlock' : 'Keep it this way'}
            </button>
            {locked && (
              <button type="button" class="btn quiet end" onClick={async () => settle(await onForgetAll())}>
                Passphrase lost: forget all Pages
              </button>
            )}
          </div>
        )}
      </form>
      <Said said={said} />
    </Part>
  );
}

function Modes({
  mode,
  isLocked,
  onPick,
}: {
  mode: VaultMode;
  isLocked: boolean;
  onPick(mode: VaultMode): void;
}): VNode {
  return (
    <ul class="ticks">
      {MODES.map(({ mode: one, title, means }) => (
        <li key={one}>
          <label>
            <input
              type="radio"
              name="vault"
              value={one}
              checked={mode === one}
              disabled={isLocked}
              onChange={() => onPick(one)}
            />
            <span>{title}</span>
          </label>
          <p class="sub">{means}</p>
        </li>
      ))}
      {isLocked && <li class="sub">Your organisation has set this.</li>}
    </ul>
  );
}

/** Reads the passphrase and empties its field. */
function takePassphrase(form: HTMLFormElement): string {
  const field = form.elements.namedItem('passphrase');
  if (!(field instanceof HTMLInputElement)) return '';
  const { value } = field;
  field.value = '';
  return value;
}
