import type { VNode } from 'preact';
import type { Claim } from '../../utils/conversation/claim';
import { standing } from '../words';

/** How a claim came about: certainty, source and age in one sentence, the reason in the next. */
export function ClaimTip({ claim, now, old }: { claim: Claim<unknown>; now: number; old?: boolean }): VNode {
  return (
    <>
      <b>{standing(claim, now, old)}</b> {claim.reason}
    </>
  );
}
