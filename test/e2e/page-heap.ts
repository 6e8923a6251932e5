import type { CDPSession, Page } from 'puppeteer-core';

/** What a page of Chromium and the scripts in it hold, once everything that nobody holds is gone. */
export interface Held {
  /** Bytes of the scripts' values: objects, lists, texts, closures. The host's and Baton's, in all their worlds. */
  values: number;
  /** Bytes of what the engine has compiled so far, which is its own to make and to throw away. */
  compiled: number;
  /** DOM nodes, in the document and detached. */
  nodes: number;
  listeners: number;
}

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
}

/** What several passes of the collector leave: weak references go a pass later than what they point at. */
const PASSES = 4;
const BETWEEN_PASSES_MS = 150;
/** Node types that are no values: what is compiled, and what Chromium itself holds beside the scripts' heap. */
const NOT_VALUES = ['code', 'native'];

/** Measures after forced garbage collection. */
export async function heldBy(page: Page): Promise<Held> {
  const devtools = await page.createCDPSession();
  await devtools.send('HeapProfiler.enable');
  for (let pass = 0; pass < PASSES; pass += 1) {
    await devtools.send('HeapProfiler.collectGarbage');
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_PASSES_MS));
  }
  const { nodes, jsEventListeners: listeners } = await devtools.send('Memory.getDOMCounters');
  const sizes = sizesByType(await snapshotOf(devtools));
  await devtools.detach();
  const values = Object.entries(sizes).flatMap(([type, size]) => (NOT_VALUES.includes(type) ? [] : size));
  return { values: values.reduce((sum, size) => sum + size, 0), compiled: sizes.code ?? 0, nodes, listeners };
}

async function snapshotOf(devtools: CDPSession): Promise<Snapshot> {
  const chunks: string[] = [];
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return JSON.parse(chunks.join(''));
}

function sizesByType({ snapshot: { meta }, nodes }: Snapshot): Record<string, number> {
  const { node_fields: fields, node_types: kinds } = meta;
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const sizes: Record<string, number> = {};
  for (let at = 0; at < nodes.length; at += fields.length) {
    const type = kinds[0][nodes[at + typeAt] ?? -1] ?? '';
    sizes[type] = (sizes[type] ?? 0) + (nodes[at + sizeAt] ?? 0);
  }
  return sizes;
}

/** So many in one command: a browser that does not answer for minutes counts as gone. */
const AT_ONCE = 500;

/** Opens one conversation after the other by pressing their rows, each as soon as the one before is drawn. */
export async function switchThrough(page: Page, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += AT_ONCE) await page.evaluate(switchAll, at, Math.min(at + AT_ONCE, to));
}

async function switchAll(from: number, to: number): Promise<void> {
  for (let count = from; count < to; count += 1) {
    const boxes = [...document.querySelectorAll<HTMLElement>('[role=presentation]')].filter((box) =>
      box.checkVisibility(),
    );
    boxes[count % boxes.length]?.click();
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }
}
