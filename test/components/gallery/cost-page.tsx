/** Measures in the page what row marks cost; `cost.ts` asks for it. */
import { mount, type Show } from '../../../components/inbox/mount';
import { RowMark } from '../../../components/inbox/RowMark';
import { MINUTE, NOW, OWNERS, ownerClaim, row, WINDOWS } from '../states';

function mark(index: number, now: number) {
  const owner = ownerClaim(index % 2 ? OWNERS.bot : OWNERS.inbox);
  return <RowMark view={row(owner, index % 3 ? WINDOWS.open : WINDOWS.ending)} now={now} />;
}

function hostRow(): HTMLElement {
  const box = document.createElement('div');
  box.style.cssText = 'position:relative;height:94px;width:340px';
  return box;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Medians in ms for all rows, with the style and layout that each causes. */
export function measure(rows: number, runs: number): Record<string, number> {
  const list = document.body.appendChild(document.createElement('div'));
  const times: Record<string, number[]> = {};
  const time = (name: string, draw: (index: number) => void) => {
    const start = performance.now();
    for (let index = 0; index < rows; index += 1) draw(index);
    list.getBoundingClientRect();
    times[name] = [...(times[name] ?? []), performance.now() - start];
  };
  for (let run = 0; run < runs; run += 1) {
    const boxes = Array.from({ length: rows }, hostRow);
    list.replaceChildren(...boxes);
    list.getBoundingClientRect();
    const shows: Show[] = [];
    time('first drawn', (index) => {
      const host = document.createElement('baton-row');
      boxes[index]?.append(host);
      const show = mount(host);
      shows.push(show);
      show(mark(index, NOW));
    });
    time('drawn again, the same', (index) => shows[index]?.(mark(index, NOW)));
    time('a minute later', (index) => shows[index]?.(mark(index, NOW + MINUTE)));
    time('recycled', (index) => shows[index]?.(mark(index + 1, NOW + MINUTE)));
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}
