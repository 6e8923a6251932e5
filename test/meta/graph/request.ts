/** A request to Graph, taken apart: version, path, parameters and token, wherever each of them stood. */
import type { Params } from './params';
import { type GivenToken, givenToken } from './tokens';

export interface GraphRequest {
  method: string;
  /** Path and query, as in the request line. */
  url: string;
  /** Parameters of the body. */
  body: Params;
  headers: { authorization?: string; 'if-none-match'?: string; host?: string };
  /** The log number of the batch around it. */
  batch?: number;
}

/** The request taken apart. */
export interface Call {
  method: string;
  version: string | null;
  path: string;
  params: Params;
  given: GivenToken | null;
  request: GraphRequest;
}

export function takeApart(request: GraphRequest): Call {
  // Joined as text: a path with two slashes must not be read as a host.
  const url = new URL(`https://graph.facebook.com/${request.url.replace(/^\//, '')}`);
  const version = /^\/(v\d+\.\d+)(?=\/|$)/.exec(url.pathname)?.[1] ?? null;
  const { method: override, ...params } = { ...Object.fromEntries(url.searchParams), ...request.body } as Params;
  const method = typeof override === 'string' ? override.toUpperCase() : request.method;
  return {
    method,
    version,
    path: version === null ? url.pathname : url.pathname.slice(version.length + 1) || '/',
    params,
    given: givenToken(params.access_token, request.headers.authorization),
    request,
  };
}

/** Tokens never reach the log, wherever they stand. */
export function loggable(params: Params): Params {
  const { access_token: _, input_token: __, appsecret_proof: ___, ...rest } = params;
  return typeof rest.batch === 'string' || Array.isArray(rest.batch)
    ? { ...rest, batch: '(see the calls of this batch)' }
    : rest;
}
