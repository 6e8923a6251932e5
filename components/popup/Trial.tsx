import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Candidate } from '../../utils/conversation/view';

interface Props {
  candidates: readonly Candidate[];
  onTrial(psid: string): Promise<unknown>;
}

/** Picks the conversation on which take and pass are tried. One trial at a time. */
export function Trial({ candidates, onTrial }: Props): VNode {
  const select = useRef<HTMLSelectElement>(null);
  const [trying, setTrying] = useState(false);

  async function start(): Promise<void> {
    if (trying || !select.current) return;
    setTrying(true);
    await onTrial(select.current.value).finally(() => setTrying(false));
  }

  return (
    <>
      <label class="field">
        <span>Conversation to try on</span>
        <select ref={select} name="trial">
          {candidates.map(({ psid, name }) => (
            <option key={psid} value={psid}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div class="acts">
        <button type="button" class="btn" aria-disabled={trying} onClick={start}>
          Try take and pass
        </button>
      </div>
    </>
  );
}
