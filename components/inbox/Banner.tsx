import type { VNode } from 'preact';
import type { OwnerClaim } from '../../utils/conversation/owner';
import type { Wanted } from '../../utils/conversation/plan';
import type { Candidate, Clocks, ConversationView, Offer } from '../../utils/conversation/view';
import { runningClocks, type WindowClaim, windowStateAt } from '../../utils/conversation/window';
import { Icon } from '../icons';
import { Result } from '../Result';
import { ownerIcon, WANTED_ICONS } from '../signs';
import {
  ahead,
  BUTTONS,
  isOld,
  NO_WINDOW,
  ownerCaveat,
  ownerTitle,
  sourceLine,
  TRANSFERRED,
  timeOfDay,
  transferredBy,
} from '../words';
import { type Attributes, claimAttributes } from './attributes';
import { ClaimTip } from './ClaimTip';
import { Explained } from './Explained';
import { Timer } from './Timer';
import { trusted } from './trusted';

/** Attributes of `baton-banner`. */
export function bannerAttributes({ owner }: ConversationView): Attributes {
  return { 'data-owner': owner.value.kind, ...claimAttributes(owner) };
}

interface Presses {
  onControl(wanted: Wanted): void;
  /** The agent wants to say which conversation of Meta's is the one on screen, or no longer wants to. */
  onToggleChoice(): void;
  /** The agent says it. */
  onChoose(psid: string): void;
  onReadAgain(): void;
}

interface Props extends Presses {
  view: ConversationView;
  /** Epoch ms on the server's clock. */
  now: number;
  /** Whether the choice is open. */
  choosing: boolean;
}

/** Who has the open conversation, how long one may answer, and what can be done about it. */
export function Banner({ view, now, choosing, onControl, onToggleChoice, onChoose, onReadAgain }: Props): VNode {
  const { owner, clocks, running, outcome } = view;
  const old = isOld(owner, now);
  const candidates = view.identity.kind === 'unmatched' ? view.identity.candidates : [];
  return (
    <section class={`bar ${owner.value.kind}${old ? ' old' : ''}`} aria-label="Baton">
      <span class="lead">
        <Icon name={ownerIcon(owner, now)} />
      </span>
      <Claim view={view} now={now} choice={{ open: choosing, candidates, toggle: onToggleChoice }} />
      <span class="do">
        {view.offers.filter(isForThePage).map((offer) => (
          <OfferButton key={offer.wanted} offer={offer} waiting={running !== null} onControl={onControl} />
        ))}
        {old && (
          <button type="button" class="btn" onClick={trusted(onReadAgain)}>
            Read again
          </button>
        )}
      </span>
      <Timers clocks={clocks} owner={owner} now={now} />
      {choosing && <Candidates candidates={candidates} now={now} onChoose={onChoose} />}
      <Result running={running} outcome={outcome} />
    </section>
  );
}

/** The clocks that run; where there was a window and none is seen any more, that. */
function Timers({ clocks, owner, now }: { clocks: Clocks; owner: OwnerClaim; now: number }): VNode {
  return (
    <span class="timers">
      {runningClocks(clocks, now).map((running) => (
        <Timer
          key={running.clock}
          running={running}
          claim={running.clock === 'control' ? owner : clocks.window}
          now={now}
        />
      ))}
      {clocks.window && windowStateAt(clocks.window, now) === 'closed' && <NoWindow claim={clocks.window} now={now} />}
    </span>
  );
}

function NoWindow({ claim, now }: { claim: WindowClaim; now: number }): VNode {
  return (
    <Explained id="no-window" side="below" tip={<ClaimTip claim={claim} now={now} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a claim explains itself on focus as it does on hover. */}
      <span class="closed" tabIndex={0} aria-describedby="no-window">
        <Icon name="closed" />
        <bdi>{NO_WINDOW}</bdi>
      </span>
    </Explained>
  );
}

/** Release and extend belong to the popup: in the page there is room for what hands a conversation over. */
function isForThePage({ wanted }: Offer): boolean {
  return wanted === 'human' || wanted === 'bot' || wanted === 'ask';
}

interface Choice {
  open: boolean;
  candidates: Candidate[];
  toggle(): void;
}

function Claim({ view, now, choice }: { view: ConversationView; now: number; choice: Choice }): VNode {
  const { owner, transferred } = view;
  const why = needsWhy(owner, now);
  return (
    <Explained id="why" side="below" class="text" tip={<OwnerTip owner={owner} now={now} />}>
      <b class="title" tabIndex={why ? undefined : 0} aria-describedby={why ? undefined : 'why'}>
        <bdi>{transferred ? TRANSFERRED : ownerTitle(owner, now)}</bdi>
      </b>
      <span class="sub">
        {owner.value.kind === 'inbox' && !transferred && !isOld(owner, now) && <Icon name="meta-ai" />}
        <bdi>{detail(view, now)}</bdi>{' '}
        {why && (
          <button type="button" class="link" aria-describedby="why">
            Why
          </button>
        )}
        {choice.candidates.length > 0 && (
          <button type="button" class="link" aria-expanded={choice.open} onClick={trusted(choice.toggle)}>
            Choose
          </button>
        )}
      </span>
    </Explained>
  );
}

function OwnerTip({ owner, now }: { owner: OwnerClaim; now: number }): VNode {
  if (owner.value.kind !== 'unknown') return <ClaimTip claim={owner} now={now} old={isOld(owner, now)} />;
  return (
    <>
      <b>Not known.</b> {owner.value.why}
    </>
  );
}

/** A claim that is weaker than a reader would expect shows where its reason is. */
function needsWhy(owner: OwnerClaim, now: number): boolean {
  const { kind } = owner.value;
  return (
    kind !== 'unknown' &&
    !isOld(owner, now) &&
    (owner.certainty === 'likely' || kind === 'unnamed' || kind === 'not-bot')
  );
}

/** The one sentence under the title: what helps most at this moment. */
function detail({ owner, sentence, slow, transferred }: ConversationView, now: number): string {
  if (sentence !== null) return sentence;
  if (slow && isOld(owner, now)) return `${slow.why} Next reading ${ahead(slow.nextAt, now)}.`;
  if (transferred) return `${transferredBy(transferred, now)} ${sourceLine(owner, now)}`;
  if (owner.value.kind === 'unknown') return owner.value.why;
  if (isOld(owner, now)) return 'No newer reading yet.';
  if (owner.certainty === 'likely') return owner.reason;
  return ownerCaveat(owner.value) ?? sourceLine(owner, now);
}

interface OfferProps {
  offer: Offer;
  waiting: boolean;
  onControl(wanted: Wanted): void;
}

/** A button that can work, and what will follow its press. */
function OfferButton({ offer: { wanted, preview }, waiting, onControl }: OfferProps): VNode {
  const icon = WANTED_ICONS[wanted];
  const id = `preview-${wanted}`;
  const [first, ...rest] = preview;
  return (
    <Explained
      id={id}
      side="below"
      tip={
        <>
          <b>{first}</b> {rest.join(' ')}
        </>
      }
    >
      <button
        type="button"
        class={wanted === 'bot' ? 'btn' : 'btn accent'}
        aria-describedby={id}
        aria-disabled={waiting}
        onClick={trusted(() => !waiting && onControl(wanted))}
      >
        {icon && <Icon name={icon} />}
        {BUTTONS[wanted]}
      </button>
    </Explained>
  );
}

/** People who could be the one on screen, told apart by when they last wrote or were written to. */
function Candidates({
  candidates,
  now,
  onChoose,
}: { candidates: Candidate[]; now: number } & Pick<Presses, 'onChoose'>): VNode {
  return (
    <ul class="candidates" aria-label="Who is it?">
      {candidates.map(({ psid, name, lastAt }) => (
        <li key={psid}>
          <button type="button" class="btn" onClick={trusted(() => onChoose(psid))}>
            <bdi>{name}</bdi>
            {lastAt !== null && ` · ${timeOfDay(lastAt, now)}`}
          </button>
        </li>
      ))}
    </ul>
  );
}
