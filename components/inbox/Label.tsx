import type { VNode } from 'preact';
import type { LabelView } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { authorIcon } from '../signs';
import { authorLabel } from '../words';
import type { Attributes } from './attributes';
import { ClaimTip } from './ClaimTip';
import { Explained } from './Explained';

/** Attributes of `baton-label`; null where a message gets none: its author is unknown, or the page names them itself. */
export function labelAttributes({ author, shownByPage }: LabelView): Attributes | null {
  if (shownByPage || author.value.kind === 'unknown') return null;
  return { 'data-author': author.value.kind, 'data-certainty': author.certainty };
}

/** Who wrote a Page message. Certain: a solid icon and the words. Likely: in outline, with the word "likely". */
export function Label({ view, now }: { view: LabelView; now: number }): VNode | null {
  const { author, shownByPage } = view;
  const likely = author.certainty === 'likely';
  const icon = authorIcon(author);
  const words = authorLabel(author.value, likely);
  if (shownByPage || icon === null || words === null) return null;
  return (
    <Explained id="why" side="beside" tip={<ClaimTip claim={author} now={now} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a claim explains itself on focus as it does on hover. */}
      <span class={likely ? 'label likely' : 'label'} tabIndex={0} aria-describedby="why">
        <span class="said">
          <Icon name={icon} />
          <bdi>{words}</bdi>
        </span>
      </span>
    </Explained>
  );
}
