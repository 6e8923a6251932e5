import type { VNode } from 'preact';
import type { Wanted } from '../../utils/conversation/plan';
import type { Clocks, ConversationView, IdentityView, PopupView } from '../../utils/conversation/view';
import { runningClocks } from '../../utils/conversation/window';
import { Icon } from '../icons';
import { Result } from '../Result';
import { clockIcon, isEnding, ownerIcon } from '../signs';
import {
  ahead,
  CLOCK_HINTS,
  CLOCK_TITLES,
  isOld,
  NO_WINDOW,
  ownerTitle,
  standing,
  TRANSFERRED,
  timeLeft,
  timeOfDay,
  transferredBy,
} from '../words';
import { Actions } from './Actions';
import { Part } from './Part';

interface Presses {
  /** `note`: for the bot, as the agent wrote it; empty: none. */
  onControl(wanted: Wanted, note: string): void;
  /** The agent says which conversation of Meta's is the one on screen; null takes it back. */
  onChoose(psid: string | null): void;
  onReadAgain(): void;
}

interface Props extends Presses {
  view: PopupView;
  /** Epoch ms on the server's clock. */
  now: number;
}

/** The conversation on screen: who the customer is, who has it, until when, and what can be done. */
export function Conversation({ view: { conversation, nothing }, now, ...presses }: Props): VNode {
  if (conversation === null) {
    return (
      <Part>
        <p>{nothing}</p>
      </Part>
    );
  }
  const { clocks, identity, offers, outcome, running, sentence } = conversation;
  return (
    <>
      <Part>
        <Customer view={conversation} />
        {identity.kind === 'unmatched' ? (
          <Candidates identity={identity} now={now} onChoose={presses.onChoose} />
        ) : (
          identity.chosen && (
            <button type="button" class="link" onClick={() => presses.onChoose(null)}>
              Not this customer
            </button>
          )
        )}
      </Part>
      <Part>
        <Owner view={conversation} now={now} onReadAgain={presses.onReadAgain} />
      </Part>
      <Part quiet={running === null && outcome === null}>
        <Result running={running} outcome={outcome} />
      </Part>
      <TimeLeft clocks={clocks} now={now} />
      {offers.length > 0 && (
        <Part title="Control" titleHidden>
          <Actions offers={offers} waiting={running !== null} onControl={presses.onControl} />
        </Part>
      )}
      {sentence !== null && (
        <Part>
          <p class="sub">{sentence}</p>
        </Part>
      )}
    </>
  );
}

const CHANNELS: Readonly<Record<string, string>> = {
  messenger: 'Messenger',
  instagram: 'Instagram',
  whatsapp: 'WhatsApp',
};

function Customer({ view: { name, channel, identity } }: { view: ConversationView }): VNode {
  const said = identity.kind === 'linked' ? identity.reason : identity.why;
  return (
    <div class="customer">
      <span class="face" aria-hidden="true">
        {initials(name)}
      </span>
      <div>
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p class="sub">{channel === null ? said : `${CHANNELS[channel] ?? channel}. ${said}`}</p>
      </div>
    </div>
  );
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first sign of the first and of the last word, whatever the script; emoji stay whole. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word = '') => [...graphemes.segment(word)][0]?.segment ?? '').join('');
}

function Candidates({
  identity,
  now,
  onChoose,
}: { identity: Extract<IdentityView, { kind: 'unmatched' }>; now: number } & Pick<Presses, 'onChoose'>): VNode | null {
  if (identity.candidates.length === 0) return null;
  return (
    <ul class="acts" aria-label="Who is it?">
      {identity.candidates.map(({ psid, name, lastAt }) => (
        <li key={psid}>
          <button type="button" class="btn" onClick={() => onChoose(psid)}>
            <bdi>{name}</bdi>
            {lastAt !== null && ` · ${timeOfDay(lastAt, now)}`}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Owner({
  view,
  now,
  onReadAgain,
}: { view: ConversationView; now: number } & Pick<Presses, 'onReadAgain'>): VNode {
  const { owner, transferred, slow } = view;
  const old = isOld(owner, now);
  return (
    <div class={`claim ${owner.value.kind}${old ? ' old' : ''}`}>
      <Icon name={ownerIcon(owner, now)} />
      <div>
        <h2 class="said">
          <bdi>{transferred ? TRANSFERRED : ownerTitle(owner, now)}</bdi>
        </h2>
        <p class="sub">
          {transferred && `${transferredBy(transferred, now)} `}
          {owner.value.kind === 'unknown' ? owner.value.why : `${standing(owner, now, old)} ${owner.reason}`}
        </p>
        {slow && (
          <p class="sub">
            {slow.why} Next reading {ahead(slow.nextAt, now)}.
          </p>
        )}
        {old && (
          <button type="button" class="link" onClick={onReadAgain}>
            Read again
          </button>
        )}
      </div>
    </div>
  );
}

function TimeLeft({ clocks, now }: { clocks: Clocks; now: number }): VNode | null {
  const running = runningClocks(clocks, now);
  if (running.length === 0 && clocks.window === null) return null;
  return (
    <Part title="Time left">
      {running.length === 0 && (
        <p class="line">
          <Icon name="closed" />
          {NO_WINDOW}
        </p>
      )}
      <dl class="clocks">
        {running.map((clock) => {
          const ending = isEnding(clock, now);
          return (
            <div key={clock.clock} data-clock={clock.clock} data-ends={clock.endsAt} class={ending ? 'ending' : ''}>
              <dt>
                <Icon name={clockIcon(clock.clock, ending)} />
                <span>
                  {CLOCK_TITLES[clock.clock]}
                  <span class="sub">{CLOCK_HINTS[clock.clock](timeOfDay(clock.endsAt, now))}</span>
                </span>
              </dt>
              <dd>
                <bdi>{timeLeft(clock.endsAt, now)}</bdi>
              </dd>
            </div>
          );
        })}
      </dl>
    </Part>
  );
}
