import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { LONGEST_NOTE, metadataFor } from '../../utils/conversation/note';
import type { Wanted } from '../../utils/conversation/plan';
import type { Offer } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { WANTED_ICONS } from '../signs';
import { BUTTONS } from '../words';

interface Props {
  /** At least one; the first is the one that is filled. */
  offers: readonly Offer[];
  /** A control run is under way: the buttons wait. */
  waiting: boolean;
  onControl(wanted: Wanted, note: string): void;
}

/** The buttons that can work. What will follow is shown for the one in focus, at first for the filled one. */
export function Actions({ offers, waiting, onControl }: Props): VNode {
  const [focused, setFocused] = useState<Wanted | null>(null);
  const [note, setNote] = useState('');
  const [first, ...others] = offers;
  const previewed = offers.find(({ wanted }) => wanted === focused) ?? first;

  function button({ wanted, preview }: Offer, look: string): VNode {
    const icon = WANTED_ICONS[wanted];
    return (
      <button
        key={wanted}
        type="button"
        class={`btn ${look}`}
        aria-description={preview.join(' ')}
        aria-disabled={waiting}
        onFocus={() => setFocused(wanted)}
        onPointerEnter={() => setFocused(wanted)}
        onClick={() => waiting || onControl(wanted, note)}
      >
        {icon && <Icon name={icon} />}
        {BUTTONS[wanted]}
      </button>
    );
  }

  return (
    <>
      {first && <div class="acts">{button(first, 'fill wide')}</div>}
      {others.length > 0 && <div class="acts">{others.map((offer) => button(offer, 'half'))}</div>}
      {/* Below all buttons: what is said of one must not move it away from under the pointer. */}
      {previewed && <Preview offer={previewed} />}
      {previewed && offers.some(({ wanted }) => carriesNote(wanted)) && (
        <Note note={note} wanted={previewed.wanted} onNote={setNote} />
      )}
    </>
  );
}

function Preview({ offer: { wanted, preview } }: { offer: Offer }): VNode {
  return (
    <div class="preview" data-preview={wanted}>
      <h3>What will follow: {BUTTONS[wanted].toLowerCase()}</h3>
      <ul>
        {preview.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

const carriesNote = (wanted: Wanted): boolean => metadataFor(wanted, 'x') !== null;

/** A note for the bot, and what Meta will be sent, to the letter. */
function Note({ note, wanted, onNote }: { note: string; wanted: Wanted; onNote(note: string): void }): VNode {
  const sent = metadataFor(wanted, note);
  return (
    <details class="note">
      <summary>Note for the bot</summary>
      <label class="field">
        Goes along with the call; the customer does not see it.
        <input
          name="note"
          type="text"
          maxLength={LONGEST_NOTE}
          autocomplete="off"
          value={note}
          onInput={({ currentTarget }) => onNote(currentTarget.value)}
        />
      </label>
      {sent !== null && (
        <p class="sub">
          Sent as <code>{sent}</code>
        </p>
      )}
    </details>
  );
}
