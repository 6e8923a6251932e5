/** @jsxImportSource react */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { FeedThread } from '../feed';
import { useHost } from './host';

/** What the button sends while nothing is written. */
const LIKE = '👍';

/**
 * The reply field: a Lexical editor, whose content is its own and not React's, with a hidden clone before it.
 * What stands here outside of a reply window is unknown, so nothing special does.
 */
export function Composer({ thread }: { thread: FeedThread }) {
  const { labels, client } = useHost();
  const field = useRef<HTMLDivElement>(null);
  const [empty, setEmpty] = useState(true);
  const label = labels.reply[thread.channel];

  const clear = () => {
    field.current?.replaceChildren(emptyParagraph());
    setEmpty(true);
  };
  // A draft belongs to its conversation.
  useLayoutEffect(clear, [thread.userId]);

  const send = async () => {
    const text = written(field.current) || LIKE;
    clear();
    const sent = await client.act('send', { userId: thread.userId, text });
    if (!sent) field.current?.replaceChildren(paragraph(text));
    setEmpty(written(field.current) === '');
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!empty) void send();
  };

  return (
    <>
      <div style={{ display: 'none' }}>
        <div role="textbox" contentEditable suppressContentEditableWarning data-lexical-editor="true" />
      </div>
      <div className="zq-composer">
        <div
          ref={field}
          role="textbox"
          tabIndex={0}
          contentEditable
          suppressContentEditableWarning
          data-lexical-editor="true"
          spellCheck
          aria-label={label}
          aria-placeholder={label}
          className={empty ? 'zq-field zq-empty' : 'zq-field'}
          onInput={() => setEmpty(written(field.current) === '')}
          onKeyDown={sendOnEnter}
        />
        <div role="button" tabIndex={0} aria-label={empty ? 'Send a Like' : 'Send'} className="zq-send" onClick={() => void send()} />
      </div>
    </>
  );
}

function written(field: HTMLElement | null): string {
  return field?.innerText.trim() ?? '';
}

function emptyParagraph(): HTMLElement {
  const element = document.createElement('p');
  element.append(document.createElement('br'));
  return element;
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.append(text);
  return element;
}
