import type { VNode } from 'preact';
import { ExternalLink } from '../ExternalLink';

/** How to get a token that lasts, of the right app, with messaging alone. */
export function HowToGetOne(): VNode {
  return (
    <details class="sub">
      <summary>How to get a token that lasts</summary>
      <ol>
        <li>
          In the business settings add a system user, and give it your Page with the task for messages alone.{' '}
          <ExternalLink text="Open system users" url="https://business.facebook.com/latest/settings/system_users" />
        </li>
        <li>
          Generate its token for your bot’s own app, with pages_messaging, pages_manage_metadata, pages_read_engagement
          and pages_show_list, and let it never expire. More is not needed.
        </li>
        <li>Paste it above. Baton fetches the Page’s own token with it, keeps that, and forgets the first.</li>
      </ol>
      <p>
        A vendor’s bot, such as ManyChat, gives its token to nobody. Then take an app of your own that is connected to
        the Page and has Advanced Access, and name the vendor’s app as the bot app.
      </p>
    </details>
  );
}
