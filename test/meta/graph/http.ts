/** Graph on HTTP: bodies in, answers out, and the spoiling of answers that tests order. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults';
import type { GraphAnswer, GraphApi } from './api';
import { type Params, parseJson } from './params';
import type { GraphRequest } from './request';

const LONGEST_BODY = 5_000_000;

/** Answers one request for graph.facebook.com. */
export async function serveGraph(api: GraphApi, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method === 'OPTIONS') {
    res
      .writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Headers': 'authorization, content-type, if-none-match',
        'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      })
      .end();
    return;
  }
  const { authorization, host } = req.headers;
  const body = await readBody(req);
  const request: GraphRequest = {
    method: req.method ?? 'GET',
    url: req.url ?? '/',
    body,
    headers: { authorization, host, 'if-none-match': req.headers['if-none-match'] },
  };
  await api.admit(request);
  const answer = api.answer(request);
  if (answer.fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, answer.fault?.ms ?? 1000));
  send(res, answer, answer.fault);
}

function send(res: ServerResponse, answer: GraphAnswer, fault: Fault | null): void {
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'reset':
    case 'lost-answer':
      res.destroy();
      return;
    case 'not-json':
      res
        .writeHead(fault.status ?? 502, { 'Content-Type': 'text/html' })
        .end(fault.body ?? '<html><body><h1>Sorry, something went wrong.</h1></body></html>');
      return;
    case 'truncated':
      res.writeHead(answer.status, answer.headers).end(answer.body.slice(0, Math.floor(answer.body.length / 2)));
      return;
    default:
      res.writeHead(answer.status, answer.headers).end(answer.body);
  }
}

/** Form, multipart (text parts) or JSON; anything else is no parameters. */
async function readBody(req: IncomingMessage): Promise<Params> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    length += (chunk as Buffer).length;
    if (length <= LONGEST_BODY) chunks.push(chunk as Buffer);
  }
  if (length === 0 || length > LONGEST_BODY) return {};
  const body = Buffer.concat(chunks);
  const type = req.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return objectOf(parseJson(body.toString()));
  if (type.startsWith('multipart/form-data')) return textParts(body, type);
  return Object.fromEntries(new URLSearchParams(body.toString()));
}

const objectOf = (value: unknown): Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Params) : {};

async function textParts(body: Buffer, type: string): Promise<Params> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
