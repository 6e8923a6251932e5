/** @jsxImportSource react */
import type { Feed, FeedThread, ThreadType } from '../feed';
import { TABS, type TabPath, tabHref } from './address';
import { PromoCard } from './notices';
import { SURFACES, Surface, usePagelet } from './regions';

interface ListHeaderProps {
  page: Feed['page'];
  tab: TabPath;
  /** What each channel has selected, once its messages are shown. */
  selections: ReadonlyMap<ThreadType, FeedThread>;
}

/** Title, channels, search. `h1` says no more than "Inbox". */
export function ListHeader({ page, tab, selections }: ListHeaderProps) {
  return (
    <div className="zq-listhead" {...usePagelet('GenericBizInboxThreadListViewHeader')}>
      <h1>Inbox</h1>
      <Surface path={SURFACES.channelSelector}>
        <div role="tablist">
          {TABS.map(({ path, label, type }) => (
            <a
              key={path}
              role="tab"
              href={tabHref(path, page, (type && selections.get(type)) ?? null)}
              aria-label={label}
              className={path === tab ? 'zq-on' : undefined}
              ref={path === tab ? reveal : undefined}
            >
              {label}
            </a>
          ))}
        </div>
      </Surface>
      <input role="combobox" placeholder="Search" aria-label="Search" aria-expanded={false} />
      <PromoCard />
    </div>
  );
}

/** There is no room for all tabs side by side. */
function reveal(tab: HTMLElement | null) {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
