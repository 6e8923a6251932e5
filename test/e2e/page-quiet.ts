import type { Page } from 'puppeteer-core';

/** What Chromium's own trace says of a script's work in a page, over some time. */
export interface Work {
  /** Timers and frames in which the script ran: nobody but itself had asked for them. */
  ownWakes: number;
  /** Every call into the script from outside of it, whoever asked. */
  calls: number;
}

interface TraceEvent {
  name: string;
  ts: number;
  dur?: number;
  tid: number;
  pid: number;
  args: { data?: { url?: string } };
}

const CONTENT_SCRIPT = '/content-scripts/inbox.js';
const OWN = ['TimerFire', 'FireAnimationFrame'];

/** Traces a page of Chromium while `during` runs, and counts what Baton's content script did. */
export async function traced(page: Page, during: () => Promise<unknown>): Promise<Work> {
  await page.tracing.start({ categories: ['devtools.timeline'] });
  await during();
  const trace = await page.tracing.stop();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  const calls = traceEvents.filter(
    ({ name, args }) => name === 'FunctionCall' && args.data?.url?.includes(CONTENT_SCRIPT),
  );
  const wakes = traceEvents.filter(({ name }) => OWN.includes(name));
  return {
    ownWakes: wakes.filter((wake) => calls.some((call) => isWithin(call, wake))).length,
    calls: calls.length,
  };
}

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  return (
    inner.pid === outer.pid &&
    inner.tid === outer.tid &&
    inner.ts >= outer.ts &&
    inner.ts <= outer.ts + (outer.dur ?? 0)
  );
}
