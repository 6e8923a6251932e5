import type { SeenRow } from '../../../utils/conversation/seen';
import { factsOf } from '../../../utils/inbox/facts';
import { observe } from '../../../utils/inbox/observe';
import { type Reading, readPage } from '../../../utils/inbox/seen';
import { customerNamed, mark } from '../mark';

/** Baton's own way: one observer, one reading a frame, React's facts asked for. */
let reading: Reading | null = null;

const watch = observe(document, ({ regions, touched }) => {
  reading = readPage({ document, url: location.href, factsOf, before: reading, regions, touched });
  for (const row of reading.seen.rows) {
    const customer = customerOf(row);
    if (customer) for (const box of reading.rows.get(row.key) ?? []) mark(box, customer);
  }
  watch.takeRecords();
  if (reading.unsettled) watch.poke(150);
  return undefined;
});

/** A row that shows the same is the same object: its answer is known. */
const answers = new WeakMap<SeenRow, string | null>();

function customerOf(row: SeenRow): string | null {
  const known = answers.get(row);
  if (known !== undefined) return known;
  const customer = customerNamed(row.name);
  answers.set(row, customer);
  return customer;
}
