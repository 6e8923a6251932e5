import type { ComponentChild } from 'preact';
import { type Attributes, setAttributes } from '../../components/inbox/attributes';
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
import { keepOnly, placeIn, removeFrom } from '../../utils/inbox/place';
import type { ThreadRow } from '../../utils/inbox/rows';
import type { Reading } from '../../utils/inbox/seen';
import { fontOn, themeOn } from '../../utils/inbox/theme';

/** Trusted presses in the page, for the conversation that is shown. */
export interface Presses {
  onControl(key: string, wanted: Wanted): void;
  onChoose(key: string, psid: string): void;
  onReadAgain(key: string): void;
}

/** What is to be shown of rows. `now`: epoch ms on the server's clock. */
export interface ShownRows {
  rows: readonly ThreadRow[];
  /** The element whose look they take on; null: each its own. */
  surface: Element | null;
  viewOf(row: ThreadRow): RowView | null;
  now: number;
}

/** What is to be shown for a reading of the page. */
export interface Shown extends Pick<ShownRows, 'viewOf' | 'now'> {
  reading: Reading;
  conversation: ConversationView | null;
  /** For the agent who is writing an answer; null where there is nothing to say. */
  notice: NoticeView | null;
}

/** Where an element of ours goes: as last child of `parent`. */
interface Place {
  parent: Element;
  tag: ElementName;
  /** Tells several of one tag apart. */
  key?: string;
  /** The element whose look it takes on. */
  surface: Element;
}

interface Look {
  attributes: Attributes;
  component: ComponentChild;
}

/** What was drawn in an element of ours; it lies on it as this world alone sees it, and goes with it. */
const DRAWN = Symbol('drawn');

type Ours = HTMLElement & { [DRAWN]?: Drawn };

interface Drawn {
  show: Show;
  /** What was drawn last, in which minute: the same is not drawn again. */
  view: object;
  minute: number;
}

/** Lays the view models over the page, each in an element of ours, and takes away what is no longer to be shown. */
export function createOverlay(presses: Presses) {
  /** The conversation for which the agent is about to choose who it is. */
  let choosing: string | null = null;

  /** Draws a view, unless it is drawn already: rows are many, and few of them change. `look`: made only if needed. */
  function draw(place: Place, view: object, now: number, look: () => Look): Ours {
    const element: Ours = placeIn(place.parent, place.tag, place.key);
    const known = element[DRAWN];
    const minute = minuteOf(now);
    if (known?.view === view && known.minute === minute) return element;
    const { attributes, component } = look();
    setAttributes(element, attributes);
    if (!known) takeOn(element, place.surface);
    const show = known?.show ?? mount(element, place.tag);
    show(component);
    element[DRAWN] = { show, view, minute };
    return element;
  }

  /** The mark of a row; null where there is nothing to say of it. */
  function drawRow(row: ThreadRow, { surface, viewOf, now }: ShownRows): HTMLElement | null {
    const parent = row.element;
    const view = viewOf(row);
    if (!view) return null;
    return draw({ parent, tag: 'baton-row', surface: surface ?? parent }, view, now, () => ({
      attributes: rowAttributes(view, now),
      component: <RowMark view={view} now={now} />,
    }));
  }

  function drawBanner(header: Element, view: ConversationView, now: number): Ours {
    const component = () => (
      <Banner
        view={view}
        now={now}
        choosing={choosing === view.key}
        onControl={(wish) => presses.onControl(view.key, wish)}
        onToggleChoice={() => {
          choosing = choosing === view.key ? null : view.key;
          banner[DRAWN]?.show(component());
        }}
        onChoose={(psid) => presses.onChoose(view.key, psid)}
        onReadAgain={() => presses.onReadAgain(view.key)}
      />
    );
    const banner = draw({ parent: header, tag: 'baton-banner', surface: header }, view, now, () => ({
      attributes: bannerAttributes(view),
      component: component(),
    }));
    return banner;
  }

  function drawConversation({ reading, conversation: view, now }: Shown, wanted: Set<HTMLElement>): void {
    if (!view) return;
    if (reading.header) wanted.add(drawBanner(reading.header, view, now));
    for (const label of view.labels) {
      const parent = reading.messages.get(label.key);
      const attributes = labelAttributes(label);
      if (!parent || !attributes) continue;
      const place = { parent, tag: 'baton-label', surface: reading.region ?? parent } as const;
      const look = () => ({ attributes, component: <Label view={label} now={now} /> });
      wanted.add(draw(place, label, now, look));
    }
    for (const handover of view.handovers) {
      const message = handover.afterKey === null ? null : reading.messages.get(handover.afterKey);
      if (!message) continue;
      const parent = groupAround(message, reading);
      const place = { parent, key: String(handover.at), surface: reading.region ?? message } as const;
      const mark = draw({ ...place, tag: 'baton-handover' }, handover, now, () => ({
        attributes: handoverAttributes(handover),
        component: <HandoverMark view={handover} now={now} />,
      }));
      wanted.add(mark);
    }
  }

  function drawNotice({ reading: { composer }, notice, now }: Shown, wanted: Set<HTMLElement>): void {
    const parent = notice && composer && stackAround(composer);
    if (!parent) return;
    const element = draw({ parent, tag: 'baton-notice', surface: parent }, notice, now, () => ({
      attributes: noticeAttributes(notice),
      component: <Notice view={notice} now={now} />,
    }));
    wanted.add(element);
  }

  return {
    /** Draws these rows anew. The mark of a customer of whom nothing is known goes, and it is true then. */
    showRows(shown: ShownRows): boolean {
      let isAnyUnknown = false;
      for (const row of shown.rows) {
        if (drawRow(row, shown)) continue;
        removeFrom(row.element, 'baton-row');
        isAnyUnknown = true;
      }
      return isAnyUnknown;
    },

    show(shown: Shown): void {
      const wanted = new Set<HTMLElement>();
      const { reading, viewOf, now } = shown;
      for (const row of reading.parsed) {
        const mark = drawRow(row, { rows: reading.parsed, surface: reading.list, viewOf, now });
        if (mark) wanted.add(mark);
      }
      drawConversation(shown, wanted);
      drawNotice(shown, wanted);
      keepOnly(wanted);
    },
  };
}

function minuteOf(now: number): number {
  return Math.floor(now / 60_000);
}

/** The page's colours and type, as they are where the element lies. */
function takeOn(element: HTMLElement, surface: Element): void {
  element.dataset.theme = themeOn(surface);
  element.style.setProperty('--baton-font', fontOn(surface));
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
