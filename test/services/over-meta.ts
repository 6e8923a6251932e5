import 'fake-indexeddb/auto';
import { request } from 'node:https';
import { IDBFactory } from 'fake-indexeddb';
import { createServices } from '../../utils/services/services';
import type { Given } from '../../utils/services/settings';
import { type Meta, startMeta } from '../meta/meta';
import { sessionMemory } from './session-memory';

/** One request as it left the browser. */
export interface Sent {
  url: string;
  body: string;
}

/** `fetch` as the browser would have it that was led to the emulator. Keeps what was sent. */
export function fetchOver(meta: Meta): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const over: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const body = init.body instanceof URLSearchParams ? init.body.toString() : '';
    sent.push({ url: url.href, body });
    return new Promise((resolve, reject) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: meta.port,
          servername: url.host,
          ca: meta.certificate,
          method: init.method,
          path: `${url.pathname}${url.search}`,
          headers: {
            Host: url.host,
            ...(init.headers as Record<string, string>),
            ...(body && { 'Content-Type': 'application/x-www-form-urlencoded' }),
          },
        },
        async (answer) => {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 500, headers }));
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  };
  return { fetch: over, sent };
}

/** A computer with one browser's profile, and a Meta to talk to. */
export async function openBrowser({ policy = {} }: { policy?: Given } = {}) {
  globalThis.indexedDB = new IDBFactory();
  const meta = await startMeta({ pages: false, bot: false });
  meta.world.setDoubt('conversation-rate', 'unenforced');
  const { fetch, sent } = fetchOver(meta);
  const local: Given = {};
  let session = sessionMemory();

  return {
    meta,
    sent,
    policy,
    /** Whatever the profile's local storage holds. */
    local,
    session: () => session,
    /** The browser was closed: its session memory is gone, its disk is not. */
    closeBrowser: () => {
      session = sessionMemory();
    },
    /** The background as it starts. */
    start: () =>
      createServices({
        fetch,
        session,
        settings: {
          local: { get: async () => local, set: async (given) => void Object.assign(local, given) },
          managed: { get: async () => policy },
        },
        clock: {
          now: Date.now,
          after: (ms, callback) => {
            const timer = setTimeout(callback, ms);
            return () => clearTimeout(timer);
          },
        },
        hostAccess: async () => true,
        changed: () => {},
      }),
    close: () => meta.close(),
  };
}

export type GivenBrowser = Awaited<ReturnType<typeof openBrowser>>;
