/**
 * The Page's chatbot: a stranger's server that knows Meta by its webhooks and the Graph API alone.
 * It answers what comes in `messaging`, never what comes in `standby`, and hands over when asked for a human.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface BotOptions {
  /** Where graph.facebook.com listens on loopback, and the certificate to trust, PEM. */
  graph: { port: number; cert: string };
  /** The Page token of the bot's app; asked for each time, since another world may be loaded. */
  token: () => string;
  /** The secret that its webhooks are signed with. */
  appSecret: () => string;
  verifyToken: string;
  /** To whom it hands over: the Page inbox. */
  inboxAppId: string;
  /** How long it thinks before it answers, ms. */
  delay: () => number;
  /** The timer it thinks by. Returns how to cancel. */
  after: (ms: number, callback: () => void) => () => void;
}

export interface Bot {
  url: string;
  /** A bot that is off accepts its webhooks and says nothing. */
  on: boolean;
  /** Whether it is talking to Graph now; while it only thinks it is not. */
  readonly busy: boolean;
  close(): Promise<void>;
}

interface Messaging {
  sender: { id: string };
  pass_thread_control?: { metadata?: string };
  message?: { text?: string; is_echo?: boolean };
  postback?: { payload?: string };
}

const HUMAN =
  /\b(human|person|agent|colleague|somebody|mensch|mitarbeiter|humain|humano|persona|manusia|orang|người)\b|人|คน|человек|людин|إنسان|נציג/i;
const HANDOVER = 'I am passing you to a colleague. One moment, please.';
const BRIEFED = 'I am back, and my colleague has told me where we stand. How can I go on?';
const ANSWERS: readonly [RegExp, string][] = [
  [/\b(open|hours|sunday|monday|close)/i, 'We are open Monday to Saturday, 9 to 18.'],
  [/\b(repair|broken|chain|wheel|fix)/i, 'Repairs take two days. Would you like to book one?'],
  [/\b(rent|hire)/i, 'Renting a bike costs 12 a day, helmet included.'],
  [/\b(thanks|thank you|danke|gracias|merci)/i, 'You are welcome. Is there anything else?'],
];
const FALLBACK = 'Thanks for your message. I can tell you about prices, repairs and opening hours.';
const PRICE_CARD = {
  attachment: {
    type: 'template',
    payload: {
      template_type: 'generic',
      elements: [
        {
          title: 'Coast Cruiser',
          subtitle: 'From 420',
          buttons: [{ type: 'postback', title: 'Talk to a human', payload: 'HUMAN' }],
        },
      ],
    },
  },
};

/** Starts the bot's server on a free port of loopback. It still has to be connected to its app. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const thoughts = new Set<() => void>();
  let answering = 0;
  const server = createServer((req, res) => {
    receive(options, req, res).then(
      (events) => {
        if (!bot.on) return;
        for (const event of events) {
          const cancel = options.after(options.delay(), () => {
            thoughts.delete(cancel);
            answering += 1;
            void answer(options, event).finally(() => {
              answering -= 1;
            });
          });
          thoughts.add(cancel);
        }
      },
      () => res.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bot: Bot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    on: true,
    get busy() {
      return answering > 0;
    },
    close: () => {
      for (const cancel of thoughts) cancel();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return bot;
}

/** Answers Meta at once, and returns what the bot may act on. */
async function receive(options: BotOptions, req: IncomingMessage, res: ServerResponse): Promise<Messaging[]> {
  if (req.method === 'GET') {
    const query = new URL(req.url ?? '/', 'http://bot').searchParams;
    const known = query.get('hub.verify_token') === options.verifyToken;
    res.writeHead(known ? 200 : 403).end(known ? query.get('hub.challenge') : '');
    return [];
  }
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const genuine = isSigned(body, options.appSecret(), String(req.headers['x-hub-signature-256']));
  res.writeHead(genuine ? 200 : 403).end();
  if (!genuine) return [];
  const { entry } = JSON.parse(body.toString()) as { entry: { messaging?: Messaging[] }[] };
  return entry
    .flatMap(({ messaging = [] }) => messaging)
    .filter(
      (event) =>
        event.postback !== undefined ||
        event.pass_thread_control !== undefined ||
        (event.message !== undefined && !event.message.is_echo),
    );
}

function isSigned(body: Buffer, secret: string, signature: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * What an agent noted while handing back. Metadata is anybody's text: what is no flat JSON with strings, or not of
 * this kind, is no note.
 */
export function noteIn(metadata: string | undefined): string | null {
  try {
    const given = JSON.parse(metadata ?? '') as Record<string, unknown> | null;
    return given?.event === 'human-ended' && typeof given.note === 'string' ? given.note : null;
  } catch {
    return null;
  }
}

async function answer(options: BotOptions, event: Messaging): Promise<void> {
  const recipient = { id: event.sender.id };
  if (event.pass_thread_control) {
    const note = noteIn(event.pass_thread_control.metadata);
    if (note === null) return;
    // The note is for the bot, not for the customer: it does not greet anew, and does not repeat it.
    const message = { text: BRIEFED };
    await graph(options, 'me/messages', { recipient, messaging_type: 'RESPONSE', message });
    return;
  }
  const text = event.message?.text ?? '';
  if (event.postback?.payload === 'HUMAN' || HUMAN.test(text)) {
    await graph(options, 'me/messages', { recipient, messaging_type: 'RESPONSE', message: { text: HANDOVER } });
    await graph(options, 'me/pass_thread_control', {
      recipient,
      target_app_id: options.inboxAppId,
      metadata: JSON.stringify({ reason: 'asked for a human', question: text }),
    });
    return;
  }
  const message = /\b(price|cost|how much)\b/i.test(text)
    ? PRICE_CARD
    : { text: ANSWERS.find(([words]) => words.test(text))?.[1] ?? FALLBACK };
  await graph(options, 'me/messages', { recipient, messaging_type: 'RESPONSE', message });
}

/** A refused or lost call is the end of it: another app may have taken over meanwhile. */
function graph(options: BotOptions, path: string, body: Record<string, unknown>): Promise<void> {
  return new Promise((resolve) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: options.graph.port,
        servername: 'graph.facebook.com',
        ca: options.graph.cert,
        method: 'POST',
        path: `/v25.0/${path}`,
        headers: { Host: 'graph.facebook.com', 'Content-Type': 'application/json' },
      },
      (answered) =>
        answered
          .resume()
          .on('end', resolve)
          .on('error', () => resolve()),
    );
    call.on('error', () => resolve());
    call.end(JSON.stringify({ ...body, access_token: options.token() }));
  });
}
