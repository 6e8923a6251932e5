import type { ComponentChildren, VNode } from 'preact';

interface Props {
  title?: string;
  /** A word at the end of the title's line. */
  aside?: string;
  /** The title is for screen readers alone. */
  titleHidden?: boolean;
  /** Has nothing to show yet, but must stay: it holds a live region. */
  quiet?: boolean;
  children: ComponentChildren;
}

/** One section of the popup, set off from the next by a hairline. */
export function Part({ title, aside, titleHidden, quiet, children }: Props): VNode {
  return (
    <section class={quiet ? 'part quiet' : 'part'}>
      {title && (
        <h2 class={titleHidden ? 'sr' : undefined}>
          {title}
          {aside && <span class="sub">{aside}</span>}
        </h2>
      )}
      {children}
    </section>
  );
}
