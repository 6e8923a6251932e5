/** @jsxImportSource react */
import { usePagelet } from './regions';

const COMMENTS = [
  { name: 'Lena Fischer', text: 'Lovely colours. Where can I buy this?' },
  { name: 'Rui Costa', text: 'Do you deliver to Porto?' },
  { name: 'Same Name', text: 'Ordered last week, very happy.' },
];

/** Comments under posts: their own list, without rows of conversations. What it looks like inside is a guess. */
export function CommentList() {
  return (
    <div className="zq-comments" {...usePagelet('BizP13NInboxCommentListView')}>
      {COMMENTS.map(({ name, text }) => (
        <div className="zq-row" key={name}>
          <div className="zq-cells">
            <div className="zq-name">{name}</div>
            <div className="zq-prev">{text}</div>
          </div>
        </div>
      ))}
    </div>
  );
}
