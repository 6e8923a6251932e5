import * as v from 'valibot';
import { boundsOf, type ClockBounds } from './clock';
import { GraphLost, GraphRefusal } from './errors';
import { errorSchema } from './schemas';
import { readUsage, type Usage } from './usage';

/** The one place that names the version. Source: Meta, Graph API changelog (v25.0: 18 Feb 2026 to 29 Jul 2028). */
export const GRAPH_VERSION = 'v25.0';
const ORIGIN = 'https://graph.facebook.com';

/** After this long an answer counts as lost. */
export const TIMEOUT_MS = 20_000;

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  params?: Record<string, string>;
}

/** An answer that could be read, with what its headers told. */
export interface Answer<Body> {
  body: Body;
  /** Local epoch ms before asking and after receiving. */
  startedAt: number;
  endedAt: number;
  /** What its `Date` tells of Meta's clock; null where none came. */
  clock: ClockBounds | null;
  usage: Usage | null;
}

/** Asks Graph once. Rejects with {@link GraphRefusal} or {@link GraphLost}, and with nothing else. */
export type Ask = <Schema extends v.GenericSchema>(
  call: Call,
  schema: Schema,
) => Promise<Answer<v.InferOutput<Schema>>>;

export interface TransportOptions {
  fetch: typeof fetch;
  token: string;
  now: () => number;
  timeoutMs?: number;
}

/**
 * The transport for one token. The token goes by header; only where Meta refuses headers (codes 104 and 2500, "an active
 * access token must be used") it goes as a parameter, in the body wherever there is one.
 */
export function createTransport({ fetch, token, now, timeoutMs = TIMEOUT_MS }: TransportOptions): Ask {
  let byHeader = true;

  async function send(call: Call): Promise<{ response: Response; text: string; startedAt: number; endedAt: number }> {
    const params = new URLSearchParams(call.params);
    const headers: Record<string, string> = {};
    if (byHeader) headers.Authorization = `Bearer ${token}`;
    else params.set('access_token', token);

    const url = new URL(`${ORIGIN}/${GRAPH_VERSION}/${call.path}`);
    if (call.method === 'GET') url.search = params.toString();

    const startedAt = now();
    try {
      const response = await fetch(url, {
        method: call.method,
        headers,
        body: call.method === 'POST' ? params : null,
        signal: AbortSignal.timeout(timeoutMs),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      const text = await response.text();
      return { response, text, startedAt, endedAt: now() };
    } catch (error) {
      throw new GraphLost(error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'network');
    }
  }

  return async function ask(call, schema) {
    let sent = await send(call);
    if (byHeader && refusesHeader(sent.text)) {
      byHeader = false;
      sent = await send(call);
    }
    const { response, text, startedAt, endedAt } = sent;
    const json = parseJson(text);

    const refused = v.safeParse(errorSchema, json);
    if (refused.success) {
      const { error } = refused.output;
      throw new GraphRefusal(
        error.message ?? '',
        error.code ?? null,
        error.error_subcode ?? null,
        response.status,
        error.is_transient,
        readUsage(response.headers)?.waitMs ?? null,
        error.error_user_msg ?? null,
      );
    }
    const parsed = v.safeParse(schema, json);
    if (!response.ok || !parsed.success) throw new GraphLost('unreadable');

    const date = Date.parse(response.headers.get('date') ?? '');
    return {
      body: parsed.output,
      startedAt,
      endedAt,
      clock: Number.isFinite(date) ? boundsOf(date, startedAt, endedAt) : null,
      usage: readUsage(response.headers),
    };
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphLost('unreadable');
  }
}

function refusesHeader(text: string): boolean {
  try {
    const refused = v.safeParse(errorSchema, JSON.parse(text));
    if (!refused.success) return false;
    const { code, message = '' } = refused.output.error;
    return code === 104 || (code === 2500 && /access token/i.test(message));
  } catch {
    return false;
  }
}
