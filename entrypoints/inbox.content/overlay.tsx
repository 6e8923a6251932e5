import type { ComponentChild } from 'preact';
import { Banner, bannerAttributes } from '../../components/inbox/Banner';
import { HandoverMark, handoverAttributes } from '../../components/inbox/HandoverMark';
import { Label, labelAttributes } from '../../components/inbox/Label';
import { mount, type Show } from '../../components/inbox/mount';
import { Notice, noticeAttributes } from '../../components/inbox/Notice';
import { RowMark, rowAttributes } from '../../components/inbox/RowMark';
import type { ElementName } from '../../components/inbox/styles';
import type { Notice as NoticeView } from '../../utils/conversation/collision';
import type { Wanted } from '../../utils/conversation/plan';
import type { ConversationView, RowView } from '../../utils/conversation/view';
import { stackAround } from '../../utils/inbox/composer';
import { keepOnly, placeIn } from '../../utils/inbox/place';
import type { Reading } from '../../utils/inbox/seen';
import { fontOn, themeOn } from '../../utils/inbox/theme';

/** Trusted presses in the page, for the conversation that is shown. */
export interface Presses {
  onControl(key: string, wanted: Wanted): void;
  onChoose(key: string, psid: string): void;
  onReadAgain(key: string): void;
}

/** What is to be shown for a reading of the page. `now`: epoch ms on the server's clock. */
export interface Shown {
  reading: Reading;
  rowOf(key: string): RowView | null;
  conversation: ConversationView | null;
  /** For the agent who is writing an answer; null where there is nothing to say. */
  notice: NoticeView | null;
  now: number;
}

interface Drawn {
  show: Show;
  /** What was drawn last, as text: the same is not drawn again. */
  print: string;
}

/** Lays the view models over the page, each in an element of ours, and takes away what is no longer to be shown. */
export function createOverlay(presses: Presses) {
  const drawn = new WeakMap<HTMLElement, Drawn>();

  /** Draws one element of ours as last child of `parent`. `surface`: the element whose look it takes on. */
  function draw(
    wanted: Set<HTMLElement>,
    place: { parent: Element; tag: ElementName; key?: string; surface: Element },
    attributes: Record<string, string>,
    component: ComponentChild,
    print: string,
  ): void {
    const element = placeIn(place.parent, place.tag, place.key);
    wanted.add(element);
    const known = drawn.get(element);
    if (known?.print === print) return;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    for (const name of element.getAttributeNames())
      if (!(name in attributes) && name !== 'data-theme' && name !== 'style') element.removeAttribute(name);
    if (!known) {
      element.dataset.theme = themeOn(place.surface);
      element.style.setProperty('--baton-font', fontOn(place.surface));
    }
    const show = known?.show ?? mount(element, place.tag);
    show(component);
    drawn.set(element, { show, print });
  }

  function drawRows({ reading, rowOf, now }: Shown, wanted: Set<HTMLElement>): void {
    for (const [key, boxes] of reading.rows) {
      const view = rowOf(key);
      if (!view) continue;
      for (const parent of boxes) {
        draw(
          wanted,
          { parent, tag: 'baton-row', surface: reading.list ?? parent },
          rowAttributes(view, now),
          <RowMark view={view} now={now} />,
          print(view, now),
        );
      }
    }
  }

  function drawConversation({ reading, conversation: view, now }: Shown, wanted: Set<HTMLElement>): void {
    if (!view) return;
    if (reading.header) {
      draw(
        wanted,
        { parent: reading.header, tag: 'baton-banner', surface: reading.header },
        bannerAttributes(view),
        <Banner
          view={view}
          now={now}
          onControl={(wish) => presses.onControl(view.key, wish)}
          onChoose={(psid) => presses.onChoose(view.key, psid)}
          onReadAgain={() => presses.onReadAgain(view.key)}
        />,
        print({ ...view, labels: [], handovers: [] }, now),
      );
    }
    for (const label of view.labels) {
      const parent = reading.messages.get(label.key);
      const attributes = labelAttributes(label);
      if (!parent || !attributes) continue;
      draw(
        wanted,
        { parent, tag: 'baton-label', surface: reading.region ?? parent },
        attributes,
        <Label view={label} now={now} />,
        print(label, now),
      );
    }
    for (const handover of view.handovers) {
      const message = handover.afterKey === null ? null : reading.messages.get(handover.afterKey);
      if (!message) continue;
      draw(
        wanted,
        {
          parent: groupAround(message, reading),
          tag: 'baton-handover',
          key: String(handover.at),
          surface: reading.region ?? message,
        },
        handoverAttributes(handover),
        <HandoverMark view={handover} now={now} />,
        print(handover, now),
      );
    }
  }

  function drawNotice({ reading: { composer }, notice, now }: Shown, wanted: Set<HTMLElement>): void {
    const parent = notice && composer && stackAround(composer);
    if (!parent) return;
    draw(
      wanted,
      { parent, tag: 'baton-notice', surface: parent },
      noticeAttributes(notice),
      <Notice view={notice} now={now} />,
      print(notice, now),
    );
  }

  return {
    show(shown: Shown): void {
      const wanted = new Set<HTMLElement>();
      drawRows(shown, wanted);
      drawConversation(shown, wanted);
      drawNotice(shown, wanted);
      keepOnly(wanted);
    },
  };
}

/** What decides how a view looks: the view itself, and the minute. */
function print(view: unknown, now: number): string {
  return `${Math.floor(now / 60_000)} ${JSON.stringify(view)}`;
}

/** The host's group of a message: what carries its time, else the widest box that holds no other message. */
function groupAround(message: Element, { messages, region }: Reading): Element {
  const timed = message.closest('[data-utime]');
  if (timed && region?.contains(timed) && timed !== region) return timed;
  const others = [...messages.values()].filter((other) => other !== message);
  let group = message;
  for (let at = message.parentElement; at && at !== region; at = at.parentElement) {
    if (others.some((other) => at?.contains(other))) break;
    group = at;
  }
  return group;
}
