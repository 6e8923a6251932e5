/** @jsxImportSource react */
import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { FeedThread } from '../feed';
import { useHost } from './host';

/** What the button sends while nothing is written. */
const LIKE = '👍';

/**
 * The reply field: a Lexical editor, whose content is its own and not React's, with a hidden clone before it.
 * What stands here outside of a reply window is unknown, so nothing special does.
 */
export function Composer({ thread: { userId, channel } }: { thread: FeedThread }) {
  const { labels, client } = useHost();
  const field = useRef<HTMLDivElement>(null);
  const drafts = useRef(new Map<string, string>());
  const open = useRef(userId);
  const [empty, setEmpty] = useState(true);
  const label = labels.reply[channel];

  const keepDraft = () => {
    const text = written(field.current);
    drafts.current.set(userId, text);
    setEmpty(text === '');
  };
  const showDraft = useCallback((draft: string) => {
    write(field.current, draft);
    setEmpty(draft === '');
  }, []);
  useLayoutEffect(() => {
    open.current = userId;
    showDraft(drafts.current.get(userId) ?? '');
  }, [userId, showDraft]);

  const send = async () => {
    const text = written(field.current) || LIKE;
    drafts.current.delete(userId);
    showDraft('');
    const sent = await client.act('send', { userId, text });
    if (sent) return;
    drafts.current.set(userId, text);
    if (open.current === userId) showDraft(text);
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
          contentEditable
          suppressContentEditableWarning
          data-lexical-editor="true"
          spellCheck
          aria-label={label}
          aria-placeholder={label}
          className={empty ? 'zq-field zq-empty' : 'zq-field'}
          onInput={keepDraft}
          onKeyDown={sendOnEnter}
        />
        <div
          role="button"
          tabIndex={0}
          aria-label={empty ? 'Send a Like' : 'Send'}
          className="zq-send"
          onClick={() => void send()}
        />
      </div>
    </>
  );
}

function written(field: HTMLElement | null): string {
  return field?.innerText.trim() ?? '';
}

/** One paragraph, as an editor leaves it when all was deleted or pasted. */
function write(field: HTMLElement | null, text: string): void {
  const paragraph = document.createElement('p');
  paragraph.append(text || document.createElement('br'));
  field?.replaceChildren(paragraph);
}
