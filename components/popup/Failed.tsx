import type { VNode } from 'preact';
import { Icon } from '../icons';
import { Part } from './Part';

/** The background cannot work at all: the one thing there is to say. */
export function Failed({ sentence }: { sentence: string }): VNode {
  return (
    <div class="popup">
      <Part>
        <div role="alert" class="result" data-outcome="refused">
          <Icon name="wrong" />
          <bdi class="words">
            <b>Baton cannot work</b> <span>{sentence}</span>
          </bdi>
        </div>
      </Part>
    </div>
  );
}
