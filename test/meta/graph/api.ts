/** Graph without its transport: one request in, one answer out. Batches come through here as well. */
import { createHash } from 'node:crypto';
import type { CallLog } from '../calls';
import type { Fault, Faults, FaultTarget } from '../faults';
import type { App, Token } from '../model';
import { GraphRefusal, type Refusal } from '../refusals';
import type { World } from '../world';
import { parseFields } from './fields';
import { authorise, findEdge } from './find';
import { type Context, handlers } from './handlers';
import type { Limits } from './limits';
import { type Params, parseJson, readParams } from './params';
import type { Viewer } from './render';
import { type Call, type GraphRequest, loggable, takeApart } from './request';
import { type Edge, type EdgeName, edges } from './spec';
import { readToken, refuseFalseProof } from './tokens';
import { isVersion, usedVersion } from './versions';

const BATCH_LIMIT = 50;

export interface GraphAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON; empty with status 304. */
  body: string;
  /** What the transport must spoil. */
  fault: Fault | null;
}

export class GraphApi {
  constructor(
    private readonly world: World,
    private readonly log: CallLog,
    private readonly faults: Faults,
    private readonly limits: Limits,
  ) {}

  /** Resolves once the request may be answered: at once, unless a test holds it. */
  admit(request: GraphRequest): Promise<void> {
    return this.faults.admit(this.targetOf(takeApart(request)));
  }

  answer(request: GraphRequest): GraphAnswer {
    const call = takeApart(request);
    const token = this.tokenOf(call);
    const write = (status: number, body: unknown, waitMinutes = 0) =>
      this.write(call, token?.appId ?? null, status, body, waitMinutes);
    const fault = this.faults.take(this.targetOf(call));
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

  private tokenOf({ given }: Call): Token | undefined {
    return given ? this.world.token(given.value) : undefined;
  }

  private targetOf(call: Call): FaultTarget {
    const token = this.tokenOf(call);
    return { method: call.method, path: call.path, app: token?.appId ?? null, token: token?.label ?? null };
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
    const { type, node, edge } = findEdge(viewer, call.method, call.path);
    authorise(viewer, type, edge);
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
    // The specification says which node an edge belongs to, and `findEdge` chose the edge by the node's type.
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
