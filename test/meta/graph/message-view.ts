/** Messages as one app is allowed to see them. */
import { createHash } from 'node:crypto';
import type { Message, Thread } from '../model';
import { isSystemLine } from '../page-feed';
import { READABLE_MESSAGES } from '../rules';
import type { World } from '../world';
import { platformOf } from '../world-base';
import type { Field } from './fields';
import { paged, pageRequest } from './paging';
import {
  address,
  customerPerson,
  isoTime,
  type ListParams,
  pagePerson,
  type Readers,
  render,
  type Viewer,
} from './render';

const MOST_MESSAGES = 100;
/** How much later Graph dates a message than the page, where that doubt is on; ms. */
const CREATED_LATER = 3_000;

/** The messages that Graph lists, oldest first. */
export function listedMessages(world: World, thread: Thread): Message[] {
  return thread.messages.filter((message) => {
    if (isSystemLine(message)) return world.doubts['notices-listed'] === 'yes';
    return message.kind !== 'postback' || world.doubts['postbacks-listed'] === 'yes';
  });
}

/** A message with its conversation: Graph's answers need both. */
export interface Placed {
  thread: Thread;
  message: Message;
}

export function messageList(viewer: Viewer, thread: Thread, params: ListParams, fields: readonly Field[] | null) {
  const request = pageRequest(params, MOST_MESSAGES, viewer.world.doubts['large-limits']);
  return paged(
    listedMessages(viewer.world, thread),
    (message) => ({ at: message.at, id: message.id }),
    request,
    (message) => renderListed(viewer, { thread, message }, fields),
    (cursor) => address(viewer, `${thread.id}/messages`, { limit: String(request.limit), ...cursor }),
  );
}

/** Only ids and times are listed of messages older than the newest twenty. */
function renderListed(viewer: Viewer, placed: Placed, fields: readonly Field[] | null) {
  const bare: Field[] = ['id', 'created_time'].map((name) => ({ name, modifiers: {}, fields: null }));
  return renderMessage(viewer, placed, isReadable(viewer.world, placed) ? fields : bare);
}

export function isReadable(world: World, { thread, message }: Placed): boolean {
  return listedMessages(world, thread).slice(-READABLE_MESSAGES).includes(message);
}

export function renderMessage(viewer: Viewer, placed: Placed, fields: readonly Field[] | null) {
  return render(viewer, 'UnifiedMessage', messageReaders, placed, fields, ['id', 'created_time']);
}

const fromCustomer = ({ message }: Placed): boolean => message.author.kind === 'customer';

const messageReaders: Readers<Placed> = {
  id: (_, { message }) => message.id,
  created_time: ({ world }, { message }) =>
    isoTime(message.at + (world.doubts['created-time'] === 'same' ? 0 : CREATED_LATER)),
  thread_id: (_, { thread }) => thread.id,
  from: (viewer, placed) =>
    fromCustomer(placed) ? customerPerson(placed.thread) : pagePerson(viewer, platformOf(placed.thread)),
  to: (viewer, placed) => ({
    data: [fromCustomer(placed) ? pagePerson(viewer, platformOf(placed.thread)) : customerPerson(placed.thread)],
  }),
  message: ({ world }, { message }) =>
    message.template?.type === 'button' && world.doubts['button-template'] === 'text'
      ? message.template.title
      : message.text,
  tags: ({ world }, placed) =>
    world.doubts.tags === 'told' ? { data: tagsOf(world, placed).map((name) => ({ name })) } : undefined,
  attachments: (_, { message }) => attachmentsOf(message),
  sticker: (_, { message }) => (message.kind === 'sticker' ? 'https://example.invalid/sticker.png' : undefined),
  reactions: (_, { message }) =>
    message.reactions.length === 0
      ? undefined
      : { data: message.reactions.map(({ reaction, by }) => ({ reaction, users: [{ id: by }] })) },
  is_unsupported: (_, { message }) => (message.unsupported ? true : undefined),
  reply_to: (_, { message }) => (message.replyTo === null ? undefined : { mid: message.replyTo, is_self_reply: false }),
};

/** Folder and coarse source. Field check, Oct 2026; recordings of 2016 to 2021. */
function tagsOf(world: World, { thread, message }: Placed): string[] {
  const { author } = message;
  if (author.kind === 'customer')
    return [
      'inbox',
      ...(message.at <= thread.readAt ? ['read'] : []),
      Number(thread.psid.at(-1)) % 2 ? 'source:mobile' : 'source:chat',
    ];
  const typed =
    author.kind === 'human' ? (author.device === 'mobile' ? 'mobile' : world.doubts['desktop-source']) : 'web';
  return ['inbox', 'read', 'sent', `source:${typed}`];
}

function attachmentsOf(message: Message): { data: unknown[] } | undefined {
  const id = createHash('sha256').update(message.id).digest().readUIntBE(0, 6).toString();
  if (message.kind === 'image')
    return { data: [{ id, mime_type: 'image/jpeg', name: `image-${id}`, size: 10240, image_data: IMAGE }] };
  if (!message.template) return undefined;
  if (message.template.type === 'button') return { data: [] };
  const { title, subtitle, buttons } = message.template;
  const cta = buttons[0] ? { cta: { title: buttons[0].title, type: 'postback' } } : {};
  return {
    data: [
      {
        id,
        generic_template: {
          title,
          ...(subtitle === null ? {} : { subtitle }),
          media_url: 'https://example.invalid/a.jpg',
          ...cta,
        },
      },
    ],
  };
}

const IMAGE = {
  width: 640,
  height: 480,
  max_width: 0,
  max_height: 0,
  url: 'https://example.invalid/i.jpg',
  preview_url: 'https://example.invalid/p.jpg',
  image_type: 1,
  render_as_sticker: false,
};
