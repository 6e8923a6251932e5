/**
 * Shows every state of every component: `?sheet=overlay|popup`. Colours follow the browser's settings. `&dir=rtl` is for
 * the overlay: the popup is a page of ours, in English and left to right.
 */
import '../../../components/tokens.css';
import '../../../components/base.css';
import '../../../components/popup/popup.css';
import { type ComponentChildren, render, type VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, iconNames } from '../../../components/icons';
import { Banner, bannerAttributes } from '../../../components/inbox/Banner';
import { HandoverMark, handoverAttributes } from '../../../components/inbox/HandoverMark';
import { Label, labelAttributes } from '../../../components/inbox/Label';
import { mount } from '../../../components/inbox/mount';
import { Notice, type NoticeView, noticeAttributes } from '../../../components/inbox/Notice';
import { RowMark, rowAttributes } from '../../../components/inbox/RowMark';
import { App } from '../../../components/popup/App';
import type {
  ConversationView,
  HandoverView,
  LabelView,
  PopupView,
  RowView,
  SetupView,
} from '../../../utils/conversation/view';
import {
  CONVERSATIONS,
  conversation,
  handover,
  label,
  MINUTE,
  NOW,
  OFFERS,
  OWNERS,
  ownerClaim,
  page,
  popup,
  row,
  setup,
  WINDOWS,
} from '../states';

const query = new URLSearchParams(location.search);
const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
document.documentElement.dir = query.get('dir') ?? 'ltr';

/** One of our elements, as the content script makes it: attributes outside, the component in its shadow root. */
function Ours({
  name,
  attributes,
  children,
}: {
  name: string;
  attributes: object | null;
  children: ComponentChildren;
}): VNode {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!attributes || !place.current) return;
    const element = document.createElement(name);
    element.dataset.theme = theme;
    element.style.setProperty('--baton-font', getComputedStyle(document.body).fontFamily);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    mount(element)(children);
    place.current.replaceWith(element);
  }, [name, attributes, children]);
  return <div ref={place} />;
}

const nothing = () => {};

function Bar({ view }: { view: ConversationView }): VNode {
  return (
    <Ours name="baton-banner" attributes={bannerAttributes(view)}>
      <Banner
        view={view}
        now={NOW}
        choosing={false}
        onControl={nothing}
        onToggleChoice={nothing}
        onChoose={nothing}
        onReadAgain={nothing}
      />
    </Ours>
  );
}

function Mark({ view }: { view: RowView }): VNode {
  return (
    <Ours name="baton-row" attributes={rowAttributes(view, NOW)}>
      <RowMark view={view} now={NOW} />
    </Ours>
  );
}

function Said({ view }: { view: LabelView }): VNode {
  return (
    <Ours name="baton-label" attributes={labelAttributes(view)}>
      <Label view={view} now={NOW} />
    </Ours>
  );
}

function Moved({ view }: { view: HandoverView }): VNode {
  return (
    <Ours name="baton-handover" attributes={handoverAttributes(view)}>
      <HandoverMark view={view} now={NOW} />
    </Ours>
  );
}

function Warning({ view }: { view: NoticeView }): VNode {
  return (
    <Ours name="baton-notice" attributes={noticeAttributes(view)}>
      <Notice view={view} now={NOW} />
    </Ours>
  );
}

function Figure({
  caption,
  children,
  class: name = '',
}: {
  caption: string;
  children: ComponentChildren;
  class?: string;
}): VNode {
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      <div class={`col ${name}`}>{children}</div>
    </figure>
  );
}

function Rows(): VNode {
  const owners = Object.values(OWNERS).flatMap((owner) => [
    ownerClaim(owner),
    ...(owner.kind === 'unknown' ? [] : [ownerClaim(owner, { certainty: 'likely' })]),
  ]);
  const old = ownerClaim(OWNERS.bot, { observedAt: NOW - 4 * MINUTE });
  return (
    <section class="sheet">
      <h2>Row marks: owner, certainty, window</h2>
      <table>
        <thead>
          <tr>
            {['', ...Object.keys(WINDOWS)].map((state) => (
              <th key={state}>{state}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...owners, old].map((owner) => (
            <tr key={owner.value.kind + owner.certainty + owner.observedAt}>
              <th>
                {owner.value.kind} · {owner === old ? 'old' : owner.certainty}
              </th>
              {Object.entries(WINDOWS).map(([state, window]) => (
                <td key={state}>
                  <Mark view={row(owner, window)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HostRow({
  name,
  preview,
  time,
  view,
  selected,
}: {
  name: string;
  preview: string;
  time: string;
  view: RowView;
  selected?: boolean;
}): VNode {
  return (
    <div role="presentation" class={selected ? 'fb-row selected' : 'fb-row'}>
      <div class="fb-avatar">{name.slice(0, 1)}</div>
      <div class="fb-cells">
        <div dir="auto">{name}</div>
        <div dir="auto">{preview}</div>
        <div class="fb-time">{time}</div>
      </div>
      <Mark view={view} />
    </div>
  );
}

function HostRows(): VNode {
  return (
    <div>
      <HostRow
        selected
        name="Mara Lindqvist"
        preview="Thank you, I will wait."
        time="14:03"
        view={row(ownerClaim(OWNERS.inbox), WINDOWS.open)}
      />
      <HostRow
        name="Anneliese Hohenstein"
        preview="Is the blue one still available?"
        time="Sat 15:02"
        view={row(ownerClaim(OWNERS.bot, { certainty: 'likely' }), WINDOWS.ending)}
      />
      <HostRow
        name="نور الهدى"
        preview="هل يمكنني تغيير العنوان؟"
        time="Fri 17:20"
        view={row(ownerClaim(OWNERS.unnamed), WINDOWS['human-agent'])}
      />
      <HostRow
        name="Jonas Weber"
        preview="You: See you soon."
        time="9 Nov"
        view={row(ownerClaim(OWNERS.app), WINDOWS.closed)}
      />
      <HostRow name="Siti Rahma" preview="Terima kasih" time="10:44" view={row(ownerClaim(OWNERS.unknown), null)} />
    </div>
  );
}

function Message({ text, children }: { text: string; children?: ComponentChildren }): VNode {
  return (
    <div class="fb-group">
      <div class="fb-message">
        <div class="fb-text">{text}</div>
      </div>
      {children}
    </div>
  );
}

function Overlay(): VNode {
  return (
    <>
      <section class="sheet">
        <h2>In the host’s list and column</h2>
        <div class="two">
          <Figure caption="Rows, and in a narrow list">
            <div class="fb-lists">
              <HostRows />
              <div class="narrow-list">
                <HostRows />
              </div>
            </div>
          </Figure>
          <Figure caption="The banner under the host’s header">
            <div class="fb-head">
              <div class="fb-avatar">ML</div>Mara Lindqvist
            </div>
            <Bar view={CONVERSATIONS['After the handover, until a human answers'] ?? conversation()} />
            <div class="fb-region">
              <Message text="Parcel 4471 left our warehouse on Friday." />
              <Message text="It is due on Monday.">
                <Said view={label({ kind: 'chatbot' })} />
                <Moved view={handover({})} />
              </Message>
            </div>
            <Warning view={{ kind: 'customer-wrote', at: NOW - 11 * MINUTE }} />
          </Figure>
        </div>
      </section>
      <Rows />
      <section class="sheet">
        <h2>Banner</h2>
        <div class="two">
          {Object.entries(CONVERSATIONS).map(([caption, view]) => (
            <Figure key={caption} caption={caption}>
              <Bar view={view} />
            </Figure>
          ))}
          <Figure caption="At the narrowest" class="narrow">
            <Bar view={conversation({ offers: [OFFERS.human, OFFERS.bot] })} />
          </Figure>
        </div>
      </section>
      <section class="sheet">
        <h2>Messages, handovers, notices, icons</h2>
        <div class="two">
          <Figure caption="Labels stand where the host writes “Sent by”" class="fb-region">
            <Message text="Parcel 4471 left our warehouse on Friday.">
              <Said view={label({ kind: 'chatbot' })} />
            </Message>
            <Message text="It is due on Monday.">
              <Said view={label({ kind: 'chatbot' }, 'likely')} />
            </Message>
            <Message text="Hi. How can we help?">
              <Said view={label({ kind: 'automation' })} />
            </Message>
            <Message text="Your order is on its way.">
              <Said view={label({ kind: 'meta-ai' })} />
            </Message>
            <Message text="I have called the depot for you.">
              <Said view={label({ kind: 'human', name: 'Ida Novak' })} />
            </Message>
            <Message text="One moment.">
              <Said view={label({ kind: 'human', name: null }, 'likely')} />
            </Message>
            <Message text="See you soon.">
              <div class="fb-foot">Sent by Ida Novak</div>
            </Message>
          </Figure>
          <Figure caption="Handovers: seen, between two readings, unnamed, nothing before" class="fb-region">
            <Moved view={handover({})} />
            <Moved view={handover({ from: 'inbox', to: 'bot', after: NOW - 50 * MINUTE })} />
            <Moved view={handover({ to: 'unnamed' })} />
            <Moved view={handover({ from: null, to: 'app', toName: 'ManyChat', after: null })} />
          </Figure>
          <Figure caption="Notices: they warn, they never block">
            <Warning view={{ kind: 'customer-wrote', at: NOW - 11 * MINUTE }} />
            <Warning view={{ kind: 'bot-has-it' }} />
            <Warning view={{ kind: 'bot-answered', at: NOW - MINUTE }} />
            <Warning view={{ kind: 'colleague-answered', at: NOW - 2 * MINUTE, name: 'Ida Novak' }} />
            <Warning view={{ kind: 'phrase', phrase: 'All set' }} />
          </Figure>
          <Figure caption="Icons: solid is certain, outline is likely" class="icons">
            {iconNames().map((name) => (
              <span key={name}>
                <Icon name={name} />
                {name}
              </span>
            ))}
          </Figure>
        </div>
      </section>
    </>
  );
}

const actions = {
  onControl: nothing,
  onChoose: nothing,
  onReadAgain: nothing,
  onForget: nothing,
  onCheckAgain: nothing,
  onTick: nothing,
  onDeclare: async () => ({ ok: true as const, value: null }),
  onConnect: async () => ({ ok: false as const, sentence: 'This is a gallery.' }),
};

/** The popup in one of its states; `open` presses its second tab. */
function Popup({
  caption,
  view,
  setupView = null,
  open = false,
}: {
  caption: string;
  view: PopupView;
  setupView?: SetupView | null;
  open?: boolean;
}): VNode {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open) place.current?.querySelector<HTMLElement>('[role=tab]:last-child')?.click();
  }, [open]);
  return (
    <Figure caption={caption}>
      <div ref={place}>
        <App conversation={view} setup={setupView} now={NOW} {...actions} />
      </div>
    </Figure>
  );
}

function Popups(): VNode {
  const view = popup(conversation());
  return (
    <section class="sheet popups">
      <Popup open caption="Setup: connected" view={view} setupView={setup()} />
      <Popup open caption="Setup: nothing connected" view={view} setupView={setup([])} />
      <Popup
        open
        caption="Setup: two Pages, one of them stopped"
        view={view}
        setupView={setup([
          page({
            stopped: 'Meta says that the token is no longer valid. Next: connect the Page again.',
            checks: [],
            degree: 4,
          }),
          page({ pageId: '2', name: 'Northwind Gifts' }),
        ])}
      />
      <Popup caption="Nothing to show" view={popup(null, 'Open a conversation in the Page inbox to see it here.')} />
      {Object.entries(CONVERSATIONS).map(([caption, view]) => (
        <Popup key={caption} caption={caption} view={popup(view)} />
      ))}
    </section>
  );
}

render(query.get('sheet') === 'popup' ? <Popups /> : <Overlay />, document.getElementById('app') as HTMLElement);
document.documentElement.dataset.ready = 'true';
