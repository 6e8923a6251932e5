/** @jsxImportSource react */
import type { MouseEvent } from 'react';
import type { FeedThread } from '../feed';
import { useHost, useInbox } from './host';
import { avatar, badge } from './pictures';
import { SURFACES, Surface } from './regions';

/** In px. The slots are placed by it. */
export const ROW_HEIGHT = 94;

interface RowProps {
  row: FeedThread;
  index: number;
  selected: boolean;
  onOpen: (userId: string) => void;
}

/**
 * One conversation in the list, as captured on 1 Apr 2026: the box that opens it, the logging surface, picture, name,
 * preview, time, labels, and the actions that appear over it. No id and no address lie in it.
 */
export function ThreadRowBox({ row, index, selected, onOpen }: RowProps) {
  const { labels } = useHost();
  const surface = SURFACES.threadRow(index);
  return (
    <div className="_5_n1" role="presentation" onClick={() => onOpen(row.userId)}>
      <Surface path={surface} row>
        <div className={`zq-row${selected ? ' zq-sel' : ''}${row.unread ? ' zq-unread' : ''}`}>
          <Picture row={row} />
          <div className="zq-cells">
            <div className="_4ik4 _4ik5 zq-title" style={{ WebkitLineClamp: 1 }}>
              <Surface path={`${surface}/lib:thread_title`}>
                <div className="zq-name">{row.title}</div>
              </Surface>
            </div>
            <div className="_4ik4 _4ik5 zq-prev" style={{ lineHeight: '18px', height: 18, WebkitLineClamp: 1 }}>
              {(row.snippetFromPage ? labels.you : '') + row.snippet}
            </div>
            <LastActivity at={row.lastActivityAt} />
            <Surface path={`${surface}/lib:thread_row_footer`}>
              <div className="zq-labels">
                {row.labels.map((label) => (
                  <span className="zq-pill" key={label}>
                    {label}
                  </span>
                ))}
              </div>
            </Surface>
          </div>
          <HoverActions userId={row.userId} />
        </div>
      </Surface>
    </div>
  );
}

function Picture({ row }: { row: FeedThread }) {
  const { alt, src } = badge(row.channel);
  return (
    <div className="zq-pic" style={{ width: 48, height: 48, position: 'relative' }}>
      <img alt="" className="img" src={avatar(row.title, row.userId)} />
      <img alt={alt} className="img" width={16} height={16} src={src} />
    </div>
  );
}

function LastActivity({ at }: { at: number }) {
  const { clock } = useHost();
  const now = Date.now() + (useInbox()?.skew ?? 0);
  const spoken = clock.spoken(at);
  return (
    <div className="zq-time">
      <span className="accessible_elem">{spoken}</span>
      <abbr className="timestamp" aria-hidden="true" data-utime={(at / 1000).toFixed(3)} title={spoken}>
        {clock.short(at, now)}
      </abbr>
    </div>
  );
}

/** Lies over the row. `role=row` is here, not on the conversation, and the first cell archives the customer. */
function HoverActions({ userId }: { userId: string }) {
  const { labels, client } = useHost();
  const press = (perform: () => void) => (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    perform();
  };
  const actions = [
    { label: labels.done, perform: () => void client.act('done', { userId }) },
    { label: labels.followUp, perform: () => {} },
  ];
  return (
    <div className="_4a51" role="grid" tabIndex={-1}>
      {actions.map(({ label, perform }) => (
        <div key={label}>
          <a role="row" href="#" onClick={press(perform)}>
            <div role="gridcell" aria-label={label} />
          </a>
        </div>
      ))}
    </div>
  );
}
