/** @jsxImportSource react */
import { Fragment } from 'react';
import { emojiPicture } from './pictures';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\u{FE0F}/u;

/** A message's words as the page draws them: nested spans, `<br>` for a new line, emoji as images that say theirs in `alt`. */
export function RichText({ text }: { text: string }) {
  return (
    <span>
      <span>
        {text.split('\n').map((line, index) => (
          <Fragment key={index}>
            {index > 0 && <br />}
            <Line text={line} />
          </Fragment>
        ))}
      </span>
    </span>
  );
}

function Line({ text }: { text: string }) {
  return pieces(text).map((piece, index) =>
    EMOJI.test(piece) ? (
      <img key={index} className="img" alt={piece} width={16} height={16} src={emojiPicture(piece)} />
    ) : (
      piece
    ),
  );
}

/** Runs of plain text, and each emoji by itself. */
function pieces(text: string): string[] {
  if (!EMOJI.test(text)) return [text];
  const found: string[] = [];
  let plain = '';
  for (const { segment } of graphemes.segment(text)) {
    if (!EMOJI.test(segment)) plain += segment;
    else {
      if (plain) found.push(plain);
      found.push(segment);
      plain = '';
    }
  }
  return plain ? [...found, plain] : found;
}
