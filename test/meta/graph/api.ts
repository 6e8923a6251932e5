/** Graph without its transport: one request in, one answer out. Batches come through here as well. */
import { createHash } from 'node:crypto';
import type { CallLog } from '../calls';
import type { Fault, Faults } from '../faults';
import type { App, Token } from '../model';
import { GraphRefusal, type Refusal } from '../refusals';
import type { World } from '../world';
import { parseFields } from './fields';
import { type Context, handlers, type NodeOf } from './handlers';
import type { Limits } from './limits';
import { type Params, parseJson, readParams } from './params';
import { type Edge, type EdgeName, edgeNames, edges, type NodeType } from './spec';
import { type GivenToken, givenToken, readToken, refuseFalseProof } from './tokens';
import { maySee, missingScopes, type Viewer } from './view';

/** Versions and the day each ends, oldest first. Meta, Graph API changelog, Oct 2026; of the newest no end is known. */
const VERSIONS: readonly [name: string, ends: number][] = [
  ['v21.0', Date.UTC(2027, 0, 21)],
  ['v22.0', Date.UTC(2027, 4, 20)],
  ['v23.0', Date.UTC(2027, 9, 8)],
  ['v24.0', Date.UTC(2028, 1, 18)],
  ['v25.0', Date.UTC(2028, 6, 29)],
  ['v26.0', Number.POSITIVE_INFINITY],
];
const BATCH_LIMIT = 50;

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

export interface GraphAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON; empty with status 304. */
  body: string;
  /** What the transport must spoil. */
  fault: Fault | null;
}

/** The request taken apart. */
interface Call {
  method: string;
  version: string | null;
  path: string;
  params: Params;
  given: GivenToken | null;
  request: GraphRequest;
}

interface Found {
  [T: string]: unknown;
  type: NodeType;
  node: NodeOf[NodeType];
}

export class GraphApi {
  constructor(
    private readonly world: World,
    private readonly log: CallLog,
    private readonly faults: Faults,
    private readonly limits: Limits,
  ) {}

  answer(request: GraphRequest): GraphAnswer {
    const call = takeApart(request);
    const token = call.given ? this.world.token(call.given.value) : undefined;
    const write = (status: number, body: unknown, waitMinutes = 0) =>
      this.write(call, token?.appId ?? null, status, body, waitMinutes);
    const fault = this.faults.take({
      method: call.method,
      path: call.path,
      app: token?.appId ?? null,
      token: token?.label ?? null,
    });
    const entry = this.log.add({
      at: this.world.now(),
      method: call.method,
      path: call.path,
      version: call.version,
      params: loggable(call.params),
      app: token?.appId ?? null,
      token: token?.label ?? null,
      tokenBy: call.given?.by ?? null,
      batch: request.batch ?? null,
      status: 0,
      code: null,
      subcode: null,
    });
    try {
      if (fault) throwOrdered(fault);
      const body = this.run(call, fault?.kind !== 'no-effect', entry.seq);
      entry.status = 200;
      const answer = write(200, body);
      if (answer.status === 304) entry.status = 304;
      if (fault?.kind === 'lost-answer') entry.status = 0;
      return { ...answer, fault };
    } catch (error) {
      const refusal =
        error instanceof GraphRefusal ? this.worded(error) : error instanceof OrderedFailure ? error.refusal : null;
      if (!refusal) throw error;
      entry.status = fault?.kind === 'hang' || fault?.kind === 'reset' ? 0 : (refusal.status ?? 400);
      entry.code = refusal.code;
      entry.subcode = refusal.subcode ?? null;
      return { ...write(refusal.status ?? 400, envelope(refusal, entry.seq), refusal.waitMinutes), fault };
    }
  }

  private run(call: Call, apply: boolean, seq: number): unknown {
    if (call.version !== null && !isVersion(call.version)) throw new GraphRefusal('unknownVersion');
    const batch = call.path === '/' && call.method === 'POST' ? call.params.batch : undefined;
    if (batch !== undefined) return this.batch(call, batch, seq);
    const token = readToken(this.world, call.given);
    const app = this.world.app(token.appId);
    if (!app) throw new GraphRefusal('badToken');
    refuseFalseProof(call.params.appsecret_proof, token, app);
    this.limits.count(app.id);
    const viewer = this.viewer(call, token, app);
    const { type, node, edge } = this.find(viewer, call);
    this.authorise(viewer, type, edge);
    const spec: Edge = edges[edge];
    if (spec.conversations) this.limits.countConversation(call.request.batch !== undefined);
    const context: Context = {
      viewer,
      params: readParams(spec, call.params, {
        ignoreUnknown: this.world.doubts['unknown-parameters'] === 'ignored',
        also: this.alsoTaken(edge),
      }),
      paging: { limit: call.params.limit, after: call.params.after, before: call.params.before },
      // Deleting from the Messenger profile has a parameter of this name; everywhere else it selects fields.
      fields:
        typeof call.params.fields === 'string' && !('fields' in spec.params) ? parseFields(call.params.fields) : null,
      apply,
    };
    // The specification says which node an edge belongs to, and `find` chose the edge by the node's type.
    return (handlers[edge] as (context: Context, node: unknown) => unknown)(context, node);
  }

  private alsoTaken(edge: EdgeName): string[] {
    return edge === 'release' && this.world.doubts['release-metadata'] === 'accepted' ? ['metadata'] : [];
  }

  private viewer(call: Call, token: Token, app: App): Viewer {
    const host = call.request.headers.host ?? 'graph.facebook.com';
    return {
      world: this.world,
      token,
      app,
      base: `https://${host}${call.version === null ? '' : `/${call.version}`}`,
      tokenParameter: call.given?.by === 'parameter' ? call.given.value : null,
    };
  }

  // ── Finding the node and its edge ─────────────────────────────────────────────────────────────────────────────────

  private find(viewer: Viewer, { method, path }: Call): { type: NodeType; node: unknown; edge: EdgeName } {
    const [id, name, ...rest] = path.split('/').filter(Boolean);
    if (rest.length > 0)
      throw new GraphRefusal('unknownPath', `Unknown path components: /${[name, ...rest].join('/')}`);
    if (id === undefined) throw new GraphRefusal('wrongMethod');
    const { type, node }: Found = id === 'debug_token' ? { type: 'Root', node: null } : this.node(viewer, id);
    const wanted = id === 'debug_token' ? id : (name ?? null);
    const there = edgeNames.filter((key) => edges[key].node === type && edges[key].edge === wanted);
    if (there.length === 0) throw unknownEdge(type, wanted);
    const edge = there.find((key) => edges[key].method === method);
    if (!edge) throw new GraphRefusal('wrongMethod', `Unsupported ${method.toLowerCase()} request.`);
    return { type, node, edge };
  }

  /** What an id stands for, as far as the caller may know of it. @throws GraphRefusal `noObject` */
  private node(viewer: Viewer, id: string): Found {
    const { world, token } = viewer;
    const { page, person, apps, labels, threads, otherPageId } = world.state;
    const pageId = id === 'me' ? token.pageId : id;
    if (pageId === page.id || pageId === otherPageId)
      return { type: 'Page', node: { id: pageId, mine: pageId === page.id } };
    if ((id === 'me' && token.type === 'USER') || id === person.id) return { type: 'User', node: person };
    const app = apps.find((candidate) => candidate.id === (id === 'me' || id === 'app' ? token.appId : id));
    if (app) return { type: 'Application', node: app };
    for (const thread of threads.filter((candidate) => maySee(viewer, candidate))) {
      if (thread.id === id) return { type: 'UnifiedThread', node: thread };
      if (thread.psid === id) return { type: 'Person', node: thread };
      const message = id.startsWith('m_') ? thread.messages.find((candidate) => candidate.id === id) : undefined;
      if (message) return { type: 'UnifiedMessage', node: { thread, message } };
    }
    const label = labels.find((candidate) => candidate.id === id);
    if (label && token.pageId === page.id) return { type: 'Label', node: label };
    throw new GraphRefusal('noObject');
  }

  /** Which kind of token a node wants, for which Page, with which permissions. */
  private authorise({ token, world }: Viewer, type: NodeType, name: EdgeName): void {
    const edge: Edge = edges[name];
    const ofPage =
      ['UnifiedThread', 'UnifiedMessage', 'Label', 'Person'].includes(type) || (type === 'Page' && edge.edge !== null);
    if (ofPage && token.type !== 'PAGE') throw new GraphRefusal('needsPageToken');
    if (type === 'Page' && token.type === 'APP') throw new GraphRefusal('noObject');
    const missing = missingScopes(token, name);
    if (missing.length > 0)
      throw new GraphRefusal('needsScope', `(#200) Requires ${missing.join(', ')} permission to manage the object`);
    if (edge.conversations && world.doubts['data-access'] === 'refused' && world.now() >= token.dataAccessExpiresAt)
      throw new GraphRefusal('dataAccessOver');
  }

  // ── Batch ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  private batch(call: Call, given: unknown, seq: number): unknown {
    readToken(this.world, call.given);
    const items = typeof given === 'string' ? parseJson(given) : given;
    if (!Array.isArray(items) || items.length === 0)
      throw new GraphRefusal('invalidParameter', '(#100) Param batch must be a JSON array');
    if (items.length > BATCH_LIMIT) throw new GraphRefusal('tooManyCalls');
    const withHeaders = String(call.params.include_headers ?? 'true') !== 'false';
    return items.map((item: unknown) => {
      const answer = this.answer(this.batchItem(call, item as Params, seq));
      // A call that runs out of time leaves a null in the list.
      if (answer.fault && ['hang', 'reset', 'lost-answer'].includes(answer.fault.kind)) return null;
      const headers = Object.entries({ ...answer.headers, 'Content-Type': 'text/javascript; charset=UTF-8' }).map(
        ([name, value]) => ({ name, value }),
      );
      return { code: answer.status, ...(withHeaders ? { headers } : {}), body: answer.body };
    });
  }

  private batchItem(call: Call, item: Params, seq: number): GraphRequest {
    const relative = String(item?.relative_url ?? '').replace(/^\//, '');
    const prefix = call.version === null || /^v\d/.test(relative) ? '' : `/${call.version}`;
    const body = typeof item?.body === 'string' ? Object.fromEntries(new URLSearchParams(item.body)) : {};
    const own = 'access_token' in body || /[?&]access_token=/.test(relative);
    const asBatch = own || call.given?.by !== 'parameter' ? body : { ...body, access_token: call.given.value };
    return {
      method: String(item?.method ?? 'GET').toUpperCase(),
      url: `${prefix}/${relative}`,
      body: asBatch,
      headers: call.request.headers,
      batch: seq,
    };
  }

  // ── The answer ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The refusal as Meta words it under the doubts in force. */
  private worded({ kind, refusal }: GraphRefusal): Refusal {
    const code = kind === 'toggleOff' ? Number(this.world.doubts['toggle-refusal']) : refusal.code;
    const subcode = refusal.subcodeUnsure && this.world.doubts.subcodes === 'absent' ? undefined : refusal.subcode;
    return {
      ...refusal,
      code,
      subcode,
      message: kind === 'toggleOff' ? refusal.message.replace(/^\(#\d+\)/, `(#${code})`) : refusal.message,
    };
  }

  private write(
    call: Call,
    appId: string | null,
    status: number,
    content: unknown,
    waitMinutes: number,
  ): Omit<GraphAnswer, 'fault'> {
    const body = JSON.stringify(content);
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const headers = {
      'Content-Type': 'application/json; charset=UTF-8',
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'private, no-cache, no-store, must-revalidate',
      'facebook-api-version': usedVersion(call.version, this.world.now()),
      Date: new Date(this.world.now()).toUTCString(),
      ...(appId === null ? {} : this.limits.headers(appId, waitMinutes)),
      ...(status === 200 ? { ETag: etag } : {}),
    };
    const unchanged = status === 200 && call.method === 'GET' && call.request.headers['if-none-match'] === etag;
    return unchanged ? { status: 304, headers, body: '' } : { status, headers, body };
  }
}

/** A failure that a test ordered: it is told as Meta would tell it. */
class OrderedFailure extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

function throwOrdered(fault: Fault): void {
  const { code = 1, subcode, message = 'An unknown error occurred', transient, status } = fault;
  if (fault.kind === 'error')
    throw new OrderedFailure({
      code,
      subcode,
      message: `(#${code}) ${message}`,
      transient,
      status: status ?? (code <= 2 ? 500 : 400),
    });
  if (fault.kind === 'throttle')
    throw new OrderedFailure({
      code: fault.code ?? 80006,
      message: `(#${fault.code ?? 80006}) There have been too many calls. Wait a bit and try again.`,
      waitMinutes: fault.minutes ?? 5,
      status,
    });
  if (fault.kind === 'hang' || fault.kind === 'reset') throw new OrderedFailure({ code: 0, message: 'No answer' });
}

function envelope(refusal: Refusal, seq: number): unknown {
  return {
    error: {
      message: refusal.message,
      type: refusal.type ?? 'OAuthException',
      code: refusal.code,
      error_subcode: refusal.subcode,
      is_transient: refusal.transient,
      error_user_title: refusal.userTitle,
      error_user_msg: refusal.userMessage,
      fbtrace_id: `A${createHash('sha1').update(String(seq)).digest('base64url').slice(0, 22)}`,
    },
  };
}

function takeApart(request: GraphRequest): Call {
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

/** An edge that other nodes have is called a field that this one lacks; a name that no node has is no path at all. */
function unknownEdge(type: NodeType, name: string | null): GraphRefusal {
  const elsewhere = name === 'permissions' || edgeNames.some((key) => edges[key].edge === name);
  return elsewhere
    ? new GraphRefusal('unknownField', `(#100) Tried accessing nonexisting field (${name}) on node type (${type})`)
    : new GraphRefusal('unknownPath', `Unknown path components: /${name}`);
}

/** Older versions are answered by the oldest alive; versions that never were are not. */
const isVersion = (version: string): boolean =>
  version.endsWith('.0') && Number(version.slice(1)) <= Number(VERSIONS.at(-1)?.[0].slice(1));

function usedVersion(version: string | null, now: number): string {
  const alive = VERSIONS.filter(([, ends]) => now < ends).map(([name]) => name);
  return version !== null && alive.includes(version) ? version : (alive[0] ?? 'v26.0');
}

/** Tokens never reach the log, wherever they stand. */
function loggable(params: Params): Params {
  const { access_token: _, input_token: __, appsecret_proof: ___, ...rest } = params;
  return typeof rest.batch === 'string' || Array.isArray(rest.batch)
    ? { ...rest, batch: '(see the calls of this batch)' }
    : rest;
}
