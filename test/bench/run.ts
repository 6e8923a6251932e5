/**
 * npm run bench [-- --runs N]
 * A list of 2,000 conversations, 300 steps, each contender in turn: nothing, the floor, Baton, and what else there is.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { buildExtension, CONTENDERS, type Contender } from './extension';
import { type Counted, count, type Figures, launchWith, measureRun, openWarm, STEPS, serveHost } from './measure';
import { installPeers } from './peers';
import { mean95, median, quartiles } from './statistics';

const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 10;

installPeers();
const { url, server } = await serveHost();
const browsers = new Map<Contender, Browser>();
const figures = new Map<Contender, Figures[]>(CONTENDERS.map((contender) => [contender, []]));
const counted = new Map<Contender, Counted>();

try {
  for (const contender of CONTENDERS) browsers.set(contender, await launchWith(await buildExtension(contender)));
  for (const [contender, browser] of browsers) counted.set(contender, await count(browser, url));
  for (const [contender, { mismarked }] of counted)
    if (contender !== 'nothing' && mismarked > 0)
      throw new Error(`${contender} left ${mismarked} rows without their mark.`);
  for (let run = 0; run < runs; run += 1) {
    for (const contender of rotated(CONTENDERS, run)) {
      // A page of its own for each run: where things come to lie in memory makes one faster than the next.
      const page = await openWarm(browsers.get(contender) as Browser, url);
      figures.get(contender)?.push(await measureRun(page));
      await page.close();
    }
    console.log(`run ${run + 1} of ${runs}`);
  }
} finally {
  for (const browser of browsers.values()) await browser.close();
  server.close();
}

const report = [...table(), '', ...verdicts()].join('\n');
console.log(`\n${report}`);
mkdirSync(new URL('../.artifacts/', import.meta.url), { recursive: true });
writeFileSync(new URL('../.artifacts/bench.md', import.meta.url), `${report}\n`);

/** Each run begins with another contender, so that warmth favours none. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function of(contender: Contender, name: keyof Figures): number[] {
  return (figures.get(contender) ?? []).map((run) => run[name]);
}

function table(): string[] {
  const head = [
    'contender',
    'script CPU ms, median (quartiles)',
    'calls',
    'nodes visited',
    'layouts',
    'recalcs',
    'heap kB',
    'task ms',
    'wrong marks',
  ];
  const lines = CONTENDERS.map((contender) => {
    const cpu = of(contender, 'scriptCpu');
    const [low, high] = quartiles(cpu);
    const fixed = counted.get(contender);
    return [
      contender,
      `${median(cpu).toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`,
      fixed?.calls ?? 0,
      fixed?.visited ?? 0,
      median(of(contender, 'layouts')),
      median(of(contender, 'recalcs')),
      Math.round((fixed?.heap ?? 0) / 1024),
      median(of(contender, 'hostTask')).toFixed(0),
      contender === 'nothing' ? '' : (fixed?.mismarked ?? 0),
    ];
  });
  return [`${STEPS} steps, ${runs} paired runs`, '', row(head), row(head.map(() => '---')), ...lines.map(row)];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What the bench is for: Baton against the floor, and against every other. */
function verdicts(): string[] {
  const cpu = (contender: Contender) => median(of(contender, 'scriptCpu'));
  const ratio = cpu('baton') / cpu('floor');
  const others = CONTENDERS.filter((contender) => !['nothing', 'floor', 'baton'].includes(contender));
  const floor = of('floor', 'hostTask');
  const differences = of('baton', 'hostTask').map((task, run) => (task / (floor[run] ?? task) - 1) * 100);
  const [low, high] = mean95(differences);
  const layouts = median(of('baton', 'layouts')) - median(of('floor', 'layouts'));
  return [
    `Baton's script CPU is ${ratio.toFixed(2)} times the floor's (at most 1.3): ${verdict(ratio <= 1.3)}.`,
    `It is below ${others.filter((other) => cpu('baton') < cpu(other)).length} of ${others.length} others: ${verdict(others.every((other) => cpu('baton') < cpu(other)))}.`,
    `Run by run, so that a machine that slows down meanwhile counts for both: ${['floor' as const, ...others].map(besides).join(', ')}.`,
    `Layouts beyond the floor's: ${layouts} (none): ${verdict(layouts <= 0)}.`,
    `Host task time beyond the floor's: 95 % interval ${low.toFixed(1)} to ${high.toFixed(1)} % (5 % inside it or above it): ${verdict(low <= 5)}.`,
  ];
}

/** Baton's script CPU in terms of another's in the same run: the geometric mean, and its 95 % interval. */
function besides(other: Contender): string {
  const theirs = of(other, 'scriptCpu');
  const [low, high] = mean95(of('baton', 'scriptCpu').map((cpu, run) => Math.log(cpu / (theirs[run] ?? cpu)))).map(
    Math.exp,
  );
  return `${Math.sqrt((low ?? 0) * (high ?? 0)).toFixed(2)} times ${other} (${low?.toFixed(2)} to ${high?.toFixed(2)})`;
}

function verdict(holds: boolean): string {
  return holds ? 'holds' : 'does not hold';
}
