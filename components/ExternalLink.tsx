import type { VNode } from 'preact';
import { Icon } from './icons';

/** A link that leaves for a page of Meta's or of ours, in a tab of its own. */
export function ExternalLink({ text, url }: { text: string; url: string }): VNode {
  return (
    <a class="external" href={url} target="_blank" rel="noreferrer">
      {text}
      <Icon name="external" />
    </a>
  );
}
