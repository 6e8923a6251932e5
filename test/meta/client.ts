/** A Graph client for tests: it trusts the emulator's certificate and names Meta's host, as a browser would that was sent to loopback. */
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';

export interface Address {
  port: number;
  /** PEM. */
  certificate: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else as it came. */
  body: unknown;
}

export interface CallOptions {
  token?: string;
  /** How the token travels; as a parameter where absent. */
  tokenBy?: 'header' | 'parameter';
  headers?: Record<string, string>;
  /** How the body is written; JSON where absent. */
  encoding?: 'json' | 'form';
  /** Gives up after so many ms. */
  timeout?: number;
}

/**
 * One call.
 * @param path without a version: v25.0 is put before it, unless it starts with `//`
 * @throws Error if the connection ends without an answer
 */
export function graphCall(
  address: Address,
  method: string,
  path: string,
  params: Record<string, unknown> = {},
  options: CallOptions = {},
): Promise<Answer> {
  const { token, tokenBy = 'parameter', headers = {}, encoding = 'json', timeout = 5000 } = options;
  const all = token !== undefined && tokenBy === 'parameter' ? { ...params, access_token: token } : params;
  const inQuery = method !== 'POST';
  const query = inQuery && Object.keys(all).length > 0 ? `?${form(all)}` : '';
  const body = inQuery ? undefined : encoding === 'json' ? JSON.stringify(all) : form(all);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: address.port,
        servername: 'graph.facebook.com',
        ca: address.certificate,
        method,
        path: (path.startsWith('//') ? path.slice(1) : `/v25.0${path}`) + query,
        timeout,
        headers: {
          Host: 'graph.facebook.com',
          ...(body === undefined
            ? {}
            : { 'Content-Type': encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded' }),
          ...(token !== undefined && tokenBy === 'header' ? { Authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
      },
      (answer) => {
        let text = '';
        answer
          .setEncoding('utf8')
          .on('data', (chunk: string) => (text += chunk))
          .on('error', reject)
          .on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed(text) }));
      },
    );
    call.on('timeout', () => call.destroy(new Error('No answer in time')));
    call.on('error', reject);
    call.end(body);
  });
}

const form = (params: Record<string, unknown>): string =>
  new URLSearchParams(
    Object.entries(params).map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ).toString();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
