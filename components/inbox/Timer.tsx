import type { HTMLAttributes, VNode } from 'preact';
import type { Claim } from '../../utils/conversation/claim';
import type { ClockName } from '../../utils/conversation/window';
import { Icon } from '../icons';
import { clockIcon, isEnding } from '../signs';
import { CLOCK_NAMES, clockMeaning, timeLeft } from '../words';
import type { Attributes } from './attributes';
import { ClaimTip } from './ClaimTip';
import { Explained } from './Explained';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'baton-timer': HTMLAttributes<HTMLElement>;
    }
  }
}

/** A clock that runs. `endsAt`: epoch ms. */
export interface RunningClock {
  clock: ClockName;
  endsAt: number;
}

/** Attributes of `baton-timer`. */
export function timerAttributes({ clock, endsAt }: RunningClock): Attributes {
  return { 'data-clock': clock, 'data-ends': String(endsAt) };
}

interface Props {
  running: RunningClock;
  /** The claim that the clock rests on: the window's, and for control the owner's, with whom Meta names its end. */
  claim: Claim<unknown> | null;
  now: number;
}

/** One running clock: its name and what is left of it. */
export function Timer({ running, claim, now }: Props): VNode {
  const { clock, endsAt } = running;
  const ending = isEnding(running, now);
  const id = `clock-${clock}`;
  return (
    <Explained
      id={id}
      side="below"
      tip={
        <>
          <div>
            <b>{clockMeaning(clock, endsAt, now)}</b>
          </div>
          {claim && <ClaimTip claim={claim} now={now} />}
        </>
      }
    >
      <baton-timer {...timerAttributes(running)} class={ending ? 'ending' : ''} tabIndex={0} aria-describedby={id}>
        <Icon name={clockIcon(clock, ending)} />
        <span>{CLOCK_NAMES[clock]}</span> <bdi>{timeLeft(endsAt, now)}</bdi>
      </baton-timer>
    </Explained>
  );
}
