/** The Send API: from a call's parameters to what an app sends. */
import type { Message, Template, Thread } from '../model';
import { GraphRefusal } from '../refusals';
import type { SendParams } from '../world';
import { type Params, refuseUnknownKeys, textIn } from './params';
import { recipientParam } from './recipient';
import type { Viewer } from './render';

const LONGEST_TEXT = 2000;
const LIVE_TAGS = ['HUMAN_AGENT', 'UTILITY'];
const REMOVED_TAGS = ['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE'];

/** @throws GraphRefusal for a message that is none, and by the first broken rule */
export function send(viewer: Viewer, params: Params, apply: boolean) {
  const { thread } = recipientParam(viewer, params.recipient);
  const silent = params.sender_action !== undefined;
  const content = silent ? {} : readMessage(params.message);
  const sent = viewer.world.appSends(
    viewer.app,
    thread,
    {
      ...content,
      ...readTag(params),
      handsOver: readHandsOver(params.thread_control),
      replyTo: replyTarget(thread, params.reply_to),
      silent,
    },
    apply,
  );
  return { recipient_id: thread.psid, ...(silent ? {} : { message_id: sent?.id ?? unsentId(thread) }) };
}

/** An id for an answer that claims a message which does not exist. */
const unsentId = (thread: Thread): string => `m_${Buffer.from(thread.id).toString('base64url')}`;

function readMessage(message: unknown): SendParams {
  if (message === undefined) throw new GraphRefusal('invalidParameter', '(#100) The parameter message is required');
  refuseUnknownKeys('message', message, [
    'text',
    'attachment',
    'attachments',
    'quick_replies',
    'metadata',
    'dynamic_text',
    'reply_to',
  ]);
  const text = textIn(message, 'text');
  const attachment = (message as Params).attachment;
  if (text === null && attachment === undefined)
    throw new GraphRefusal('invalidParameter', '(#100) Message cannot be empty, must provide valid attachment or text');
  if (text !== null && text.length > LONGEST_TEXT)
    throw new GraphRefusal(
      'invalidParameter',
      '(#100) Length of param message[text] must be less than or equal to 2000',
    );
  return {
    metadata: textIn(message, 'metadata'),
    ...(attachment === undefined ? { text: text ?? '' } : readAttachment(attachment)),
  };
}

function readAttachment(attachment: unknown): SendParams {
  const type = textIn(attachment, 'type');
  if (type !== 'template') {
    if (!['image', 'audio', 'video', 'file'].includes(type ?? ''))
      throw new GraphRefusal(
        'invalidParameter',
        '(#100) Param message[attachment][type] must be one of image, audio, video, file, template',
      );
    return { image: true };
  }
  const payload = (attachment as Params).payload;
  const kind = textIn(payload, 'template_type');
  const element = kind === 'generic' ? ((payload as Params).elements as unknown[] | undefined)?.[0] : payload;
  const title = textIn(element, kind === 'generic' ? 'title' : 'text');
  if ((kind !== 'generic' && kind !== 'button') || title === null)
    throw new GraphRefusal(
      'invalidParameter',
      '(#100) Param message[attachment][payload] is not a template of this emulator',
    );
  return {
    template: {
      type: kind,
      title,
      subtitle: textIn(element, 'subtitle'),
      buttons: readButtons((element as Params).buttons),
    },
  };
}

const readButtons = (buttons: unknown): Template['buttons'] =>
  Array.isArray(buttons)
    ? buttons.map((button) => ({ title: textIn(button, 'title') ?? '', payload: textIn(button, 'payload') ?? '' }))
    : [];

function readTag(params: Params): Pick<SendParams, 'humanAgentTag' | 'removedTag'> {
  const tag = typeof params.tag === 'string' ? params.tag : null;
  if (tag !== null && ![...LIVE_TAGS, ...REMOVED_TAGS].includes(tag))
    throw new GraphRefusal('invalidParameter', `(#100) Param tag must be one of {${LIVE_TAGS.join(', ')}}`);
  return { humanAgentTag: tag === 'HUMAN_AGENT', removedTag: tag !== null && REMOVED_TAGS.includes(tag) };
}

function readHandsOver(control: unknown): SendParams['handsOver'] {
  if (control === undefined) return null;
  refuseUnknownKeys('thread_control', control, ['control_type', 'app_id']);
  const to = textIn(control, 'control_type') ?? 'release';
  if (to !== 'pass' && to !== 'release')
    throw new GraphRefusal(
      'invalidParameter',
      '(#100) Param thread_control[control_type] must be one of {pass, release}',
    );
  return { to, target: textIn(control, 'app_id') };
}

function replyTarget(thread: Thread, replyTo: unknown): string | null {
  const mid = textIn(replyTo, 'mid');
  if (mid !== null && !thread.messages.some((message: Message) => message.id === mid))
    throw new GraphRefusal('invalidParameter', '(#100) Param reply_to[mid] is no message of this conversation');
  return mid;
}
